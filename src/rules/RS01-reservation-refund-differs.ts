import { daysText, isoDay, type Day } from '../domain/calendar/days.ts';
import type { AuditedLine } from '../domain/charges/subjects.ts';
import type { Detection, Unchecked } from '../domain/findings/finding.ts';
import { Decimal, minorDigits, sum, ZERO } from '../domain/numbers/money.ts';
import { roundHalfUp } from '../domain/numbers/rounding.ts';
import { nextInvoiceMissing } from '../domain/invoices/next-invoice-missing.ts';
import { daysLeft, daysLeftText, refundsOf, refundSteps, unitsText } from '../domain/reservations/reservation-refund.ts';
import { paymentOn, type ReservationPayment } from '../domain/reservations/reservation-payment.ts';
import type { ReservationReturn } from '../domain/reservations/reservation-returns.ts';
import { unitsLeft, type Reservation } from '../domain/reservations/reservations.ts';
import { unitsHeld, unitsPaid } from '../domain/reservations/units-held.ts';
import { money, periodText } from '../domain/proration/working.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import {
  judgeReturn,
  judgingRounding,
  priceUsed,
  rateOf,
  returnFacts,
  type JudgedReturn,
} from '../policy/reservations/judge-reservation-return.ts';
import { neverRefundable, refundTermsOn, type NeverRefundable } from '../policy/reservations/reservation-terms.ts';
import {
  reservationChargedFee,
  reservationFullRefundDays,
  reservationNeverRefundable,
  reservationProration,
  reservationRefundPrice,
} from '../policy/parameters/reservation-refund.ts';
import { textOn } from '../policy/later-text.ts';
import { LATER_PAYMENTS_END } from '../policy/reservations/later-payments.ts';
import { defineRule, type RuleContext } from './rule.ts';

type Message = 'charged-after-return' | 'differs' | 'first-days' | 'boundary' | 'missing' | 'never-refundable';

const NEXT_ACTION =
  'Open a support request on the reservation (Reservation management, exchanges and refunds) for the difference; send the working.';

export const reservationRefundDiffers = defineRule({
  code: 'RS01',
  name: 'reservation-refund-differs',
  title: 'A reservation’s refund is not what the published table yields',
  scope: 'reservation',
  severity: 'error',
  citations: [],
  caseCitations: LATER_PAYMENTS_END,
  parameters: [reservationFullRefundDays, reservationChargedFee, reservationProration, reservationRefundPrice, reservationNeverRefundable],
  docs: {
    checks:
      'Every return of an Azure reservation: the days left of what was paid for, the day of return among them, in UTC; in the first five days of the published table also the whole amount, for whether it was used is not in the file. Paid by the month, the rest of the running month comes back and later payments fall away. Since 14 April 2021 the lower of the price paid and the current one counts: without a price list a refund that is short is a warning. A refund of what can never be returned is a warning. A return that only your own record tells of must have brought a refund. A payment charged for days after a return, for units that were returned, is owed back.',
    why: 'A reservation is paid for years ahead: a refund that starts a day late or from a wrong price is hard to see and large.',
    example:
      'Bought for 3,650.00 on 1 January 2021 for a year and returned on 7 January: 359 of 365 days, −3,590.00. −3,500.00 is short by 90.00.',
    remedy: 'Ask for the difference in a support request on the reservation; name the reservation order and the day of return.',
  },
  messages: {
    differs: '{product} returned on {day}: {billed} is refunded; {days} left, which come to {expected}',
    'first-days':
      '{product} returned on {day}, {since} after its purchase: {billed} is refunded; used it comes to {prorated}, unused to {full}',
    boundary:
      '{product} returned on {day}, the boundary of the first days: {billed} is refunded; prorated it comes to {prorated}, in full to {full}',
    'never-refundable': '{product} was returned on {day} and {billed} is refunded, but {entry} can never be returned',
    'charged-after-return':
      '{product}: {units} returned on {day} and charged again for {period}; of {billed} {owed} is owed back, for later payments fall away with the return',
    missing: '{product} was returned on {day} by your record and nothing is refunded; {days} left, which come to {expected}',
  },
  *check(reservation, context) {
    for (const one of reservation.adjustments) yield { unchecked: 'adjustment-line', line: one };
    for (const returned of reservation.returns) {
      const [line] = returned.lines;
      if (line === undefined) continue;
      const never = returned.day === null ? null : neverRefundable(reservation.productName, returned.day, reservation.ownTerms);
      if (never !== null) {
        yield ofNeverRefundable(reservation, returned, line, never);
        continue;
      }
      const judged = judgeReturn(reservation, returned, context.prices);
      if (typeof judged === 'string') yield { unchecked: judged, line };
      else if (judged.verdict === 'unpublished') yield { unchecked: 'policy-unknown', line };
      else if (judged.verdict === 'differs') yield differs(reservation, judged);
    }
    for (const day of reservation.unansweredCancels) yield* missing(reservation, day, context);
    for (const payment of reservation.payments) yield* chargedAfterReturn(reservation, payment);
  },
});

