import { wholeMonths, type Cycle } from '../calendar/cycles.ts';
import { addDays, addMonths, type Day } from '../calendar/days.ts';
import { minorUnit, type Decimal } from '../numbers/money.ts';
import type { PartnerEvent } from '../partner/partner-event.ts';
import type { AuditedLine } from '../charges/subjects.ts';
import type { Term } from '../calendar/terms.ts';

/** A charge of a reservation: upfront it pays for the whole term, else for a month or a year of it. */
export interface ReservationPayment {
  readonly one: AuditedLine;
  readonly term: Term;
  readonly purchaseDay: Day;
  readonly period: Cycle;
  /** Price of one unit for this payment, in the pricing currency; a magnitude. */
  readonly price: Decimal;
  readonly quantity: Decimal;
}

/** null where the file does not tell the term or the days that are paid for. */
export function paymentOf(one: AuditedLine, charges: readonly AuditedLine[], events: readonly PartnerEvent[]): ReservationPayment | null {
  const { line } = one;
  const term = reservationTerm(one);
  if (term === null || line.quantity.isZero()) return null;
  // Paid once, for the whole term: the file may leave the days of the charge out.
  const period = line.firstDay === null || line.lastDay === null ? term : { firstDay: line.firstDay, lastDay: line.lastDay };
  const isPaidInParts = line.heading.cycleMonths !== null || period.lastDay < term.lastDay || period.firstDay > term.firstDay;
  if (isPaidInParts && wholeMonths(period.firstDay, period.lastDay) === null) return null;
  const price = unitPrice(one);
  return price === null
    ? null
    : { one, term, purchaseDay: purchaseDay(term, charges, events), period, price, quantity: line.quantity.abs() };
}

const TERM_YEARS = /\b(1|one|3|three|5|five)[ -]?(?:years?|yr)\b|\bP([135])Y\b/i;
const YEARS: Readonly<Record<string, number>> = { '1': 1, one: 1, '3': 3, three: 3, '5': 5, five: 5 };

/** The printed term; else the charge's own days where they are whole years; else as many years as the term text says. Never a guess. */
function reservationTerm({ line }: AuditedLine): Term | null {
  const { firstDay, lastDay, termFirstDay, termLastDay } = line;
  if (termFirstDay !== null && termLastDay !== null && termFirstDay < termLastDay) return { firstDay: termFirstDay, lastDay: termLastDay };
  if (firstDay !== null && lastDay !== null && (wholeMonths(firstDay, lastDay) ?? 0) >= 12 && line.heading.cycleMonths === null)
    return { firstDay, lastDay };
  const found = TERM_YEARS.exec(line.heading.termText);
  const years = YEARS[(found?.[1] ?? found?.[2] ?? '').toLowerCase()];
  const start = termFirstDay ?? (line.kind === 'purchase' || line.kind === 'renewal' ? firstDay : null);
  return years === undefined || start === null ? null : { firstDay: start, lastDay: addDays(addMonths(start, years * 12), -1) };
}

/** EffectiveUnitPrice where it gives the amount; else the amount by unit at the row's rate. */
function unitPrice({ line }: AuditedLine): Decimal | null {
  const { amount, heading } = line;
  const quantity = line.quantity.abs();
  const rate = line.rate ?? (heading.currency === heading.pricingCurrency ? null : undefined);
  if (rate === undefined) return null;
  const inBilling = (price: Decimal): Decimal => price.times(quantity).times(rate ?? 1);
  for (const printed of [line.effectiveUnitPrice, line.unitPrice]) {
    const isRight = printed !== null && inBilling(printed.abs()).minus(amount.abs()).abs().lt(minorUnit(heading.currency).times(quantity));
    if (isRight && !printed.isZero()) return printed.abs();
  }
  return rate?.isZero() === true
    ? null
    : amount
        .abs()
        .div(quantity)
        .div(rate ?? 1);
}

/** The instant of the partner's record; else the OrderDate of the term's purchase; a renewal is bought on the first day of its term. */
function purchaseDay(term: Term, charges: readonly AuditedLine[], events: readonly PartnerEvent[]): Day {
  const recorded = events.find(
    (event) => (event.kind === 'purchase' || event.kind === 'renew') && Math.abs(event.day - term.firstDay) <= 1,
  );
  if (recorded !== undefined) return recorded.day;
  const bought = charges.find(({ line }) => line.kind === 'purchase' && (line.termFirstDay ?? line.firstDay) === term.firstDay);
  return bought?.line.orderDay ?? term.firstDay;
}

/**
 * The payment whose days hold a day: of several at one price the first; null where their prices differ. Between the purchase and the first day
 * of the term only the term's first payment has been made: those of later months are not given back with it, they fall away.
 */
export function paymentOn(payments: readonly ReservationPayment[], day: Day): ReservationPayment | null {
  const running = payments.filter(({ period, term, purchaseDay: bought }) => {
    const hasBegun = period.firstDay <= day || (bought <= day && period.firstDay <= term.firstDay);
    return hasBegun && day <= period.lastDay;
  });
  const latest = running.reduce<ReservationPayment | null>(
    (best, one) => (best === null || one.period.firstDay > best.period.firstDay ? one : best),
    null,
  );
  if (latest === null) return null;
  const same = running.filter((one) => one.period.firstDay === latest.period.firstDay);
  return same.every((one) => one.price.eq(latest.price)) ? latest : null;
}
