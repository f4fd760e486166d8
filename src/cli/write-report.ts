import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegisterEntry } from '../domain/claims-register.ts';
import type { ProratedLine, Report } from '../domain/report.ts';
import { KnownError } from '../domain/known-error.ts';
import { writeClaimPack } from '../report/claim-pack.ts';
import { writeRegister } from '../report/xlsx/register-workbook.ts';
import { writers } from '../report/report-writer.ts';
import type { Format } from './options.ts';

export interface WholeReport {
  readonly report: Report;
  readonly register: readonly RegisterEntry[];
  readonly proratedLines: () => Iterable<ProratedLine>;
}

/** Temporary files of a run that is still writing: an interrupt removes them. */
const unfinished = new Set<string>();

/** Removes what an interrupted run had begun to write. */
export async function removeUnfinished(): Promise<void> {
  await Promise.all([...unfinished].map((path) => rm(path, { recursive: true, force: true })));
}

/**
 * Writes every format through temporary files and renames them all at the end: a reader never sees half a report, and a run that fails
 * leaves the report of the run before untouched. Returns the paths written.
 */
export async function writeReport(
  { report, register, proratedLines }: WholeReport,
  folder: string,
  formats: readonly Format[],
): Promise<readonly string[]> {
  const pairs: { temporary: string; path: string }[] = [];
  const temporaryFor = (fileName: string): string => {
    const temporary = join(folder, `.${fileName}.${process.pid}.tmp`);
    unfinished.add(temporary);
    pairs.push({ temporary, path: join(folder, fileName) });
    return temporary;
  };
  try {
    await mkdir(folder, { recursive: true });
    for (const format of formats) {
      const writer = writers.get(format);
      if (writer === undefined) continue;
      await writer.write(temporaryFor(writer.fileName), report, proratedLines);
    }
    if (formats.includes('xlsx')) await writeRegister(temporaryFor('register.xlsx'), register, report.asOf);
    const pack = join(folder, `.claims.${process.pid}.tmp`);
    const claims = formats.includes('xlsx') ? await writePack(pack, report) : 0;
    for (const { temporary, path } of pairs) await rename(temporary, path);
    if (formats.includes('xlsx')) await replaceFolder(pack, join(folder, 'claims'), claims > 0);
    if (claims > 0) pairs.push({ temporary: pack, path: join(folder, 'claims') });
  } catch (error) {
    if (isFileError(error)) throw cannotWrite(folder, error);
    throw error;
  } finally {
    for (const { temporary } of pairs) {
      await rm(temporary, { recursive: true, force: true });
      unfinished.delete(temporary);
    }
  }
  return pairs.map((pair) => pair.path);
}

async function writePack(temporary: string, report: Report): Promise<number> {
  unfinished.add(temporary);
  return writeClaimPack(temporary, report);
}

/** The claims of an earlier run go with it: an old claim beside a new report would be made twice. */
async function replaceFolder(temporary: string, folder: string, hasNew: boolean): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  if (hasNew) await rename(temporary, folder);
  unfinished.delete(temporary);
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code);
}

function cannotWrite(folder: string, error: NodeJS.ErrnoException): KnownError {
  return new KnownError({
    code: 'report-not-writable',
    place: { file: folder },
    found: `the report cannot be written (${error.code ?? error.message})`,
    expected: 'a folder that may be written to, with room on its disk, and no report in it open in another program',
    remedy: 'Close an open report.xlsx, or name another folder with --out.',
  });
}
