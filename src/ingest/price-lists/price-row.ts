import type { RowRejection, SkipReason } from '../../domain/charges/charge-line.ts';
import { decimalOf, type PrintedNumber } from '../../domain/numbers/money.ts';
import { priceListProduct, type PriceRow, type Second } from '../../domain/prices/price-list.ts';
import type { CellReader } from '../cells/cells.ts';
import { TextCache } from '../text/own-text.ts';
import { MalformedRow, type DateSystem, type Row } from '../rows.ts';
import { endOf, isOpenSerial, kindOf, planMonthsOf, startOf, termMonthsOf, unitMonthsOf } from './price-cells.ts';
import type { BoundPriceHeader, PriceField } from './price-columns.ts';

/** What became of a row of a price list: the three add up to the rows read. */
export type ParsedPriceRow =
  | { readonly outcome: 'used'; readonly row: PriceRow }
  | { readonly outcome: 'rejected'; readonly rejection: RowRejection }
  | { readonly outcome: 'skipped'; readonly reason: PriceSkipReason };

/** `usage-price`: a price of metered usage, which no rule asks for: usage is judged by the prices that it prints itself. */
export type PriceSkipReason = Extract<SkipReason, 'product-not-billed' | 'usage-price'>;

/** Which rows anybody can ask for. */
export interface WantedPrices {
  wants(product: string, market: string, currency: string): boolean;
}

/** Told of the dates of every row, also of those that nobody asks for: they tell which time a list covers. */
export type SpanSink = (dates: Pick<PriceRow, 'kind' | 'market' | 'currency' | 'segment' | 'from' | 'until'>) => void;

/** Where the rows come from, and what all of them share. */
export interface PriceTableFacts {
  readonly file: string;
  readonly sheet: string | null;
  /** As in `PriceRow`. */
  readonly list: string;
  readonly dateSystem: DateSystem;
  /** The currency of a list that has no column for it; '' where it has. */
  readonly currency: string;
}

/** Names and codes come again and again. */
const REMEMBERED_TEXTS = 10_000;
const NOT_BILLED: ParsedPriceRow = { outcome: 'skipped', reason: 'product-not-billed' };
const USAGE_PRICE: ParsedPriceRow = { outcome: 'skipped', reason: 'usage-price' };

/** Turns the rows of one table of a price list into prices. Only rows that somebody asks for are read in full. */
export class PriceRowParser {
  readonly #bound: BoundPriceHeader;
  readonly #reader: CellReader;
  readonly #facts: PriceTableFacts;
  readonly #wanted: WantedPrices;
  readonly #span: SpanSink;
  readonly #texts = new TextCache(REMEMBERED_TEXTS);
  readonly #isLegacy: boolean;

  constructor(bound: BoundPriceHeader, reader: CellReader, facts: PriceTableFacts, wanted: WantedPrices, span: SpanSink) {
    this.#bound = bound;
    this.#reader = reader;
    this.#facts = facts;
    this.#wanted = wanted;
    this.#span = span;
    this.#isLegacy = bound.layout.name === 'legacy-licence-prices';
  }

