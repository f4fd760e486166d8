import { isoDay, type Day } from '../../domain/calendar/days.ts';
import type { UncheckedReason } from '../../domain/proration/expected-charge.ts';
import { Decimal, minorDigits, ZERO } from '../../domain/numbers/money.ts';
import {
  afterFee,
  daysLeft,
  feeOn,
  refundsOf,
  refundSteps,
  unitsText,
  type RefundRounding,
  type ReturnedReservation,
} from '../../domain/reservations/reservation-refund.ts';
import type { ReservationPayment } from '../../domain/reservations/reservation-payment.ts';
import type { ReservationReturn } from '../../domain/reservations/reservation-returns.ts';
import { unitsLeft, type Reservation } from '../../domain/reservations/reservations.ts';
import { cycleDays } from '../../domain/calendar/cycles.ts';
import type { PriceLookup } from '../../domain/prices/price-list.ts';
import { usableRate } from '../../domain/charges/charge-line.ts';
import type { AuditedLine } from '../../domain/charges/subjects.ts';
import { money, periodText, shown } from '../../domain/proration/working.ts';
import { lowerPrice, type PriceUsed } from './current-reservation-price.ts';
import { judgedFee, refundTermsOn, type RefundTerms } from './reservation-terms.ts';

/** A return held against the table. All money is a magnitude in the billing currency. */
export interface JudgedReturn {
  readonly returned: ReservationReturn;
  readonly payment: ReservationPayment;
  readonly terms: RefundTerms;
  readonly facts: ReturnedReservation;
  /** By the rounding that judges. */
  readonly prorated: Decimal;
  /** What comes back where the whole payment is refunded. */
  readonly full: Decimal;
  readonly statedFee: Decimal | null;
  readonly refunded: Decimal;
  /** A refund from a lower current price, which no list tells, would be right too. */
  readonly isPriceOpen: boolean;
  /** The figure of the table that the refund is held against. */
  readonly expected: Decimal;
  /** `fee`: short by exactly the stated fee. `unpublished`: in full in the first days, when the table was no longer published. */
  readonly verdict: 'right' | 'fee' | 'unpublished' | 'differs';
  readonly working: readonly string[];
}

/** Works a return out by the policy of its day; the reason where it cannot be. */
export function judgeReturn(
  reservation: Reservation,
  returned: ReservationReturn,
  prices: PriceLookup | null,
): JudgedReturn | UncheckedReason {
  const { day, payment } = returned;
  if (day === null) return 'return-day-unknown';
  if (payment === null) return reservation.undated.length > 0 ? 'term-unknown' : 'charge-not-in-files';
  const [line] = returned.lines;
  if (line === undefined || !returned.quantity.isPositive() || returned.quantity.isZero()) return 'quantity-unknown';
  const rate = rateOf(line);
  if (rate === null) return 'exchange-rate-missing';
  const terms = refundTermsOn(payment.purchaseDay, day, reservation.ownTerms);
  if (terms === null) return 'policy-unknown';
  const left = Decimal.max(ZERO, unitsLeft(reservation, payment, day));
  const price = priceUsed(payment, day, terms, prices);
  const quantity = Decimal.min(returned.quantity, left);
  const facts = returnFacts(payment, { price: price.amount, quantity, returnDay: day, rate });
  const units = `${unitsText(returned.quantity)} returned of ${left.toString()} that were left`;
  return judged({ returned, payment, terms, facts, isPriceOpen: price.isCurrentUnknown }, line, [price.text, units]);
}

/** The facts of a return, of some units on a day. */
export function returnFacts(
  payment: Pick<ReservationPayment, 'one' | 'period'>,
  given: Pick<ReturnedReservation, 'price' | 'quantity' | 'returnDay' | 'rate'>,
): ReturnedReservation {
  const { currency, pricingCurrency } = payment.one.line.heading;
  const digits = minorDigits(currency);
  return { ...given, period: payment.period, digits, pricingDigits: minorDigits(pricingCurrency === '' ? currency : pricingCurrency) };
}

/** The rate of a row from pricing to billing currency; null where it is needed and not printed. */
export function rateOf({ line }: AuditedLine): Decimal | null {
  return usableRate(line) ?? (line.heading.pricingCurrency === '' ? new Decimal(1) : null);
}

/** The lower of the price paid and the current one where the policy of the day says so and a list tells it. */
export function priceUsed(payment: ReservationPayment, day: Day, terms: RefundTerms, prices: PriceLookup | null): PriceUsed {
  if (terms.isLowerPriceUsed) return lowerPrice(payment, day, prices);
  const text = `price paid P = ${shown(payment.price)} ${payment.one.line.heading.pricingCurrency} a unit`;
  return { amount: payment.price, text, isCurrentUnknown: false };
}

