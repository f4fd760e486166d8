import type { ChargeLine } from '../../domain/charges/charge-line.ts';
import { cycleDays, type Cycle } from '../../domain/calendar/cycles.ts';
import { daysInclusive, type Day } from '../../domain/calendar/days.ts';
import type { FullPrice, UncheckedReason } from '../../domain/proration/expected-charge.ts';
import { Decimal, minorDigits, ZERO } from '../../domain/numbers/money.ts';
import type { LinePrice, ListedPrice } from '../../domain/prices/price-list.ts';
import { parseAdjustments } from '../../domain/prices/price-adjustment.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import { isDated } from '../chains/find-cycles.ts';

/** A full price that a line of the term proves, by the first day of that line. */
export interface KnownPrice {
  readonly termFirstDay: Day | null;
  readonly firstDay: Day;
  /** Months of the cycle that the price pays for: a plan may change from the year to the month within the term. */
  readonly months: number;
  readonly price: Decimal;
}

/** A cycle's length in months, whatever its month ends: 28 to 31 days are one month, 365 or 366 are twelve. */
export function monthsOf(cycle: Cycle): number {
  return Math.round((cycleDays(cycle) * 12) / 365.25);
}

/** The day on which the term of a line began: its last purchase or renewal, or the printed start where that is later. */
export function termStart(line: ChargeLine, openings: readonly Day[]): Day | null {
  let start = line.termFirstDay !== null && line.firstDay !== null && line.termFirstDay <= line.firstDay ? line.termFirstDay : null;
  for (const day of openings) if (line.firstDay !== null && day <= line.firstDay && (start === null || day > start)) start = day;
  return start;
}

/** One unit of the last printed digit of a price; at least two digits are assumed, for trailing zeros may be gone. */
export function lastDigit(digits: number, currency: string): Decimal {
  return new Decimal(10).pow(-Math.max(digits, Math.min(2, minorDigits(currency))));
}

/**
 * The price of one licence for one whole cycle of a legacy full-period line: its unit price, or, where the printed unit price is the one
 * after discount, the amount before discount divided by the quantity. Prices have the digits of their currency, so that a wrong amount does
 * not prove itself.
 */
export function legacyWholePrice(line: ChargeLine): FullPrice | null {
  const { unitPrice } = line;
  if (unitPrice === null) return null;
  const unit = unitPrice.abs();
  const quantity = line.quantity.abs();
  if (line.discount === null || line.discount.isZero() || quantity.isZero() || unit.times(quantity).eq(line.amount.abs())) {
    return { amount: unit, source: 'unit-price' };
  }
  const discounted = line.subtotal.abs().div(quantity);
  const step = lastDigit(line.unitPriceDigits, line.heading.currency);
  const isDiscountedUnit = discounted.minus(unit).abs().lt(step);
  return isDiscountedUnit
    ? { amount: roundHalfUp(line.amount.abs().div(quantity), minorDigits(line.heading.currency)), source: 'amount-before-discount' }
    : { amount: unit, source: 'unit-price' };
}

/**
 * The full price that a full-period line of the same term and cycle length gives; of several the one that begins last before the line, else
 * the first after it.
 */
export function knownPriceFor(line: ChargeLine, cycle: Cycle | null, start: Day | null, known: readonly KnownPrice[]): Decimal | null {
  const { firstDay } = line;
  if (firstDay === null || cycle === null || known.length === 0) return null;
  const months = monthsOf(cycle);
  let before: KnownPrice | null = null;
  let after: KnownPrice | null = null;
  for (const candidate of known) {
    if (candidate.termFirstDay !== start || candidate.months !== months) continue;
    if (candidate.firstDay <= firstDay) {
      if (before === null || candidate.firstDay > before.firstDay) before = candidate;
    } else if (after === null || candidate.firstDay < after.firstDay) after = candidate;
  }
  return (before ?? after)?.price ?? null;
}

function listedPrices(list: LinePrice | null): readonly ListedPrice[] {
  return list !== null && list.query !== null && list.answer.status === 'listed' ? list.answer.prices : [];
}

/**
 * The full price of a legacy prorated line from the price list: the one price in force when its term was bought. Where the lists do not
 * reach that day, or leave open which of several prices is meant, one counts only if the printed unit price bears it out and no other.
 */
