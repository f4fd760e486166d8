import { isoDay } from '../domain/calendar/days.ts';
import type { AuditedLine } from '../domain/charges/subjects.ts';
import type { Detection, FindingSubject } from '../domain/findings/finding.ts';
import { Decimal, formatMoney, sum } from '../domain/numbers/money.ts';
import { countedOn, firstCountedDay, roomOn, roomReturns, type LimitPeriod } from '../domain/reservations/refund-limit.ts';
import type { CustomerReservation } from '../domain/reservations/reservations.ts';
import { cite } from '../policy/citations.ts';
import { useOf, useOn, valueOn } from '../policy/parameter.ts';
import { reservationExchangeMinimum } from '../policy/parameters/reservation-exchange.ts';
import { reservationLimitScope, reservationRefundLimit as limitParameter } from '../policy/parameters/reservation-limit.ts';
import {
  byExample,
  EXAMPLE_READING,
  limitedReturns,
  OTHER_YEAR,
  withoutAssumedExchanges,
  type LimitedReturn,
} from '../policy/reservations/reservation-limit-use.ts';
import { defineRule } from './rule.ts';

type Message = 'over' | 'over-by-words' | 'over-unless-exchanged' | 'exchange-too-small';

const dollars = (amount: Decimal): string => `${formatMoney(amount, 'USD')} USD`;

export const reservationRefundLimit = defineRule({
  code: 'RS03',
  name: 'reservation-refund-limit',
  title: 'A customer’s returned reservations count more than the limit on refunds, or an exchange was too small to be one',
  scope: 'reservation',
  severity: 'warning',
  citations: [
    cite(
      'billing-basics-reservations-2023',
      'Reservations are priced in US dollars, so the printed price or rate gives the amount that counts.',
    ),
  ],
  parameters: [limitParameter, reservationLimitScope, reservationExchangeMinimum],
  docs: {
    checks:
      'All returns of one customer in the period that the policy of the day defines: a calendar year, since 13 April 2019 the 365 days that end with the return (one exactly 365 days old no longer counts). What counts is the refund, since 14 April 2021 the cancelled commitment: in words the refund and the payments no longer due. The published example counts whole payments only (36 of USD 100, returned in month 18: 1,800, where the words come to 1,853.33 with 16 of 30 days left). Both are told; over the limit by the words alone is a notice. So is one over the limit unless it was an exchange: your record calls it none, but on that day as much was bought that may be of the same type. What your record calls an exchange and is bought for less than remained is a return. Amounts in US dollars, from the price or the rate of each row.',
    why: 'A return beyond the limit is refused, not cut: it must be split or wait. One that went through all the same may be taken back.',
    example:
      'Returns of USD 30,000 in March and USD 25,000 in May count 55,000; the second is over. Room returns 365 days after the first.',
    remedy: 'Expect that the refund is questioned; plan further returns for the day on which room returns, or return fewer units.',
  },
  messages: {
    'exchange-too-small':
      '{product} was exchanged on {day} by your record, but what was bought that day commits to {bought}, less than the {remained} that remained: it counts as a return',
    'over-by-words':
      '{product} returned on {day}: by the words of the policy the returns of this customer since {since} count {total}, over the limit of {limit}; by its published example {example}, which is inside',
    'over-unless-exchanged':
      '{product} returned on {day}: the returns of this customer since {since} count {total}, over the limit of {limit}, unless what was bought on {exchanged} came in exchange; then they count {rest}',
    over: '{product} returned on {day}: the returns of this customer since {since} count {total}, the limit is {limit}; room returns on {returns}',
  },
  *check(reservation) {
    const { counted, uncounted } = limitedReturns(reservation.ofCustomer);
    for (const { returned, reason } of uncounted) {
      const [line] = returned.lines;
      if (line !== undefined && reservation.returns.includes(returned)) yield { unchecked: reason, line };
    }
    for (const one of counted) {
      if (!reservation.returns.includes(one.returned) || (one.isExchange && one.ifReturn === null)) continue;
      yield* tooSmall(reservation, one);
      yield* over(reservation, one, counted);
      yield* overUnlessExchanged(reservation, one, counted);
    }
  },
});

function subjectOf(reservation: CustomerReservation, one: LimitedReturn, { line }: AuditedLine): FindingSubject {
  const { heading } = line;
  return {
    customerId: heading.customerId,
    customerName: heading.customerName,
    subscriptionId: heading.subscriptionId,
    orderId: heading.orderId,
    product: reservation.productName,
    invoiceNumber: line.invoiceNumber,
    chargeType: line.chargeType,
    firstDay: line.firstDay,
    lastDay: line.lastDay,
    // The limit is one of dollars, whatever the invoice bills in.
    currency: 'USD',
    key: [reservation.id, isoDay(one.day), one.dollars.toString()].join(' '),
  };
}

