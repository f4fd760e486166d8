import { cycleDays } from '../domain/calendar/cycles.ts';
import { addDays, isoDay, type Day } from '../domain/calendar/days.ts';
import type { Detection, ParameterUse, Unchecked } from '../domain/findings/finding.ts';
import { Decimal, formatMoney, ZERO } from '../domain/numbers/money.ts';
import type { PriceLookup } from '../domain/prices/price-list.ts';
import { roomOn, roomReturns, type CountedReturn, type LimitPeriod } from '../domain/reservations/refund-limit.ts';
import {
  daysLeft,
  feeOn,
  isPaidInParts,
  paymentsAfter,
  refundInPricing,
  refundsOf,
  refundSteps,
  unitsText,
  type ReturnedReservation,
} from '../domain/reservations/reservation-refund.ts';
import type { CustomerReservation } from '../domain/reservations/reservations.ts';
import { runningOn, type RunningReservation } from '../domain/reservations/running-reservation.ts';
import { money, periodText } from '../domain/proration/working.ts';
import { judgingRounding, priceUsed, rateOf, returnFacts } from '../policy/reservations/judge-reservation-return.ts';
import { POLICY_VERIFIED_ON, useOf, useOn, valueOn } from '../policy/parameter.ts';
import { reservationExchangeMinimum, reservationExchangeRestriction } from '../policy/parameters/reservation-exchange.ts';
import { reservationLimitScope, reservationRefundLimit } from '../policy/parameters/reservation-limit.ts';
import {
  reservationChargedFee,
  reservationFullRefundDays,
  reservationNeverRefundable,
  reservationProration,
  reservationRefundDestination,
  reservationRefundPrice,
  reservationStatedFee,
} from '../policy/parameters/reservation-refund.ts';
import { exchangeTerms } from '../policy/reservations/reservation-exchange-terms.ts';
import {
  byExample,
  EXAMPLE_READING,
  futureDollars,
  limitedReturns,
  OTHER_YEAR,
  withoutAssumedExchanges,
} from '../policy/reservations/reservation-limit-use.ts';
import { judgedFee, neverRefundable, refundTermsOn, type RefundTerms } from '../policy/reservations/reservation-terms.ts';
import { textOn } from '../policy/later-text.ts';
import { LATER_PAYMENTS_END } from '../policy/reservations/later-payments.ts';
import { defineRule } from './rule.ts';

type Message = 'refundable' | 'refundable-not-exchangeable' | 'first-days' | 'over-limit' | 'over-by-words' | 'never-refundable';

export const reservationRefundable = defineRule({
  code: 'RS04',
  name: 'reservation-refundable',
  title: 'What a reservation is worth if it is cancelled or exchanged today',
  scope: 'reservation',
  severity: 'info',
  citations: [],
  caseCitations: LATER_PAYMENTS_END,
  parameters: [
    reservationFullRefundDays,
    reservationStatedFee,
    reservationChargedFee,
    reservationProration,
    reservationRefundPrice,
    reservationNeverRefundable,
    reservationRefundLimit,
    reservationLimitScope,
    reservationRefundDestination,
    reservationExchangeMinimum,
    reservationExchangeRestriction,
  ],
  docs: {
    checks:
      'Every reservation that runs on the as-of date: what comes back if it is returned that day, without and with the fee that is stated; whether the customer’s limit leaves room for it, by the words of the policy and by its published example; what a reservation it is exchanged for must commit to, and whether it may be exchanged.',
    why: 'A reservation nobody uses can be given back or exchanged; its worth falls every day.',
    example: 'Paid 3,650.00 for 2021, returned on 7 January: 3,590.00 come back, 3,159.20 if the fee of 12 % were charged.',
    remedy:
      'Compare with the use of the reservation; return or exchange what is not needed while the limit leaves room. Where the money goes the texts leave open: to the partner’s account (2020), or against a later purchase of reservations (Azure documentation, 2019 to 2023).',
  },
  messages: {
    refundable:
      '{product}, {units}: returned today {refund} comes back, {withFee} with the stated fee; an exchange must commit to at least {commitment}',
    'refundable-not-exchangeable':
      '{product}, {units}: returned today {refund} comes back, {withFee} with the stated fee; bought on {bought}, it cannot be exchanged where a savings plan covers its service',
    'first-days': '{product}, {units}: returned today {full} comes back if unused, {refund} if used, without a fee',
    'over-limit': '{product}, {units}: a return today would count {counts} and be refused, {room} are left of the customer’s limit',
    'over-by-words':
      '{product}, {units}: a return today would count {counts} by the words of the policy and be refused, {room} are left; by its published example {example} of {roomByExample}, and be granted',
    'never-refundable': '{product} can be neither returned nor exchanged: {entry}',
  },
  *check(reservation, context) {
    for (const running of runningOn(reservation, context.asOf)) yield* worth(reservation, running, context.asOf, context.prices);
  },
});