  parse(row: Row): ParsedPriceRow {
    if (row instanceof MalformedRow) return { outcome: 'rejected', rejection: malformed(row) };
    this.#reader.beginRow(row.number);
    const termMonths = this.#isLegacy ? null : termMonthsOf(this.#text(row, 'termDuration'));
    const kind = this.#isLegacy ? 'legacy-licence' : kindOf(this.#text(row, 'tags'), termMonths, this.#bound.at('meterIds') >= 0);
    const market = this.#text(row, 'market').toUpperCase();
    const currency = this.#facts.currency === '' ? this.#text(row, 'currency').toUpperCase() : this.#facts.currency;
    const from = this.#start(row);
    const until = this.#end(row);
    // An offer that is taken off the list has no price from then on; one that says until when is a price like any other.
    const isGone = this.#isLegacy && /^del/i.test(this.#text(row, 'change')) && until === Infinity;
    const isDated = this.#reader.failure === null;
    const segment = this.#segment(row);
    if (isDated && !isGone) this.#span({ kind, market, currency, segment, from, until });
    const product = this.#product(row);
    if (isGone || product === '' || !this.#wanted.wants(product, market, currency)) return NOT_BILLED;
    // Reservations have a term; what has none is metered.
    if (kind === 'azure-plan' && termMonths === null) return USAGE_PRICE;
    const read = { kind, product, market, currency, segment, termMonths, from, until } as const;
    const price = isDated ? this.#price(row, read) : null;
    const { failure } = this.#reader;
    if (price !== null && failure === null) return { outcome: 'used', row: price };
    return failure === null ? NOT_BILLED : { outcome: 'rejected', rejection: failure };
  }

  #price(
    row: Row,
    read: Pick<PriceRow, 'kind' | 'product' | 'market' | 'currency' | 'segment' | 'termMonths' | 'from' | 'until'>,
  ): PriceRow | null {
    const reader = this.#reader;
    reader.allowCurrencies({ currency: read.currency, pricingCurrency: read.currency });
    const column = this.#bound.at('unitPrice');
    const cell = row.cell(column);
    const price = reader.money(cell, column);
    if (price === null) {
      reader.fail(column, cell, 'price-unreadable', 'The price is empty. Correct the cell or download the price list again.');
      return null;
    }
    if (decimalOf(price).isNegative() && !decimalOf(price).isZero()) {
      reader.fail(column, cell, 'price-unreadable', `"${cell}" is below 0, which no price is. Download the price list again.`);
      return null;
    }
    const tierFrom = this.#quantity(row, 'tierFrom');
    const tierTo = this.#quantity(row, 'tierTo');
    const pricedMonths = this.#isLegacy ? this.#unitMonths(row) : read.termMonths === 0 ? null : read.termMonths;
    return {
      ...read,
      planMonths: this.#isLegacy ? null : planMonthsOf(this.#text(row, 'billingPlan')),
      pricedMonths,
      tierFrom: tierFrom === null ? null : decimalOf(tierFrom),
      tierTo: tierTo === null ? null : decimalOf(tierTo),
      price: decimalOf(price),
      list: this.#facts.list,
      source: { file: this.#facts.file, sheet: this.#facts.sheet, row: row.number },
    };
  }

  /** Legacy lists have one offer at several prices by who may buy it; a charge does not tell. */
  #segment(row: Row): string {
    if (!this.#isLegacy) return this.#text(row, 'segment');
    return [this.#text(row, 'agreementType'), this.#text(row, 'customerType'), this.#text(row, 'secondaryType')]
      .filter((text) => text !== '')
      .join(' · ');
  }

  #unitMonths(row: Row): number | null {
    const column = this.#bound.at('purchaseUnit');
    const cell = row.cell(column);
    const months = unitMonthsOf(cell);
    if (months !== null) return months;
    const message = `"${cell.slice(0, 120)}" is not a number of months or years. Correct the cell or download the price list again.`;
    this.#reader.fail(column, cell, 'purchase-unit-unreadable', message);
    return null;
  }

  #product(row: Row): string {
    if (this.#isLegacy) return priceListProduct(idOf(this.#text(row, 'offerId')), '');
    const skuId = idOf(this.#text(row, 'skuId'));
    const productId = idOf(this.#text(row, 'productId'));
    return productId === '' ? '' : priceListProduct(productId, /^\d{1,3}$/.test(skuId) ? skuId.padStart(4, '0') : skuId);
  }

  #start(row: Row): Second {
    const column = this.#bound.at('starts');
    return startOf(this.#reader.moment(row.cell(column), column));
  }

  #end(row: Row): Second {
    const column = this.#bound.at('ends');
    const cell = row.cell(column);
    return isOpenSerial(cell, this.#facts.dateSystem) ? Infinity : endOf(this.#reader.moment(cell, column));
  }

  #quantity(row: Row, field: PriceField): PrintedNumber | null {
    const column = this.#bound.at(field);
    return this.#reader.quantity(row.cell(column), column);
  }

  #text(row: Row, field: PriceField): string {
    return this.#texts.keep(row.cell(this.#bound.at(field)).trim());
  }
}

/** Without the apostrophe or the `="…"` by which spreadsheets keep zeros. */
function idOf(text: string): string {
  return /^="(.*)"$/.exec(text)?.[1] ?? text.replace(/^'/, '');
}

function malformed(row: MalformedRow): RowRejection {
  const message = `${row.problem} Correct the quotes of this row or download the price list again.`;
  return { row: row.number, column: '', cell: '', code: 'csv-malformed', message };
}
