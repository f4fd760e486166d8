import { cancellationsOf, type Cancellation } from '../../domain/credits/cancellations.ts';
import { addDays, isoDay, type Day } from '../../domain/calendar/days.ts';
import type { Detection, ParameterUse, Unchecked } from '../../domain/findings/finding.ts';
import { Decimal, ZERO } from '../../domain/numbers/money.ts';
import { leadingCharge, moneySince } from '../../domain/credits/money-since.ts';
import type { AuditedLine, SubscriptionChain } from '../../domain/charges/subjects.ts';
import { verdictAt, type Moment } from '../../domain/calendar/window.ts';
import { money } from '../../domain/proration/working.ts';
import { windowOn } from './window-on.ts';
import { legacyRefundRule } from './legacy-exceptions.ts';
import { useOf, valueOn } from '../parameter.ts';
import { legacyAutomaticFullRefund } from '../parameters/legacy-automatic-full-refund.ts';
import { legacyFullRefundRequest } from '../parameters/legacy-full-refund-request.ts';
import { microsoft365A1Request } from '../parameters/microsoft-365-a1.ts';
import { powerBiPremiumFixedCost, powerBiPremiumRequest, powerBiPremiumScope } from '../parameters/power-bi-premium.ts';

/** The figures that tell whether a full refund can be asked for, and until when. */
export const refundClaimParameters = [
  legacyAutomaticFullRefund,
  legacyFullRefundRequest,
  powerBiPremiumScope,
  powerBiPremiumRequest,
  powerBiPremiumFixedCost,
  microsoft365A1Request,
] as const;

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
  /** The claim needs a proof that the files do not hold (no users assigned). */
  readonly isEvidenceMissing: boolean;
  /** The day on which the refund was requested, where that was in time. */
  readonly requestedInTime: Day | null;
  readonly evidence: Detection['evidence'];
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

/** The full-refund claims of a legacy subscription's cancellations, as they stand on a day. */
export function* refundClaims(chain: SubscriptionChain, asOf: Day): Generator<RefundClaim | Unchecked> {
  if (chain.layout !== 'legacy-licence') return;
  for (const cancelled of cancellationsOf(chain)) {
    const about = cancelled.line ?? cancelled.cycle?.charge ?? null;
    if (about === null || chain.purchase === null || cancelled.reactivatedOn !== null) continue;
    yield* claimOf(chain, { ...cancelled, asOf }, about, chain.purchase);
  }
}

type Asked = Cancellation & { readonly asOf: Day };

/** The day of the recorded request; null where none is recorded, or one that is yet to be made after the as-of day. */
function requestOf({ event, asOf }: Asked): Day | null {
  const day = event?.requestedOn ?? null;
  return day !== null && day <= asOf ? day : null;
}

/** Inside the automatic window everything is due without asking (CR03, CR01); the exceptions are refunded on request alone. */
function automaticUse(chain: SubscriptionChain, cancelled: Cancellation, purchase: Moment): readonly ParameterUse[] | null {
  if (legacyRefundRule(chain, purchase.day) !== 'general') return [];
  const automatic = windowOn(legacyAutomaticFullRefund, purchase.day, cancelled.day, chain.ownTerms);
  if (automatic === null) return [];
  return verdictAt(purchase, cancelled, automatic.value) === 'outside' ? [useOf(legacyAutomaticFullRefund, automatic)] : null;
}

function* claimOf(chain: SubscriptionChain, cancelled: Asked, about: AuditedLine, purchase: Moment): Generator<RefundClaim | Unchecked> {
  const purchased = purchase.day;
  const automatic = automaticUse(chain, cancelled, purchase);
  if (automatic === null) return;
  const since = moneySince(chain, purchased, cancelled);
  if (!since.isCharged) {
    yield { unchecked: 'charge-not-in-files', line: about };
    return;
  }
  const terms = termsOf(chain, cancelled, purchased);
  if (terms === null || cancelled.day > terms.deadline) return;
  if ('unchecked' in terms) {
    yield { unchecked: terms.unchecked, line: about };
    return;
  }
  const stays = since.charged.plus(since.credited);
  const wouldStay = Decimal.min(terms.fixedCost, stays);
  const requestedOn = requestOf(cancelled);
  const lead = leadingCharge(cancelled.cycle, since.charges) ?? about;
  yield {
    about,
    cancelled,
    purchased,
    deadline: terms.deadline,
    stays,
    wouldStay,
    amount: stays.minus(wouldStay),
    isEvidenceMissing: terms.isEvidenceMissing,
    requestedInTime: requestedOn !== null && requestedOn <= terms.deadline ? requestedOn : null,
    // The charge leads, whether its credit has come or not: the fingerprint stays the same.
    evidence: [
      { line: lead, label: 'charge' },
      ...(cancelled.line === null ? [] : [{ line: cancelled.line, label: 'credit' }]),
      ...since.charges.filter((one) => one !== lead).map((line) => ({ line, label: 'charge' })),
    ],
    working: [
      `purchase ${isoDay(purchased)} (SubscriptionStartDate − 1 day unless recorded), cancellation ${isoDay(cancelled.day)}: ${cancelled.day - purchased} days`,
      `charged since the purchase ${sumText(about, since.charges, since.charged)}; credited ${sumText(about, since.credits, since.credited)}: ${money(about, since.charged)} − ${money(about, since.credited.abs())} = ${money(about, stays)} stays`,
      ...terms.working,
      `deadline ${isoDay(terms.deadline)}`,
    ],
    parametersUsed: [...automatic, ...terms.parametersUsed],
  };
}

