import { isoDay, type Day } from '../domain/days.ts';
import { effectiveCharges } from '../domain/effective-charges.ts';
import type { Detection } from '../domain/finding.ts';
import { Decimal, minorDigits, ZERO } from '../domain/money.ts';
import { roundHalfUp } from '../domain/rounding.ts';
import { batchText, creditFrom, seatBatches, type SeatBatch } from '../domain/seat-batches.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/subjects.ts';
import { endOf, showWindow, type Window } from '../domain/window.ts';
import { money, periodText } from '../domain/working.ts';
import { cite } from '../policy/citations.ts';
import { useOf, valueOn, type DatedValue } from '../policy/parameter.ts';
import { legacyAutomaticFullRefund } from '../policy/parameters/legacy-automatic-full-refund.ts';
import { newCommerceCancellationWindow } from '../policy/parameters/new-commerce-cancellation-window.ts';
import { defineRule, type RuleContext } from './rule.ts';

type Message = 'open' | 'boundary';

export const cancellableNow = defineRule({
  code: 'CR07',
  name: 'cancellable-now',
  title: 'A purchase, renewal or seat increase can still be cancelled',
  scope: 'subscription',
  severity: 'info',
  citations: [
    cite(
      'cancellation-policy-2023',
      'Seven days from purchase, renewal, and each addition of seats; the first day in full, then by the days left.',
    ),
    cite('request-credit-2021', 'Legacy: 30 days from purchase, in full.'),
  ],
  parameters: [newCommerceCancellationWindow, legacyAutomaticFullRefund],
  docs: {
    checks:
      'On the as-of date: every purchase, renewal and seat increase whose cancellation window is still open, until when, what cancelling is worth, and what each day of waiting costs. Where only the day of purchase is known, the last day is certain only one day earlier; on the day between the finding says boundary and names no deadline.',
    why: 'Licences nobody wants can be given back for a few days and then cost the whole term.',
    example:
      '10 licences bought on 1 March at 31.00: cancelled on 3 March, 290.00 of 310.00 come back; each day costs 10.00; until 7 March.',
    remedy: 'Confirm with the customer that the licences are wanted; if not, cancel in Partner Center before the deadline.',
  },
  messages: {
    open: '{batch} can be cancelled until {deadline}{hour}; worth {worth} today, {perDay} less each day',
    boundary: '{batch} may still be cancelled today by the lenient reading; worth {worth}',
  },
  *check(chain, context) {
    const paid = new Set(effectiveCharges(chain).map((one) => one.charge));
    for (const batch of seatBatches(chain)) {
      const charge = batch.cycle.charge;
      if (charge === null || !paid.has(charge) || batch.start.day > context.asOf) continue;
      if (chain.layout === 'legacy-licence' && batch.kind !== 'purchase') continue;
      const parameter = chain.layout === 'legacy-licence' ? legacyAutomaticFullRefund : newCommerceCancellationWindow;
      const dated = valueOn(parameter, batch.start.day);
      if (dated !== null) yield* judge(chain, batch, charge, context, parameter, dated);
    }
  },
});

function* judge(
  chain: SubscriptionChain,
  batch: SeatBatch,
  charge: AuditedLine,
  context: RuleContext,
  parameter: typeof newCommerceCancellationWindow,
  dated: DatedValue<Window> & { readonly value: Window },
): Generator<Detection<Message>> {
  const end = endOf(batch.start, dated.value);
  if (context.asOf > end.lenientLastDay) return;
  const isBoundary = context.asOf > end.deadline || (dated.value.unit === 'calendar-days' && context.asOf === end.deadline);
  const isFull = chain.layout === 'legacy-licence' || context.asOf === batch.start.day;
  const prorated = creditFrom(charge, batch.cycle, batch.seats, context.asOf);
  const credit = isFull ? batch.charged : prorated;
  if (credit === null) return;
  const stays = Decimal.max(ZERO, batch.charged.minus(credit));
  const perDay = chain.layout === 'legacy-licence' ? null : dailyCost(charge, batch, context.asOf);
  const strict = isBoundary ? batch.charged : null;
  yield {
    message: isBoundary ? 'boundary' : 'open',
    values: {
      batch: batchText(batch),
      deadline: isoDay(end.deadline),
      hour: end.hourText === null ? '' : ` ${end.hourText}`,
      worth: money(charge, credit),
      perDay: perDay === null ? 'nothing' : money(charge, perDay),
    },
    evidence: batch.lines.map((line) => ({ line, label: batch.kind })),
    amounts: { billed: batch.charged, expected: stays },
    working: [
      `window: ${showWindow(dated.value)} from ${isoDay(batch.start.day)}${batch.start.second === null ? ', hour unknown' : ''}, in force from ${dated.since} (${dated.basis})`,
      `charged for the batch in ${periodText(batch.cycle.cycle)}: ${money(charge, batch.charged)}`,
      isFull
        ? `cancelled on ${isoDay(context.asOf)} the whole charge is credited`
        : `cancelled on ${isoDay(context.asOf)}, that day credited, by ${charge.judgedBy}: ${money(charge, credit)}`,
      ...(strict === null
        ? []
        : [`strict reading: the window has closed and ${money(charge, strict)} stays; lenient reading: ${money(charge, stays)} stays`]),
    ],
    confidence: isBoundary ? 'possible' : 'certain',
    deadline: isBoundary ? null : end.deadline,
    costPerDay: perDay,
    nextAction: isBoundary
      ? 'If the licences are not wanted, try to cancel them today.'
      : `Confirm that the licences are wanted; if not, cancel them in Partner Center by ${isoDay(end.deadline)}${end.hourText === null ? '' : `, ${end.hourText}`}.`,
    parametersUsed: [useOf(parameter, dated)],
  };
}

/** What waiting until tomorrow costs: the credit of today less the credit of tomorrow. */
function dailyCost(charge: AuditedLine, batch: SeatBatch, day: Day): Decimal {
  const today = creditFrom(charge, batch.cycle, batch.seats, day) ?? ZERO;
  const tomorrow = creditFrom(charge, batch.cycle, batch.seats, (day + 1) as Day) ?? ZERO;
  return roundHalfUp(Decimal.max(ZERO, today.minus(tomorrow)), minorDigits(charge.line.heading.currency));
}
