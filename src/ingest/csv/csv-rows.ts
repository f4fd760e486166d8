import { KnownError } from '../../domain/known-error.ts';
import { CsvScanner } from './csv-scanner.ts';
import { TextHead } from '../text/text-head.ts';
import { cellsOf, isBlank, type Row, type Table } from '../rows.ts';

export interface CsvOptions {
  /** As reports show it. */
  readonly file: string;
  /** Overrides what is detected: one ASCII character, or `tab`. */
  readonly delimiter?: string | undefined;
  /** How many of the names a layout knows: the delimiter under which the header is best understood is the file's. */
  readonly knownNames: (header: readonly string[]) => number;
}

/** A CSV text as a table, its header being the first row that is not blank. */
export interface CsvTable {
  readonly table: Table;
  readonly delimiter: string;
  /** The row of a leading `sep=;` line, which is no record; null where there is none. */
  readonly separatorRow: number | null;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Rows handed on at once, so that neither a call a row nor a whole chunk of short rows is passed. */
const BATCH_ROWS = 512;
/** A header is looked for in pieces of this size: under a wrong delimiter every record after it would be a doubtful one. */
const HEADER_BYTES = 4096;
/** A `sep=` line is short; its delimiter is what follows the equals sign. */
const SEPARATOR_LINE = /^"?sep=([ -~\t])"?(\r\n|\n|\r)/i;

/** Finds out the delimiter from the header and splits UTF-8 text into rows. The header may stand below blank lines. */
export async function openCsv(chunks: AsyncIterable<Buffer>, options: CsvOptions): Promise<CsvTable> {
  const head = new TextHead(chunks[Symbol.asyncIterator]());
  try {
    const start = await head.firstCharacters(16);
    const separator = SEPARATOR_LINE.exec(start);
    const skippedBytes = separator?.[0].length ?? 0;
    const firstRow = separator === null ? 1 : 2;
    const stated = options.delimiter === undefined ? separator?.[1] : spelledOut(options.delimiter, options.file);
    const delimiter = stated ?? (await detectDelimiter(head, options));
    const batches = scannedRows(head.from(skippedBytes), delimiter, options.file, firstRow);
    return { table: { sheet: null, dateSystem: null, batches }, delimiter, separatorRow: separator === null ? null : 1 };
  } catch (error) {
    await head.close();
    throw error;
  }
}

/** The delimiter whose header names are known best; among equals the one that yields most cells, then the first. */
async function detectDelimiter(head: TextHead, options: CsvOptions): Promise<string> {
  let best: string = DELIMITERS[0];
  let bestKnown = -1;
  let bestCells = -1;
  for (const candidate of DELIMITERS) {
    const header = await headerUnder(candidate, head, options.file);
    const known = options.knownNames(header);
    if (known < bestKnown || (known === bestKnown && header.length <= bestCells)) continue;
    best = candidate;
    bestKnown = known;
    bestCells = header.length;
  }
  return best;
}

async function headerUnder(delimiter: string, head: TextHead, file: string): Promise<string[]> {
  for (;;) {
    const scanner = new CsvScanner(delimiter, file);
    for (let from = 0; from < head.bytes.length; from += HEADER_BYTES) {
      const header = headerAmong(scanner.push(head.bytes.subarray(from, from + HEADER_BYTES)));
      if (header !== null) return header;
    }
    if (head.isWhole) return headerAmong(scanner.finish()) ?? [];
    await head.more();
  }
}

function headerAmong(rows: readonly Row[]): string[] | null {
  const header = rows.find((row) => !isBlank(row));
  return header === undefined ? null : cellsOf(header);
}

async function* scannedRows(
  chunks: AsyncIterable<Buffer>,
  delimiter: string,
  file: string,
  firstRow: number,
): AsyncGenerator<readonly Row[]> {
  const scanner = new CsvScanner(delimiter, file, firstRow);
  for await (const chunk of chunks) yield* inBatches(scanner.push(chunk));
  yield* inBatches(scanner.finish());
}

function* inBatches(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += BATCH_ROWS) yield rows.slice(at, at + BATCH_ROWS);
}

function spelledOut(delimiter: string, file: string): string {
  if (delimiter === 'tab' || delimiter === '\\t') return '\t';
  if (/^[ -~\t]$/.test(delimiter) && delimiter !== '"') return delimiter;
  throw new KnownError({
    code: 'delimiter-unusable',
    place: { file },
    found: `${JSON.stringify(delimiter)} cannot separate cells.`,
    expected: 'One character such as "," ";" "|", or the word tab.',
    remedy: 'Correct --delimiter, or leave it out to have the delimiter detected.',
  });
}
