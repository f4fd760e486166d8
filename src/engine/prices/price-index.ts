import type { LineHeading } from '../../domain/charges/charge-line.ts';
import { minorDigits, type Decimal } from '../../domain/numbers/money.ts';
import {
  priceListProduct,
  type ListAnswer,
  type ListedPrice,
  type PriceLookup,
  type PriceQuery,
  type PriceRow,
  type PriceSpan,
} from '../../domain/prices/price-list.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import { PriceCoverage } from './price-coverage.ts';
import { pricesInForce } from './prices-in-force.ts';

const MOST_ANSWERS = 50_000;

/**
 * The rows of the price lists that the given charges can ask for, by product. A list of every product there is fits, because a row is only
 * kept where its product, market and currency occur among the charges; of all others only the span of their dates is known.
 */
export class PriceIndex implements PriceLookup {
  readonly #rows = new Map<string, PriceRow[]>();
  readonly #coverage = new PriceCoverage();
  /** The lines of a term ask the same, and so do the licences of one product bought on one day. */
  readonly #answers = new Map<string, ListAnswer>();
  readonly #currencies = new Set<string>();
  /** Null where a heading tells no market, so that every market may be meant. */
  #markets: Set<string> | null = new Set();

  /** @param headings those of all charges; products of other headings are not kept. */
  constructor(headings: Iterable<LineHeading>) {
    for (const heading of headings) {
      for (const product of productsOf(heading)) this.#rows.set(product, []);
      this.#currencies.add(heading.currency);
      if (heading.pricingCurrency !== '') this.#currencies.add(heading.pricingCurrency);
      if (heading.layout === 'legacy-licence') continue;
      if (heading.customerCountry === '') this.#markets = null;
      else this.#markets?.add(heading.customerCountry);
    }
  }

  /** Whether a row of a list is kept. A market of '' is that of a list without markets. */
  wants(product: string, market: string, currency: string): boolean {
    if (!this.#rows.has(product) || !this.#currencies.has(currency)) return false;
    return market === '' || this.#markets === null || this.#markets.has(market);
  }

  add(row: PriceRow): void {
    this.#answers.clear();
    this.#rows.get(row.product)?.push(row);
  }

  addSpan(span: PriceSpan): void {
    this.#answers.clear();
    this.#coverage.add(span);
  }

  find(query: PriceQuery): ListAnswer {
    const key = textOf(query);
    let answer = this.#answers.get(key);
    if (answer === undefined) {
      answer = this.#find(query);
      if (this.#answers.size >= MOST_ANSWERS) this.#answers.clear();
      this.#answers.set(key, answer);
    }
    return answer;
  }

  #find(query: PriceQuery): ListAnswer {
    const rows = (this.#rows.get(query.product) ?? []).filter((row) => isOfKey(row, query));
    const lasting = rows.filter((row) => !this.#coverage.hasEnded(row, query, rows));
    const inForce = pricesInForce(bestUnit(lasting, query), query.from, query.until);
    if (inForce === 'contradictory') return { status: 'unknown', reason: 'price-list-contradicts' };
    const prices = distinct(inForce.map((row) => listedPrice(row, query)));
    const [first, ...more] = prices;
    if (first === undefined) {
      return this.#coverage.denies(query, rows) ? { status: 'not-listed' } : { status: 'unknown', reason: 'price-list-does-not-cover' };
    }
    return { status: 'listed', prices: [first, ...more], isProven: inForce.every((row) => this.#isProven(row, inForce, query)) };
  }

  /** A price that ends held until then; one without an end as far as a list reaches that has it, which the list of another month may too. */
  #isProven(row: PriceRow, inForce: readonly PriceRow[], { until }: PriceQuery): boolean {
    if (Number.isFinite(row.until)) return true;
    return inForce.some((other) => other.from === row.from && other.price.eq(row.price) && until <= this.#coverage.reach(other));
  }
}

/** Legacy lists know an offer by DurableOfferId; reservations and all else by product and SKU. */
function productsOf({ layout, offerId, productId, skuId }: LineHeading): readonly string[] {
  if (layout === 'legacy-licence') return offerId === '' ? [] : [priceListProduct(offerId, '')];
  return productId === '' ? [] : [priceListProduct(productId, skuId)];
}

function textOf({ kind, product, market, currency, termMonths, cycleMonths, quantities, from, until }: PriceQuery): string {
  return [kind, product, market, currency, termMonths, cycleMonths, from, until, ...quantities.map((one) => one.toString())].join(' ');
}

function isOfKey(row: PriceRow, query: PriceQuery): boolean {
  return (
    row.currency === query.currency &&
    (row.kind === 'legacy-licence') === (query.kind === 'legacy-licence') &&
    (row.market === query.market || row.market === '' || query.market === '') &&
    (query.termMonths === null || row.termMonths === null || row.termMonths === query.termMonths) &&
    (query.cycleMonths === null || row.planMonths === null || row.planMonths === query.cycleMonths) &&
    (query.quantities.length === 0 || query.quantities.some((quantity) => isInTier(row, quantity)))
  );
}

function isInTier({ tierFrom, tierTo }: PriceRow, quantity: Decimal): boolean {
  return (tierFrom === null || tierFrom.lte(quantity)) && (tierTo === null || tierTo.gte(quantity));
}

/** A legacy offer that is listed by the month and by the year has a price for either cycle; the other is not divided or multiplied then. */
function bestUnit(rows: readonly PriceRow[], { kind, cycleMonths }: PriceQuery): readonly PriceRow[] {
  if (kind !== 'legacy-licence') return rows;
  const exact = rows.filter((row) => row.pricedMonths === cycleMonths);
  return exact.length > 0 ? exact : rows;
}

function listedPrice(row: PriceRow, { cycleMonths, currency }: PriceQuery): ListedPrice {
  if (cycleMonths === null || cycleMonths === 0 || row.pricedMonths === null || row.pricedMonths === 0) {
    return { printed: row.price, perCycle: row.price, cycles: null, row };
  }
  const perCycle = roundHalfUp(row.price.times(cycleMonths).div(row.pricedMonths), minorDigits(currency));
  return { printed: row.price, perCycle, cycles: { months: cycleMonths, of: row.pricedMonths }, row };
}

/** Each price once, cheapest first; of several rows with one price the first by file, sheet and row. */
function distinct(prices: readonly ListedPrice[]): readonly ListedPrice[] {
  const ordered = [...prices].sort((a, b) => a.perCycle.comparedTo(b.perCycle) || compareSources(a.row, b.row));
  return ordered.filter((price, place) => place === 0 || !price.perCycle.eq(ordered[place - 1]?.perCycle ?? price.perCycle));
}

function compareSources({ source: a }: PriceRow, { source: b }: PriceRow): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  const [one, other] = [a.sheet ?? '', b.sheet ?? ''];
  if (one !== other) return one < other ? -1 : 1;
  return a.row - b.row;
}
