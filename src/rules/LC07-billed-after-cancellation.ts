import { cancellationsOf, type Cancellation } from '../domain/cancellations.ts';
import { isoDay, type Day } from '../domain/days.ts';
import type { Detection } from '../domain/finding.ts';
import { sum, ZERO } from '../domain/money.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/subjects.ts';
import { verdictAt } from '../domain/window.ts';
import { money, periodText } from '../domain/working.ts';
import { cite } from '../policy/citations.ts';
import { valueOn } from '../policy/parameter.ts';
import { newCommerceCancellationWindow } from '../policy/parameters/new-commerce-cancellation-window.ts';
import { defineRule } from './rule.ts';

type Message = 'after-cancellation' | 'suspended';

export const billedAfterCancellation = defineRule({
  code: 'LC07',
  name: 'billed-after-cancellation',
  title: 'A cycle is billed after the subscription was cancelled',
  scope: 'subscription',
  severity: 'error',
  citations: [
    cite('billing-overview-2021', 'Cancelled licence-based services are credited for unused days; nothing further is billed.'),
    cite('cancellation-policy-2023', 'New commerce: after the window the term is owed to its end.'),
    cite('subscription-lifecycle-2023', 'New commerce: a suspended subscription is billed on.'),
  ],
  parameters: [newCommerceCancellationWindow],
  docs: {
    checks:
      'A cycle charge that begins after the day of a cancellation (a cancellation line, or the partner’s own record) with no reactivation between. In new commerce a recorded cancellation after its window takes effect at the end of the term. A suspension does not stop new-commerce billing: the cost still running is noted.',
    why: 'A subscription that everybody believes ended keeps being billed.',
    example: 'Cancelled on 17 July with its credit; the cycle of 15 August is billed all the same.',
    remedy: 'Ask for the charge to be credited; send the cancellation line or the confirmation of the cancellation.',
  },
  messages: {
    'after-cancellation': '{period} is billed {billed} although the subscription was cancelled on {day}',
    suspended: 'suspended on {day}, but new-commerce billing goes on: {billed} since then',
  },
  *check(chain) {
    const charges = chain.lines.filter(
      (one) => (one.line.kind === 'cycle' || one.line.kind === 'renewal') && one.line.amount.isPositive() && !one.line.amount.isZero(),
    );
    const cancellations = cancellationsOf(chain);
    for (const charge of charges) {
      const cancelled = cancellations.findLast((one) => ends(chain, one, charge));
      if (cancelled !== undefined && !isReversed(chain, charge)) yield afterCancellation(charge, cancelled);
    }
    yield* suspended(chain, charges);
  },
});

/**
 * A charge whose very days a cancellation or a reversal takes back was not billed on: whether the credit is right to the cent is CR02's and
 * CR06's matter. Money given back for other reasons counts only where it is exactly the charge.
 */
function isReversed(chain: SubscriptionChain, charge: AuditedLine): boolean {
  return chain.lines.some(({ line }) => {
    if (line.firstDay !== charge.line.firstDay || line.lastDay !== charge.line.lastDay || !line.amount.isNegative()) return false;
    return line.kind === 'cancellation' || line.kind === charge.line.kind || line.amount.eq(charge.line.amount.negated());
  });
}

function ends(chain: SubscriptionChain, cancelled: Cancellation, charge: AuditedLine): boolean {
  const { firstDay } = charge.line;
  if (firstDay === null || firstDay <= cancelled.day) return false;
  if (cancelled.reactivatedOn !== null && cancelled.reactivatedOn <= firstDay) return false;
  if (chain.layout === 'legacy-licence' || cancelled.line !== null) return true;
  // Only recorded: inside its window a cancellation is immediate, afterwards it waits for the end of the term.
  const opening = chain.lines.findLast(
    (one) =>
      (one.line.kind === 'purchase' || one.line.kind === 'renewal') &&
      (one.line.orderDay ?? one.line.firstDay ?? Infinity) <= cancelled.day,
  );
  const start =
    opening === undefined
      ? chain.purchase
      : { day: (opening.line.orderDay ?? opening.line.firstDay) as Day, second: opening.line.orderSecond };
  const dated = start === null ? null : valueOn(newCommerceCancellationWindow, start.day);
  if (start !== null && dated !== null && verdictAt(start, cancelled, dated.value) === 'inside') return true;
  const termLastDay = opening?.line.termLastDay ?? charge.line.termLastDay;
  return termLastDay !== null && termLastDay >= cancelled.day && firstDay > termLastDay;
}

function afterCancellation(charge: AuditedLine, cancelled: Cancellation): Detection<Message> {
  return {
    message: 'after-cancellation',
    values: { period: periodText(charge.line), billed: money(charge, charge.line.amount), day: isoDay(cancelled.day) },
    evidence: [
      { line: charge, label: 'charge after the cancellation' },
      ...(cancelled.line === null ? [] : [{ line: cancelled.line, label: 'cancellation' }]),
    ],
    amounts: { billed: charge.line.amount, expected: ZERO },
    working: [
      `cancelled on ${isoDay(cancelled.day)}, ${cancelled.event === null ? 'by the cancellation line' : 'by the partner’s own record'}; no reactivation before ${isoDay(charge.line.firstDay as Day)}`,
      `days before the cancellation in this charge: 0; billed ${money(charge, charge.line.amount)}`,
    ],
    confidence: cancelled.line === null ? 'likely' : 'certain',
    nextAction: 'Open a billing ticket for the charge; send the proof of the cancellation.',
  };
}

/** One finding a subscription: the cost still running while suspended. */
function* suspended(chain: SubscriptionChain, charges: readonly AuditedLine[]): Generator<Detection<Message>> {
  if (chain.layout === 'legacy-licence') return;
  const event = chain.events.find((one) => one.kind === 'suspend');
  if (event === undefined) return;
  const until = chain.events.find((one) => one.kind === 'reactivate' && one.day >= event.day)?.day ?? Infinity;
  const running = charges.filter(
    ({ line }) => line.isAudited && line.firstDay !== null && line.firstDay > event.day && line.firstDay < until,
  );
  const [first] = running;
  if (first === undefined) return;
  const billed = sum(running.map((one) => one.line.amount));
  yield {
    message: 'suspended',
    values: { day: isoDay(event.day), billed: money(first, billed) },
    evidence: running.map((line) => ({ line, label: 'charge while suspended' })),
    severity: 'info',
    amounts: { billed, expected: billed },
    working: running.map((one) => `${periodText(one.line)}: ${money(one, one.line.amount)}`),
    confidence: 'certain',
    nextAction: 'Suspending does not stop new-commerce billing: cancel inside a window, or let the term expire without renewal.',
  };
}
