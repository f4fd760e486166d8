import { figureOf } from '../domain/conventions.ts';
import { addDays, daysInclusive, isoDay, type Day } from '../domain/days.ts';
import { effectiveCharges, type EffectiveCharge } from '../domain/effective-charges.ts';
import type { Detection } from '../domain/finding.ts';
import { minorDigits, sum, ZERO, type Decimal } from '../domain/money.ts';
import { roundHalfUp } from '../domain/rounding.ts';
import type { AuditedLine, CustomerHoldings, SubscriptionChain } from '../domain/subjects.ts';
import { money, periodText } from '../domain/working.ts';
import { cite } from '../policy/citations.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import { legacyDuplicateClaim } from '../policy/parameters/legacy-duplicate-claim.ts';
import { defineRule, type RuleContext } from './rule.ts';

type Message = 'likely' | 'possible';

export const licenceDuplicated = defineRule({
  code: 'DU02',
  name: 'licence-duplicated',
  title: 'One customer pays two subscriptions of one product for the same days',
  scope: 'customer',
  severity: 'warning',
  citations: [
    cite(
      'request-credit-2021',
      'Duplicate orders, for instance after a move to another tenant or partner: a credit can be requested within 120 days of the purchase of the new subscription.',
    ),
    cite(
      'cancellation-policy-2023',
      'New commerce: beyond the cancellation window duplicate orders go by ticket; there is no entitlement.',
    ),
  ],
  parameters: [legacyDuplicateClaim],
  docs: {
    checks:
      'Two subscriptions of one customer and one product (ProductId and SkuId, or the offer) whose paid days overlap, after credits. Likely where quantity, term and billing plan are the same; possible where one of them differs.',
    why: 'After a migration or a second order the old subscription often keeps running beside the new one.',
    example: 'Microsoft 365 Business Premium, 25 licences, twice: one since January, one since 3 May, both billed for June.',
    remedy:
      'Ask the customer whether both are wanted. If not, cancel the newer and request the credit for the duplicate order before the deadline.',
  },
  messages: {
    likely:
      '{product} is paid twice for {days} days: subscriptions {older} and {newer}, same quantity, term and plan; the newer one costs {billed} for these days',
    possible:
      '{product} is paid on two subscriptions for {days} days, {older} and {newer}, with different {differs}; the newer one costs {billed} for these days',
  },
  *check(customer, context) {
    const holdings = [...byProduct(customer).values()];
    for (const chains of holdings) {
      for (const [position, one] of chains.entries()) {
        for (const other of chains.slice(position + 1)) yield* judgePair(one, other, context);
      }
    }
  },
});

