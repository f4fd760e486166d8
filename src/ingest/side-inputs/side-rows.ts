import { resolve } from 'node:path';
import { KnownError } from '../../domain/known-error.ts';
import { openCsv } from '../csv/csv-rows.ts';
import { decodeText, NotUtf8, type DecodedText } from '../text/decode-text.ts';
import { fallbackEncoding } from '../text/fallback-encoding.ts';
import { openBytes } from '../containers/open-bytes.ts';
import { emptyFile } from '../file-empty.ts';
import type { InputFile } from '../input-file.ts';
import { expandInputs, releaseInputs } from '../open-input.ts';
import { cellsOf, isBlank, MalformedRow, type DateSystem, type Row, type Table } from '../rows.ts';
import type { WordsBesideCells } from '../xlsx/words-beside-cells.ts';
import { openWorkbook } from '../xlsx/xlsx-rows.ts';
import { jsonRows } from './json-side-rows.ts';
import type { SideRow } from './side-row.ts';

/** All that stands in one table of a side input, header included. */
export interface SideSheet {
  readonly kind: 'csv' | 'xlsx' | 'json';
  /** The file that it was read from. */
  readonly input: InputFile;
  /** Of a CSV file; null elsewhere. */
  readonly delimiter: string | null;
  readonly encoding: string | null;
  /** As messages name it. */
  readonly file: string;
  readonly sheet: string | null;
  readonly dateSystem: DateSystem;
  readonly rows: readonly SideRow[];
}

/** A side input is written by people; one beyond these limits is another file, given by mistake. */
const MOST_ROWS = 200_000;
const MOST_BYTES = 64 * 1024 * 1024;

const ONE_FILE = 'The path of one CSV, XLSX or JSON file.';
const MISSING_REMEDY = 'Check the spelling and the working folder.';

/**
 * The tables of one side input: a CSV file in any delimiter and encoding that exports are read in, JSON, or the visible sheets of a
 * workbook in the order of their tabs. Side inputs are small, so their rows are held.
 * @param name the path as the user gave it, for messages.
 * @param knownNames how many names of a header are known: it decides between delimiters.
 */
export async function loadSideInput(
  path: string,
  name: string,
  knownNames: (header: readonly string[]) => number,
): Promise<readonly SideSheet[]> {
  return withSideFile(path, name, (file) => (file.kind === 'workbook' ? loadWorkbook(file) : loadText(file, knownNames)));
}

/** Hands over the one file a path names; what was kept of standard input is deleted afterwards. */
export async function withSideFile<T>(path: string, name: string, use: (file: InputFile) => Promise<T>): Promise<T> {
  const files = await sideFiles(path);
  try {
    const [file] = files;
    const isNamed = file !== undefined && (file.isSpooled || file.path === resolve(path));
    if (!isNamed || files.length > 1) throw notOneFile(name);
    return await use({ ...file, name });
  } finally {
    await releaseInputs(files);
  }
}

/** A missing file is told in the words of a side input: no folder and no glob would do. */
async function sideFiles(path: string): Promise<readonly InputFile[]> {
  try {
    return await expandInputs([path]);
  } catch (error) {
    if (!(error instanceof KnownError) || error.code !== 'file-missing' || error.place === null) throw error;
    const { code, place } = error;
    throw new KnownError({ code, place, found: `There is no file "${place.file}".`, expected: ONE_FILE, remedy: MISSING_REMEDY });
  }
}

/** The visible sheets of a workbook. */
async function loadWorkbook(file: InputFile): Promise<readonly SideSheet[]> {
  return (await loadWholeWorkbook(file)).sheets;
}

/** The visible sheets of a workbook, and the words that stand beside their cells. */
export async function loadWholeWorkbook(
  file: InputFile,
): Promise<{ readonly sheets: readonly SideSheet[]; readonly beside: WordsBesideCells }> {
  const workbook = await openWorkbook(file.path, file.name);
  try {
    const sheets: SideSheet[] = [];
    for (const table of workbook.tables) sheets.push(await loadTable(table, file, { kind: 'xlsx', delimiter: null, encoding: null }));
    return { sheets, beside: await workbook.wordsBesideCells() };
  } finally {
    await workbook.close();
  }
}

async function loadText(file: InputFile, knownNames: (header: readonly string[]) => number): Promise<readonly SideSheet[]> {
  if (file.bytes > MOST_BYTES) throw tooLarge(file.name, 'more than 64 MiB');
  const { bytes, encoding } = await utf8Bytes(file);
  const start = bytes.toString('latin1', 0, 1024).trimStart();
  if (start === '') throw emptyFile(file.name);
  if (start.startsWith('[') || start.startsWith('{')) {
    const rows = jsonRows(bytes.toString('utf8'), file.name);
    return [{ kind: 'json', input: file, delimiter: null, encoding, file: file.name, sheet: null, dateSystem: null, rows }];
  }
  const { table, delimiter } = await openCsv(oneChunk(bytes), { file: file.name, knownNames });
  return [await loadTable(table, file, { kind: 'csv', delimiter, encoding })];
}

interface Utf8Bytes {
  readonly bytes: Buffer;
  /** That of the file, as reports name it. */
  readonly encoding: string;
}

async function utf8Bytes(file: InputFile): Promise<Utf8Bytes> {
  try {
    return await collected(await decodeText(openBytes(file), file.name));
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    return collected(await decodeText(openBytes(file), file.name, await fallbackEncoding(openBytes(file))));
  }
}

async function collected({ chunks, encoding }: DecodedText): Promise<Utf8Bytes> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return { bytes: Buffer.concat(all), encoding };
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

async function loadTable(table: Table, input: InputFile, how: Pick<SideSheet, 'kind' | 'delimiter' | 'encoding'>): Promise<SideSheet> {
  const file = input.name;
  const rows: SideRow[] = [];
  for await (const batch of table.batches) {
    for (const row of batch) {
      if (isBlank(row)) continue;
      if (rows.length === MOST_ROWS) throw tooLarge(file, 'more than 200,000 rows');
      rows.push(sideRow(row, file));
    }
  }
  return { ...how, input, file, sheet: table.sheet, dateSystem: table.dateSystem, rows };
}

function sideRow(row: Row, file: string): SideRow {
  if (!(row instanceof MalformedRow)) return { number: row.number, cells: cellsOf(row) };
  throw new KnownError({
    code: 'side-input-row',
    place: { file, row: row.number },
    found: `The row cannot be split into cells. ${row.problem}`,
    expected: 'A row whose quotes pair up.',
    remedy: 'Correct the row in a text editor, or save the table as a workbook.',
  });
}

function notOneFile(name: string): KnownError {
  return new KnownError({
    code: 'side-input-not-a-file',
    place: { file: name },
    found: 'This is a folder or a pattern, not a file.',
    expected: ONE_FILE,
    remedy: 'Name the file itself.',
  });
}

function tooLarge(name: string, found: string): KnownError {
  return new KnownError({
    code: 'side-input-too-large',
    place: { file: name },
    found: `The file has ${found}.`,
    expected: 'The partner’s own record, of at most 200,000 rows and 64 MiB.',
    remedy: 'Check that this is the right file; exports are given as <paths> or with --context.',
  });
}