function* tooSmall(reservation: CustomerReservation, one: LimitedReturn): Generator<Detection<Message>> {
  const [line] = one.returned.lines;
  const dated = valueOn(reservationExchangeMinimum, one.day, reservation.ownTerms);
  if (one.tooSmall === null || line === undefined || dated === null) return;
  const { bought, remained } = one.tooSmall;
  const subject = subjectOf(reservation, one, line);
  yield {
    message: 'exchange-too-small',
    values: { product: reservation.productName, day: isoDay(one.day), bought: dollars(bought), remained: dollars(remained) },
    subject: { ...subject, key: `exchange ${subject.key}` },
    evidence: one.returned.lines.map((each) => ({ line: each, label: 'refund' })),
    isAboutAudited: one.returned.lines.some((each) => each.line.isAudited),
    amounts: null,
    working: [
      `an exchange must commit to ${reservationExchangeMinimum.show(dated.value)}: ${dollars(remained)} by whole payments no longer due, ${dollars(remained.plus(one.dollars).minus(one.dollarsByExample))} with the rest of the running one`,
      `bought on ${isoDay(one.day)}: ${dollars(bought)}, short by ${dollars(remained.minus(bought))}`,
    ],
    confidence: 'likely',
    nextAction: 'Look whether it was a return and a purchase; if so, correct the record: the return counts against the limit.',
    parametersUsed: [useOf(reservationExchangeMinimum, dated)],
  };
}

function* over(reservation: CustomerReservation, one: LimitedReturn, all: readonly LimitedReturn[]): Generator<Detection<Message>> {
  const dated = valueOn(limitParameter, one.day, reservation.ownTerms);
  const [line] = one.returned.lines;
  if (dated === null || line === undefined || one.isExchange) return;
  const { period } = dated.value;
  const limit = new Decimal(dated.value.dollars);
  const counting = countedOn(all, one.day, period);
  const total = sum(counting.map((each) => each.dollars));
  if (total.lte(limit)) return;
  const example = sum(counting.map((each) => each.dollarsByExample));
  // What one reading leaves inside accuses nobody.
  const isByWordsOnly = example.lte(limit);
  const others = counting.filter((each) => each !== one && !each.isExchange);
  const room = roomReturns(all, one.day, period, limit);
  const [first] = room;
  const since = isoDay(firstCountedDay(one.day, period));
  yield {
    message: isByWordsOnly ? 'over-by-words' : 'over',
    values: {
      product: reservation.productName,
      day: isoDay(one.day),
      since,
      total: dollars(total),
      example: dollars(example),
      limit: dollars(limit),
      returns: first === undefined ? 'no known day' : isoDay(first.day),
    },
    subject: subjectOf(reservation, one, line),
    evidence: [...one.returned.lines, ...others.flatMap((each) => each.returned.lines)].map((each) => ({
      line: each,
      label: one.returned.lines.includes(each) ? 'refund' : 'earlier refund',
    })),
    isAboutAudited: one.returned.lines.some((each) => each.line.isAudited),
    ...(isByWordsOnly ? { severity: 'info' as const } : {}),
    amounts: { billed: total, expected: limit },
    working: [
      `limit in force from ${dated.since} (${dated.basis}): ${limitParameter.show(dated.value)}`,
      ...counting.map(countedText),
      `before it ${dollars(
        roomOn(
          all.filter((each) => each !== one),
          one.day,
          period,
          limit,
        ),
      )} were left, and it counts ${dollars(one.dollars)}`,
      `together since ${since}: ${dollars(total)}, over the limit by ${dollars(total.minus(limit))}; a refund beyond the limit is refused, not cut`,
      ...otherYear(all, one, { total, period }),
      ...(example.eq(total) ? [] : exampleTexts(all, one, { limit, example, period })),
      ...room.map((each) => `from ${isoDay(each.day)} on ${dollars(each.room)} are left, if nothing more is returned`),
    ],
    confidence: isByWordsOnly ? 'possible' : 'likely',
    nextAction:
      first === undefined
        ? 'Expect that the refund is questioned.'
        : `Expect that the refund is questioned; return nothing more for this customer before ${isoDay(first.day)}.`,
    parametersUsed: [useOf(limitParameter, dated), ...useOn(reservationLimitScope, one.day, one.reservation.ownTerms)],
  };
}

