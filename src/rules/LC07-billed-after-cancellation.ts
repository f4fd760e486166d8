import { cancellationsOf, type Cancellation } from '../domain/credits/cancellations.ts';
import { isoDay, type Day } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { sum, ZERO } from '../domain/numbers/money.ts';
import type { PartnerEvent } from '../domain/partner/partner-event.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/charges/subjects.ts';
import { termOf } from '../domain/calendar/terms.ts';
import { money, periodText } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { licenceTerms, verdictIn } from '../policy/licence-terms.ts';
import { nearestUse } from '../policy/parameter.ts';
import { extendedServiceTermCancellation } from '../policy/parameters/extended-service-term.ts';
import { newCommerceCancellationWindow } from '../policy/parameters/new-commerce-cancellation-window.ts';
import { newCommerceSuspension } from '../policy/parameters/new-commerce-suspension.ts';
import { partialUpgradeWindow, upgradeCancellation } from '../policy/parameters/upgrades.ts';
import { defineRule } from './rule.ts';

type Message = 'after-cancellation' | 'suspended';

const NOTHING_FURTHER = cite(
  'billing-overview-2021',
  'Cancelled licence-based services are credited for unused days; nothing further is billed.',
);
const TERM_OWED = cite('cancellation-policy-2023', 'New commerce: after the window the term is owed to its end.');

export const billedAfterCancellation = defineRule({
  code: 'LC07',
  name: 'billed-after-cancellation',
  title: 'A cycle is billed after the subscription was cancelled',
  scope: 'subscription',
  severity: 'error',
  citations: [],
  caseCitations: [NOTHING_FURTHER, TERM_OWED],
  parameters: [
    newCommerceCancellationWindow,
    partialUpgradeWindow,
    upgradeCancellation,
    extendedServiceTermCancellation,
    newCommerceSuspension,
  ],
  docs: {
    checks:
      'A cycle charge that begins after the day of a cancellation (a cancellation line, or the partner’s own record) with no reactivation between. In new commerce a recorded cancellation after its window takes effect at the end of the term, as it does after a full upgrade, which opens no window; after a partial one the window of its parent counts. An extended service term, known by its name, ends on any day. A suspension does not stop new-commerce billing: the cost still running is noted.',
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
    const running: AuditedLine[] = [];
    for (const charge of charges) {
      if (isReversed(chain, charge)) continue;
      const cancelled = cancellations.findLast((one) => ends(chain, one, charge));
      if (cancelled === undefined) running.push(charge);
      else yield afterCancellation(chain, charge, cancelled);
    }
    yield* suspended(chain, running);
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
  if (chain.layout === 'legacy-licence') return true;
  if (cancelled.line?.line.amount.isNegative() === true) return !isOfSomeSeats(cancelled, charge);
  // Only recorded, or without a credit: inside its window a cancellation is immediate, afterwards it waits for the end of the term.
  const terms = charge.line.heading.productKind === 'licence' ? licenceTerms(chain, cancelled) : null;
  if (terms?.kind === 'any-day' || (terms?.kind === 'window' && verdictIn(terms, cancelled) === 'inside')) return true;
  const running = chain.lines.findLast(({ line }) => line.firstDay !== null && line.firstDay <= cancelled.day && line.termLastDay !== null);
  const termLastDay = running === undefined ? null : (termOf(running.line)?.lastDay ?? null);
  return termLastDay !== null && termLastDay >= cancelled.day && firstDay > termLastDay;
}

/** A credit for some of the licences, after which the others are billed on, ends nothing. */
function isOfSomeSeats(cancelled: Cancellation, charge: AuditedLine): boolean {
  const before = cancelled.cycle?.charge?.line.quantity.abs() ?? null;
  const taken = cancelled.line?.line.quantity.abs() ?? null;
  return before !== null && taken !== null && taken.lt(before) && charge.line.quantity.abs().lte(before.minus(taken));
}

function afterCancellation(chain: SubscriptionChain, charge: AuditedLine, cancelled: Cancellation): Detection<Message> {
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
      `days before the cancellation in this charge: 0, so ${money(charge, ZERO)} of it is due; too much: ${money(charge, charge.line.amount)} − ${money(charge, ZERO)} = ${money(charge, charge.line.amount)}`,
    ],
    confidence: cancelled.line === null ? 'likely' : 'certain',
    nextAction: 'Open a billing ticket for the charge; send the proof of the cancellation.',
    ...basisOf(chain, cancelled),
  };
}

/** Its terms decide only where no credit shows that the cancellation took effect: inside its window at once, after it at the end of the term. */
function basisOf(chain: SubscriptionChain, cancelled: Cancellation): Pick<Detection, 'citations' | 'parametersUsed'> {
  if (chain.layout === 'legacy-licence' || cancelled.line?.line.amount.isNegative() === true) return { citations: [NOTHING_FURTHER] };
  const terms = licenceTerms(chain, cancelled);
  if (terms?.kind !== 'window')
    return { citations: [NOTHING_FURTHER, ...(terms?.kind === 'any-day' ? [] : [TERM_OWED])], parametersUsed: terms?.parametersUsed ?? [] };
  return {
    citations: [NOTHING_FURTHER, ...(verdictIn(terms, cancelled) === 'inside' ? [] : [TERM_OWED])],
    parametersUsed: terms.parametersUsed,
  };
}

/** One finding a subscription: the cost still running while suspended. */
function* suspended(chain: SubscriptionChain, charges: readonly AuditedLine[]): Generator<Detection<Message>> {
  if (chain.layout === 'legacy-licence') return;
  const suspensionOf = ({ line }: AuditedLine): PartnerEvent | null => {
    const last = chain.events.findLast(
      (one) => (one.kind === 'suspend' && one.day < (line.firstDay ?? 0)) || (one.kind === 'reactivate' && one.day <= (line.firstDay ?? 0)),
    );
    return last?.kind === 'suspend' ? last : null;
  };
  const running = charges.filter((one) => one.line.isAudited && suspensionOf(one) !== null);
  const [first] = running;
  const event = first === undefined ? null : suspensionOf(first);
  if (first === undefined || event === null) return;
  const billed = sum(running.map((one) => one.line.amount));
  yield {
    message: 'suspended',
    values: { day: isoDay(event.day), billed: money(first, billed) },
    evidence: running.map((line) => ({ line, label: 'charge while suspended' })),
    severity: 'info',
    amounts: { billed, expected: billed },
    working: [
      ...running.map((one) => `${periodText(one.line)}: ${money(one, one.line.amount)}`),
      `together ${money(first, billed)}, all of it owed while the subscription runs`,
    ],
    confidence: 'certain',
    nextAction: 'Suspending does not stop new-commerce billing: cancel inside a window, or let the term expire without renewal.',
    parametersUsed: [nearestUse(newCommerceSuspension, first.line.firstDay ?? event.day, first.ownTerms)],
  };
}