/** `10.00 + 20.00 = 30.00 EUR`, or the sum alone where there is nothing to add. */
function sumText(about: AuditedLine, lines: readonly AuditedLine[], total: Decimal): string {
  const parts = lines.map(({ line }) => line.amount.toString());
  return parts.length < 2 ? money(about, total) : `${parts.join(' + ')} = ${money(about, total)}`;
}

interface Terms {
  readonly deadline: Day;
  readonly fixedCost: Decimal;
  readonly isEvidenceMissing: boolean;
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

function termsOf(
  chain: SubscriptionChain,
  cancelled: Asked,
  purchased: Day,
): Terms | (Pick<Unchecked, 'unchecked'> & { readonly deadline: Day }) | null {
  const rule = legacyRefundRule(chain, purchased);
  if (rule === 'microsoft-365-a1') return a1Terms(chain, cancelled, purchased);
  const general = valueOn(legacyFullRefundRequest, purchased, chain.ownTerms);
  // Before the first dated text nothing is known of requests: left, not passed.
  if (general === null) return { unchecked: 'policy-unknown', deadline: cancelled.day };
  const deadline = addDays(purchased, general.value.length);
  const plain: Terms = {
    deadline,
    fixedCost: ZERO,
    isEvidenceMissing: false,
    working: [],
    parametersUsed: [useOf(legacyFullRefundRequest, general)],
  };
  return rule === 'general' ? plain : powerBiTerms(chain, cancelled, purchased, plain);
}

/**
 * In full where cancelled and requested within seven days; later less the fixed cost of each day from purchase to cancellation, for as long as
 * a full refund can be requested at all.
 */
function powerBiTerms(chain: SubscriptionChain, cancelled: Asked, purchased: Day, general: Terms): ReturnType<typeof termsOf> {
  const request = valueOn(powerBiPremiumRequest, purchased, chain.ownTerms);
  const scope = valueOn(powerBiPremiumScope, purchased, chain.ownTerms);
  if (request === null || scope === null) return null;
  const uses = [useOf(powerBiPremiumScope, scope), useOf(powerBiPremiumRequest, request)];
  const cost = valueOn(powerBiPremiumFixedCost, purchased, chain.ownTerms);
  const days = cancelled.day - purchased;
  const fullUntil = addDays(purchased, request.value.length);
  const isKnown = cost !== null && chain.currency === 'USD';
  const asked = requestOf(cancelled) ?? cancelled.asOf;
  if (days <= request.value.length && (asked <= fullUntil || !isKnown)) return { ...general, deadline: fullUntil, parametersUsed: uses };
  if (cost === null) return { unchecked: 'fixed-cost-unknown', deadline: general.deadline };
  if (chain.currency !== 'USD') return { unchecked: 'fixed-cost-currency', deadline: general.deadline };
  const fixedCost = new Decimal(cost.value).times(days);
  return {
    ...general,
    fixedCost,
    working: [`fixed cost: USD ${cost.value} × ${days} whole days from purchase to cancellation = ${fixedCost.toString()}`],
    parametersUsed: [...uses, useOf(powerBiPremiumFixedCost, cost), ...general.parametersUsed],
  };
}

function a1Terms(chain: SubscriptionChain, cancelled: Cancellation, purchased: Day): Terms | null {
  const dated = valueOn(microsoft365A1Request, purchased, chain.ownTerms);
  const users = cancelled.event?.assignedUsers ?? null;
  if (dated === null || (users !== null && users > 0)) return null;
  return {
    deadline: addDays(purchased, dated.value.length),
    fixedCost: ZERO,
    isEvidenceMissing: users === null,
    working: [users === null ? 'whether users are assigned is not known' : 'no users are assigned'],
    parametersUsed: [useOf(microsoft365A1Request, dated)],
  };
}