function* worth(
  reservation: CustomerReservation,
  running: RunningReservation,
  asOf: Day,
  prices: PriceLookup | null,
): Generator<Detection<Message> | Unchecked> {
  const { payment } = running;
  const never = neverRefundable(reservation.productName, asOf, reservation.ownTerms);
  if (never !== null) {
    yield {
      message: 'never-refundable',
      values: { product: reservation.productName, entry: never.entry },
      evidence: [{ line: payment.one, label: 'payment' }],
      amounts: { billed: ZERO, expected: ZERO },
      working: [`the list in force from ${never.used.since} names ${never.entry}`],
      confidence: 'likely',
      nextAction: 'Nothing can be given back; let it end, and do not renew what is not needed.',
      parametersUsed: [never.used],
    };
    return;
  }
  const terms = refundTermsOn(payment.purchaseDay, asOf, reservation.ownTerms);
  const rate = rateOf(payment.one);
  const left = paymentsAfter(payment.period, payment.term);
  if (terms === null || rate === null || left === null) {
    yield { unchecked: terms === null ? 'policy-unknown' : rate === null ? 'exchange-rate-missing' : 'term-unknown', line: payment.one };
    return;
  }
  yield refundable(reservation, { running, asOf, terms, rate, left, price: priceUsed(payment, asOf, terms, prices) });
}

interface Known {
  readonly running: RunningReservation;
  readonly asOf: Day;
  readonly terms: RefundTerms;
  readonly rate: Decimal;
  /** Payments after the running one. */
  readonly left: number;
  readonly price: ReturnType<typeof priceUsed>;
}

