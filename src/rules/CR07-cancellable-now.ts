import { cancellationsOf, cycleOn } from '../domain/cancellations.ts';
import { addDays, isoDay, type Day } from '../domain/days.ts';
import { effectiveCharges } from '../domain/effective-charges.ts';
import type { Detection } from '../domain/finding.ts';
import { Decimal, minorDigits, sum, ZERO } from '../domain/money.ts';
import { roundHalfUp } from '../domain/rounding.ts';
import { batchesLeft, batchText, creditFrom, type SeatBatch } from '../domain/seat-batches.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/subjects.ts';
import { endOf, showWindow, type Window } from '../domain/window.ts';
import { money } from '../domain/working.ts';
import { cite } from '../policy/citations.ts';
import { legacyRefundRule } from '../policy/legacy-exceptions.ts';
import { useOf, valueOn, type Parameter } from '../policy/parameter.ts';
import { legacyAutomaticFullRefund } from '../policy/parameters/legacy-automatic-full-refund.ts';
import { microsoft365A1Request } from '../policy/parameters/microsoft-365-a1.ts';
import { newCommerceCancellationWindow } from '../policy/parameters/new-commerce-cancellation-window.ts';
import { powerBiPremiumRequest } from '../policy/parameters/power-bi-premium.ts';
import { defineRule } from './rule.ts';

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
  parameters: [newCommerceCancellationWindow, legacyAutomaticFullRefund, powerBiPremiumRequest, microsoft365A1Request],
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
  *check(chain, { asOf }) {
    const isEnded = cancellationsOf(chain).some((one) => one.day <= asOf && (one.reactivatedOn === null || one.reactivatedOn > asOf));
    if (isEnded || !effectiveCharges(chain).some((one) => one.lastDay >= asOf)) return;
    for (const batch of batchesLeft(chain, asOf)) {
      if (batch.lines[0]?.line.heading.isTrial === true) continue;
      const worth = chain.layout === 'legacy-licence' ? legacyWorth(chain, batch) : newCommerceWorth(chain, batch, asOf);
      if (worth !== null) yield* judge(batch, worth, asOf);
    }
  },
});

/** What cancelling a batch on a day gives back, and the window that allows it. */
interface Worth {
  readonly charge: AuditedLine;
  readonly charged: Decimal;
  readonly credit: Decimal;
  /** What waiting until tomorrow costs; null where waiting costs nothing until the window ends. */
  readonly perDay: Decimal | null;
  readonly parameter: Parameter<Window>;
  readonly working: string;
  readonly condition: string;
}

/** A full refund of all that was charged since the purchase. The exceptions have windows of their own. */
function legacyWorth(chain: SubscriptionChain, batch: SeatBatch): Worth | null {
  const [charge] = batch.lines;
  if (batch.kind !== 'purchase' || charge === undefined) return null;
  const rule = legacyRefundRule(chain, batch.start.day);
  const since = chain.lines.filter((one) => (one.line.firstDay ?? -Infinity) >= batch.start.day - 1);
  const charged = sum(since.map((one) => one.line.amount));
  const parameter = {
    general: legacyAutomaticFullRefund,
    'power-bi-premium': powerBiPremiumRequest,
    'microsoft-365-a1': microsoft365A1Request,
  };
  return {
    charge,
    charged,
    credit: charged,
    perDay: null,
    parameter: parameter[rule],
    working: `cancelled inside the window, all that was charged since the purchase is credited: ${money(charge, charged)}`,
    condition: {
      general: '',
      'power-bi-premium': ' and request the refund',
      'microsoft-365-a1': ' and request the refund; no user may be assigned',
    }[rule],
  };
}

/** The days left of the cycle that runs, that day credited; the whole charge on the day of the purchase. */
function newCommerceWorth(chain: SubscriptionChain, batch: SeatBatch, asOf: Day): Worth | null {
  const running = asOf <= batch.cycle.cycle.lastDay ? batch.cycle : cycleOn(chain, asOf);
  const charge = running?.charge ?? null;
  // After a renewal the seats belong to the renewal's own batch.
  if (running === null || charge === null || (running !== batch.cycle && charge.line.kind !== 'cycle')) return null;
  const creditOn = (day: Day): Decimal | null => creditFrom(charge, running, batch.seats, day);
  const isFull = asOf === batch.start.day;
  const prorated = creditOn(asOf);
  const sinceCycle = running === batch.cycle ? ZERO : creditOn(running.cycle.firstDay);
  if (prorated === null || sinceCycle === null) return null;
  const perDay = prorated.minus(creditOn(addDays(asOf, 1)) ?? ZERO);
  return {
    charge,
    charged: batch.charged.plus(sinceCycle),
    credit: isFull ? batch.charged : prorated,
    perDay: roundHalfUp(Decimal.max(ZERO, perDay), minorDigits(chain.currency)),
    parameter: newCommerceCancellationWindow,
    working: isFull
      ? `cancelled on ${isoDay(asOf)}, the day of purchase, the whole charge is credited`
      : `cancelled on ${isoDay(asOf)}, that day credited, by ${charge.judgedBy}: ${money(charge, prorated)}`,
    condition: '',
  };
}

function* judge(batch: SeatBatch, worth: Worth, asOf: Day): Generator<Detection<Message>> {
  const dated = valueOn(worth.parameter, batch.start.day, worth.charge.ownTerms);
  if (dated === null) return;
  const { charge, charged, credit, perDay } = worth;
  const end = endOf(batch.start, dated.value);
  if (asOf > end.lenientLastDay) return;
  const isBoundary = asOf > end.deadline || (dated.value.unit === 'calendar-days' && asOf === end.deadline);
  const stays = Decimal.max(ZERO, charged.minus(credit));
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
    amounts: { billed: charged, expected: stays },
    working: [
      `window: ${showWindow(dated.value)} from ${isoDay(batch.start.day)}${batch.start.second === null ? ', hour unknown' : ''}, in force from ${dated.since} (${dated.basis})`,
      `charged for ${batchText(batch)}: ${money(charge, charged)}`,
      worth.working,
      ...(isBoundary
        ? [`strict reading: the window has closed and ${money(charge, charged)} stays; lenient reading: ${money(charge, stays)} stays`]
        : []),
    ],
    confidence: isBoundary || worth.condition !== '' ? 'possible' : 'certain',
    deadline: isBoundary ? null : end.deadline,
    costPerDay: perDay,
    nextAction: isBoundary
      ? `If the licences are not wanted, try to cancel them today${worth.condition}.`
      : `Confirm that the licences are wanted; if not, cancel them in Partner Center by ${isoDay(end.deadline)}${end.hourText === null ? '' : `, ${end.hourText}`}${worth.condition}.`,
    parametersUsed: [useOf(worth.parameter, dated)],
  };
}
