import { dayFromIso, type Day } from '../domain/calendar/days.ts';
import type { Citation, ParameterUse } from '../domain/findings/finding.ts';
import type { OwnTerm } from '../domain/partner/own-term.ts';
import { invariant } from '../domain/invariant.ts';

/** How a figure is known: stated by Microsoft, first seen in a dated text, from a secondary source, our own assumption, or agreed with the partner. */
export type Basis = 'stated' | 'first-seen' | 'secondary' | 'assumed' | 'agreed';

/** A figure of the policy from a day on (inclusive), until the next value of the same parameter. */
export interface DatedValue<T> {
  readonly since: string;
  readonly basis: Basis;
  /** null: the policy of that time is not known, or no longer holds. */
  readonly value: T | null;
  readonly citation: Citation;
  /** Why a text that is later than `since` speaks for the time from `since` on; only where it is, and says so to whoever reads the history. */
  readonly later?: string;
}

/** A figure that is in force. */
export type Dated<T> = DatedValue<T> & { readonly value: T };

/** One figure of the policy with its history. Units are part of the value. */
export interface Parameter<T> {
  readonly id: string;
  readonly title: string;
  /** Which date of a line picks the value. */
  readonly datedBy: 'purchase' | 'renewal' | 'cancellation' | 'charge' | 'request' | 'invoice' | 'incident';
  readonly values: readonly DatedValue<T>[];
  /** The value in words. */
  readonly show: (value: T) => string;
  /** Why no rule reads it: what it says can matter to no charge that files tell of. Only of such a figure. */
  readonly unread?: string;
  /** Whether an own term may have this value, where its kind alone does not tell. */
  readonly accepts?: (value: unknown) => boolean;
}

/** The last day on which this edition of the policy was checked against its sources. */
export const POLICY_VERIFIED_ON = '2026-11-21';
/** The same as a day. */
export const VERIFIED_UNTIL = dayFromIso(POLICY_VERIFIED_ON) as Day;

/**
 * The value in force on a day, or null where the sources say nothing: policy is never extended silently. Terms that the partner agreed go
 * before the published ones; of several that hold on a day the one that began last.
 */
export function valueOn<T>(parameter: Parameter<T>, day: Day, ownTerms: readonly OwnTerm[]): Dated<T> | null {
  const own = ownTerms
    .filter((term) => term.parameter === parameter.id && term.sinceDay <= day && (term.lastDay === null || day <= term.lastDay))
    .sort((a, b) => a.sinceDay - b.sinceDay)
    .at(-1);
  if (own !== undefined) {
    const citation = { id: 'own-terms', title: 'The partner’s own agreed terms', clause: own.source };
    return { since: own.since, basis: 'agreed', value: own.value as T, citation };
  }
  let found: DatedValue<T> | null = null;
  for (const dated of parameter.values) {
    const since = dayFromIso(dated.since);
    invariant(since !== null, `${parameter.id}: ${dated.since} is no day`);
    if (since <= day) found = dated;
  }
  return found === null || found.value === null ? null : { ...found, value: found.value };
}

/** How a rule hands over the parameter it used. */
export function useOf<T>(parameter: Parameter<T>, dated: Dated<T>): ParameterUse {
  const own = dated.basis === 'agreed' ? ` (own terms: ${dated.citation.clause})` : '';
  const use = { id: parameter.id, since: dated.since, value: `${parameter.show(dated.value)}${own}`, citation: dated.citation };
  return dated.later === undefined ? use : { ...use, mayBeLater: true };
}

/** The figure in force on a day as a rule hands it over; nothing where none is known. */
export function useOn<T>(parameter: Parameter<T>, day: Day, ownTerms: readonly OwnTerm[]): readonly ParameterUse[] {
  const dated = valueOn(parameter, day, ownTerms);
  return dated === null ? [] : [useOf(parameter, dated)];
}

/** The text a figure rests on where none of its day is known: the first that has a value. */
export function nearestUse<T>(parameter: Parameter<T>, day: Day, ownTerms: readonly OwnTerm[]): ParameterUse {
  const known = valueOn(parameter, day, ownTerms);
  if (known !== null) return useOf(parameter, known);
  const first = parameter.values.find((dated): dated is Dated<T> => dated.value !== null);
  invariant(first !== undefined, `${parameter.id} has no value`);
  return { ...useOf(parameter, first), mayBeLater: true };
}
