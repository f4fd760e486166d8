import type ExcelJS from 'exceljs';
import type { Decimal } from '../../domain/numbers/money.ts';
import { minorDigits, ZERO } from '../../domain/numbers/money.ts';
import { count, EMPTY, money, type SheetCell, text } from './cells.ts';
import { letterOf } from './column-letter.ts';
import { addCellRow } from './sheet.ts';
import { TOTAL, TOTAL_LABEL, totalStyle } from './styles.ts';

/** What the row above a table's header adds up. */
export interface Totals<T> {
  /** Rows of several groups are never added together: of other currencies, or findings of another kind. */
  readonly groupOf: (item: T) => string;
  readonly currencyOf: (item: T) => string;
  /** The columns that are added up, by their header. */
  readonly amounts: Readonly<Record<string, (item: T) => string | null>>;
}

/** What stands in place of a sum while rows of several groups are shown. */
const MIXED = 'mixed';

/** The groups of a table's rows, and what its amounts add up to. */
export class TotalsGauge<T> {
  readonly totals: Totals<T>;
  readonly #numbers = new Map<string, number>();
  readonly #sums = new Map<string, Decimal>();
  #currency = '';
  rows = 0;

  constructor(totals: Totals<T>) {
    this.totals = totals;
  }

  add(item: T): void {
    this.rows += 1;
    this.#currency = this.totals.currencyOf(item);
    const group = this.totals.groupOf(item);
    if (!this.#numbers.has(group)) this.#numbers.set(group, this.#numbers.size + 1);
    // A second group leaves nothing to add up.
    if (this.#numbers.size > 1) return;
    for (const [header, amount] of Object.entries(this.totals.amounts)) {
      this.#sums.set(header, (this.#sums.get(header) ?? ZERO).plus(amount(item) ?? 0));
    }
  }

  get hasSeveralGroups(): boolean {
    return this.#numbers.size > 1;
  }

  get currency(): string {
    return this.#currency;
  }

  /** Tells the groups apart for the spreadsheet, in a column out of sight; none where all rows are of one. */
  groupCells(item: T): readonly SheetCell[] {
    return this.hasSeveralGroups ? [count(this.#numbers.get(this.totals.groupOf(item)) ?? 0)] : [];
  }

  /** The cell above a column: what the rows shown add up to, or the hint. */
  cellFor(header: string, column: number, columns: number, rows: number): SheetCell {
    if (!(header in this.totals.amounts)) return EMPTY;
    const range = (letter: string): string => `${letter}3:${letter}${Math.max(3, rows + 2)}`;
    const sum = `ROUND(SUBTOTAL(109,${range(letterOf(column))}),${minorDigits(this.#currency)})`;
    if (!this.hasSeveralGroups) {
      const value = (this.#sums.get(header) ?? ZERO).toFixed(minorDigits(this.#currency));
      return { ...money(value, this.#currency), style: totalStyle(minorDigits(this.#currency)), formula: sum };
    }
    const group = range(letterOf(columns + 1));
    const formula = `IF(SUBTOTAL(104,${group})=SUBTOTAL(105,${group}),ROUND(SUBTOTAL(109,${range(letterOf(column))}),4),"${MIXED}")`;
    return { ...text(MIXED), style: TOTAL, formula };
  }
}

/** The row above the header: how many rows the filter shows and what they add up to. `rows` is how many the sheet holds. */
export function addTotalsRow<T>(
  sheet: ExcelJS.Worksheet,
  gauge: TotalsGauge<T>,
  headers: readonly string[],
  rows: number,
  widths: readonly number[],
): void {
  const shown: SheetCell = {
    ...count(rows),
    style: TOTAL_LABEL,
    formula: `SUBTOTAL(103,A3:A${Math.max(3, rows + 2)})`,
  };
  const cells = headers.map((header, index) => (index === 0 ? shown : gauge.cellFor(header, index + 1, headers.length, rows)));
  // Before the first row: exceljs writes the columns with it.
  if (gauge.hasSeveralGroups) sheet.getColumn(headers.length + 1).hidden = true;
  addCellRow(sheet, cells, widths);
}
