import { addDays, dayOfMonth, endOfMonth } from '../../domain/calendar/days.ts';
import {
  dayOfSecond,
  endOfDay,
  startOfDay,
  type PriceQuery,
  type PriceRow,
  type PriceSpan,
  type Second,
} from '../../domain/prices/price-list.ts';

/** What one list knows: from its first to its last second, both included. */
interface Known {
  readonly from: Second;
  readonly until: Second;
}

/**
 * How far the given lists reach, each for itself. A list does not say for which month it was published, and a row without an end is in force only until
 * a later list says otherwise. New prices begin every month (price lists are published monthly), so the month of its newest start is the last one
 * that a list knows. A list of current prices holds no row that had ended by then; one that does is a history and knows the time back to
 * the earliest end. Between the lists of two months, the one between them not given, nothing is known.
 */
export class PriceCoverage {
  readonly #spans = new Map<string, PriceSpan[]>();

  add(span: PriceSpan): void {
    const key = keyOf(span.kind, span.market, span.currency);
    const spans = this.#spans.get(key) ?? [];
    const place = spans.findIndex(({ list }) => list === span.list);
    const known = spans[place];
    if (known === undefined) spans.push(span);
    else {
      const newestStart = Math.max(known.newestStart, span.newestStart);
      const oldestEnd = Math.min(known.oldestEnd, span.oldestEnd);
      spans[place] = { ...known, newestStart, oldestEnd, segments: new Set([...known.segments, ...span.segments]) };
    }
    this.#spans.set(key, spans);
  }

  /** The last second for which the list of a row knows that its price, if it has no end, still holds. */
  reach({ kind, market, currency, list }: PriceRow): Second {
    const span = this.#spans.get(keyOf(kind, market, currency))?.find((one) => one.list === list);
    return span === undefined ? -Infinity : knownBy(span).until;
  }

  /**
   * Whether the lists together say for all of the time asked for that nothing of a key is sold.
   *
   * @param rows those of the key, of all lists
   */
  denies(query: PriceQuery, rows: readonly PriceRow[]): boolean {
    const silent = this.#of(query).map((span) => withoutPrice(span, rowsOf(span, rows)));
    let next = query.from;
    for (const { from, until } of silent.sort((a, b) => a.from - b.from)) {
      if (from > next) return false;
      next = Math.max(next, until + 1);
      if (next > query.until) return true;
    }
    return false;
  }

  /**
   * Whether a later list knows the time asked for and has no price of the key then: a price without an end, of a list that does not reach so far, has ended.
   * The list must know the segment of the row, for the prices of segments may come in lists of their own.
   */
  hasEnded(row: PriceRow, query: PriceQuery, rows: readonly PriceRow[]): boolean {
    if (Number.isFinite(row.until) || query.from <= this.reach(row)) return false;
    return (this.#spans.get(keyOf(row.kind, row.market, row.currency)) ?? []).some((span) => {
      if (span.list === row.list || !knowsSegment(span, row.segment)) return false;
      const own = rowsOf(span, rows);
      if (own.some(({ from, until }) => from <= query.until && until >= query.from)) return false;
      const { from, until } = withoutPrice(span, own);
      return from <= query.from && until >= query.until;
    });
  }

  /** Where the market is not known, whatever market a list of the currency is for. */
  #of({ kind, market, currency }: PriceQuery): readonly PriceSpan[] {
    if (market !== '') return this.#spans.get(keyOf(kind, market, currency)) ?? [];
    return [...this.#spans.values()].flat().filter((span) => span.kind === kind && span.currency === currency);
  }
}

function keyOf(kind: string, market: string, currency: string): string {
  return `${kind} ${market} ${currency}`;
}

function rowsOf({ list, kind, market }: PriceSpan, rows: readonly PriceRow[]): readonly PriceRow[] {
  return rows.filter((row) => row.list === list && row.kind === kind && row.market === market);
}

function knownBy({ newestStart, oldestEnd }: PriceSpan): Known {
  if (!Number.isFinite(newestStart)) return { from: Infinity, until: -Infinity };
  const day = dayOfSecond(newestStart);
  return { from: Math.min(oldestEnd, startOfDay(addDays(day, 1 - dayOfMonth(day)))), until: endOfDay(endOfMonth(day)) };
}

/**
 * The time for which a list says that it has no price of a key, apart from the rows in force: all that it knows, where it has no row of the key; where it has,
 * from the first of them on, for what a current list shows may have replaced another price.
 */
function withoutPrice(span: PriceSpan, rows: readonly PriceRow[]): Known {
  const known = knownBy(span);
  if (rows.length === 0) return known;
  return { from: Math.max(known.from, Math.min(...rows.map(({ from }) => from))), until: known.until };
}

function knowsSegment({ segments }: PriceSpan, segment: string): boolean {
  return segment === '' || segments.has('') || segments.has(segment);
}
