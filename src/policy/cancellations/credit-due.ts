import type { Cancellation } from '../../domain/credits/cancellations.ts';
import { creditFigures } from '../../domain/credits/credit-figures.ts';
import { addDays, isoDay } from '../../domain/calendar/days.ts';
import type { Citation, ParameterUse } from '../../domain/findings/finding.ts';
import { Decimal, sum, ZERO } from '../../domain/numbers/money.ts';
import { seatsOn } from '../../domain/charges/licences.ts';
import { creditFrom } from '../../domain/charges/seat-batches.ts';
import { chargedIn, creditsIn } from '../../domain/charges/signed-lines.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { Verdict } from '../../domain/calendar/window.ts';
import type { JudgedFigure } from '../../domain/proration/judged-figure.ts';
import { money, periodText } from '../../domain/proration/working.ts';
import { fullRefundVerdict } from './full-refund-verdict.ts';
import { openRefund } from './open-refund.ts';
import { legacyFullRefund, type LegacyFullRefund } from './legacy-full-refund.ts';
import { legacyRefundRule } from './legacy-exceptions.ts';
import { licenceTerms, verdictIn, type WindowTerms } from '../licence-terms.ts';
import { creditBasis } from '../formula-basis.ts';
import { nearestUse, useOf, valueOn } from '../parameter.ts';
import { extendedServiceTermCancellation } from '../parameters/extended-service-term.ts';
import { legacyAutomaticFullRefund } from '../parameters/legacy-automatic-full-refund.ts';
import { legacyFirstMonth } from '../parameters/legacy-first-month.ts';
import { legacyFullRefundRequest } from '../parameters/legacy-full-refund-request.ts';
import { legacyProratedCredit } from '../parameters/legacy-prorated-credit.ts';
import { legacyRenewalFullRefund } from '../parameters/legacy-renewal-full-refund.ts';
import { newCommerceCancellationWindow } from '../parameters/new-commerce-cancellation-window.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../parameters/proration-formula.ts';
import { partialUpgradeWindow, seatReduction } from '../parameters/upgrades.ts';
import { newCommerceFullRefund } from '../parameters/new-commerce-full-refund.ts';

/** The figures that tell what a cancellation or decrease of licences earns. */
export const creditDueParameters = [
  legacyAutomaticFullRefund,
  legacyRenewalFullRefund,
  legacyFirstMonth,
  legacyProratedCredit,
  legacyFullRefundRequest,
  newCommerceFullRefund,
  newCommerceCancellationWindow,
  partialUpgradeWindow,
  seatReduction,
  extendedServiceTermCancellation,
  legacyProrationFormula,
  newCommerceProrationFormula,
] as const;

/** The credit that a cancellation earns without anybody asking for it. Amounts are magnitudes. */
export interface CreditDue {
  /** Null where the full price is not known. */
  readonly amount: Decimal | null;
  /** Between these lie every convention, and every reading by which something is due. */
  readonly lowest: Decimal | null;
  readonly highest: Decimal | null;
  /** Where `amount` is a convention's figure and nothing else. */
  readonly figure?: JudgedFigure;
  readonly isInFull: boolean;
  /** Both figures, where a reading that the sources leave open would give all back; absent elsewhere. */
  readonly reading?: string;
  readonly basis: string;
  readonly verdict: Verdict;
  readonly working: readonly string[];
  readonly citations: readonly Citation[];
  readonly parametersUsed: readonly ParameterUse[];
}

/** Null where none is due: new commerce after its window, and the legacy products that are only refunded on request. */
export function creditDue(chain: SubscriptionChain, cycle: BilledCycle, charge: AuditedLine, cancelled: Cancellation): CreditDue | null {
  if (chain.layout !== 'legacy-licence') return newCommerceDue(chain, cycle, charge, cancelled);
  const refund = legacyFullRefund(chain, cancelled);
  return refund === null ? null : legacyDue(chain, cycle, charge, cancelled, refund);
}

/** In full inside 30 days; on day 30, which the sources leave open, after a renewal, and later the unused days. */
function legacyDue(
  chain: SubscriptionChain,
  cycle: BilledCycle,
  charge: AuditedLine,
  cancelled: Cancellation,
  refund: LegacyFullRefund,
): CreditDue | null {
  const { start, verdict, dated, parameter } = refund;
  if (legacyRefundRule(chain, start.day) !== 'general') return null;
  const parametersUsed = dated === null ? [] : [useOf(parameter, dated)];
  const running = chain.cycles.filter((one) => one.cycle.firstDay >= start.day && one.cycle.firstDay <= cancelled.day);
  const stays = sum(running.map(leftOf));
  if (verdict === 'inside' && cancelled.reactivatedOn === null) {
    return {
      ...inFull(stays, 'in full, inside the full-refund window'),
      verdict,
      working: [`charged since the purchase, less credits: ${money(charge, stays)}, all of it due`],
      parametersUsed,
    };
  }
  const plain = prorated(cycle, charge, cancelled);
  const unused = nearestUse(legacyProratedCredit, start.day, chain.ownTerms);
  const due = { ...plain, parametersUsed: [unused, ...plain.parametersUsed], verdict: 'inside' as const };
  if (dated === null || verdict === 'outside')
    return { ...due, parametersUsed: [...(refund.opened === 'renewal' ? [] : parametersUsed), ...due.parametersUsed] };
  const open = openRefund(chain, refund, dated);
  return {
    ...due,
    ...withLenient(due, stays),
    working: [
      ...due.working,
      `${open.question}: by the lenient reading all of ${money(charge, stays)} is due, by the strict one the unused days${open.request}`,
    ],
    parametersUsed: [...parametersUsed, ...open.parametersUsed, ...due.parametersUsed],
  };
}