function differs(reservation: Reservation, judged: JudgedReturn): Detection<Message> {
  const { returned, payment, terms, prorated, full, facts } = judged;
  const [line] = returned.lines;
  const shown = (amount: Decimal): string => money(line ?? payment.one, amount);
  const expected = judged.expected.negated();
  const hasBoth = terms.place === 'first-days' || terms.place === 'boundary';
  const isBetween = hasBoth && judged.refunded.gt(prorated) && judged.refunded.lt(full);
  // Short of the price paid, it may be right by a current price that nobody gave.
  const isOpen = isBetween || (judged.isPriceOpen && judged.refunded.lt(judged.expected));
  const message = terms.place === 'first-days' || terms.place === 'boundary' ? terms.place : 'differs';
  return {
    message,
    values: {
      product: reservation.productName,
      day: isoDay(facts.returnDay),
      since: daysText(terms.daysSince),
      days: daysLeftText(daysLeft(facts)),
      billed: shown(returned.amount),
      expected: shown(expected),
      prorated: shown(prorated.negated()),
      full: shown(full.negated()),
    },
    evidence: evidenceOf(judged),
    isAboutAudited: returned.lines.some((one) => one.line.isAudited),
    ...(terms.place === 'boundary' || isOpen ? { severity: 'warning' as const } : {}),
    amounts: {
      billed: returned.amount,
      expected,
      ...(hasBoth ? { lowest: full.negated(), highest: prorated.negated() } : {}),
    },
    working: judged.working,
    confidence: isOpen ? 'possible' : hasBoth ? 'likely' : 'certain',
    nextAction: NEXT_ACTION,
    parametersUsed: terms.parametersUsed,
  };
}

/** Money that may be taken back: the list of its day leaves nothing to refund. */
function ofNeverRefundable(
  reservation: Reservation,
  returned: ReservationReturn,
  line: AuditedLine,
  { entry, used }: NeverRefundable,
): Detection<Message> {
  return {
    message: 'never-refundable',
    values: {
      product: reservation.productName,
      day: returned.day === null ? '' : isoDay(returned.day),
      billed: money(line, returned.amount),
      entry,
    },
    evidence: [
      ...returned.lines.map((one) => ({ line: one, label: 'refund' })),
      ...(returned.payment === null ? [] : [{ line: returned.payment.one, label: 'payment' }]),
    ],
    isAboutAudited: returned.lines.some((one) => one.line.isAudited),
    severity: 'warning',
    kind: 'notice',
    amounts: { billed: returned.amount, expected: ZERO },
    working: [`the list in force from ${used.since}: ${used.value}`, `refunded ${money(line, returned.amount)}; due by the list: nothing`],
    confidence: 'likely',
    nextAction:
      'Do not rely on the refund: it may be taken back. Look whether the product is the one the list means, or an exception was granted.',
    parametersUsed: [used],
  };
}

function evidenceOf({ returned, payment }: JudgedReturn): Detection<Message>['evidence'] {
  return [
    ...returned.lines.map((line) => ({ line, label: line.line.sign < 0 ? 'refund' : 'charge of that day' })),
    { line: payment.one, label: 'payment' },
  ];
}

