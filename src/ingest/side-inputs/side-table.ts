import type { Day } from '../../domain/calendar/days.ts';
import { invariant } from '../../domain/invariant.ts';
import { KnownError } from '../../domain/known-error.ts';
import { decimalOf, type Decimal } from '../../domain/numbers/money.ts';
import { CellReader } from '../cells/cells.ts';
import type { DayReading } from '../cells/day-text.ts';
import { OtherDialect, startingDialect, type Dialect } from '../cells/dialect.ts';
import { columnKey } from '../layouts/layout.ts';
import { countKnownSideNames, findHeader, type FoundHeader, type SideColumns } from './bind-side-header.ts';
import type { SideRow } from './side-row.ts';
import { jsonReading, readingOf, type DetectedCells, type SideWatch } from './side-reading.ts';
import { loadSideInput, type SideSheet } from './side-rows.ts';

export { type SideColumns } from './bind-side-header.ts';

/** A bad cell as messages name it. */
interface BadCell {
  readonly row: number;
  readonly text: string;
}

/** Cells that one message names. */
const NAMED_CELLS = 5;
/** Of a cell's text in a message. */
const SHOWN_CHARACTERS = 120;
const SPREADSHEET_ERROR = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/i;
/** What is left of a long number in a spreadsheet; our reader writes it so, and so does Excel in CSV files. */
const LOST_DIGITS = /^-?\d([.,]\d+)?E\+\d{2}$/i;

/**
 * Reads a side input, a record at a time: `read` makes something of a record, or null where one of its cells failed. A side input is the
 * partner's own file, so nothing of it is skipped: bad cells are collected over the whole file and refuse it, up to five in one message.
 * `read` may be called more than once for a record: a cell further down may prove how dates are written.
 * @param watch is told of the file once all of it is read.
 */
export async function readSideTable<F extends string, T>(
  path: string,
  name: string,
  columns: SideColumns<F>,
  read: (record: SideRecord<F>) => T | null,
  watch?: SideWatch,
): Promise<readonly T[]> {
  const sheets = await loadSideInput(path, name, (header) => countKnownSideNames(columns, header));
  const [first] = sheets;
  if (first !== undefined && isEmptyJson(sheets)) {
    watch?.(jsonReading(first.input, 0));
    return [];
  }
  const table = findHeader(sheets, columns, name);
  return readRecords(table, name, read, (detected) => watch?.(readingOf(table, sheets, columns, detected)));
}

/** An empty array has no names to complain of. */
function isEmptyJson(sheets: readonly SideSheet[]): boolean {
  return sheets.every(({ kind, rows }) => kind === 'json' && rows.length === 1);
}

/** The same of a table whose header is found already. `told` hears, once all is read, how days and numbers turned out to be written. */
export function readRecords<F extends string, T>(
  table: FoundHeader<F>,
  name: string,
  read: (record: SideRecord<F>) => T | null,
  told?: (detected: DetectedCells) => void,
): readonly T[] {
  let dialect = startingDialect({});
  for (;;) {
    const cells = new SideCells(table, name, dialect);
    try {
      const made = table.records.map((row) => read(new SideRecord(cells, row)));
      cells.refuseBadCells();
      told?.(cells.detected());
      return made.map((each) => {
        invariant(each !== null, 'a record of which nothing is made has a bad cell');
        return each;
      });
    } catch (error) {
      if (!(error instanceof OtherDialect)) throw error;
      dialect = error.dialect;
    }
  }
}

/** One record of a side input. A cell that cannot be read is noted, and null; so is an empty one, without being noted. */
export class SideRecord<F extends string> {
  readonly #cells: SideCells<F>;
  readonly #row: SideRow;

  constructor(cells: SideCells<F>, row: SideRow) {
    this.#cells = cells;
    this.#row = row;
  }

  /** The number a spreadsheet shows; the place in the array, from 1, in JSON. */
  get row(): number {
    return this.#row.number;
  }

  /** The sheet of a workbook that the record stands on; null elsewhere. */
  get sheet(): string | null {
    return this.#cells.sheet;
  }