function newCommerceDue(chain: SubscriptionChain, cycle: BilledCycle, charge: AuditedLine, cancelled: Cancellation): CreditDue | null {
  const terms = licenceTerms(chain, cancelled);
  if (terms === null || terms.kind === 'none') return null;
  const { parametersUsed } = terms;
  if (terms.kind === 'any-day') {
    const due = prorated(cycle, charge, cancelled);
    const working = ['an extended service term, recognised by its name, can be cancelled on any day', ...due.working];
    return { ...due, verdict: 'inside', working, parametersUsed: [...parametersUsed, ...due.parametersUsed] };
  }
  const verdict = verdictIn(terms, cancelled);
  if (verdict === 'outside') return null;
  if (cancelled.day === terms.start.day) return onDayOfPurchase(chain, cycle, charge, verdict, terms);
  const due = nextDay(chain, cycle, charge, cancelled, terms);
  const reason = terms.reading === '' ? 'whether the cancellation lies inside the window depends on the hour' : terms.reading;
  const boundary = `${reason}: by the strict reading nothing is due`;
  return { ...due, verdict, working: verdict === 'boundary' ? [...due.working, boundary] : due.working };
}

function onDayOfPurchase(
  chain: SubscriptionChain,
  cycle: BilledCycle,
  charge: AuditedLine,
  verdict: Verdict,
  terms: WindowTerms,
): CreditDue {
  const stays = leftOf(cycle);
  const dated = valueOn(newCommerceFullRefund, terms.start.day, chain.ownTerms);
  return {
    ...inFull(stays, 'in full, on the day of purchase'),
    verdict,
    working: [`charged for the cycle, less credits: ${money(charge, stays)}; cancelled on the day of purchase, all of it is due`],
    parametersUsed: [...terms.parametersUsed, ...(dated === null ? [] : [useOf(newCommerceFullRefund, dated)])],
  };
}

/** The unused days are due by any reading; on the day after the purchase, inside 24 hours, all of it by the lenient one. */
function nextDay(
  chain: SubscriptionChain,
  cycle: BilledCycle,
  charge: AuditedLine,
  cancelled: Cancellation,
  terms: WindowTerms,
): Omit<CreditDue, 'verdict'> {
  const plain = prorated(cycle, charge, cancelled);
  const due = { ...plain, parametersUsed: [...terms.parametersUsed, ...plain.parametersUsed] };
  const dated = valueOn(newCommerceFullRefund, terms.start.day, chain.ownTerms);
  const verdict = dated === null ? 'outside' : fullRefundVerdict(terms.start, cancelled, dated.value);
  if (dated === null || due.amount === null || (verdict !== 'boundary' && verdict !== 'hour-unknown')) return due;
  const stays = leftOf(cycle);
  const where =
    verdict === 'boundary'
      ? 'cancelled on the day after the purchase, inside 24 hours'
      : 'cancelled on the day after the purchase, which may lie inside 24 hours: the hours are not known';
  const reading = `${where}: by calendar days, the strict reading, ${money(charge, due.amount)} is due; by 24 hours, the lenient one, all of ${money(charge, stays)}`;
  return {
    ...due,
    ...withLenient(due, stays),
    reading,
    working: [...due.working, reading],
    parametersUsed: [...due.parametersUsed, useOf(newCommerceFullRefund, dated)],
  };
}

/** What is left of a cycle's charges after the credits given: nobody gets back more than was paid. */
function leftOf(cycle: BilledCycle): Decimal {
  return sum([chargedIn(cycle), ...creditsIn(cycle).map((credit) => credit.line.amount)]);
}

function inFull(amount: Decimal, basis: string): Pick<CreditDue, 'amount' | 'lowest' | 'highest' | 'isInFull' | 'basis' | 'citations'> {
  return { amount, lowest: amount, highest: amount, isInFull: true, basis, citations: [] };
}

function withLenient(due: Pick<CreditDue, 'highest'>, all: Decimal): Pick<CreditDue, 'highest'> {
  return { highest: due.highest === null ? null : Decimal.max(due.highest, all) };
}

/** The unused days: to the end of the cycle, or to the day before the subscription was taken up again. */
function prorated(cycle: BilledCycle, charge: AuditedLine, cancelled: Cancellation): Omit<CreditDue, 'verdict'> {
  const seats = seatsOn(cycle, cancelled.day);
  const whole = creditFigures(charge, cycle, seats, cancelled.day);
  const again = charge.line.heading.layout === 'legacy-licence' ? cancelled.reactivatedOn : null;
  const isTakenUp = again !== null && again <= cycle.cycle.lastDay;
  const later = isTakenUp ? creditFrom(charge, cycle, seats, again) : ZERO;
  const days = periodText({ firstDay: cancelled.day, lastDay: isTakenUp ? addDays(again, -1) : cycle.cycle.lastDay });
  const basis = `prorated for ${days}`;
  const known = { isInFull: false, basis, ...creditBasis(charge) };
  if (whole === null || later === null) return { ...known, amount: null, lowest: null, highest: null, working: [] };
  const amount = whole.amount.minus(later);
  const less = `taken up again on ${again === null ? '' : isoDay(again)}: less ${money(charge, later)} for the days from then on, ${money(charge, amount)} is due`;
  return {
    ...known,
    amount,
    ...(isTakenUp ? {} : { figure: whole.figure }),
    lowest: whole.lowest.minus(later),
    highest: whole.highest.minus(later),
    working: [`${seats.toString()} licences, unused days ${days}`, ...whole.steps, ...(isTakenUp ? [less] : [])],
  };
}
