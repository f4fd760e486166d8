import { addDays, isoDay } from '../../domain/calendar/days.ts';
import { showWindow, type Moment, type Window } from '../../domain/calendar/window.ts';
import { chargedIn, creditsIn } from '../../domain/charges/signed-lines.ts';
import { seatsOn } from '../../domain/charges/licences.ts';
import type { SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { Cancellation } from '../../domain/credits/cancellations.ts';
import { creditFigures } from '../../domain/credits/credit-figures.ts';
import type { Detection, ParameterUse, Unchecked } from '../../domain/findings/finding.ts';
import { money } from '../../domain/proration/working.ts';
import { creditBasis } from '../formula-basis.ts';
import type { WindowTerms } from '../licence-terms.ts';
import { useOf, valueOn, type Dated } from '../parameter.ts';
import { legacyAutomaticFullRefund } from '../parameters/legacy-automatic-full-refund.ts';
import { legacyFullRefundRequest } from '../parameters/legacy-full-refund-request.ts';
import { legacyRenewalFullRefund } from '../parameters/legacy-renewal-full-refund.ts';
import { newCommerceFullRefund } from '../parameters/new-commerce-full-refund.ts';
import { fullRefundVerdict } from './full-refund-verdict.ts';
import { legacyRefundRule } from './legacy-exceptions.ts';
import { legacyFullRefund, type LegacyFullRefund } from './legacy-full-refund.ts';

/** The figures that tell whether a credit in full came too late. */
export const lateFullCreditParameters = [
  newCommerceFullRefund,
  legacyAutomaticFullRefund,
  legacyRenewalFullRefund,
  legacyFullRefundRequest,
] as const;

interface FullRefundOver {
  readonly start: Moment;
  readonly window: Dated<Window>;
  /** Why nothing else grants a credit in full; empty where there is nothing else. */
  readonly request: string;
  readonly parametersUsed: readonly ParameterUse[];
}

/** A cycle credited in full although the full-refund window was over by every reading, and nobody can have asked for it in time. */
export function* lateFullCredit(
  chain: SubscriptionChain,
  cancelled: Cancellation,
  terms: WindowTerms | null,
): Generator<Detection<'in-full'> | Unchecked> {
  const { line: credit, cycle, day } = cancelled;
  const charge = cycle?.charge ?? null;
  if (credit === null || cycle === null || charge === null || cancelled.reactivatedOn !== null) return;
  // What a line credits of later days alone is held against those days (CR02).
  if (credit.line.firstDay !== cycle.cycle.firstDay || day <= cycle.cycle.firstDay) return;
  if (!chargedIn(cycle).eq(credit.line.amount.negated())) return;
  // With another credit beside it more came back than was charged: one cause, which CR06 tells.
  if (creditsIn(cycle).some((one) => one !== credit && one.line.amount.isNegative())) return;
  const figures = creditFigures(charge, cycle, seatsOn(cycle, day), day);
  if (figures === null || figures.highest.gte(credit.line.amount.negated())) return;
  const over = terms === null ? legacyOver(chain, cancelled) : newCommerceOver(chain, cancelled, terms);
  if (over === 'policy-unknown') yield { unchecked: over, line: credit };
  if (over === null || over === 'policy-unknown') return;
  const basis = creditBasis(charge);
  yield {
    message: 'in-full',
    values: {
      credit: money(credit, credit.line.amount),
      day: isoDay(day),
      elapsed: String(day - over.start.day),
      start: isoDay(over.start.day),
      window: showWindow(over.window.value),
      unused: money(credit, figures.amount),
    },
    evidence: [
      { line: credit, label: 'credit' },
      { line: charge, label: 'charge' },
    ],
    amounts: { billed: credit.line.amount, expected: figures.amount.negated() },
    figure: figures.figure,
    working: [
      `full-refund window opened ${isoDay(over.start.day)}, ${showWindow(over.window.value)}, in force from ${over.window.since} (${over.window.basis}); cancelled on ${isoDay(day)}`,
      ...(over.request === '' ? [] : [over.request]),
      `the whole charge was credited; by the unused days it would be ${money(credit, figures.amount)}:`,
      ...figures.steps.map((step) => `  ${step}`),
    ],
    confidence: 'likely',
    nextAction: 'Keep the proof of what Microsoft granted, and expect a correction where there is none.',
    citations: basis.citations,
    parametersUsed: [...over.parametersUsed, ...basis.parametersUsed],
  };
}

/** The next day inside 24 hours, or without hours, is open; a window that is itself a reading tells nothing. */
function newCommerceOver(chain: SubscriptionChain, cancelled: Cancellation, terms: WindowTerms): FullRefundOver | null {
  const { start } = terms;
  const window = valueOn(newCommerceFullRefund, start.day, chain.ownTerms);
  if (window === null || terms.reading !== '' || fullRefundVerdict(start, cancelled, window.value) !== 'outside') return null;
  return { start, window, request: '', parametersUsed: [...terms.parametersUsed, useOf(newCommerceFullRefund, window)] };
}

/** Until day 90 a credit in full may be what was asked for; later only what the record says was requested in time. */
function legacyOver(chain: SubscriptionChain, cancelled: Cancellation): FullRefundOver | 'policy-unknown' | null {
  const refund = legacyFullRefund(chain, cancelled);
  if (refund?.opened === 'renewal') return afterRenewal(chain, cancelled, refund);
  if (refund === null || refund.dated === null || refund.verdict !== 'outside') return null;
  const { start, dated: window } = refund;
  if (legacyRefundRule(chain, start.day) !== 'general') return null;
  const request = valueOn(legacyFullRefundRequest, start.day, chain.ownTerms);
  if (request === null) return 'policy-unknown';
  const deadline = addDays(start.day, request.value.length);
  const requestedOn = cancelled.event?.requestedOn ?? null;
  if (cancelled.day <= deadline || (requestedOn !== null && requestedOn <= deadline)) return null;
  return {
    start,
    window,
    request: `a full refund could be requested until ${isoDay(deadline)}; the cancellation came later, and no request in time is recorded`,
    parametersUsed: [useOf(legacyAutomaticFullRefund, window), useOf(legacyFullRefundRequest, request)],
  };
}

/**
 * A renewal opens a window by one text alone, and is never the beginning of the days for a request: they count from the purchase. Before that
 * text nothing speaks of renewals, so the window of the purchase counts.
 */
function afterRenewal(
  chain: SubscriptionChain,
  cancelled: Cancellation,
  refund: LegacyFullRefund,
): FullRefundOver | 'policy-unknown' | null {
  const { purchase, ownTerms } = chain;
  const request = purchase === null ? null : valueOn(legacyFullRefundRequest, purchase.day, ownTerms);
  if (purchase !== null && request !== null && cancelled.day <= addDays(purchase.day, request.value.length)) return null;
  const asked = 'days for requesting a full refund count from the purchase, not from a renewal';
  if (refund.dated !== null) {
    if (refund.verdict !== 'outside' || legacyRefundRule(chain, refund.start.day) !== 'general') return null;
    return {
      start: refund.start,
      window: refund.dated,
      request: `the window is that of the renewal, which one text alone names; ${asked}`,
      parametersUsed: [useOf(legacyRenewalFullRefund, refund.dated)],
    };
  }
  const window = purchase === null ? null : valueOn(legacyAutomaticFullRefund, purchase.day, ownTerms);
  if (purchase === null || window === null) return 'policy-unknown';
  if (legacyRefundRule(chain, purchase.day) !== 'general') return null;
  return {
    start: purchase,
    window,
    request: `no text of the time of the renewal, ${isoDay(refund.start.day)}, names renewals; ${asked}`,
    parametersUsed: [useOf(legacyAutomaticFullRefund, window)],
  };
}
