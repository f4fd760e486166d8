import { isoDay } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { Decimal, formatMoney, sum } from '../domain/numbers/money.ts';
import { countedOn, firstCountedDay, roomReturns } from '../domain/reservations/refund-limit.ts';
import type { CustomerReservation } from '../domain/reservations/reservations.ts';
import { cite } from '../policy/citations.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import { reservationRefundLimit as limitParameter } from '../policy/parameters/reservation-limit.ts';
import { limitedReturns, type LimitedReturn } from '../policy/reservations/reservation-limit-use.ts';
import { defineRule } from './rule.ts';

type Message = 'over';

const dollars = (amount: Decimal): string => `${formatMoney(amount, 'USD')} USD`;

export const reservationRefundLimit = defineRule({
  code: 'RS03',
  name: 'reservation-refund-limit',
  title: 'A customer’s returned reservations count more than the limit on refunds',
  scope: 'reservation',
  severity: 'warning',
  citations: [
    cite(
      'billing-basics-reservations-2023',
      'Reservations are priced in US dollars, so the printed price or rate gives the amount that counts.',
    ),
  ],
  parameters: [limitParameter],
  docs: {
    checks:
      'All returns of one customer in the period that the policy of the day defines: a calendar year, since 13 April 2019 the 365 days that end with the return (one exactly 365 days old no longer counts). What counts is the refund, since 14 April 2021 the cancelled commitment: refund and payments no longer due. Amounts in US dollars, from the price or the rate of each row.',
    why: 'A return beyond the limit is refused, not cut: it must be split or wait. One that went through all the same may be taken back.',
    example:
      'Returns of USD 30,000 in March and USD 25,000 in May count 55,000; the second is over. Room returns 365 days after the first.',
    remedy: 'Expect that the refund is questioned; plan further returns for the day on which room returns, or return fewer units.',
  },
  messages: {
    over: '{product} returned on {day}: the returns of this customer since {since} count {total}, the limit is {limit}; room returns on {returns}',
  },
  *check(reservation) {
    const { counted, uncounted } = limitedReturns(reservation.ofCustomer);
    for (const { returned, reason } of uncounted) {
      const [line] = returned.lines;
      if (line !== undefined && reservation.returns.includes(returned)) yield { unchecked: reason, line };
    }
    for (const one of counted) if (reservation.returns.includes(one.returned) && !one.isExchange) yield* over(reservation, one, counted);
  },
});

function* over(reservation: CustomerReservation, one: LimitedReturn, all: readonly LimitedReturn[]): Generator<Detection<Message>> {
  const dated = valueOn(limitParameter, one.day, reservation.ownTerms);
  const [line] = one.returned.lines;
  if (dated === null || line === undefined) return;
  const { period } = dated.value;
  const limit = new Decimal(dated.value.dollars);
  const counting = countedOn(all, one.day, period);
  const total = sum(counting.map((each) => each.dollars));
  if (total.lte(limit)) return;
  const others = counting.filter((each) => each !== one && !each.isExchange);
  const room = roomReturns(all, one.day, period, limit);
  const [first] = room;
  const since = isoDay(firstCountedDay(one.day, period));
  const { heading } = line.line;
  yield {
    message: 'over',
    values: {
      product: reservation.productName,
      day: isoDay(one.day),
      since,
      total: dollars(total),
      limit: dollars(limit),
      returns: first === undefined ? 'no known day' : isoDay(first.day),
    },
    subject: {
      customerId: heading.customerId,
      customerName: heading.customerName,
      subscriptionId: heading.subscriptionId,
      orderId: heading.orderId,
      product: reservation.productName,
      invoiceNumber: line.line.invoiceNumber,
      chargeType: line.line.chargeType,
      firstDay: line.line.firstDay,
      lastDay: line.line.lastDay,
      // The limit is one of dollars, whatever the invoice bills in.
      currency: 'USD',
      key: [reservation.id, isoDay(one.day), one.dollars.toString()].join(' '),
    },
    evidence: [...one.returned.lines, ...others.flatMap((each) => each.returned.lines)].map((each) => ({
      line: each,
      label: one.returned.lines.includes(each) ? 'refund' : 'earlier refund',
    })),
    isAboutAudited: one.returned.lines.some((each) => each.line.isAudited),
    amounts: { billed: total, expected: limit },
    working: [
      `limit in force from ${dated.since} (${dated.basis}): ${limitParameter.show(dated.value)}`,
      ...counting.map(countedText),
      `together since ${since}: ${dollars(total)}, over the limit by ${dollars(total.minus(limit))}; a refund beyond the limit is refused, not cut`,
      ...room.map((each) => `from ${isoDay(each.day)} on ${dollars(each.room)} are left, if nothing more is returned`),
    ],
    confidence: 'likely',
    nextAction:
      first === undefined
        ? 'Expect that the refund is questioned.'
        : `Expect that the refund is questioned; return nothing more for this customer before ${isoDay(first.day)}.`,
    parametersUsed: [useOf(limitParameter, dated)],
  };
}

function countedText(one: LimitedReturn): string {
  const what = `${isoDay(one.day)}, ${one.reservation.productName} (${one.reservation.id})`;
  if (one.isExchange)
    return `${what}: not counted, for it is an exchange by your record, or as much was bought on the same day as was given back`;
  const parts = one.future.isZero() ? '' : ` (refund ${dollars(one.refund)}, payments no longer due ${dollars(one.future)})`;
  return `${what}: ${dollars(one.dollars)}${parts}`;
}
