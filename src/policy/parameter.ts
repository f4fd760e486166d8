import { dayFromIso, type Day } from '../domain/days.ts';
import type { Citation, ParameterUse } from '../domain/finding.ts';
import { invariant } from '../domain/invariant.ts';

/** How a date is known: stated by Microsoft, first seen in a dated text, secondary source, or our own assumption. */
export type Basis = 'stated' | 'first-seen' | 'secondary' | 'assumed';

/** A figure of the policy from a day on (inclusive), until the next value of the same parameter. */
export interface DatedValue<T> {
  readonly since: string;
  readonly basis: Basis;
  /** null: the policy of that time is not known, or no longer holds. */
  readonly value: T | null;
  readonly citation: Citation;
}

/** One figure of the policy with its history. Units are part of the value. */
export interface Parameter<T> {
  readonly id: string;
  readonly title: string;
  /** Which date of a line picks the value. */
  readonly datedBy: 'purchase' | 'renewal' | 'cancellation' | 'charge' | 'request' | 'invoice' | 'incident';
  readonly values: readonly DatedValue<T>[];
  /** The value in words. */
  readonly show: (value: T) => string;
}

/** The last day on which this edition of the policy was checked against its sources. */
export const POLICY_VERIFIED_ON = '2026-11-21';

/** The value in force on a day, or null where the sources say nothing: policy is never extended silently. */
export function valueOn<T>(parameter: Parameter<T>, day: Day): (DatedValue<T> & { readonly value: T }) | null {
  let found: DatedValue<T> | null = null;
  for (const dated of parameter.values) {
    const since = dayFromIso(dated.since);
    invariant(since !== null, `${parameter.id}: ${dated.since} is no day`);
    if (since <= day) found = dated;
  }
  return found === null || found.value === null ? null : { ...found, value: found.value };
}

/** How a finding states the parameter it used. */
export function useOf<T>(parameter: Parameter<T>, dated: DatedValue<T> & { readonly value: T }): ParameterUse {
  return { id: parameter.id, since: dated.since, value: parameter.show(dated.value) };
}