  /** The cell as it stands, blanks and all. */
  exact(field: F): string {
    return this.#row.cells[this.#cells.place(field)] ?? '';
  }

  /** Whether the table has the column at all, filled or not. */
  hasColumn(field: F): boolean {
    return this.#cells.place(field) >= 0;
  }

  isEmpty(field: F): boolean {
    return this.#trimmed(field) === '';
  }

  /** What stands in the columns that nobody asked for, by their names. */
  extras(): readonly (readonly [string, string])[] {
    return this.#cells.extraColumns.map(({ name, column }) => [name, this.#row.cells[column] ?? '']);
  }

  /** Notes every one of these cells that is empty. */
  requireFilled(...fields: readonly F[]): void {
    for (const field of fields) if (this.isEmpty(field)) this.fail(field, 'is empty');
  }

  /** '' where empty. */
  text(field: F): string {
    const text = this.#trimmed(field);
    if (SPREADSHEET_ERROR.test(text)) this.fail(field, 'is what a spreadsheet shows where it lost the value');
    return text;
  }

  /** A text that identifies something. Long digits that a spreadsheet took for a number have lost the last of them. */
  id(field: F): string {
    const text = this.text(field);
    if (LOST_DIGITS.test(text))
      this.fail(field, 'is a long number of which a spreadsheet dropped digits; format the column as text and enter it again');
    return text;
  }

  day(field: F): Day | null {
    return this.moment(field)?.day ?? null;
  }

  /** A UTC day, with its time where one is printed. */
  moment(field: F): DayReading | null {
    const text = this.#trimmed(field);
    return text === '' ? null : this.#cells.moment(text, this.#row.number, field);
  }

  decimal(field: F): Decimal | null {
    const text = this.#trimmed(field);
    return text === '' ? null : this.#cells.decimal(text, this.#row.number, field);
  }

  /** A count from 0, written in digits alone: no licence is divided, and a group of three would be open to doubt. */
  whole(field: F): number | null {
    const text = this.#trimmed(field);
    if (text === '') return null;
    if (/^\d{1,15}([.,]0{1,2})?$/.test(text)) return parseInt(text, 10);
    this.fail(field, 'is no whole number in plain digits');
    return null;
  }

  /** One of the words, whatever its case, spaces and punctuation. */
  oneOf<W extends string>(field: F, words: readonly W[]): W | null {
    const text = this.text(field);
    if (text === '') return null;
    const word = words.find((each) => columnKey(each) === columnKey(text));
    if (word === undefined) this.fail(field, `is none of ${words.join(', ')}`);
    return word ?? null;
  }

  fail(field: F, problem: string): void {
    this.#cells.fail(this.#row.number, field, this.exact(field), problem);
  }

  #trimmed(field: F): string {
    return this.exact(field).trim();
  }
}

/** The cells of one table under one dialect, and those of them that cannot be read. */
class SideCells<F extends string> {
  readonly #table: FoundHeader<F>;
  readonly #name: string;
  readonly #reader: CellReader;
  readonly #bad: BadCell[] = [];
  readonly #failed = new Set<string>();
  #openDay: BadCell | null = null;
  #openNumber: BadCell | null = null;

  constructor(table: FoundHeader<F>, name: string, dialect: Dialect) {
    const { sheet, bound } = table;
    this.#table = table;
    this.#name = name;
    this.#reader = new CellReader({ file: name, sheet: sheet.sheet, dateSystem: sheet.dateSystem, header: bound.header }, dialect);
  }

  get extraColumns(): FoundHeader<F>['bound']['extraColumns'] {
    return this.#table.bound.extraColumns;
  }

  get sheet(): string | null {
    return this.#table.sheet.sheet;
  }

  detected(): DetectedCells {
    return this.#reader.detected();
  }

  /** Counted from 0; -1 where the table has no such column. */
  place(field: F): number {
    return this.#table.bound.places.get(field) ?? -1;
  }

