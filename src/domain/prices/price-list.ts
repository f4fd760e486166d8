import type { SourceRef } from '../charges/charge-line.ts';
import type { Day } from '../calendar/days.ts';
import type { Decimal } from '../numbers/money.ts';

/** What a row of a price list sells. Legacy lists know products by their offer id, all others by ProductId and SkuId. */
export type PriceListKind = 'licence' | 'software' | 'azure-plan' | 'legacy-licence';

/** Seconds since 1970-01-01 00:00 UTC: prices change within a day. Infinity where a list leaves an end open. */
export type Second = number;

const DAY_SECONDS = 86_400;

/** The first second of a day. */
export function startOfDay(day: Day): Second {
  return day * DAY_SECONDS;
}

/** The last second of a day. */
export function endOfDay(day: Day): Second {
  return day * DAY_SECONDS + DAY_SECONDS - 1;
}

/** The day that holds a second. */
export function dayOfSecond(second: Second): Day {
  return Math.floor(second / DAY_SECONDS) as Day;
}

/** How lists and lines name one product: `productid:skuid`, or the offer id of a legacy list; in lower case. */
export function priceListProduct(productId: string, skuId: string): string {
  return skuId === '' ? productId.toLowerCase() : `${productId}:${skuId}`.toLowerCase();
}

/** A row of a price list. */
export interface PriceRow {
  readonly kind: PriceListKind;
  /** As by `priceListProduct`. */
  readonly product: string;
  /** Two letters; '' where the list has no markets (legacy). */
  readonly market: string;
  readonly currency: string;
  /** Commercial, Education and the like; '' where the list does not tell. */
  readonly segment: string;
  /** Months of the commitment; 0 for one-time purchases, null where the list does not tell. */
  readonly termMonths: number | null;
  /** Months of a charge cycle by the billing plan; 0 for none, null where the list does not tell. */
  readonly planMonths: number | null;
  /** The months that the price pays for: the term, or a legacy list's purchase unit; null for what is not sold by time. */
  readonly pricedMonths: number | null;
  /** Both included; null where open. */
  readonly tierFrom: Decimal | null;
  readonly tierTo: Decimal | null;
  /** Both included. */
  readonly from: Second;
  readonly until: Second;
  readonly price: Decimal;
  /** Equal for the rows of one list: a file with all its sheets. */
  readonly list: string;
  readonly source: SourceRef;
}

/** What the rows of one kind, market and currency in a list tell of the time that it knows. */
export interface PriceSpan {
  readonly kind: PriceListKind;
  readonly market: string;
  readonly currency: string;
  /** The latest start of a price; −Infinity where no row has one. */
  readonly newestStart: Second;
  /** The earliest end of a price; Infinity where no row ends. */
  readonly oldestEnd: Second;
  readonly list: string;
  /** The segments of the rows; '' among them where a row names none. */
  readonly segments: ReadonlySet<string>;
}

/** What a price is asked for. What the asker does not know stays open, and every price that may be meant is answered. */
export interface PriceQuery {
  readonly kind: PriceListKind;
  /** As by `priceListProduct`. */
  readonly product: string;
  /** '' where it is not known. */
  readonly market: string;
  readonly currency: string;
  /** Null: whatever the term (legacy lists). */
  readonly termMonths: number | null;
  /** Null: whatever the billing plan (reservations and software have none). */
  readonly cycleMonths: number | null;
  /** The quantities by which a tier may have been chosen; none where tiers do not matter. */
  readonly quantities: readonly Decimal[];
  /** The price in force at some time between these, both included: one second, or a day whose hour is not known. */
  readonly from: Second;
  readonly until: Second;
}

/** A price that the lists give, with the row it stands in. */
export interface ListedPrice {
  /** As the list prints it: for the whole term (legacy: the purchase unit). */
  readonly printed: Decimal;
  /** Of one unit for one charge cycle: the printed price divided by the cycles it pays for, half-up to the minor unit. As printed where no cycle was asked for. */
  readonly perCycle: Decimal;
  /** Charge cycles that the printed price pays for (a legacy monthly price pays for a twelfth of a year's cycle); null where no cycle was asked for. */
  readonly cycles: { readonly months: number; readonly of: number } | null;
  readonly row: PriceRow;
}

/** Why the lists do not tell a price. */
export type NoListPrice =
  /** No list of the product's kind, market and currency that reaches that day. */
  | 'price-list-does-not-cover'
  /** Rows of one key in force at one time with different prices, and no published rule settles which. */
  | 'price-list-contradicts';

/**
 * What the lists say. `listed`: the prices that may be meant, cheapest first; more than one only where the query leaves open which.
 * `isProven`: the lists reach that day, so that a departing bill is no later list's price. `not-listed`: the lists cover the day and have no price.
 */
export type ListAnswer =
  | { readonly status: 'listed'; readonly prices: readonly [ListedPrice, ...ListedPrice[]]; readonly isProven: boolean }
  | { readonly status: 'not-listed' }
  | { readonly status: 'unknown'; readonly reason: NoListPrice };

/** The price lists of a run. */
export interface PriceLookup {
  find(query: PriceQuery): ListAnswer;
}

/** Whence the day is known on which a line's price was agreed. */
export type PriceDayBasis = 'order' | 'renewal' | 'term-start';

/** What the lists say of a licence line. */
export interface AskedPrice {
  readonly query: PriceQuery;
  readonly basis: PriceDayBasis;
  readonly answer: ListAnswer;
}

/** What the lists say of a licence line, or why they were not asked. */
export type LinePrice = AskedPrice | { readonly query: null; readonly reason: 'term-or-plan-unknown' | 'purchase-day-unknown' };
