import { figureOf, stepsOf, FORMULA_TEXT, type ProrationFacts } from '../proration/conventions.ts';
import { cycleDays, wholeMonths, type Cycle } from '../calendar/cycles.ts';
import { addDays, daysInclusive, type Day } from '../calendar/days.ts';
import { Decimal, ZERO } from '../numbers/money.ts';
import { roundHalfUp, truncate } from '../numbers/rounding.ts';
import type { Term } from '../calendar/terms.ts';

/** A reservation given back, as the arithmetic needs it. All magnitudes. */
export interface ReturnedReservation {
  /** Price of one unit for one payment (upfront: for the whole term), in the pricing currency. */
  readonly price: Decimal;
  readonly quantity: Decimal;
  /** The days that the running payment pays for; upfront: the term. */
  readonly period: Cycle;
  /** UTC; this day is among those refunded. */
  readonly returnDay: Day;
  readonly rate: Decimal;
  readonly digits: number;
  readonly pricingDigits: number;
}

/** How a refund may be rounded; no source says which way, so all three are right. */
export const REFUND_ROUNDINGS = ['published-seat', 'published-usage', 'half-up'] as const;
export type RefundRounding = (typeof REFUND_ROUNDINGS)[number];

const ONE = new Decimal(1);

/** Days refunded: from the day of return, which is among them, to the last day paid for (bought 10 July 2024, returned 9 July 2025: one day). */
export function daysLeft({ period, returnDay }: Pick<ReturnedReservation, 'period' | 'returnDay'>): number {
  return Math.max(0, Math.min(cycleDays(period), daysInclusive(returnDay, period.lastDay)));
}

function factsOf(one: ReturnedReservation, billed: number): ProrationFacts {
  const { price, quantity, period, rate, digits, pricingDigits } = one;
  return { price, quantity, billed, whole: cycleDays(period), rate, digits, pricingDigits };
}

/** Half-up once, at the end: `exact-once` of the price in the billing currency. */
function halfUpFacts(facts: ProrationFacts): ProrationFacts {
  return { ...facts, price: facts.price.times(facts.rate), rate: ONE };
}

/** The refund of so many days of the running payment, by every rounding, in the billing currency. */
export function refundsOf(one: ReturnedReservation, days: number): ReadonlyMap<RefundRounding, Decimal> {
  const facts = factsOf(one, days);
  return new Map<RefundRounding, Decimal>([
    ['published-seat', figureOf('published-seat', facts)],
    ['published-usage', figureOf('published-usage', facts)],
    ['half-up', roundHalfUp(facts.price.times(facts.quantity).times(facts.rate).times(days).div(facts.whole), facts.digits)],
  ]);
}

/** The refund of so many days in the pricing currency, by the same rounding: what it counts against a limit of dollars. */
export function refundInPricing(one: ReturnedReservation, days: number, rounding: RefundRounding): Decimal {
  return refundsOf({ ...one, rate: ONE, digits: one.pricingDigits }, days).get(rounding) ?? ZERO;
}

/** The refund by one rounding with its numbers, as an auditor types it into a calculator. */
export function refundSteps(one: ReturnedReservation, days: number, rounding: RefundRounding): string {
  const facts = factsOf(one, days);
  if (rounding !== 'half-up') return `${FORMULA_TEXT[rounding]}: ${stepsOf(rounding, facts)}`;
  const halfUp = halfUpFacts(facts);
  const result = refundsOf(one, days).get('half-up') ?? halfUp.price;
  return `R(P·Q·d/D): R(${halfUp.price.toString()} × ${facts.quantity.toString()} × ${days}/${facts.whole}) = ${result.toFixed(facts.digits)}`;
}

/** The fee on a refund, half-up. `share` is a decimal: 0.12 for 12 %. */
export function feeOn(refund: Decimal, share: Decimal, digits: number): Decimal {
  return roundHalfUp(refund.times(share), digits);
}

/** What a refund may come to after the fee: the fee, or the rest, may be rounded either way. */
export function afterFee(refund: Decimal, share: Decimal, digits: number): readonly Decimal[] {
  const rest = refund.minus(refund.times(share));
  return [refund.minus(feeOn(refund, share, digits)), truncate(rest, digits), roundHalfUp(rest, digits)];
}

/** Payments still to come after the running one; null where the term is no whole number of them. */
export function paymentsAfter(period: Cycle, term: Term): number | null {
  if (period.lastDay >= term.lastDay) return 0;
  const each = wholeMonths(period.firstDay, period.lastDay);
  const left = wholeMonths(addDays(period.lastDay, 1), term.lastDay);
  return each === null || left === null || left % each !== 0 ? null : left / each;
}

/** Whether the term is paid in several payments, not upfront. */
export function isPaidInParts(period: Cycle, term: Term): boolean {
  return period.firstDay > term.firstDay || period.lastDay < term.lastDay;
}

/** The payments that are cancelled with a reservation, in the pricing currency: 36 of 100 after the 18th come to 1,800. */
export function futurePayments(one: Pick<ReturnedReservation, 'price' | 'quantity'>, payments: number): Decimal {
  return one.price.times(one.quantity).times(payments);
}

/** `1 unit`, `4 units`. */
export function unitsText(units: Decimal): string {
  return `${units.toString()} ${units.eq(1) ? 'unit' : 'units'}`;
}

/** `1 day is`, `359 days are`. */
export function daysLeftText(days: number): string {
  return days === 1 ? '1 day is' : `${days} days are`;
}