type Facts = Pick<JudgedReturn, 'returned' | 'payment' | 'terms' | 'facts' | 'isPriceOpen'>;

function judged(known: Facts, line: AuditedLine, given: readonly string[]): JudgedReturn {
  const { facts, terms, payment, returned } = known;
  const rounding = judgingRounding(line);
  const days = daysLeft(facts);
  const whole = cycleDays(facts.period);
  const prorated = refundsOf(facts, days);
  const full = refundsOf(facts, whole);
  const at = (figures: ReadonlyMap<RefundRounding, Decimal>): Decimal => figures.get(rounding) ?? ZERO;
  const refunded = returned.amount.negated();
  const fee = terms.statedFee === null ? null : feeOn(at(prorated), terms.statedFee, facts.digits);
  const isFull = terms.place !== 'later' && isAmong(refunded, [...full.values()]);
  const verdict = verdictOf({ refunded, terms, isFull, prorated: [...prorated.values()], full: [...full.values()], digits: facts.digits });
  const expected =
    isFull || (terms.place !== 'later' && terms.place !== 'no-table' && refunded.gt(at(full)))
      ? at(full)
      : lessFee(at(prorated), terms, facts.digits);
  return {
    ...known,
    prorated: at(prorated),
    full: at(full),
    statedFee: fee,
    refunded,
    expected,
    verdict,
    working: [
      ...given,
      `bought on ${isoDay(payment.purchaseDay)}, paid for ${periodText(facts.period)}: ${whole} days, both ends included, UTC`,
      ...terms.working,
      `days refunded from ${isoDay(facts.returnDay)} on, that day among them: d = ${days} of D = ${whole}`,
      `prorated, ${refundSteps(facts, days, rounding)}`,
      ...roundingTexts(facts, days, rounding, line),
      ...(terms.place === 'later' ? [] : [`in full: ${money(line, at(full))}`]),
      ...(fee === null || terms.place === 'first-days'
        ? []
        : [`with the stated fee: ${money(line, at(prorated))} − ${money(line, fee)} = ${money(line, at(prorated).minus(fee))}`]),
      `refunded: ${returned.lines.map((one) => money(one, one.line.amount)).join(', ')}, together ${money(line, returned.amount)}`,
    ],
  };
}

function roundingTexts(facts: ReturnedReservation, days: number, judging: RefundRounding, line: AuditedLine): readonly string[] {
  const figures = refundsOf(facts, days);
  const others = [...figures].filter(([name, figure]) => name !== judging && !figure.eq(figures.get(judging) ?? ZERO));
  return others.map(([name, figure]) => `${name}: ${money(line, figure)}; no source says how a refund is rounded, so this is right too`);
}

function lessFee(prorated: Decimal, terms: RefundTerms, digits: number): Decimal {
  return prorated.minus(feeOn(prorated, judgedFee(terms), digits));
}

interface Held {
  readonly refunded: Decimal;
  readonly terms: RefundTerms;
  readonly isFull: boolean;
  readonly prorated: readonly Decimal[];
  readonly full: readonly Decimal[];
  readonly digits: number;
}

function verdictOf({ refunded, terms, isFull, prorated, full, digits }: Held): JudgedReturn['verdict'] {
  const charged = judgedFee(terms);
  if (
    isAmong(
      refunded,
      prorated.flatMap((figure) => (charged.isZero() ? [figure] : afterFee(figure, charged, digits))),
    )
  )
    return 'right';
  if (isFull) return terms.place === 'no-table' ? 'unpublished' : 'right';
  if (terms.statedFee === null || !charged.isZero()) return 'differs';
  const share = terms.statedFee;
  const isLessFee = (bases: readonly Decimal[]): boolean =>
    isAmong(
      refunded,
      bases.flatMap((figure) => afterFee(figure, share, digits)),
    );
  const isOfProrated = isLessFee(prorated);
  if (!isOfProrated && (terms.place === 'later' || !isLessFee(full))) return 'differs';
  // Nobody can tell whether the fee was charged while it was only stated; on the boundary day the strict reading prorates, less the fee.
  const mayBeCharged = terms.chargedFee === null && isOfProrated && (terms.place === 'later' || terms.place === 'boundary');
  return mayBeCharged ? 'right' : 'fee';
}

function isAmong(amount: Decimal, figures: readonly Decimal[]): boolean {
  return figures.some((figure) => figure.eq(amount));
}

/** The convention that judges the file's licence lines, where it is one of those for refunds. */
export function judgingRounding(one: AuditedLine): RefundRounding {
  return one.judgedBy === 'published-usage' ? 'published-usage' : 'published-seat';
}