  moment(text: string, row: number, field: F): DayReading | null {
    this.#reader.beginRow(row);
    const reading = this.#known(() => this.#reader.moment(text, this.place(field)));
    // The empty date of .NET, 0001-01-01, is null without a failure.
    if (reading === null) this.fail(row, field, text, dayProblem(text));
    if (this.#openDay === null && this.#isAssumed('date-order')) this.#openDay = this.#cell(row, field, text, 'may be two different days');
    return reading;
  }

  decimal(text: string, row: number, field: F): Decimal | null {
    this.#reader.beginRow(row);
    const printed = this.#known(() => this.#reader.money(text, this.place(field)));
    if (printed === null) this.fail(row, field, text, 'is not a number');
    if (this.#openNumber === null && this.#isAssumed('decimal-mark')) {
      this.#openNumber = this.#cell(row, field, text, 'may have three decimals or a group of three');
    }
    return printed === null ? null : decimalOf(printed);
  }

  /** A cell is named once, for what is wrong with it first. */
  fail(row: number, field: F, cell: string, problem: string): void {
    const key = `${row} ${field}`;
    if (this.#failed.has(key)) return;
    this.#failed.add(key);
    this.#bad.push(this.#cell(row, field, cell, problem));
  }

  /**
   * Bad cells refuse the file. So does a day whose order of day and month nothing in the file proves: an export is known to write the month
   * first, but who wrote this file is not known. (Where days have dashes the day comes first, as in exports that were saved again.) And so
   * does a number in a CSV file that has either three decimals or a group of three; a workbook and JSON hold numbers themselves.
   */
  refuseBadCells(): void {
    if (this.#bad.length > 0) throw this.#refusal(this.#bad, 'Correct the cells and run again; nothing of the file was used.');
    if (this.#openDay !== null && this.#isAssumed('date-order') && this.#reader.detected().dateOrder === 'mdy') {
      throw this.#refusal([this.#openDay], 'Write days as YYYY-MM-DD; one day after the 12th of a month would settle the file as well.');
    }
    if (this.#openNumber !== null && this.#table.sheet.kind === 'csv' && this.#isAssumed('decimal-mark')) {
      throw this.#refusal([this.#openNumber], 'Write numbers without separators between thousands, or with two decimals.');
    }
  }

  #isAssumed(what: string): boolean {
    return this.#reader.detected().assumed.includes(what);
  }

  /** The reader's own advice is to download the export again, which does not fit a file that the partner keeps. */
  #known<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof KnownError)) throw error;
      const { code, place, found, expected } = error;
      const remedy = 'Write every day as YYYY-MM-DD and every number with a decimal point.';
      throw new KnownError({ code, ...(place === null ? {} : { place }), found, expected, remedy });
    }
  }

  #cell(row: number, field: F, cell: string, problem: string): BadCell {
    const column = this.#table.bound.header[this.place(field)] ?? field;
    return {
      row,
      text: `row ${row}, column "${column.trim()}": ${problem === 'is empty' ? 'the cell' : `"${shortened(cell)}"`} ${problem}`,
    };
  }

  #refusal(cells: readonly BadCell[], remedy: string): KnownError {
    const rest = cells.length - NAMED_CELLS;
    const named = cells.slice(0, NAMED_CELLS).map(({ text }) => text);
    return new KnownError({
      code: 'side-input-cell',
      place: { file: this.#name, sheet: this.#table.sheet.sheet, row: cells[0]?.row ?? 0 },
      found: `${[...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')}.`,
      expected: 'Cells that can be read, and in one way only.',
      remedy,
    });
  }
}

function shortened(cell: string): string {
  return cell.length <= SHOWN_CHARACTERS ? cell : `${cell.slice(0, SHOWN_CHARACTERS)}…`;
}

function dayProblem(text: string): string {
  if (/^\d{4,6}([.,]\d+)?$/.test(text)) return 'is the number by which a spreadsheet counts days; format the column as a date';
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}(\s|$)/.test(text))
    return 'has a year of two digits, and the century is not guessed; write YYYY-MM-DD';
  return 'is not a day; write YYYY-MM-DD';
}
