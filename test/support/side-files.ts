import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import ExcelJS from 'exceljs';
import { KnownError } from '../../src/domain/known-error.ts';

/** Gives a path in a folder of its own, which is gone afterwards. */
export async function withPath<T>(name: string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'csp-recon-side-'));
  try {
    return await use(join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function withBytes<T>(name: string, content: string | Buffer, use: (path: string) => Promise<T>): Promise<T> {
  return withPath(name, async (path) => {
    await writeFile(path, content);
    return use(path);
  });
}

export interface TestSheet {
  readonly name: string;
  readonly rows: readonly (readonly ExcelJS.CellValue[])[];
  readonly state?: 'visible' | 'hidden' | 'veryHidden';
}

/** A workbook as exceljs, which is not ours, writes it. */
export async function withWorkbook<T>(sheets: readonly TestSheet[], use: (path: string) => Promise<T>): Promise<T> {
  return withPath('side.xlsx', async (path) => {
    const book = new ExcelJS.Workbook();
    for (const { name, rows, state } of sheets) {
      const sheet = book.addWorksheet(name, { state: state ?? 'visible' });
      for (const row of rows) sheet.addRow([...row]);
    }
    const output = createWriteStream(path);
    await book.xlsx.write(output);
    output.end();
    await finished(output);
    return use(path);
  });
}

/** The known error that a promise rejects with. */
export async function knownErrorFrom(promise: Promise<unknown>): Promise<KnownError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof KnownError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
