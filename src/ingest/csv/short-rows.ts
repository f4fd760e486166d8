import type { RowRejection } from '../../domain/charges/charge-line.ts';
import { takeDayApart } from '../cells/day-text.ts';
import type { BoundLayout } from '../layouts/bound-layout.ts';
import type { Field } from '../layouts/layout.ts';
import { OpenEndedRow, type Row } from '../rows.ts';
import { extentOf } from './row-extent.ts';

/**
 * Texts that most rows of an export leave empty and that no figure of a row is made of. Columns that no layout reads may be empty too; a row that
 * ends before any other column has lost something.
 */
const OFTEN_EMPTY: ReadonlySet<Field> = new Set<Field>([
  'meter',
  'reservationOrderId',
  'creditReason',
  'referenceId',
  'qualifiers',
  'promotionId',
  'creditType',
  'benefitOrderId',
  'benefitId',
  'benefitType',
  'additionalInfo',
]);

/** Columns whose cells are days or numbers; every other one holds text. */
const NO_TEXT: ReadonlySet<Field> = new Set<Field>([
  'orderDate',
  'chargeStart',
  'chargeEnd',
  'termStart',
  'termEnd',
  'rateDate',
  'usageDate',
  'unitPrice',
  'effectiveUnitPrice',
  'quantity',
  'billableQuantity',
  'consumedQuantity',
  'includedQuantity',
  'amount',
  'discount',
  'subtotal',
  'tax',
  'total',
  'rate',
  'earnedCredit',
  'customerCredit',
]);

/**
 * Tells rows that a spreadsheet shortened from rows that lost a part. Excel saves CSV in blocks of sixteen rows and leaves out the columns at the end
 * that are empty in a whole block (Microsoft support article 77295). Such a row still has every cell that is needed, each under its own name.
 */
export class ShortRows {
  readonly #bound: BoundLayout;
  /** The fewest cells that a row may have. */
  readonly #leastCells: number;
  readonly #textColumns: readonly number[];
  #accepted = 0;
  #shortest = Infinity;

  constructor(bound: BoundLayout) {
    this.#bound = bound;
    const places = [...bound.places];
    this.#leastCells = 1 + Math.max(-1, ...places.filter(([field]) => !OFTEN_EMPTY.has(field)).map(([, column]) => column));
    this.#textColumns = places.filter(([field]) => !NO_TEXT.has(field)).map(([, column]) => column);
  }

  /** Why a row with fewer cells than the header is not taken for a shortened one; null where it is. */
  refusal(row: Row): RowRejection | null {
    const columns = this.#bound.header.length;
    const shape = `The row has ${row.length} cells, the header ${columns}`;
    const refuse = (message: string): RowRejection => {
      return { row: row.number, column: this.#bound.header[row.length] ?? '', cell: '', code: 'columns-missing', message };
    };
    if (row.length < this.#leastCells) {
      return refuse(
        `${shape}.${extentOf(row)} It may be cut off or hold a line break that is not in quotes; ` +
          'Excel also drops empty cells at the end of rows when it saves CSV. Download the export again, or save it as a workbook.',
      );
    }
    if (row instanceof OpenEndedRow) {
      return refuse(`${shape}, and the file ends in the middle of its line. The file is probably cut off: download it again.`);
    }
    const misplaced = this.#textColumns.find((column) => column < row.length && takeDayApart(row.cell(column).trim()) !== null);
    if (misplaced === undefined) return null;
    return refuse(
      `${shape}, and a date stands under ${this.#bound.header[misplaced] ?? ''}: a delimiter is missing, so its cells do not stand under their names. Download the export again.`,
    );
  }

  /** A shortened row has become a line. */
  count(row: Row): void {
    this.#accepted++;
    this.#shortest = Math.min(this.#shortest, row.length);
  }

  /** What was taken as empty; none where no row was short. */
  notes(): readonly string[] {
    if (this.#accepted === 0) return [];
    const { header } = this.#bound;
    const dropped = header.slice(this.#shortest).map((name) => name.trim());
    const named = dropped.slice(0, 4).join(', ') + (dropped.length > 4 ? ` and ${dropped.length - 4} more` : '');
    const rows = this.#accepted === 1 ? 'One row ends' : `${this.#accepted} rows end`;
    return [`${rows} before the last columns, as Excel saves CSV: ${named} taken as empty there.`];
  }
}