function refundable(reservation: CustomerReservation, known: Known): Detection<Message> {
  const { running, asOf, terms, rate, left, price } = known;
  const { payment, units } = running;
  const { one } = payment;
  const facts = returnFacts(payment, { price: price.amount, quantity: units, returnDay: asOf, rate });
  const figure = (days: number): Decimal => refundsOf(facts, days).get(judgingRounding(one)) ?? ZERO;
  const days = daysLeft(facts);
  const prorated = figure(days);
  const fee = feeOn(prorated, terms.statedFee ?? ZERO, facts.digits);
  const refund = prorated.minus(feeOn(prorated, judgedFee(terms), facts.digits));
  // Each payment as it is billed, so that what falls away adds up.
  const paid = returnFacts(payment, { price: payment.price, quantity: units, returnDay: asOf, rate });
  const each = refundsOf(paid, cycleDays(payment.period)).get(judgingRounding(one)) ?? ZERO;
  const future = each.times(left);
  const limit = limitOn(reservation, running, asOf, refundInPricing(facts, days, judgingRounding(one)));
  const remaining = { byWords: money(one, refund.plus(future)), byExample: money(one, future) };
  const exchange = exchangeTerms(payment, asOf, reservation.ownTerms, isPaidInParts(payment.period, payment.term) ? remaining : null);
  const destination = useOn(reservationRefundDestination, asOf, reservation.ownTerms);
  const isEarly = terms.place === 'first-days' || terms.place === 'boundary';
  const full = figure(cycleDays(payment.period));
  const deadline = addDays(payment.purchaseDay, terms.lastCertainDay ?? 0);
  return {
    message: limit?.over ?? (isEarly ? 'first-days' : exchange.isRestricted ? 'refundable-not-exchangeable' : 'refundable'),
    values: {
      product: reservation.productName,
      units: unitsText(units),
      refund: money(one, refund),
      withFee: money(one, prorated.minus(fee)),
      full: money(one, full),
      commitment: remaining.byWords,
      bought: isoDay(payment.purchaseDay),
      counts: limit?.counts ?? '',
      room: limit?.room ?? '',
      example: limit?.example ?? '',
      roomByExample: limit?.roomByExample ?? '',
    },
    evidence: [{ line: one, label: 'payment' }],
    happenedOn: asOf,
    amounts: { billed: ZERO, expected: refund.negated(), ...(isEarly ? { lowest: full.negated(), highest: refund.negated() } : {}) },
    working: [
      ...refundTexts(known, facts, prorated, fee),
      ...futureTexts(known, each),
      ...(limit?.working ?? []),
      ...exchange.working,
      ...destination.map(({ value }) => `the refund goes ${value}`),
      ...(isoDay(asOf) > POLICY_VERIFIED_ON ? [`the policy was last checked on ${POLICY_VERIFIED_ON}, before ${isoDay(asOf)}`] : []),
    ],
    confidence: 'likely',
    deadline: isEarly && deadline >= asOf ? deadline : null,
    costPerDay: Decimal.max(ZERO, prorated.minus(figure(Math.max(0, days - 1)))),
    nextAction: nextActionOf(limit, exchange.isRestricted),
    citations: left === 0 ? [] : [textOn(LATER_PAYMENTS_END, asOf)],
    parametersUsed: [...terms.parametersUsed, ...terms.statedFeeUsed, ...(limit?.used ?? []), ...exchange.used, ...destination],
  };
}

function nextActionOf(limit: LimitOn | null, isExchangeRestricted: boolean): string {
  if (limit?.over != null)
    return isExchangeRestricted ? `${limit.nextAction}.` : `${limit.nextAction}, or exchange it (exchanges meet no limit).`;
  return `If it is not needed, ${isExchangeRestricted ? 'return' : 'return or exchange'} it in a support request on the reservation; each day costs.`;
}

function refundTexts(
  { running, asOf, terms, price }: Known,
  facts: ReturnedReservation,
  prorated: Decimal,
  fee: Decimal,
): readonly string[] {
  const { payment, isMovedOn } = running;
  const shown = (amount: Decimal): string => money(payment.one, amount);
  const days = daysLeft(facts);
  const moved = `the payment that runs on ${isoDay(asOf)} is in no given file: ${periodText(payment.period)} is taken, at the price of the latest one`;
  const isWithFee = terms.place !== 'first-days' && terms.statedFee !== null;
  return [
    price.text,
    ...(isMovedOn ? [moved] : []),
    ...terms.working,
    `days refunded from ${isoDay(asOf)} on, that day among them: d = ${days} of D = ${cycleDays(payment.period)}`,
    `prorated, ${refundSteps(facts, days, judgingRounding(payment.one))}`,
    ...(isWithFee ? [`with the stated fee: ${shown(prorated)} − ${shown(fee)} = ${shown(prorated.minus(fee))}`] : []),
  ];
}

function futureTexts({ running, left }: Known, each: Decimal): readonly string[] {
  if (left === 0) return [];
  const { one } = running.payment;
  return [
    `${left} later ${left === 1 ? 'payment' : 'payments'} of ${money(one, each)} fall away, together ${money(one, each.times(left))}`,
  ];
}

interface LimitOn {
  /** Over by both readings of what counts, by the words of the policy alone, or not. */
  readonly over: 'over-limit' | 'over-by-words' | null;
  readonly counts: string;
  readonly room: string;
  /** The same two by the published example. */
  readonly example: string;
  readonly roomByExample: string;
  readonly working: readonly string[];
  /** Without its end: an exchange is the other way out, where there can be one. */
  readonly nextAction: string;
  readonly used: readonly ParameterUse[];
}