/** A return that only the partner's record tells of, where the invoice that should carry the refund is given. */
function* missing(reservation: Reservation, day: Day, context: RuleContext): Generator<Detection<Message> | Unchecked> {
  // Of what can never be returned no refund is missing.
  if (neverRefundable(reservation.productName, day, reservation.ownTerms) !== null) return;
  const payment = paymentOn(reservation.payments, day);
  const about = payment?.one ?? reservation.payments[0]?.one;
  if (about === undefined) return;
  const terms = payment === null ? null : refundTermsOn(payment.purchaseDay, day, reservation.ownTerms);
  if (payment === null || terms === null) {
    yield { unchecked: payment === null ? 'charge-not-in-files' : 'policy-unknown', line: about };
    return;
  }
  const series = about.line.heading;
  const next = context.invoices.nextAfter(series, day);
  const rate = rateOf(about);
  if (next.invoice === null || rate === null) {
    if (next.invoice === null) yield nextInvoiceMissing(next, about);
    else yield { unchecked: 'exchange-rate-missing', line: about };
    return;
  }
  const { invoice } = next;
  const price = priceUsed(payment, day, terms, context.prices);
  const quantity = Decimal.max(ZERO, unitsLeft(reservation, payment, day));
  const facts = returnFacts(payment, { price: price.amount, quantity, returnDay: day, rate });
  const days = daysLeft(facts);
  const rounding = judgingRounding(about);
  const expected = (refundsOf(facts, days).get(rounding) ?? ZERO).negated();
  if (expected.isZero()) return;
  yield {
    message: 'missing',
    values: { product: reservation.productName, day: isoDay(day), days: daysLeftText(days), expected: money(about, expected) },
    evidence: [{ line: about, label: 'payment' }],
    isAboutAudited: next.isAudited,
    amounts: { billed: ZERO, expected },
    working: [
      price.text,
      ...terms.working,
      `prorated, ${refundSteps(facts, days, rounding)}`,
      `no row of the given files refunds it; invoice ${invoice} is the next one after that day`,
      'a return beyond the limit on refunds of the customer is refused: then nothing is due',
    ],
    confidence: 'likely',
    nextAction: 'Look whether the return was carried out; if so, ask for the refund in a support request on the reservation.',
    parametersUsed: terms.parametersUsed,
  };
}

/** A payment by the month or year whose days begin after a return of the units it charges. Of several rows of the same days the last ones are too many. */
function* chargedAfterReturn(reservation: Reservation, payment: ReservationPayment): Generator<Detection<Message> | Unchecked> {
  const held = unitsHeld(reservation, payment);
  if (held === null) return;
  const later = reservation.payments.slice(reservation.payments.indexOf(payment) + 1);
  const ofLaterRows = sum(later.filter((one) => one.period.firstDay === payment.period.firstDay).map(({ quantity }) => quantity));
  const tooMany = unitsPaid(reservation, payment).minus(held.units).minus(ofLaterRows);
  const units = Decimal.min(payment.quantity, tooMany);
  if (!units.isPositive() || units.isZero()) return;
  const { one, period, quantity } = payment;
  const { line } = one;
  const dated = valueOn(reservationProration, held.since, reservation.ownTerms);
  if (dated === null) {
    yield { unchecked: 'policy-unknown', line: one };
    return;
  }
  const expected = roundHalfUp(line.amount.times(quantity.minus(units)).div(quantity), minorDigits(line.heading.currency));
  const returned = reservation.returns.filter(({ day }) => day !== null && day < period.firstDay);
  yield {
    message: 'charged-after-return',
    values: {
      product: reservation.productName,
      units: unitsText(units),
      day: isoDay(held.since),
      period: periodText(period),
      billed: money(one, line.amount),
      owed: money(one, line.amount.minus(expected)),
    },
    evidence: [
      { line: one, label: 'payment after the return' },
      ...returned.flatMap(({ lines }) => lines.map((each) => ({ line: each, label: 'refund' }))),
    ],
    isAboutAudited: line.isAudited,
    amounts: { billed: line.amount, expected },
    working: [
      `${unitsText(held.units)} left after the return of ${isoDay(held.since)}${held.isByRecordOnly ? ', which your record alone tells of' : ''}; payments for later days fall away with what is returned`,
      `charged for ${periodText(period)}: ${unitsText(quantity)}, ${money(one, line.amount)}; too many: ${unitsText(units)}`,
      `due: ${money(one, line.amount)} × ${quantity.minus(units).toString()} / ${quantity.toString()} = ${money(one, expected)}`,
      ...(held.isByRecordOnly ? ['a return beyond the limit on refunds of the customer is refused: then the payment stays due'] : []),
    ],
    confidence: 'likely',
    citations: [textOn(LATER_PAYMENTS_END, held.since)],
    nextAction: held.isByRecordOnly
      ? 'Look whether the return was carried out; if so, ask for the payment back in a support request on the reservation.'
      : 'Ask for the payment back in a support request on the reservation; name the order and the day of return.',
    parametersUsed: [useOf(reservationProration, dated)],
  };
}
