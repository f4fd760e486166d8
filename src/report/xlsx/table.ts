import type ExcelJS from 'exceljs';
import { invariant } from '../../domain/invariant.ts';
import type { SheetCell } from './cells.ts';
import { addCellRow, addHeaderRow, type ColumnFit, ColumnGauge, openSheet, setWidths } from './sheet.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { letterOf } from './column-letter.ts';
import { FILTERED_NUMERIC_HEADER, NOTE } from './styles.ts';
import { addTotalsRow, TotalsGauge, type Totals } from './totals-row.ts';

/** Where the cells of the row being written stand, for formulas over them. */
export interface RowPlaces {
  /** The cell of this row below a header, as `L7`; null where the sheet has no such column. */
  at(header: string): string | null;
  /** The header's own cell, as `$L$2`. */
  header(header: string): string | null;
  /** Which of the table's items the row holds, over all its sheets; the first is 0. */
  readonly index: number;
}

export interface Column<T> {
  readonly header: string;
  /** The widest a text makes the column, in characters; a longer one is wrapped. */
  readonly widest: number;
  readonly cell: (item: T) => SheetCell;
  /** Worked out by the spreadsheet, with the value of `cell` kept beside it; without `=`. null: the value alone. */
  readonly formula?: (item: T, places: RowPlaces) => string | null;
  /** Left out where no row has anything in it. */
  readonly isOptional?: boolean;
  /** Stays in sight when one scrolls to the right, and is printed again on every page across. For the first columns only. */
  readonly isFrozen?: boolean;
}

export interface Table<T> {
  readonly name: string;
  readonly columns: readonly Column<T>[];
  readonly pagesAcross: number;
  /** Called twice, for the same items: once to measure the columns, once to write them. */
  readonly items: () => Iterable<T>;
  /** A row above the header that adds up the rows shown, whatever the filter shows. */
  readonly totals?: Totals<T>;
  /** What a sheet without a row says below its header: an empty one could be a fault. */
  readonly ifEmpty: string;
}

export interface MeasuredTable<T> {
  readonly columns: readonly MeasuredColumn<T>[];
  readonly rows: number;
  readonly totals: TotalsGauge<T> | null;
}

interface MeasuredColumn<T> {
  readonly column: Column<T>;
  readonly fit: ColumnFit;
}

/** Excel ends at row 1,048,576; a round number leaves room for the header and is easy to tell people. */
export const ROWS_PER_SHEET = 1_000_000;

export function measure<T>({ columns, items, totals }: Table<T>): MeasuredTable<T> {
  const gauged = columns.map((column) => ({ column, gauge: new ColumnGauge(column.header, column.widest) }));
  const summed = totals === undefined ? null : new TotalsGauge(totals);
  let rows = 0;
  for (const item of items()) {
    rows++;
    summed?.add(item);
    for (const { column, gauge } of gauged) gauge.add(column.cell(item));
  }
  const kept = gauged.filter(({ column, gauge }) => column.isOptional !== true || !gauge.isEmpty);
  return { rows, totals: summed, columns: kept.map(({ column, gauge }) => ({ column, fit: gauge.fit })) };
}

/** The row of the header: below the totals where there are any. */
export function headerRow(table: Pick<Table<never>, 'totals'>): number {
  return table.totals === undefined ? 1 : 2;
}

/** Where an item of a table stands, as `'Lines 2'!A7`. The first item is 0. */
export function placeInTable(table: Pick<Table<never>, 'name' | 'totals'>, index: number, rowsPerSheet: number = ROWS_PER_SHEET): string {
  return `'${sheetName(table.name, Math.floor(index / rowsPerSheet))}'!A${(index % rowsPerSheet) + headerRow(table) + 1}`;
}

/** *Lines*, *Lines 2* and so on; the first sheet is 0. */
function sheetName(table: string, sheet: number): string {
  return sheet === 0 ? table : `${table} ${sheet + 1}`;
}

