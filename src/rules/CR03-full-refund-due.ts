import { cancellationsOf } from '../domain/cancellations.ts';
import { isoDay, type Day } from '../domain/days.ts';
import type { Detection, Unchecked } from '../domain/finding.ts';
import type { Decimal } from '../domain/money.ts';
import { leadingCharge, moneySince } from '../domain/money-since.ts';
import { windowStart } from '../domain/seat-batches.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../domain/subjects.ts';
import { verdictAt, type Moment, type Window } from '../domain/window.ts';
import { money } from '../domain/working.ts';
import { cite } from '../policy/citations.ts';
import { legacyRefundRule } from '../policy/legacy-exceptions.ts';
import { licenceTerms } from '../policy/licence-terms.ts';
import { useOf, valueOn, type DatedValue } from '../policy/parameter.ts';
import { legacyAutomaticFullRefund } from '../policy/parameters/legacy-automatic-full-refund.ts';
import { newCommerceFullRefund } from '../policy/parameters/new-commerce-full-refund.ts';
import { defineRule } from './rule.ts';

type Message = 'credited-less' | 'boundary';
type Verdict = 'inside' | 'boundary' | 'outside' | 'hour-unknown';

export const fullRefundDue = defineRule({
  code: 'CR03',
  name: 'full-refund-due',
  title: 'Cancelled inside the full-refund window, credited less than charged',
  scope: 'subscription',
  severity: 'error',
  citations: [
    cite('request-credit-2021', 'Legacy: cancelled within 30 days of purchase, 100 % is refunded without a service request.'),
    cite('compare-offers-2023', 'Legacy: the page speaks of less than and of more than 30 days; day 30 itself is left open.'),
    cite('billing-basics-2023', 'New commerce: cancelled within 24 hours of purchase or renewal, the whole charge is refunded.'),
  ],
  parameters: [legacyAutomaticFullRefund, newCommerceFullRefund],
  docs: {
    checks:
      'A subscription cancelled inside the automatic full-refund window (legacy: 30 calendar days from purchase, day 30 being the boundary; new commerce: the UTC day of purchase or renewal, the next day inside 24 hours being the boundary) whose credits are less than what was charged since that purchase.',
    why: 'The full refund needs no request, so nobody looks whether it came; a prorated credit looks right at a glance.',
    example: 'Bought 13 January at 48.00, suspended 1 February, credited −45.50: 2.50 is missing.',
    remedy: 'Ask for the rest in a billing ticket; name the purchase and the cancellation day.',
  },
  messages: {
    'credited-less':
      'cancelled on {cancelled}, {elapsed} days after the purchase of {purchased}, inside the full-refund window of {window}; charged {charged}, credited {credited}',
    boundary:
      'cancelled on {cancelled}, {elapsed} days after the purchase of {purchased}: inside the full-refund window of {window} only by the lenient reading; charged {charged}, credited {credited}',
  },
  *check(chain) {
    for (const cycle of chain.cycles) {
      const credit = cycle.cancellations.find((one) => one.line.amount.isNegative() && isPartial(one));
      if (credit !== undefined) yield* judge(chain, credit);
    }
  },
});

/** A credit of the whole cycle gives everything back already; its amount is CR02's. */
function isPartial(one: AuditedLine): boolean {
  const { recalculation } = one;
  return recalculation.status === 'bounded' || (recalculation.status === 'recalculated' && !recalculation.isWhole);
}

