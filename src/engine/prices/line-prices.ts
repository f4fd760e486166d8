import type { ChargeLine } from '../../domain/charges/charge-line.ts';
import { wholeMonths, type Cycle } from '../../domain/calendar/cycles.ts';
import { addDays, type Day } from '../../domain/calendar/days.ts';
import { isLicenceLineWithPrice } from '../../domain/prices/licence-price.ts';
import type { Decimal } from '../../domain/numbers/money.ts';
import {
  endOfDay,
  priceListProduct,
  startOfDay,
  type LinePrice,
  type PriceDayBasis,
  type PriceLookup,
  type PriceQuery,
  type Second,
} from '../../domain/prices/price-list.ts';
import { statedTermMonths, termOf } from '../../domain/calendar/terms.ts';

/** Terms and cycles of the price lists, in months. Another length is a term cut short to end with others; only the text tells its price. */
const PUBLISHED_MONTHS: readonly (number | null)[] = [1, 12, 36];

/** A line at which the price of a term was agreed: a purchase, a renewal, an upgrade, another billing plan. */
interface Agreement {
  readonly firstDay: Day;
  readonly line: ChargeLine;
}

/**
 * Asks the price lists for licence lines: by the key of the lists, on the day on which the price of the line's term was agreed. Later rows of
 * a term keep that price, so a row is never asked for on its own day unless it opens a term.
 */
export class LinePrices {
  readonly #lookup: PriceLookup;

  constructor(lookup: PriceLookup) {
    this.#lookup = lookup;
  }

  /** The agreements among the lines of one subscription and product, in the order of their days. */
  agreementsIn(lines: readonly ChargeLine[]): readonly Agreement[] {
    return lines.flatMap((line) => (opensPrice(line) && line.firstDay !== null ? [{ firstDay: line.firstDay, line }] : []));
  }

  /** Null for lines that have no price of a licence. `cycle` is the line's charge cycle where it is known. */
  of(line: ChargeLine, cycle: Cycle | null, agreements: readonly Agreement[]): LinePrice | null {
    if (!isLicenceLineWithPrice(line)) return null;
    const agreement = agreementOf(line, agreements);
    const day = agreement === null ? termStartDay(line) : agreementDay(agreement.line);
    if (day === null) return { query: null, reason: 'purchase-day-unknown' };
    const cycleMonths = cycleMonthsOf(line, cycle);
    const isLegacy = line.heading.layout === 'legacy-licence';
    const termMonths = isLegacy ? null : termMonthsOf(line);
    if (cycleMonths === null || (!isLegacy && termMonths === null)) return { query: null, reason: 'term-or-plan-unknown' };
    const query = queryOf(line, { termMonths, cycleMonths, quantities: quantitiesOf(line, agreement), from: day.from, until: day.until });
    return { query, basis: day.basis, answer: this.#lookup.find(query) };
  }
}

type Asked = Pick<PriceQuery, 'termMonths' | 'cycleMonths' | 'quantities' | 'from' | 'until'>;

function queryOf({ heading }: ChargeLine, asked: Asked): PriceQuery {
  const isLegacy = heading.layout === 'legacy-licence';
  return {
    kind: isLegacy ? 'legacy-licence' : 'licence',
    product: isLegacy ? priceListProduct(heading.offerId, '') : priceListProduct(heading.productId, heading.skuId),
    market: heading.customerCountry,
    currency: heading.pricingCurrency === '' ? heading.currency : heading.pricingCurrency,
    ...asked,
  };
}

/** An upgrade into a subscription that is there already (moveQuantity) takes the price of that subscription's term. */
function opensPrice(line: ChargeLine): boolean {
  if (!line.amount.isPositive()) return false;
  if (line.kind === 'conversion') return !/^move/i.test(line.chargeType);
  // A legacy purchase fee in mid-term is a reactivation, and no new price.
  if (line.kind === 'purchase') return line.heading.layout !== 'legacy-licence' || isAtTermStart(line);
  return line.kind === 'renewal' || line.kind === 'plan-change';
}

function isAtTermStart({ firstDay, termFirstDay }: ChargeLine): boolean {
  return termFirstDay === null || firstDay === null || firstDay <= termFirstDay;
}

/** The last agreement on or before a line's first day, unless a term began since that no given line opens. */
function agreementOf(line: ChargeLine, agreements: readonly Agreement[]): Agreement | null {
  const { firstDay } = line;
  if (firstDay === null) return null;
  const own = agreements.find((each) => each.line === line);
  if (own !== undefined) return own;
  let last: Agreement | null = null;
  for (const each of agreements) if (each.firstDay <= firstDay) last = each;
  const term = termOf(line);
  return last === null || (term !== null && last.firstDay < term.firstDay) ? null : last;
}

interface PriceDay {
  readonly from: Second;
  readonly until: Second;
  readonly basis: PriceDayBasis;
}

/** Legacy files print the day after the order as the start of a term, so either day may be the one on which the price was agreed. */
function legacyDay(start: Day): PriceDay {
  return { from: startOfDay(addDays(start, -1)), until: endOfDay(start), basis: 'term-start' };
}

/** New commerce: OrderDate, to the second where it is printed. A renewal may be ordered before the day on which its term begins. */
function agreementDay(line: ChargeLine): PriceDay | null {
  const { firstDay, orderDay, orderSecond, kind } = line;
  if (line.heading.layout === 'legacy-licence') return firstDay === null ? null : legacyDay(firstDay);
  if (kind === 'renewal' && firstDay !== null) {
    const ordered = orderDay ?? firstDay;
    return {
      from: startOfDay(ordered < firstDay ? ordered : firstDay),
      until: endOfDay(ordered > firstDay ? ordered : firstDay),
      basis: 'renewal',
    };
  }
  const day = orderDay ?? firstDay;
  if (day === null) return null;
  if (orderDay === null || orderSecond === null) return { from: startOfDay(day), until: endOfDay(day), basis: 'order' };
  return { from: startOfDay(day) + orderSecond, until: startOfDay(day) + orderSecond, basis: 'order' };
}

/** Without the line that opened it a term is known by its printed start. */
function termStartDay(line: ChargeLine): PriceDay | null {
  const term = termOf(line);
  if (term === null) return null;
  if (line.heading.layout === 'legacy-licence') return legacyDay(term.firstDay);
  return { from: startOfDay(term.firstDay), until: endOfDay(term.firstDay), basis: 'term-start' };
}

/** Microsoft prescribes no text: the plan follows from the charge cycle, else from the stated frequency. */
function cycleMonthsOf(line: ChargeLine, cycle: Cycle | null): number | null {
  const months = cycle === null ? null : wholeMonths(cycle.firstDay, cycle.lastDay);
  return PUBLISHED_MONTHS.includes(months) ? months : line.heading.cycleMonths;
}

/** The term follows from the days of the subscription; a term cut short to end with others says so only in its text. */
function termMonthsOf(line: ChargeLine): number | null {
  const { termFirstDay, termLastDay } = line;
  const months =
    termFirstDay === null || termLastDay === null || termLastDay < termFirstDay ? null : wholeMonths(termFirstDay, termLastDay);
  return PUBLISHED_MONTHS.includes(months) ? months : statedTermMonths(line);
}

/** Tiers are chosen by the quantity bought; seats that came later may have been priced by the tier of either. */
function quantitiesOf(line: ChargeLine, agreement: Agreement | null): readonly Decimal[] {
  const own = line.quantity.abs();
  const bought = agreement?.line.quantity.abs() ?? own;
  return own.eq(bought) ? [own] : [own, bought];
}
