import type { Day } from '../../domain/calendar/days.ts';
import type { UncheckedReason } from '../../domain/proration/expected-charge.ts';
import { Decimal, minorUnit, sum, ZERO } from '../../domain/numbers/money.ts';
import type { CountedReturn } from '../../domain/reservations/refund-limit.ts';
import { futurePayments, isPaidInParts, paymentsAfter } from '../../domain/reservations/reservation-refund.ts';
import type { ReservationPayment } from '../../domain/reservations/reservation-payment.ts';
import type { ReservationReturn } from '../../domain/reservations/reservation-returns.ts';
import { isOtherType } from '../../domain/reservations/reservation-type.ts';
import type { Reservation } from '../../domain/reservations/reservations.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import type { AuditedLine } from '../../domain/charges/subjects.ts';
import { valueOn } from '../parameter.ts';
import { reservationRefundLimit } from '../parameters/reservation-limit.ts';
import { rateOf } from './judge-reservation-return.ts';

/** A return of a customer as the limit of its own date counts it. */
export interface LimitedReturn extends CountedReturn {
  readonly reservation: Reservation;
  readonly returned: ReservationReturn;
  readonly refund: Decimal;
  readonly future: Decimal;
  /** What counts by the published examples, whole payments no longer due only; equal to `dollars` where that is no other figure. */
  readonly dollarsByExample: Decimal;
  readonly isExchange: boolean;
  /** What it counts if it is a return after all, where only what was bought that day makes it an exchange: no record calls it one. */
  readonly ifReturn: Pick<LimitedReturn, 'dollars' | 'dollarsByExample'> | null;
  /** Taken for an exchange by the partner's record, though what was bought that day commits to less than what remained. */
  readonly tooSmall: TooSmallExchange | null;
}

/** In US dollars, of all returns and purchases of the day. */
export interface TooSmallExchange {
  readonly bought: Decimal;
  readonly remained: Decimal;
}

/** The words of the policy on what a return cancels, and the examples beside them: 36 payments of 100, after the 18th, count 1,800. */
export const EXAMPLE_READING =
  'the published example of 2021-04-14 counts whole payments only (36 of 100, returned in month 18: 1,800), where the words, refund and payments no longer due, come to 1,853.33 with 16 of 30 days left';

/** What a year may be before the window rolled. */
export const OTHER_YEAR = 'the text says a year; calendar years are a reading, the 365 days that end with the return are the other one';

/** The same returns as the published examples count them. */
export function byExample(returns: readonly LimitedReturn[]): readonly LimitedReturn[] {
  return returns.map((one) => ({ ...one, dollars: one.dollarsByExample }));
}

/** The same returns with those counted that only what was bought on their day makes exchanges. */
export function withoutAssumedExchanges(returns: readonly LimitedReturn[]): readonly LimitedReturn[] {
  return returns.map((one) => (one.ifReturn === null ? one : { ...one, ...one.ifReturn, isExchange: false }));
}

/** A return that cannot be counted, and why. */
export interface UncountedReturn {
  readonly returned: ReservationReturn;
  readonly reason: UncheckedReason;
}

const CENTS = 2;
const NO_EXCHANGE = { isExchange: false, ifReturn: null, tooSmall: null } as const;
const COUNTS_NOTHING = { isExchange: true, dollars: ZERO, dollarsByExample: ZERO } as const;

/** Every return of the customer in the order of its day; exchanges count 0 where the limit of their date leaves them out. */
export function limitedReturns(reservations: readonly Reservation[]): {
  readonly counted: readonly LimitedReturn[];
  readonly uncounted: readonly UncountedReturn[];
} {
  const counted: LimitedReturn[] = [];
  const uncounted: UncountedReturn[] = [];
  for (const reservation of reservations) {
    for (const returned of reservation.returns) {
      const one = countedReturn(reservation, returned);
      if (typeof one === 'string') uncounted.push({ returned, reason: one });
      else if (one !== null) counted.push(one);
    }
  }
  const all = withExchanges(counted, reservations);
  return { counted: [...all].sort((a, b) => a.day - b.day), uncounted };
}

/** Null where no limit is known for its day. */
function countedReturn(reservation: Reservation, returned: ReservationReturn): LimitedReturn | UncheckedReason | null {
  const { day, payment } = returned;
  if (day === null) return 'return-day-unknown';
  const limit = valueOn(reservationRefundLimit, day, reservation.ownTerms);
  if (limit === null) return null;
  const refund = dollarsOfReturn(returned);
  if (typeof refund === 'string') return refund;
  if (limit.value.measure === 'refund') {
    return { ...NO_EXCHANGE, reservation, returned, day, refund, future: new Decimal(0), dollars: refund, dollarsByExample: refund };
  }
  const future = payment === null ? 'charge-not-in-files' : futureDollars(payment, returned.quantity);
  if (typeof future === 'string') return future;
  const dollarsByExample = payment !== null && isPaidInParts(payment.period, payment.term) ? future : refund;
  return { ...NO_EXCHANGE, reservation, returned, day, refund, future, dollars: refund.plus(future), dollarsByExample };
}

