import { cancellationsOf, type Cancellation } from '../domain/cancellations.ts';
import { addDays, isoDay, type Day } from '../domain/days.ts';
import type { Detection, ParameterUse, Unchecked } from '../domain/finding.ts';
import { Decimal, sum, ZERO } from '../domain/money.ts';
import type { AuditedLine, SubscriptionChain } from '../domain/subjects.ts';
import { verdictAt } from '../domain/window.ts';
import { money } from '../domain/working.ts';
import { legacyRefundRule } from './legacy-exceptions.ts';
import { useOf, valueOn } from './parameter.ts';
import { legacyAutomaticFullRefund } from './parameters/legacy-automatic-full-refund.ts';
import { legacyFullRefundRequest } from './parameters/legacy-full-refund-request.ts';
import { microsoft365A1Request } from './parameters/microsoft-365-a1.ts';
import { powerBiPremiumFixedCost, powerBiPremiumRequest } from './parameters/power-bi-premium.ts';

/** A full refund that the legacy policy grants to those who ask in time, open (CR04) or expired (CR09). */
export interface RefundClaim {
  readonly about: AuditedLine;
  readonly cancelled: Cancellation;
  readonly purchased: Day;
  readonly deadline: Day;
  /** What stays charged after the credits given, and what would stay after the claim. */
  readonly stays: Decimal;
  readonly wouldStay: Decimal;
  readonly amount: Decimal;
  readonly costPerDay: Decimal | null;
  /** The claim needs a proof that the files do not hold (no users assigned). */
  readonly isEvidenceMissing: boolean;
  readonly wasRequestedInTime: boolean;
  readonly evidence: Detection['evidence'];
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

/** The full-refund claims of a legacy subscription's cancellations. */
export function* refundClaims(chain: SubscriptionChain): Generator<RefundClaim | Unchecked> {
  if (chain.layout !== 'legacy-licence') return;
  for (const cancelled of cancellationsOf(chain)) {
    const about = cancelled.line ?? cancelled.cycle?.charge ?? null;
    if (about === null || chain.purchase === null || cancelled.reactivatedOn !== null) continue;
    const automatic = valueOn(legacyAutomaticFullRefund, chain.purchase.day);
    // Inside the automatic window everything is due without asking (CR03, CR01).
    if (automatic !== null && verdictAt(chain.purchase, cancelled, automatic.value) !== 'outside') continue;
    yield* claimOf(chain, cancelled, about, chain.purchase.day);
  }
}

interface Money {
  readonly charges: readonly AuditedLine[];
  readonly charged: Decimal;
  readonly credited: Decimal;
}

function moneySince(chain: SubscriptionChain, purchased: Day): Money {
  const since = chain.lines.filter((one) => one.line.firstDay !== null && one.line.firstDay >= purchased);
  const isCredit = (one: AuditedLine): boolean => one.line.kind === 'cancellation' || one.line.kind === 'adjustment';
  const charges = since.filter((one) => !isCredit(one));
  return {
    charges,
    charged: sum(charges.map((one) => one.line.amount)),
    credited: sum(since.filter(isCredit).map((one) => one.line.amount)).abs(),
  };
}

function* claimOf(
  chain: SubscriptionChain,
  cancelled: Cancellation,
  about: AuditedLine,
  purchased: Day,
): Generator<RefundClaim | Unchecked> {
  const { charges, charged, credited } = moneySince(chain, purchased);
  if (!charges.some((one) => one.line.kind !== 'seat-change' && one.line.amount.isPositive())) {
    yield { unchecked: 'charge-not-in-files', line: about };
    return;
  }
  const terms = termsOf(chain, cancelled, purchased);
  if (terms === null || cancelled.day > terms.deadline) return;
  if ('unchecked' in terms) {
    yield { unchecked: terms.unchecked, line: about };
    return;
  }
  const stays = charged.minus(credited);
  const wouldStay = Decimal.min(terms.fixedCost, stays);
  const requestedOn = cancelled.event?.requestedOn ?? null;
  yield {
    about,
    cancelled,
    purchased,
    deadline: terms.deadline,
    stays,
    wouldStay,
    amount: stays.minus(wouldStay),
    costPerDay: terms.costPerDay,
    isEvidenceMissing: terms.isEvidenceMissing,
    wasRequestedInTime: requestedOn !== null && requestedOn <= terms.deadline,
    evidence: [
      { line: about, label: cancelled.line === null ? 'charge of the cancelled cycle' : 'credit' },
      ...charges.filter((one) => one !== about).map((line) => ({ line, label: 'charge' })),
    ],
    working: [
      `purchase ${isoDay(purchased)} (SubscriptionStartDate − 1 day unless recorded), cancellation ${isoDay(cancelled.day)}: ${cancelled.day - purchased} days`,
      `charged since the purchase ${money(about, charged)}, credited ${money(about, credited)}: ${money(about, stays)} stays`,
      ...terms.working,
      `deadline ${isoDay(terms.deadline)}`,
    ],
    parametersUsed: terms.parametersUsed,
  };
}

interface Terms {
  readonly deadline: Day;
  readonly fixedCost: Decimal;
  readonly costPerDay: Decimal | null;
  readonly isEvidenceMissing: boolean;
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

function termsOf(
  chain: SubscriptionChain,
  cancelled: Cancellation,
  purchased: Day,
): Terms | (Pick<Unchecked, 'unchecked'> & { readonly deadline: Day }) | null {
  const rule = legacyRefundRule(chain.productName, purchased);
  if (rule === 'microsoft-365-a1') return a1Terms(cancelled, purchased);
  const general = valueOn(legacyFullRefundRequest, purchased);
  // Before the first dated text nothing is known of requests: left, not passed.
  if (general === null) return { unchecked: 'policy-unknown', deadline: cancelled.day };
  const deadline = addDays(purchased, general.value.length);
  const plain: Terms = {
    deadline,
    fixedCost: ZERO,
    costPerDay: null,
    isEvidenceMissing: false,
    working: [],
    parametersUsed: [useOf(legacyFullRefundRequest, general)],
  };
  return rule === 'general' ? plain : powerBiTerms(chain, cancelled, purchased, plain);
}

function powerBiTerms(chain: SubscriptionChain, cancelled: Cancellation, purchased: Day, general: Terms): ReturnType<typeof termsOf> {
  const request = valueOn(powerBiPremiumRequest, purchased);
  if (request === null) return null;
  const cost = valueOn(powerBiPremiumFixedCost, purchased);
  const days = cancelled.day - purchased;
  if (days <= request.value.length)
    return { ...general, deadline: addDays(purchased, request.value.length), parametersUsed: [useOf(powerBiPremiumRequest, request)] };
  if (cost === null) return { unchecked: 'fixed-cost-unknown', deadline: general.deadline };
  if (chain.currency !== 'USD') return { unchecked: 'fixed-cost-currency', deadline: general.deadline };
  const perDay = new Decimal(cost.value);
  return {
    ...general,
    fixedCost: perDay.times(days),
    costPerDay: perDay,
    working: [`fixed cost: USD ${cost.value} × ${days} whole days from purchase to cancellation = ${perDay.times(days).toString()}`],
    parametersUsed: [useOf(powerBiPremiumRequest, request), useOf(powerBiPremiumFixedCost, cost)],
  };
}

function a1Terms(cancelled: Cancellation, purchased: Day): Terms | null {
  const dated = valueOn(microsoft365A1Request, purchased);
  const users = cancelled.event?.assignedUsers ?? null;
  if (dated === null || (users !== null && users > 0)) return null;
  return {
    deadline: addDays(purchased, dated.value.length),
    fixedCost: ZERO,
    costPerDay: null,
    isEvidenceMissing: users === null,
    working: [users === null ? 'whether users are assigned is not known' : 'no users are assigned'],
    parametersUsed: [useOf(microsoft365A1Request, dated)],
  };
}