/** Inside the limit only because a return is taken for an exchange by what was bought on its day: both readings are told, and nobody is accused. */
function* overUnlessExchanged(
  reservation: CustomerReservation,
  one: LimitedReturn,
  all: readonly LimitedReturn[],
): Generator<Detection<Message>> {
  const dated = valueOn(limitParameter, one.day, reservation.ownTerms);
  const [line] = one.returned.lines;
  if (dated === null || line === undefined) return;
  const { period } = dated.value;
  const limit = new Decimal(dated.value.dollars);
  const rest = sum(countedOn(all, one.day, period).map((each) => each.dollars));
  const counting = countedOn(withoutAssumedExchanges(all), one.day, period);
  const total = sum(counting.map((each) => each.dollars));
  // Over by both readings is told by `over`, of the return that is over.
  if (total.lte(limit) || (rest.gt(limit) && !one.isExchange)) return;
  const assumed = counting.filter((each) => each.ifReturn !== null);
  const example = sum(counting.map((each) => each.dollarsByExample));
  const days = [...new Set(assumed.map((each) => isoDay(each.day)))].join(', ');
  const subject = subjectOf(reservation, one, line);
  yield {
    message: 'over-unless-exchanged',
    values: {
      product: reservation.productName,
      day: isoDay(one.day),
      since: isoDay(firstCountedDay(one.day, period)),
      total: dollars(total),
      limit: dollars(limit),
      exchanged: days,
      rest: dollars(rest),
    },
    subject: { ...subject, key: `unless exchanged ${subject.key}` },
    evidence: [one.returned, ...counting.map(({ returned }) => returned).filter((each) => each !== one.returned)].flatMap(({ lines }) =>
      lines.map((each) => ({ line: each, label: one.returned.lines.includes(each) ? 'refund' : 'earlier refund' })),
    ),
    isAboutAudited: one.returned.lines.some((each) => each.line.isAudited),
    severity: 'info',
    amounts: { billed: total, expected: limit },
    working: [
      `limit in force from ${dated.since} (${dated.basis}): ${limitParameter.show(dated.value)}`,
      ...counting.map(countedText),
      `no record calls the return of ${days} an exchange; on that day reservations that may be of the same type were bought for at least as much`,
      `as an exchange it counts nothing, together ${dollars(rest)}; as a return and a purchase they come to ${dollars(total)}, over the limit by ${dollars(total.minus(limit))}`,
      ...(example.eq(total) ? [] : [`as returns by the other reading ${dollars(example)}: ${EXAMPLE_READING}`]),
    ],
    confidence: 'possible',
    nextAction: `Look whether what was bought on ${days} came in exchange; if so, record the cancellation as an exchange; if not, expect that the refund is questioned.`,
    parametersUsed: [useOf(limitParameter, dated), ...useOn(reservationLimitScope, one.day, one.reservation.ownTerms)],
  };
}

/** Over by calendar years it is over by the other reading too, which may count more. */
function otherYear(
  all: readonly LimitedReturn[],
  one: LimitedReturn,
  { total, period }: { total: Decimal; period: LimitPeriod },
): readonly string[] {
  if (period !== 'calendar-year') return [];
  const rolling = sum(countedOn(all, one.day, 'rolling-365-days').map((each) => each.dollars));
  return rolling.eq(total) ? [] : [`by the other reading of a year ${dollars(rolling)}: ${OTHER_YEAR}`];
}

interface ByExample {
  readonly limit: Decimal;
  readonly example: Decimal;
  readonly period: LimitPeriod;
}

function exampleTexts(all: readonly LimitedReturn[], one: LimitedReturn, { limit, example, period }: ByExample): readonly string[] {
  const room = roomOn(byExample(all), one.day, period, limit);
  return [
    `by the other reading ${dollars(example)}, ${example.gt(limit) ? `over the limit by ${dollars(example.minus(limit))}` : `which leaves ${dollars(room)}`}: ${EXAMPLE_READING}`,
  ];
}

function countedText(one: LimitedReturn): string {
  const what = `${isoDay(one.day)}, ${one.reservation.productName} (${one.reservation.id})`;
  if (one.isExchange) {
    const why = one.ifReturn === null ? 'by your record' : 'if as much as was given back, bought on the same day, came for it';
    return `${what}: not counted, for it is an exchange ${why}`;
  }
  const parts = one.future.isZero() ? '' : ` (refund ${dollars(one.refund)}, payments no longer due ${dollars(one.future)})`;
  const example = one.dollarsByExample.eq(one.dollars) ? '' : `, by the published example ${dollars(one.dollarsByExample)}`;
  return `${what}: ${dollars(one.dollars)}${parts}${example}`;
}
