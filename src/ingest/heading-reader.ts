import type { LineHeading } from '../domain/charges/charge-line.ts';
import { CURRENCY_CODES } from '../domain/numbers/currency-codes.ts';
import { shown, type CellReader } from './cells/cells.ts';
import type { HeadingPool } from './heading-pool.ts';
import { columnsOf, type BoundLayout } from './layouts/bound-layout.ts';
import type { Field, RowTraits } from './layouts/layout.ts';
import type { Row } from './rows.ts';
import { ownTexts } from './text/own-text.ts';

/** A heading with the cells it was made of, as they stand in the file. */
interface KnownHeading {
  readonly cells: readonly string[];
  readonly traits: number;
  readonly heading: LineHeading;
}

/** Ids, where a spreadsheet's apostrophe or `="…"` in front is no part of the value. */
const ID_FIELDS: ReadonlySet<Field> = new Set<Field>([
  'customerId',
  'partnerId',
  'subscriptionId',
  'internalSubscriptionId',
  'orderId',
  'productId',
  'skuId',
  'offerId',
  'plainOfferId',
  'promotionId',
  'reservationOrderId',
  'entitlementId',
]);

/** Reads what the rows of one subscription have in common: made once, and known again by its cells. */
export class HeadingReader {
  readonly #bound: BoundLayout;
  readonly #reader: CellReader;
  readonly #pool: HeadingPool;
  readonly #columns: Readonly<Record<Field, number>>;
  readonly #mayBeBlank: ReadonlySet<Field>;
  readonly #headingColumns: readonly number[];
  readonly #headingCells: string[];
  readonly #headings = new Map<string, KnownHeading[]>();

  constructor(bound: BoundLayout, reader: CellReader, pool: HeadingPool) {
    this.#bound = bound;
    this.#reader = reader;
    this.#pool = pool;
    this.#columns = columnsOf(bound);
    this.#mayBeBlank = bound.layout.mayBeBlank ?? new Set();
    this.#headingColumns = bound.layout.headingFields.map((field) => this.#columns[field]);
    this.#headingCells = this.#headingColumns.map(() => '');
  }

  /**
   * The heading of a row; rows of one subscription share theirs. Null where a cell of it cannot be read: the cell reader then has the failure.
   */
  read(row: Row, traits: RowTraits): LineHeading | null {
    const cells = this.#headingCells;
    const columns = this.#headingColumns;
    for (let at = 0; at < columns.length; at++) cells[at] = row.cell(columns[at] ?? -1);
    const traitBits = (traits.hasMeter ? 1 : 0) + (traits.isFractional ? 2 : 0) + (traits.hasChargeEnd ? 4 : 0);
    const key = this.#headingKey(cells);
    const candidates = this.#headings.get(key);
    if (candidates !== undefined) {
      for (const candidate of candidates) {
        if (candidate.traits === traitBits && isSame(candidate.cells, cells)) return candidate.heading;
      }
    }
    const ownCells = ownTexts(cells);
    const heading = this.#newHeading(ownCells, traits);
    if (heading === null) return null;
    const known = { cells: ownCells, traits: traitBits, heading };
    if (candidates === undefined) this.#headings.set(this.#headingKey(ownCells), [known]);
    else candidates.push(known);
    return heading;
  }

  /** Enough of the cells that few headings share it; all of them where there is no subscription. */
  #headingKey(cells: readonly string[]): string {
    const subscription = cells[0] ?? '';
    if (subscription === '') return cells.join(' ');
    let key = subscription;
    for (let at = 1; at < this.#bound.layout.headingKeyFields; at++) key += cells[at] ?? '';
    return key;
  }

  #newHeading(cells: readonly string[], traits: RowTraits): LineHeading | null {
    const { layout } = this.#bound;
    const texts = new Map(layout.headingFields.map((field, at) => [field, headingText(field, cells[at] ?? '')]));
    for (const [field, text] of texts) this.#checkText(field, text);
    const heading = layout.heading((field) => texts.get(field) ?? '', traits);
    if (heading.customerId === '' && !this.#mayBeBlank.has('customerId')) this.#missingId('customerId');
    if (heading.subscriptionId === '') this.#missingId('subscriptionId');
    if (heading.currency !== '' || !this.#mayBeBlank.has('currency')) this.checkCurrency('currency', heading.currency);
    if (heading.pricingCurrency !== '') this.checkCurrency('pricingCurrency', heading.pricingCurrency);
    return this.#reader.failure === null ? this.#pool.intern(heading) : null;
  }

  #missingId(field: Field): void {
    const column = this.#columns[field];
    const message = `The row has no ${this.#bound.header[column] ?? field}, so it cannot be put to a subscription. Download the export again.`;
    this.#reader.fail(column, '', 'id-missing', message);
  }

  /** Fails the row where a currency is no code of ISO 4217. */
  checkCurrency(field: Field, currency: string): void {
    if (CURRENCY_CODES.has(currency)) return;
    const message = /^[A-Z]{3}$/.test(currency)
      ? `"${shown(currency)}" is no currency of ISO 4217, so how many decimals its money has is not known. Correct the code, or download the export again.`
      : `"${shown(currency)}" is not a currency code of three letters. Download the export again.`;
    this.#reader.fail(this.#columns[field], currency, 'currency-unreadable', message);
  }

  /** What a spreadsheet made of an id or a name. */
  #checkText(field: Field, text: string): void {
    const column = this.#columns[field];
    if (text.startsWith('#') && /^#(?:N\/A|NV|DIV\/0!|#+|\p{Lu}+[!?])$/u.test(text)) {
      this.#reader.spreadsheetError(text, column);
    } else if (ID_FIELDS.has(field) && text.includes('+') && /^\d(?:[.,]\d+)?E\+\d+$/i.test(text)) {
      const message =
        `"${shown(text)}" is an id of which a spreadsheet kept only the first digits. ` +
        'Download the export again; where it must pass through a spreadsheet, format the column as text before opening it.';
      this.#reader.fail(column, text, 'id-exponent-form', message);
    }
  }
}

function isSame(known: readonly string[], cells: readonly string[]): boolean {
  for (let at = 0; at < cells.length; at++) {
    if (known[at] !== cells[at]) return false;
  }
  return true;
}

function headingText(field: Field, cell: string): string {
  const text = cell.trim();
  if (!ID_FIELDS.has(field)) return text;
  const id = /^="(.*)"$/.exec(text)?.[1] ?? text.replace(/^'/, '');
  // The API puts a namespace before some customer ids (get-invoiceline-items: org:9060d13d-…).
  return field === 'customerId' ? id.replace(/^org:/i, '') : id;
}