/** What a return on a day would count, and whether the customer's limit leaves room for it; null where either is not known. */
function limitOn(reservation: CustomerReservation, running: RunningReservation, day: Day, refund: Decimal): LimitOn | null {
  const dated = valueOn(reservationRefundLimit, day, reservation.ownTerms);
  const future = futureDollars(running.payment, running.units);
  if (dated === null || typeof future === 'string') return null;
  const { period, measure } = dated.value;
  const limit = new Decimal(dated.value.dollars);
  const { counted, uncounted } = limitedReturns(reservation.ofCustomer);
  const past = counted.filter((one) => one.day <= day);
  const room = roomOn(past, day, period, limit);
  const counts = measure === 'refund' ? refund : refund.plus(future);
  const dollars = (amount: Decimal): string => `${formatMoney(amount, 'USD')} USD`;
  const isInParts = measure !== 'refund' && isPaidInParts(running.payment.period, running.payment.term);
  const example = isInParts ? future : counts;
  const roomByExample = roomOn(byExample(past), day, period, limit);
  const roomIfReturned = roomOn(withoutAssumedExchanges(past), day, period, limit);
  const isOver = counts.gt(room);
  const hasReadings = isInParts || !roomByExample.eq(room);
  const fits = roomReturns(past, day, period, limit).find((one) => one.room.gte(counts));
  const each = counts.div(running.units);
  const some = each.isZero() ? ZERO : room.div(each).toDecimalPlaces(0, Decimal.ROUND_DOWN);
  const waiting = fits === undefined ? '' : ` wait until ${isoDay(fits.day)},`;
  return {
    over: isOver ? (example.gt(roomByExample) ? 'over-limit' : 'over-by-words') : null,
    counts: dollars(counts),
    room: dollars(room),
    example: dollars(example),
    roomByExample: dollars(roomByExample),
    working: [
      `limit in force from ${dated.since}: ${reservationRefundLimit.show(dated.value)}; this return would count ${measure === 'refund' || future.isZero() ? '' : `${dollars(refund)} refunded + ${dollars(future)} no longer due = `}${dollars(counts)}, ${dollars(room)} are left on ${isoDay(day)}`,
      ...(hasReadings
        ? [`by the other reading it would count ${dollars(example)} of ${dollars(roomByExample)} that are left: ${EXAMPLE_READING}`]
        : []),
      ...(roomIfReturned.eq(room)
        ? []
        : [`${dollars(roomIfReturned)} if what was returned and as much bought on the same day was no exchange: no record calls it one`]),
      ...otherYear(past, { day, period, room, limit }),
      ...(uncounted.length === 0 ? [] : [uncountedText(uncounted.length)]),
      ...roomReturns(past, day, period, limit).map((one) => `from ${isoDay(one.day)} on ${dollars(one.room)} are left`),
    ],
    nextAction: `A return of all units would be refused, not cut:${waiting} ${some.isZero() ? 'no unit can be returned now' : `return at most ${unitsText(some)} now`}`,
    used: [useOf(reservationRefundLimit, dated), ...useOn(reservationLimitScope, day, reservation.ownTerms)],
  };
}

function uncountedText(returns: number): string {
  return returns === 1
    ? '1 other return of the customer could not be counted'
    : `${returns} other returns of the customer could not be counted`;
}

interface RoomOfYear {
  readonly day: Day;
  readonly period: LimitPeriod;
  readonly room: Decimal;
  readonly limit: Decimal;
}

/** Before the window rolled the text says "a year", and the other reading of it may leave less. */
function otherYear(past: readonly CountedReturn[], { day, period, room, limit }: RoomOfYear): readonly string[] {
  if (period !== 'calendar-year') return [];
  const rolling = roomOn(past, day, 'rolling-365-days', limit);
  return rolling.eq(room) ? [] : [`by the other reading of a year ${formatMoney(rolling, 'USD')} USD are left: ${OTHER_YEAR}`];
}