function addSheet<T>(workbook: SteadyWorkbook, name: string, table: Table<T>, columns: readonly MeasuredColumn<T>[]): ExcelJS.Worksheet {
  const frozen = columns.filter(({ column }) => column.isFrozen === true).length;
  const header = headerRow(table);
  return openSheet(workbook, name, {
    pagesAcross: table.pagesAcross,
    view: { state: 'frozen', xSplit: frozen, ySplit: header, topLeftCell: `${letterOf(frozen + 1)}${header + 1}` },
    titles: {
      printTitlesRow: `1:${header}`,
      ...(frozen > 0 && table.pagesAcross > 1 ? { printTitlesColumn: `A:${letterOf(frozen)}` } : {}),
    },
  });
}

/** The cells of a sheet by their header; `row` is the one being written. */
class SheetPlaces implements RowPlaces {
  readonly #letters: ReadonlyMap<string, string>;
  readonly #header: number;
  readonly #before: number;
  row = 0;

  /** `before` is how many items stand on the sheets before. */
  constructor(headers: readonly string[], header: number, before: number) {
    this.#letters = new Map(headers.map((name, index) => [name, letterOf(index + 1)]));
    this.#header = header;
    this.#before = before;
  }

  get index(): number {
    return this.#before + this.row - this.#header - 1;
  }

  at(header: string): string | null {
    const letter = this.#letters.get(header);
    return letter === undefined ? null : `${letter}${this.row}`;
  }

  header(header: string): string | null {
    const letter = this.#letters.get(header);
    return letter === undefined ? null : `$${letter}$${this.#header}`;
  }
}

function addNote(sheet: ExcelJS.Worksheet, note: string): void {
  const row = sheet.addRow([note]);
  row.getCell(1).style = NOTE;
  row.commit();
}

function withFormula<T>(column: Column<T>, item: T, places: RowPlaces): SheetCell {
  const cell = column.cell(item);
  const formula = column.formula?.(item, places) ?? null;
  return formula === null || cell.value === null ? cell : { ...cell, formula };
}

interface NextItems<T> {
  readonly items: Iterator<T>;
  /** How many stand on the sheets before, and how many on this one. */
  readonly before: number;
  readonly rows: number;
}

/** One sheet with the next items. */
async function writeSheet<T>(
  workbook: SteadyWorkbook,
  sheet: ExcelJS.Worksheet,
  table: Table<T>,
  { columns, totals }: MeasuredTable<T>,
  { items, before, rows }: NextItems<T>,
): Promise<void> {
  const widths = columns.map(({ fit }) => fit.width);
  const header = headerRow(table);
  const headers = columns.map(({ column }) => column.header);
  const places = new SheetPlaces(headers, header, before);
  setWidths(sheet, widths);
  const lastColumn = letterOf(columns.length);
  sheet.autoFilter = `A${header}:${lastColumn}${rows + header}`;
  // exceljs puts the dollar of the column before each corner itself.
  sheet.pageSetup.printArea = `A$1:${lastColumn}$${Math.max(rows, 1) + header}`;
  if (totals !== null) addTotalsRow(sheet, totals, headers, rows, widths);
  addHeaderRow(
    sheet,
    columns.map(({ fit }) => fit),
    FILTERED_NUMERIC_HEADER,
  );
  if (rows === 0) addNote(sheet, table.ifEmpty);
  for (let written = 0; written < rows; written++) {
    const next = items.next();
    invariant(next.done !== true, 'a table has as many rows when written as when measured');
    places.row = header + 1 + written;
    const cells = columns.map(({ column }) => withFormula(column, next.value, places));
    addCellRow(sheet, totals === null ? cells : [...cells, ...totals.groupCells(next.value)], widths);
    if (workbook.mustDrain) await workbook.drained();
  }
  sheet.commit();
}

/** A table on a sheet of its own: filter, frozen header, set up for print; on *Name 2* and so on past `rowsPerSheet` rows. */
export async function writeTable<T>(
  workbook: SteadyWorkbook,
  table: Table<T>,
  rowsPerSheet: number = ROWS_PER_SHEET,
  measured: MeasuredTable<T> = measure(table),
): Promise<void> {
  const items = table.items()[Symbol.iterator]();
  for (let number = 0, before = 0; number === 0 || before < measured.rows; number++, before += rowsPerSheet) {
    const sheet = addSheet(workbook, sheetName(table.name, number), table, measured.columns);
    await writeSheet(workbook, sheet, table, measured, { items, before, rows: Math.min(measured.rows - before, rowsPerSheet) });
  }
  invariant(items.next().done === true, 'a table has as many rows when written as when measured');
}
