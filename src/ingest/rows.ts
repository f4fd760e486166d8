/** One record of a table, header included. Cells are read on demand: a layout needs a third of the columns. */
export interface Row {
  /** The number a spreadsheet shows: the first record of the file is 1, blank lines count. */
  readonly number: number;
  readonly length: number;
  /** The text of a cell, '' beyond the row's end. */
  cell(column: number): string;
}

/** How day serials of a workbook count; null where numbers are never dates (CSV). */
export type DateSystem = '1900' | '1904' | null;

/** One table of an input: a CSV file, or one visible sheet of a workbook. Batches cross stages, a batch is handled at once. */
export interface Table {
  readonly sheet: string | null;
  readonly dateSystem: DateSystem;
  readonly batches: AsyncIterable<readonly Row[]>;
}

/** A row whose cells are all decoded already. */
export class TextRow implements Row {
  readonly number: number;
  readonly #cells: readonly string[];

  constructor(number: number, cells: readonly string[]) {
    this.number = number;
    this.#cells = cells;
  }

  get length(): number {
    return this.#cells.length;
  }

  cell(column: number): string {
    return this.#cells[column] ?? '';
  }
}

/** The last record of a text that ends without a line end: it may be whole, or where the file was cut off. */
export class OpenEndedRow extends TextRow {}

/** A record that cannot be split into cells; it still counts as a row. */
export class MalformedRow implements Row {
  readonly number: number;
  readonly length = 0;
  /** What is wrong with it, as a sentence. */
  readonly problem: string;
  readonly code: 'csv-malformed' | 'json-malformed';

  constructor(number: number, problem: string, code: MalformedRow['code'] = 'csv-malformed') {
    this.number = number;
    this.problem = problem;
    this.code = code;
  }

  cell(): string {
    return '';
  }
}

/** The cells of a row as texts. */
export function cellsOf(row: Row): string[] {
  return Array.from({ length: row.length }, (_, column) => row.cell(column));
}

/** A blank line, or a row of nothing but separators: a spreadsheet shows an empty row, and a workbook would not hold it. */
export function isBlank(row: Row): boolean {
  if (row instanceof MalformedRow) return false;
  for (let column = 0; column < row.length; column++) {
    const cell = row.cell(column);
    if (cell !== '' && cell.trim() !== '') return false;
  }
  return true;
}
