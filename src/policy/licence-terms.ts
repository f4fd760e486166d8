import type { ParameterUse } from '../domain/findings/finding.ts';
import { seatBatches, windowStart } from '../domain/charges/seat-batches.ts';
import type { SubscriptionChain } from '../domain/charges/subjects.ts';
import { isExtendedServiceTerm } from '../domain/calendar/terms.ts';
import { verdictAt, type Moment, type Verdict, type Window } from '../domain/calendar/window.ts';
import { useOf, valueOn, type Dated } from './parameter.ts';
import { extendedServiceTermCancellation } from './parameters/extended-service-term.ts';
import { newCommerceCancellationWindow } from './parameters/new-commerce-cancellation-window.ts';
import { partialUpgradeWindow, upgradeCancellation } from './parameters/upgrades.ts';

export interface WindowTerms {
  readonly kind: 'window';
  readonly start: Moment;
  readonly dated: Dated<Window>;
  /** Why a window that is open may still be none: '' where it is one by every reading. */
  readonly reading: string;
  readonly parametersUsed: readonly ParameterUse[];
}

/** What governs the cancellation of a new-commerce licence: a window, no window at all (after a full upgrade), or any day. */
export type LicenceTerms =
  | WindowTerms
  | { readonly kind: 'none'; readonly parametersUsed: readonly ParameterUse[] }
  | { readonly kind: 'any-day'; readonly parametersUsed: readonly ParameterUse[] };

/** Null where the files or the dated policy do not tell. */
export function licenceTerms(chain: SubscriptionChain, at: Moment): LicenceTerms | null {
  const charge = chain.lines.findLast(({ line }) => (line.firstDay ?? Infinity) <= at.day) ?? chain.lines[0];
  if (charge !== undefined && isExtendedServiceTerm(charge.line)) {
    const dated = valueOn(extendedServiceTermCancellation, at.day, chain.ownTerms);
    return dated === null ? null : { kind: 'any-day', parametersUsed: [useOf(extendedServiceTermCancellation, dated)] };
  }
  const opening = seatBatches(chain).findLast((one) => one.kind !== 'increase' && one.start.day <= at.day);
  if (opening === undefined && chain.conversion?.kind === 'full-upgrade') {
    const day = chain.conversion.charge.line.firstDay ?? at.day;
    const dated = valueOn(upgradeCancellation, day, chain.ownTerms);
    return dated === null ? null : { kind: 'none', parametersUsed: [useOf(upgradeCancellation, dated)] };
  }
  const start = opening?.start ?? windowStart(chain, at.day);
  return start === null ? null : windowTerms(chain, start, opening?.kind === 'upgrade');
}

/** The window that began with a purchase, renewal or increase, or that a partial upgrade inherited. */
export function windowTerms(chain: SubscriptionChain, start: Moment, isInherited: boolean): WindowTerms | null {
  const dated = valueOn(newCommerceCancellationWindow, start.day, chain.ownTerms);
  if (dated === null) return null;
  const own = useOf(newCommerceCancellationWindow, dated);
  if (!isInherited) return { kind: 'window', start, dated, reading: '', parametersUsed: [own] };
  const upgraded = chain.conversion?.charge.line.firstDay ?? start.day;
  const inherited = valueOn(partialUpgradeWindow, upgraded, chain.ownTerms);
  const reading =
    'that a partial upgrade inherits its parent’s window is first written after 2023-07-27; before, upgrades are only known to have none';
  return {
    kind: 'window',
    start,
    dated,
    reading: inherited === null ? reading : '',
    parametersUsed: inherited === null ? [own] : [own, useOf(partialUpgradeWindow, inherited)],
  };
}

export function verdictIn(terms: WindowTerms, at: Moment): Verdict {
  const verdict = verdictAt(terms.start, at, terms.dated.value);
  return terms.reading !== '' && verdict === 'inside' ? 'boundary' : verdict;
}