export function listedLegacyPrice(line: ChargeLine, share: Share, list: LinePrice | null): FullPrice | null {
  const prices = listedPrices(list);
  const [first, second] = prices;
  if (first === undefined) return null;
  const isSettled = second === undefined && list?.query != null && list.answer.status === 'listed' && list.answer.isProven;
  if (isSettled) return { amount: first.perCycle, source: 'price-list' };
  const bounds = boundedPrices(line, share);
  if (bounds === null) return null;
  const fitting = prices.filter(({ perCycle }) => perCycle.gte(bounds.lowest) && perCycle.lte(bounds.highest));
  const [only, another] = fitting;
  return only === undefined || another !== undefined ? null : { amount: only.perCycle, source: 'price-list' };
}

export interface NewCommercePrice {
  readonly price: FullPrice;
  /** The price as UnitPrice and the stated adjustments give it: what AR06 holds the effective price against; null where they cannot. */
  readonly listed: Decimal | null;
}

/** The share of the cycle that a line bills, as a fraction. */
export interface Share {
  readonly billed: number;
  readonly whole: number;
}

export function shareByDays(line: ChargeLine, cycle: Cycle): Share {
  return isDated(line) ? { billed: daysInclusive(line.firstDay, line.lastDay), whole: cycleDays(cycle) } : { billed: 1, whole: 1 };
}

/**
 * The full price of a new-commerce licence line (rule catalogue, Words). UnitPrice is the price, less the percentages that
 * PriceAdjustmentDescription states; an adjustment without a percentage leaves only the effective price; and a unit price that drifted to a
 * newer list price in mid-term gives way to the price of an earlier line of the term, or to the list price of the day the term was bought.
 */
export function newCommercePrice(
  line: ChargeLine,
  share: Share,
  earlier: readonly Decimal[],
  list: LinePrice | null,
): NewCommercePrice | UncheckedReason {
  const effective = line.effectiveUnitPrice?.abs() ?? null;
  const step = lastDigit(line.effectiveDigits, line.heading.pricingCurrency);
  const fromEffective = effective === null ? null : effective.times(share.whole).div(share.billed);
  const adjustments = parseAdjustments(line.priceAdjustment);
  if (line.unitPrice === null || (adjustments.isStated && adjustments.percentages.length === 0)) {
    if (fromEffective === null) return 'unit-price-missing';
    return { price: { amount: fromEffective, source: 'effective-unit-price' }, listed: null };
  }
  const unit = line.unitPrice.abs();
  const departs = (price: Decimal): boolean => {
    return effective !== null && !price.times(share.billed).div(share.whole).isCloserTo(effective, step);
  };
  if (adjustments.percentages.length > 0) {
    const summed = unit.times(new Decimal(1).minus(adjustments.total.div(100)));
    const compounded = adjustments.percentages.reduce((price, percent) => price.times(new Decimal(100).minus(percent)).div(100), unit);
    // Several percentages are summed; where only taking one after the other gives the printed effective price, that is what was done.
    const listed = departs(summed) && !departs(compounded) ? compounded : Decimal.max(summed, ZERO);
    return { price: { amount: listed, source: 'unit-price-after-adjustments' }, listed };
  }
  if (effective !== null && departs(unit)) {
    const kept = earlier.find((price) => !departs(price));
    if (kept !== undefined) return { price: { amount: kept, source: 'earlier-line-of-the-term' }, listed: null };
    const listed = isInMidTerm(line) ? listedPrices(list).find(({ perCycle }) => !departs(perCycle)) : undefined;
    if (listed !== undefined) return { price: { amount: listed.perCycle, source: 'price-list' }, listed: null };
  }
  return { price: { amount: unit, source: 'unit-price' }, listed: unit };
}

function isInMidTerm({ kind }: ChargeLine): boolean {
  return kind === 'cycle' || kind === 'seat-change' || kind === 'cancellation';
}

/** The two prices between which the full price of a legacy prorated line must lie, from its cut unit price (rule catalogue: bounded lines). */
export function boundedPrices(line: ChargeLine, share: Share): { lowest: Decimal; middle: Decimal; highest: Decimal } | null {
  if (line.unitPrice === null) return null;
  const unit = line.unitPrice.abs();
  const step = lastDigit(line.unitPriceDigits, line.heading.currency);
  const scale = (price: Decimal): Decimal => price.times(share.whole).div(share.billed);
  return { lowest: scale(Decimal.max(ZERO, unit.minus(step.div(2)))), middle: scale(unit), highest: scale(unit.plus(step)) };
}
