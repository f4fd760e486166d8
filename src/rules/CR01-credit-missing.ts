import { cancellationsOf, type Cancellation } from '../domain/cancellations.ts';
import { isoDay, type Day } from '../domain/days.ts';
import type { Detection, Severity, Unchecked } from '../domain/finding.ts';
import { sum, ZERO, type Decimal } from '../domain/money.ts';
import { batchText, creditFrom, seatBatches, seatsOn } from '../domain/seat-batches.ts';
import { chargedIn } from '../domain/signed-lines.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../domain/subjects.ts';
import { verdictAt, type Moment, type Verdict } from '../domain/window.ts';
import { money, periodText } from '../domain/working.ts';
import { cite } from '../policy/citations.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import { creditsInArrears } from '../policy/parameters/credits-in-arrears.ts';
import { legacyAutomaticFullRefund } from '../policy/parameters/legacy-automatic-full-refund.ts';
import { newCommerceCancellationWindow } from '../policy/parameters/new-commerce-cancellation-window.ts';
import { defineRule, type RuleContext } from './rule.ts';

type Message = 'cancellation' | 'decrease';

export const creditMissing = defineRule({
  code: 'CR01',
  name: 'credit-missing',
  title: 'A cancellation or seat decrease earned a credit that never came',
  scope: 'subscription',
  severity: 'error',
  citations: [
    cite('billing-overview-2021', 'Cancellation credits and licence decreases are prorated for unused days and show on the next invoice.'),
    cite('request-credit-2021', 'Legacy: cancelled within 30 days of purchase, 100 % is refunded.'),
    cite('cancellation-policy-2023', 'New commerce: cancelled or reduced within seven days, the unused days are credited.'),
  ],
  parameters: [legacyAutomaticFullRefund, newCommerceCancellationWindow, creditsInArrears],
  docs: {
    checks:
      'A cancellation or seat decrease of the partner’s own record (--events), or a cancellation line of 0, that earns a credit but has none in any given file, although the first invoice dated after it is given. Inside the full-refund window the whole charge is due, else the unused days.',
    why: 'A credit that does not come shows nowhere in the file: only the partner’s own record tells that it is due.',
    example: 'Cancelled on 17 July according to the record; the July invoice has no cancelImmediate line. 29 of 31 days, 94.20, are due.',
    remedy: 'Ask for the credit in a billing ticket with the confirmation of the cancellation.',
  },
  messages: {
    cancellation: 'cancelled on {day} and never credited: {due} is due ({basis})',
    decrease: '{seats} licences were given back on {day} and never credited: {due} is due',
  },
  *check(chain, context) {
    const cancellations = cancellationsOf(chain);
    for (const cancelled of cancellations) yield* judgeCancellation(chain, cancelled, context);
    for (const cycle of chain.cycles) yield* decreases(chain, cycle, context);
    const [first] = chain.lines;
    if (!context.hasEvents && cancellations.length === 0 && first !== undefined && first.line.heading.productKind === 'licence') {
      yield { unchecked: 'no-events', line: chain.lines.find((one) => one.line.isAudited) ?? first };
    }
  },
});

/** The purchase or renewal whose window counts on a day. */
function windowStart(chain: SubscriptionChain, day: Day): Moment | null {
  const batch = seatBatches(chain).findLast((one) => one.kind !== 'increase' && one.start.day <= day);
  return batch?.start ?? chain.purchase;
}

function hasCredit(cycle: BilledCycle): boolean {
  return [...cycle.cancellations, ...cycle.adjustments].some((one) => one.line.amount.isNegative());
}

function* judgeCancellation(
  chain: SubscriptionChain,
  cancelled: Cancellation,
  context: RuleContext,
): Generator<Detection<Message> | Unchecked> {
  const about = cancelled.line ?? cancelled.cycle?.charge ?? chain.lines[0];
  if (about === undefined || (cancelled.line !== null && !cancelled.line.line.amount.isZero())) return;
  const cycle = cancelled.cycle;
  if (cycle?.charge == null) {
    yield { unchecked: 'charge-not-in-files', line: about };
    return;
  }
  if (hasCredit(cycle) || cycle.charge.line.amount.isZero()) return;
  const start = windowStart(chain, cancelled.day);
  if (start === null) {
    yield { unchecked: 'purchase-day-unknown', line: about };
    return;
  }
  const due = dueOn(chain, cycle, cycle.charge, cancelled, start);
  if (due === null) return;
  if (due.amount === null) {
    yield { unchecked: 'full-price-unknown', line: about };
    return;
  }
  const invoice = context.invoices.firstAfter(chain.layout, cancelled.day);
  if (invoice === null) {
    yield { unchecked: 'next-invoice-not-given', line: about };
    return;
  }
  const isBoundary = due.verdict === 'boundary';
  yield {
    message: 'cancellation',
    values: { day: isoDay(cancelled.day), due: money(about, due.amount), basis: due.basis },
    evidence: [
      ...(cancelled.line === null ? [] : [{ line: cancelled.line, label: 'cancellation line of 0' }]),
      { line: cycle.charge, label: 'charge of the cycle' },
    ],
    isAboutAudited: context.invoices.isAudited(chain.layout, invoice),
    restsOn: cycle.lines,
    severity: (isBoundary ? 'warning' : 'error') as Severity,
    amounts: { billed: ZERO, expected: due.amount.negated() },
    working: [
      `cancelled on ${isoDay(cancelled.day)}, ${cancelled.event === null ? 'by a cancellation line of 0' : 'by the partner’s own record'}; window opened ${isoDay(start.day)}`,
      ...due.working,
      `the invoice that should carry it is given${invoice === '' ? '' : ` (${invoice})`}; no credit of this cycle stands in any given file`,
    ],
    confidence: isBoundary ? 'possible' : 'likely',
    nextAction: 'Open a billing ticket for the credit; send the confirmation of the cancellation.',
    parametersUsed: due.parametersUsed,
  };
}

