import { figureOf } from '../proration/conventions.ts';
import { addDays, daysInclusive, type Day } from '../calendar/days.ts';
import { effectiveCharges, type EffectiveCharge } from './effective-charges.ts';
import { minorDigits, sum, type Decimal } from '../numbers/money.ts';
import { roundHalfUp } from '../numbers/rounding.ts';
import type { AuditedLine, SubscriptionChain } from './subjects.ts';

/** A paid charge of the newer subscription with the days that the older one pays too. */
export interface SharedCharge {
  readonly charge: EffectiveCharge;
  readonly days: readonly Day[];
  /** What the newer subscription costs for those days. */
  readonly cost: Decimal;
  /** Whether the cost is a share of the charge by days. */
  readonly isProrated: boolean;
}

/** Two subscriptions of one product that are paid for the same days. */
export interface DuplicateLicence {
  readonly older: SubscriptionChain;
  readonly newer: SubscriptionChain;
  /** The newer subscription's charges with days that an audited charge of either subscription pays a second time; at least one. */
  readonly shared: readonly [SharedCharge, ...SharedCharge[]];
  /** The first audited charge of the newer subscription, else of the older: no later month has the same one, so each has a fingerprint of its own. */
  readonly lead: AuditedLine;
  /** The lead, the other charges of the newer subscription, and one of the older for the first of the days. */
  readonly evidence: readonly { readonly line: AuditedLine; readonly label: string }[];
  readonly billed: Decimal;
  /** In what the two differ: quantity; of one layout also term and billing plan. */
  readonly differs: readonly string[];
}

/**
 * Two subscriptions held against each other; null where no audited charge pays a day that the other subscription pays too. Net of credits,
 * the last cycle prorated by the judged convention. A day whose two charges both stand in context months was told in one of them.
 */
export function duplicateOf(one: SubscriptionChain, other: SubscriptionChain): DuplicateLicence | null {
  if (one.subscriptionId === other.subscriptionId || one.currency !== other.currency) return null;
  const [older, newer] = inOrder(one, other);
  const olderCharges = effectiveCharges(older);
  const shared = effectiveCharges(newer)
    .map((charge) => ({ charge, days: sharedDays(charge, olderCharges) }))
    .filter((pair) => pair.days.length > 0)
    .map((pair) => ({ ...pair, ...costOf(newer, pair.charge, pair.days.length) }));
  const [first, ...rest] = shared;
  if (first === undefined) return null;
  const counters = olderCharges.filter((charge) => first.days.some((day) => pays(charge, day)));
  const counter = counters.find((charge) => charge.charge.line.isAudited) ?? counters[0];
  if (counter === undefined || isTelcoPair(first.charge, counter)) return null;
  const billed = sum(shared.map((pair) => pair.cost));
  if (billed.isZero() || billed.isNegative()) return null;
  const lead = shared.find(({ charge }) => charge.charge.line.isAudited)?.charge.charge ?? counter.charge;
  return {
    older,
    newer,
    shared: [first, ...rest],
    lead,
    evidence: evidenceOf(lead, shared, counter),
    billed,
    differs: differences(first.charge.charge, counter.charge),
  };
}

function evidenceOf(lead: AuditedLine, shared: readonly SharedCharge[], counter: EffectiveCharge): DuplicateLicence['evidence'] {
  const all = [
    ...shared.map(({ charge }) => ({ line: charge.charge, label: 'newer subscription' })),
    { line: counter.charge, label: 'older subscription' },
  ];
  return [...all.filter(({ line }) => line === lead), ...all.filter(({ line }) => line !== lead)];
}

function inOrder(one: SubscriptionChain, other: SubscriptionChain): readonly [SubscriptionChain, SubscriptionChain] {
  const start = (chain: SubscriptionChain): number => chain.purchaseDay ?? chain.lines[0]?.line.firstDay ?? 0;
  return start(one) <= start(other) ? [one, other] : [other, one];
}

function pays(charge: EffectiveCharge, day: Day): boolean {
  return charge.firstDay <= day && day <= charge.lastDay;
}

/** Audited, of a cycle that began after the other's: not at hand when the other one was audited. */
function isLater(older: EffectiveCharge, newer: EffectiveCharge): boolean {
  return older.charge.line.isAudited && older.firstDay > newer.firstDay;
}

/**
 * The days that both pay, told once month by month: when the newer subscription's charge is audited, or, where its cycle runs into a month
 * whose charge of the older one came later, when that one is.
 */
function sharedDays(charge: EffectiveCharge, others: readonly EffectiveCharge[]): readonly Day[] {
  const days: Day[] = [];
  for (let day = charge.firstDay; day <= charge.lastDay; day = addDays(day, 1)) {
    const paying = others.filter((other) => pays(other, day));
    const isTold = !charge.charge.line.isAudited && paying.some((other) => !isLater(other, charge));
    if (paying.length > 0 && !isTold) days.push(day);
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
function costOf(chain: SubscriptionChain, charge: EffectiveCharge, days: number): Pick<SharedCharge, 'cost' | 'isProrated'> {
  const { recalculation, line, judgedBy } = charge.charge;
  const cycle = chain.cycles.find((candidate) => candidate.charge === charge.charge);
  const paid = daysInclusive(charge.firstDay, charge.lastDay);
  if (days === paid && cycle !== undefined) {
    const counted = cycle.lines.filter((one) => one.line.isAudited || !line.isAudited);
    return { cost: sum(counted.map((one) => one.line.amount)), isProrated: false };
  }
  if (days === paid && line.firstDay === charge.firstDay && line.lastDay === charge.lastDay)
    return { cost: line.amount, isProrated: false };
  if (recalculation.status === 'recalculated' && recalculation.cycle !== null)
    return { cost: figureOf(judgedBy, { ...recalculation.facts, billed: days }), isProrated: true };
  const all = line.firstDay === null || line.lastDay === null ? paid : daysInclusive(line.firstDay, line.lastDay);
  return { cost: roundHalfUp(line.amount.times(days).div(all), minorDigits(line.heading.currency)), isProrated: true };
}

/** Terms and plans are named otherwise in legacy files than in new commerce: between the two they are not compared. */
function differences(a: AuditedLine, b: AuditedLine): readonly string[] {
  const quantity = a.line.quantity.abs().eq(b.line.quantity.abs()) ? [] : ['quantity'];
  if (a.line.heading.layout !== b.line.heading.layout) return quantity;
  return [
    ...quantity,
    ...(a.line.heading.termText.toLowerCase() === b.line.heading.termText.toLowerCase() ? [] : ['term']),
    ...(a.line.heading.cycleMonths === b.line.heading.cycleMonths ? [] : ['billing plan']),
  ];
}