/** The payments that are no longer due, in US dollars. */
export function futureDollars(payment: ReservationPayment, quantity: Decimal): Decimal | UncheckedReason {
  if (!isInDollars(payment.one)) return 'pricing-currency-not-usd';
  const payments = paymentsAfter(payment.period, payment.term);
  return payments === null ? 'term-unknown' : roundHalfUp(futurePayments({ price: payment.price, quantity }, payments), CENTS);
}

function isInDollars({ line }: AuditedLine): boolean {
  return line.heading.pricingCurrency === 'USD' || (line.heading.pricingCurrency === '' && line.heading.currency === 'USD');
}

function dollarsOfReturn(returned: ReservationReturn): Decimal | UncheckedReason {
  const dollars: Decimal[] = [];
  for (const one of returned.lines) {
    if (!isInDollars(one)) return 'pricing-currency-not-usd';
    const rate = rateOf(one);
    if (rate === null || rate.isZero()) return 'exchange-rate-missing';
    dollars.push(dollarsOfLine(one, rate));
  }
  return sum(dollars).negated();
}

/** The printed price in dollars where it gives the amount, which is cut to the cent of the billing currency; else the amount at the row's rate. */
function dollarsOfLine({ line }: AuditedLine, rate: Decimal): Decimal {
  const quantity = line.quantity.abs();
  const printed = (line.effectiveUnitPrice?.abs() ?? new Decimal(0)).times(quantity);
  const isRight = printed
    .times(rate)
    .minus(line.amount.abs())
    .abs()
    .lte(minorUnit(line.heading.currency).times(Decimal.max(quantity, new Decimal(1))));
  const dollars = roundHalfUp(isRight ? printed : line.amount.abs().div(rate), CENTS);
  return line.amount.isNegative() ? dollars.negated() : dollars;
}

/**
 * Files do not tell an exchange from a return and a purchase. What the partner's record calls one is one, unless what the customer bought on that
 * day commits to less than what remained by either reading: then it is a return. Where no record speaks, the returns of a day on which the customer
 * also buys reservations that commit to at least as much as is given back are taken for exchanges, and what they count as returns is kept: that is
 * an assumption. Only what may be of the same type is held against each other, for nothing else can be exchanged.
 */
function withExchanges(returns: readonly LimitedReturn[], reservations: readonly Reservation[]): readonly LimitedReturn[] {
  return returns.map((one) => {
    const limit = valueOn(reservationRefundLimit, one.day, one.reservation.ownTerms);
    if (limit?.value.doExchangesCount !== false) return one;
    const isSameType = ({ productName }: Reservation): boolean => !isOtherType(one.reservation.productName, productName);
    const ofDay = returns.filter((other) => other.day === one.day && isSameType(other.reservation));
    const bought = boughtOn(one.day, reservations.filter(isSameType), ofDay);
    const remained = sum(ofDay.map((each) => each.dollarsByExample));
    if (one.returned.isRecordedExchange) {
      const isTooSmall = !bought.isZero() && bought.lt(remained);
      return isTooSmall ? { ...one, tooSmall: { bought, remained } } : { ...one, ...COUNTS_NOTHING };
    }
    if (bought.isZero() || bought.lt(sum(ofDay.map((each) => each.dollars)))) return one;
    const { dollars, dollarsByExample } = one;
    return { ...one, ...COUNTS_NOTHING, ifReturn: { dollars, dollarsByExample } };
  });
}

/** What the reservations bought on a day commit to, in US dollars; those given back that very day left out. */
function boughtOn(day: Day, reservations: readonly Reservation[], returns: readonly LimitedReturn[]): Decimal {
  const kept = reservations.filter((one) => !returns.some((each) => each.reservation.id === one.id));
  const bought = kept.flatMap((one) =>
    one.payments.filter(({ purchaseDay, one: { line } }) => purchaseDay === day && line.kind === 'purchase'),
  );
  return sum(
    bought.map((payment) => {
      const future = futureDollars(payment, payment.quantity);
      return typeof future === 'string' ? new Decimal(0) : future.plus(payment.price.times(payment.quantity));
    }),
  );
}
