import { cancellationsOf } from '../domain/cancellations.ts';
import { isoDay, type Day } from '../domain/days.ts';
import type { Detection } from '../domain/finding.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/subjects.ts';
import { periodText } from '../domain/working.ts';
import { verdictAt } from '../domain/window.ts';
import { cite } from '../policy/citations.ts';
import { valueOn } from '../policy/parameter.ts';
import { legacyAutomaticFullRefund } from '../policy/parameters/legacy-automatic-full-refund.ts';
import { newCommerceCancellationWindow } from '../policy/parameters/new-commerce-cancellation-window.ts';
import { newCommerceFullRefund } from '../policy/parameters/new-commerce-full-refund.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

type Message = 'not-verified' | 'open-reading';

export const outsideVerifiedPolicy = defineRule({
  code: 'PO01',
  name: 'outside-verified-policy',
  title: 'A figure rests on policy that is not verified for its date, or on an open reading',
  scope: 'subscription',
  severity: 'info',
  citations: [
    cite('compare-offers-2023', 'Less than 30 and more than 30 days are named; day 30 itself is left open.'),
    cite('billing-basics-2023', 'Within 24 hours, against calendar days elsewhere.'),
  ],
  parameters: [
    legacyProrationFormula,
    newCommerceProrationFormula,
    legacyAutomaticFullRefund,
    newCommerceFullRefund,
    newCommerceCancellationWindow,
  ],
  docs: {
    checks:
      'Prorated lines and cancellations whose date lies before the first day for which the figure used is known from a dated source, and cancellations that fall on a boundary the sources leave open. Once a subscription and figure.',
    why: 'Policy is never extended silently: an auditor must see where the ground is thin.',
    example: 'A legacy licence prorated in 2017: the published formula is known from 2018 on.',
    remedy: 'Look for the policy of that date, or give the agreed terms with --policy.',
  },
  messages: {
    'not-verified': '{figure} is not known for {date}; what is said of this subscription rests on its later text',
    'open-reading': 'the cancellation of {date} falls on the boundary of {figure}: whether that day is inside is left open by the sources',
  },
  *check(chain) {
    const isLegacy = chain.layout === 'legacy-licence';
    const formula = isLegacy ? legacyProrationFormula : newCommerceProrationFormula;
    const early = chain.lines.find(
      (one) => one.line.isAudited && isProrated(one) && one.line.firstDay !== null && valueOn(formula, one.line.firstDay) === null,
    );
    if (early?.line.firstDay != null) yield notVerified(early, formula, early.line.firstDay);
    yield* ofCancellations(chain);
  },
});

function isProrated(one: AuditedLine): boolean {
  return one.recalculation.status === 'bounded' || (one.recalculation.status === 'recalculated' && !one.recalculation.isWhole);
}

function* ofCancellations(chain: SubscriptionChain): Generator<Detection<Message>> {
  const isLegacy = chain.layout === 'legacy-licence';
  const parameter = isLegacy ? legacyAutomaticFullRefund : newCommerceCancellationWindow;
  for (const cancelled of cancellationsOf(chain)) {
    const { line } = cancelled;
    if (line?.line.isAudited !== true || chain.purchase === null) continue;
    const dated = valueOn(parameter, chain.purchase.day);
    if (dated === null) yield notVerified(line, parameter, chain.purchase.day);
    else if (verdictAt(chain.purchase, cancelled, dated.value) === 'boundary') yield openReading(line, parameter, cancelled.day);
  }
}

function notVerified(
  one: AuditedLine,
  parameter: { readonly id: string; readonly title: string; readonly values: readonly { readonly since: string }[] },
  date: Day,
): Detection<Message> {
  return {
    message: 'not-verified',
    values: { figure: parameter.title, date: isoDay(date) },
    evidence: [{ line: one, label: 'line' }],
    amounts: null,
    working: [`${parameter.id} is known from ${parameter.values[0]?.since ?? 'no date'} on; the date that counts here is ${isoDay(date)}`],
    confidence: 'possible',
    nextAction: 'Look for the policy of that date before relying on the figures of this subscription.',
  };
}

function openReading(one: AuditedLine, parameter: { readonly id: string; readonly title: string }, date: Day): Detection<Message> {
  return {
    message: 'open-reading',
    values: { figure: parameter.title, date: isoDay(date) },
    evidence: [{ line: one, label: 'line' }],
    amounts: null,
    working: [
      `${parameter.id}: ${periodText(one.line)} was cancelled on ${isoDay(date)}; the strict reading leaves that day out, the lenient one counts it`,
    ],
    confidence: 'possible',
    nextAction: 'Decide with the policy text which reading to argue; both amounts stand in the other findings of this subscription.',
  };
}
