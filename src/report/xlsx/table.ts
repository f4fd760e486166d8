import type ExcelJS from 'exceljs';
import { invariant } from '../../domain/invariant.ts';
import type { SheetCell } from './cells.ts';
import { addCellRow, addHeaderRow, type ColumnFit, ColumnGauge, openSheet, setWidths } from './sheet.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { FILTERED_NUMERIC_HEADER } from './styles.ts';

export interface Column<T> {
  readonly header: string;
  /** The widest a text makes the column, in characters; a longer one is wrapped. */
  readonly widest: number;
  readonly cell: (item: T) => SheetCell;
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
}

interface MeasuredTable<T> {
  readonly columns: readonly { readonly column: Column<T>; readonly fit: ColumnFit }[];
  readonly rows: number;
}

/** Excel ends at row 1,048,576; a round number leaves room for the header and is easy to tell people. */
const ROWS_PER_SHEET = 1_000_000;

function measure<T>({ columns, items }: Table<T>): MeasuredTable<T> {
  const gauged = columns.map((column) => ({ column, gauge: new ColumnGauge(column.header, column.widest) }));
  let rows = 0;
  for (const item of items()) {
    rows++;
    for (const { column, gauge } of gauged) gauge.add(column.cell(item));
  }
  const kept = gauged.filter(({ column, gauge }) => column.isOptional !== true || !gauge.isEmpty);
  return { rows, columns: kept.map(({ column, gauge }) => ({ column, fit: gauge.fit })) };
}

function letterOf(column: number): string {
  const letter = String.fromCharCode(65 + ((column - 1) % 26));
  return column <= 26 ? letter : letterOf(Math.floor((column - 1) / 26)) + letter;
}

function addSheet<T>(workbook: SteadyWorkbook, name: string, columns: MeasuredTable<T>['columns'], pagesAcross: number): ExcelJS.Worksheet {
  const frozen = columns.filter(({ column }) => column.isFrozen === true).length;
  return openSheet(workbook, name, {
    pagesAcross,
    view: { state: 'frozen', xSplit: frozen, ySplit: 1, topLeftCell: `${letterOf(frozen + 1)}2` },
    titles: { printTitlesRow: '1:1', ...(frozen > 0 && pagesAcross > 1 ? { printTitlesColumn: `A:${letterOf(frozen)}` } : {}) },
  });
}

/** One sheet with the next `rows` items. */
async function writeSheet<T>(
  workbook: SteadyWorkbook,
  sheet: ExcelJS.Worksheet,
  columns: MeasuredTable<T>['columns'],
  items: Iterator<T>,
  rows: number,
): Promise<void> {
  const widths = columns.map(({ fit }) => fit.width);
  setWidths(sheet, widths);
  sheet.autoFilter = `A1:${letterOf(columns.length)}${rows + 1}`;
  addHeaderRow(
    sheet,
    columns.map(({ fit }) => fit),
    FILTERED_NUMERIC_HEADER,
  );
  for (let written = 0; written < rows; written++) {
    const next = items.next();
    invariant(next.done !== true, 'a table has as many rows when written as when measured');
    const cells = columns.map(({ column }) => column.cell(next.value));
    addCellRow(sheet, cells, widths);
    if (workbook.mustDrain) await workbook.drained();
  }
  sheet.commit();
}

/** A table on a sheet of its own: filter, frozen header, set up for print; on *Name 2* and so on past `rowsPerSheet` rows. */
export async function writeTable<T>(workbook: SteadyWorkbook, table: Table<T>, rowsPerSheet: number = ROWS_PER_SHEET): Promise<void> {
  const { columns, rows } = measure(table);
  const items = table.items()[Symbol.iterator]();
  let left = rows;
  for (let number = 1; number === 1 || left > 0; number++) {
    const sheet = addSheet(workbook, number === 1 ? table.name : `${table.name} ${number}`, columns, table.pagesAcross);
    const taken = Math.min(left, rowsPerSheet);
    await writeSheet(workbook, sheet, columns, items, taken);
    left -= taken;
  }
  invariant(items.next().done === true, 'a table has as many rows when written as when measured');
}