interface Due {
  readonly amount: Decimal | null;
  readonly basis: string;
  readonly verdict: Verdict;
  readonly working: readonly string[];
  readonly parametersUsed: NonNullable<Detection['parametersUsed']>;
}

/** The credit due, a magnitude; null where none is. */
function dueOn(chain: SubscriptionChain, cycle: BilledCycle, charge: AuditedLine, cancelled: Cancellation, start: Moment): Due | null {
  const isLegacy = chain.layout === 'legacy-licence';
  const dated = valueOn(isLegacy ? legacyAutomaticFullRefund : newCommerceCancellationWindow, start.day);
  const verdict = dated === null ? 'outside' : verdictAt(start, cancelled, dated.value);
  const parametersUsed = dated === null ? [] : [useOf(isLegacy ? legacyAutomaticFullRefund : newCommerceCancellationWindow, dated)];
  if (!isLegacy && verdict === 'outside') return null;
  const isFull = isLegacy ? verdict === 'inside' : cancelled.day === start.day;
  if (isFull) {
    const charged = isLegacy ? sum(chain.cycles.filter((one) => one.cycle.firstDay >= start.day).map(chargedIn)) : chargedIn(cycle);
    return {
      amount: charged,
      basis: 'in full, inside the full-refund window',
      verdict: 'inside',
      working: [`charged since the purchase: ${money(charge, charged)}, all of it due`],
      parametersUsed,
    };
  }
  const seats = seatsOn(cycle, cancelled.day);
  const amount = creditFrom(charge, cycle, seats, cancelled.day);
  const days = periodText({ firstDay: cancelled.day, lastDay: cycle.cycle.lastDay });
  return {
    amount,
    basis: `prorated for ${days}`,
    verdict: isLegacy ? 'inside' : verdict,
    working:
      amount === null
        ? []
        : [
            `${seats.toString()} licences, unused days ${days} of cycle ${periodText(cycle.cycle)}, by ${charge.judgedBy}: ${money(charge, amount)}`,
          ],
    parametersUsed,
  };
}

/** Recorded decreases that no line of the files shows: legacy at any time, new commerce inside the window of seats bought before. */
function* decreases(chain: SubscriptionChain, cycle: BilledCycle, context: RuleContext): Generator<Detection<Message> | Unchecked> {
  const { charge } = cycle;
  for (const event of cycle.looseEvents) {
    if (event.kind !== 'remove-seats' || event.quantity === null || charge === null) continue;
    const before = seatsOn({ ...cycle, looseEvents: cycle.looseEvents.filter((one) => one.day < event.day) }, event.day);
    const seats = before.minus(event.quantity);
    if (!seats.isPositive() || seats.isZero()) continue;
    const verdict = chain.layout === 'legacy-licence' ? 'inside' : decreaseVerdict(chain, event);
    const amount = verdict === 'outside' ? null : creditFrom(charge, cycle, seats, event.day);
    if (verdict === 'outside') continue;
    const invoice = context.invoices.firstAfter(chain.layout, event.day);
    if (amount === null || invoice === null) {
      yield { unchecked: amount === null ? 'full-price-unknown' : 'next-invoice-not-given', line: charge };
      continue;
    }
    yield {
      message: 'decrease',
      values: { seats: seats.toString(), day: isoDay(event.day), due: money(charge, amount) },
      evidence: [{ line: charge, label: 'charge of the cycle' }],
      isAboutAudited: context.invoices.isAudited(chain.layout, invoice),
      restsOn: cycle.lines,
      severity: verdict === 'boundary' ? 'warning' : 'error',
      amounts: { billed: ZERO, expected: amount.negated() },
      working: [
        `in force before ${isoDay(event.day)}: ${before.toString()} licences; after it by the partner’s own record: ${event.quantity.toString()}`,
        `${seats.toString()} licences for ${periodText({ firstDay: event.day, lastDay: cycle.cycle.lastDay })} by ${charge.judgedBy}: ${money(charge, amount)}`,
        ...seatBatches(chain).map(batchText),
      ],
      confidence: 'likely',
      nextAction: 'Open a billing ticket for the credit; send the confirmation of the seat decrease.',
    };
  }
}

function decreaseVerdict(chain: SubscriptionChain, at: Moment): Verdict {
  const verdicts = seatBatches(chain)
    .filter((batch) => batch.start.day <= at.day)
    .map((batch) => {
      const dated = valueOn(newCommerceCancellationWindow, batch.start.day);
      return dated === null ? 'outside' : verdictAt(batch.start, at, dated.value);
    });
  return verdicts.includes('inside') ? 'inside' : verdicts.includes('boundary') ? 'boundary' : 'outside';
}