function byProduct(customer: CustomerHoldings): ReadonlyMap<string, readonly SubscriptionChain[]> {
  const groups = new Map<string, SubscriptionChain[]>();
  for (const chain of customer.chains) {
    const key = `${chain.layout} ${chain.productKey} ${chain.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), chain]);
  }
  return groups;
}

function* judgePair(one: SubscriptionChain, other: SubscriptionChain, context: RuleContext): Generator<Detection<Message>> {
  if (one.subscriptionId === other.subscriptionId) return;
  const [older, newer] = inOrder(one, other);
  const olderCharges = effectiveCharges(older);
  const shared = effectiveCharges(newer)
    .map((charge) => ({ charge, days: sharedDays(charge, olderCharges) }))
    .filter((pair) => pair.days.length > 0);
  const first = shared[0];
  const counter = first === undefined ? undefined : olderCharges.find((charge) => overlaps(charge, first.charge));
  if (first === undefined || counter === undefined || isTelcoPair(first.charge, counter)) return;
  const audited = shared.filter((pair) => pair.charge.charge.line.isAudited);
  const lead = audited[0];
  if (lead === undefined) return;
  const billed = sum(audited.map((pair) => costOf(newer, pair.charge, pair.days.length)));
  if (billed.isZero() || billed.isNegative()) return;
  yield finding({ older, newer, shared: audited, lead: lead.charge, counter, billed, context });
}

function inOrder(one: SubscriptionChain, other: SubscriptionChain): readonly [SubscriptionChain, SubscriptionChain] {
  const start = (chain: SubscriptionChain): number => chain.purchaseDay ?? chain.lines[0]?.line.firstDay ?? 0;
  return start(one) <= start(other) ? [one, other] : [other, one];
}

function overlaps(a: EffectiveCharge, b: EffectiveCharge): boolean {
  return a.firstDay <= b.lastDay && b.firstDay <= a.lastDay;
}

function sharedDays(charge: EffectiveCharge, others: readonly EffectiveCharge[]): readonly Day[] {
  const days: Day[] = [];
  for (let day = charge.firstDay; day <= charge.lastDay; day = addDays(day, 1)) {
    if (others.some((other) => other.firstDay <= day && day <= other.lastDay)) days.push(day);
  }
  return days;
}

/** The two parts of an E5 suite: same period and quantity, different prices. */
function isTelcoPair(a: EffectiveCharge, b: EffectiveCharge): boolean {
  const [one, other] = [a.charge.line, b.charge.line];
  const isE5 = /\bE5\b/i.test(one.heading.productName) && /\bE5\b/i.test(other.heading.productName);
  const isSamePeriod = one.firstDay === other.firstDay && one.lastDay === other.lastDay && one.quantity.eq(other.quantity);
  return isE5 && isSamePeriod && !one.amount.eq(other.amount);
}

/** What the newer subscription costs for the shared days of one charge: net of seat changes and credits where all its days are shared, else prorated. */
function costOf(chain: SubscriptionChain, charge: EffectiveCharge, days: number): Decimal {
  const { recalculation, line, judgedBy } = charge.charge;
  const cycle = chain.cycles.find((candidate) => candidate.charge === charge.charge);
  const paid = daysInclusive(charge.firstDay, charge.lastDay);
  if (days === paid && cycle !== undefined) return sum(cycle.lines.filter((one) => one.line.isAudited).map((one) => one.line.amount));
  if (days === paid && line.firstDay === charge.firstDay && line.lastDay === charge.lastDay) return line.amount;
  if (recalculation.status === 'recalculated' && recalculation.cycle !== null)
    return figureOf(judgedBy, { ...recalculation.facts, billed: days });
  const all = line.firstDay === null || line.lastDay === null ? paid : daysInclusive(line.firstDay, line.lastDay);
  return roundHalfUp(line.amount.times(days).div(all), minorDigits(line.heading.currency));
}

interface Pair {
  readonly older: SubscriptionChain;
  readonly newer: SubscriptionChain;
  readonly shared: readonly { readonly charge: EffectiveCharge; readonly days: readonly Day[] }[];
  readonly lead: EffectiveCharge;
  readonly counter: EffectiveCharge;
  readonly billed: Decimal;
  readonly context: RuleContext;
}

function differences(a: AuditedLine, b: AuditedLine): readonly string[] {
  return [
    ...(a.line.quantity.abs().eq(b.line.quantity.abs()) ? [] : ['quantity']),
    ...(a.line.heading.termText.toLowerCase() === b.line.heading.termText.toLowerCase() ? [] : ['term']),
    ...(a.line.heading.cycleMonths === b.line.heading.cycleMonths ? [] : ['billing plan']),
  ];
}

function finding(pair: Pair): Detection<Message> {
  const { older, newer, lead, counter, billed } = pair;
  const differs = differences(lead.charge, counter.charge);
  const purchased = newer.purchaseDay;
  const dated = newer.layout === 'legacy-licence' && purchased !== null ? valueOn(legacyDuplicateClaim, purchased) : null;
  const deadline = dated === null || purchased === null ? null : addDays(purchased, dated.value.length);
  const isExpired = deadline !== null && deadline < pair.context.asOf;
  const isLikely = differs.length === 0;
  const days = pair.shared.reduce((all, one) => all + one.days.length, 0);
  return {
    message: isLikely ? 'likely' : 'possible',
    values: {
      product: newer.productName,
      days: String(days),
      older: older.subscriptionId,
      newer: newer.subscriptionId,
      differs: differs.join(', '),
      billed: money(lead.charge, billed),
    },
    evidence: [
      ...pair.shared.map((one) => ({ line: one.charge.charge, label: 'newer subscription' })),
      { line: counter.charge, label: 'older subscription' },
    ],
    severity: isLikely ? 'warning' : 'info',
    kind: isLikely && !isExpired ? 'claim' : 'notice',
    amounts: { billed, expected: ZERO },
    working: [
      ...pair.shared.map(
        (one) =>
          `${periodText(one.charge)}: ${one.days.length} days are also paid on ${older.subscriptionId}, ${money(one.charge.charge, costOf(newer, one.charge, one.days.length))}`,
      ),
      `older subscription bought ${older.purchaseDay === null ? 'on an unknown day' : isoDay(older.purchaseDay)}, newer ${purchased === null ? 'on an unknown day' : isoDay(purchased)}`,
      ...(deadline === null ? [] : [`claim for a duplicate order: until ${isoDay(deadline)}${isExpired ? ', which has passed' : ''}`]),
    ],
    confidence: isLikely ? 'likely' : 'possible',
    deadline: isLikely ? deadline : null,
    nextAction: nextAction(deadline, isExpired),
    parametersUsed: dated === null ? [] : [useOf(legacyDuplicateClaim, dated)],
  };
}

function nextAction(deadline: Day | null, isExpired: boolean): string {
  if (isExpired) return 'The deadline for a duplicate-order credit has passed. Ask the customer whether both are wanted and stop one.';
  if (deadline === null)
    return 'Ask the customer whether both are wanted; if not, stop one and open a ticket (no entitlement to a credit).';
  return `Ask the customer whether both are wanted; if not, request the duplicate-order credit by ${isoDay(deadline)}.`;
}