function* judge(chain: SubscriptionChain, credit: AuditedLine): Generator<Detection<Message> | Unchecked> {
  const cancelled = cancellationsOf(chain).find((one) => one.line === credit);
  const start = cancelled === undefined ? null : windowStart(chain, cancelled.day);
  if (cancelled === undefined || start === null) {
    yield { unchecked: 'purchase-day-unknown', line: credit };
    return;
  }
  const isLegacy = chain.layout === 'legacy-licence';
  // After an upgrade there is no window, and in an extended service term the days left are credited on any day.
  const terms = isLegacy ? null : licenceTerms(chain, cancelled);
  if (terms?.kind === 'none' || terms?.kind === 'any-day') return;
  // Power BI Premium and Microsoft 365 A1 are refunded in full only on request (CR04).
  if (isLegacy && legacyRefundRule(chain, start.day) !== 'general') return;
  const dated = valueOn(isLegacy ? legacyAutomaticFullRefund : newCommerceFullRefund, start.day, chain.ownTerms);
  if (dated === null || cancelled.reactivatedOn !== null) return;
  const verdict = isLegacy ? verdictAt(start, cancelled, dated.value) : verdictOfDay(start, cancelled, dated.value);
  if (verdict === 'outside') return;
  const since = moneySince(chain, start.day, cancelled);
  if (!since.isCharged) {
    yield { unchecked: 'charge-not-in-files', line: credit };
    return;
  }
  if (verdict === 'hour-unknown') {
    yield { unchecked: 'hour-unknown', line: credit };
    return;
  }
  if (since.credited.abs().gte(since.charged)) return;
  yield finding({ ...since, credit, cycle: cancelled.cycle, purchased: start.day, cancelled: cancelled.day, verdict, dated });
}

/** New commerce: the UTC day of the purchase is certain, the next day inside 24 hours the boundary. */
function verdictOfDay(start: Moment, cancelled: Moment, window: Window): Verdict {
  const elapsed = cancelled.day - start.day;
  if (elapsed <= 0) return 'inside';
  if (elapsed > 1) return 'outside';
  if (start.second === null || cancelled.second === null) return 'hour-unknown';
  return verdictAt(start, cancelled, window) === 'outside' ? 'outside' : 'boundary';
}

interface Case {
  readonly credit: AuditedLine;
  readonly cycle: BilledCycle | null;
  readonly charges: readonly AuditedLine[];
  readonly credits: readonly AuditedLine[];
  readonly purchased: Day;
  readonly cancelled: Day;
  readonly verdict: Verdict;
  readonly dated: DatedValue<Window> & { readonly value: Window };
  readonly charged: Decimal;
  readonly credited: Decimal;
}

function finding(found: Case): Detection<Message> {
  const { credit, charged, credited, dated } = found;
  const parameter = credit.line.heading.layout === 'legacy-licence' ? legacyAutomaticFullRefund : newCommerceFullRefund;
  const isBoundary = found.verdict === 'boundary';
  const lead = leadingCharge(found.cycle, found.charges) ?? credit;
  return {
    message: isBoundary ? 'boundary' : 'credited-less',
    values: {
      cancelled: isoDay(found.cancelled),
      purchased: isoDay(found.purchased),
      elapsed: String(found.cancelled - found.purchased),
      window: parameter.show(dated.value),
      charged: money(credit, charged),
      credited: money(credit, credited),
    },
    // The charge leads: it stays the same whatever credits come later, and so does the fingerprint.
    evidence: [
      { line: lead, label: 'charge' },
      { line: credit, label: 'credit' },
      ...found.credits.filter((one) => one !== credit).map((line) => ({ line, label: 'credit' })),
      ...found.charges.filter((one) => one !== lead).map((line) => ({ line, label: 'charge' })),
    ],
    isAboutAudited: found.credits.some((one) => one.line.kind === 'cancellation' && one.line.isAudited),
    severity: isBoundary ? 'warning' : 'error',
    amounts: { billed: credited, expected: charged.negated() },
    working: [
      `purchase ${isoDay(found.purchased)}${credit.line.heading.layout === 'legacy-licence' ? ' (SubscriptionStartDate − 1 day unless recorded)' : ''}, cancellation ${isoDay(found.cancelled)}: ${found.cancelled - found.purchased} days`,
      `window: ${parameter.show(dated.value)}, in force for purchases from ${dated.since} (${dated.basis})`,
      `charged ${found.charges.map((one) => one.line.amount.toString()).join(' + ')} = ${money(credit, charged)}; credited ${money(credit, credited)}`,
      ...(isBoundary
        ? [
            `strict reading: outside the window, the prorated credit of ${money(credit, credited)} stands; lenient reading: inside, ${money(credit, charged.negated())} is due`,
          ]
        : []),
    ],
    confidence: isBoundary ? 'possible' : 'likely',
    nextAction: 'Open a billing ticket and ask for the rest of the full refund; name the purchase and the cancellation day.',
    parametersUsed: [useOf(parameter, dated)],
  };
}
