import { addDays, dayOfMonth, endOfMonth } from '../domain/days.ts';
import { dayOfSecond, endOfDay, startOfDay, type PriceListKind, type PriceSpan, type Second } from '../domain/price-list.ts';

/**
 * How far the given lists reach. A list does not say for which month it was published, and a row without an end is in force only until a later
 * list says otherwise. New prices begin every month (price lists are published monthly), so the month of the newest start is the last one
 * that the lists know. A list of current prices holds no row that had ended by then; one that does is a history and knows the time back
 * to the earliest end.
 */
export class PriceCoverage {
  readonly #spans = new Map<string, PriceSpan>();

  add(span: PriceSpan): void {
    const key = keyOf(span.kind, span.market, span.currency);
    const known = this.#spans.get(key);
    if (known === undefined) {
      this.#spans.set(key, span);
      return;
    }
    const newestStart = Math.max(known.newestStart, span.newestStart);
    const oldestEnd = Math.min(known.oldestEnd, span.oldestEnd);
    this.#spans.set(key, { ...known, newestStart, oldestEnd });
  }

  /** The last second for which a price without an end is known to hold; −Infinity without a list of the kind, market and currency. */
  reach(kind: PriceListKind, market: string, currency: string): Second {
    return this.#of(kind, market, currency).reduce((reach, span) => Math.max(reach, endOfNewestMonth(span)), -Infinity);
  }

  /** Whether a product that stands in no row was not for sale: the lists are whole for all of the time. */
  isWhole(kind: PriceListKind, market: string, currency: string, from: Second, until: Second): boolean {
    return this.#of(kind, market, currency).some((span) => {
      return from >= Math.min(span.oldestEnd, startOfNewestMonth(span)) && until <= endOfNewestMonth(span);
    });
  }

  /** Where the market is not known, whatever market a list of the currency is for. */
  #of(kind: PriceListKind, market: string, currency: string): readonly PriceSpan[] {
    if (market === '') return [...this.#spans.values()].filter((span) => span.kind === kind && span.currency === currency);
    const span = this.#spans.get(keyOf(kind, market, currency));
    return span === undefined ? [] : [span];
  }
}

function keyOf(kind: PriceListKind, market: string, currency: string): string {
  return `${kind} ${market} ${currency}`;
}

function endOfNewestMonth({ newestStart }: PriceSpan): Second {
  return Number.isFinite(newestStart) ? endOfDay(endOfMonth(dayOfSecond(newestStart))) : -Infinity;
}

function startOfNewestMonth({ newestStart }: PriceSpan): Second {
  if (!Number.isFinite(newestStart)) return Infinity;
  const day = dayOfSecond(newestStart);
  return startOfDay(addDays(day, 1 - dayOfMonth(day)));
}
