import type { Day } from '../calendar/days.ts';

/** A term that the partner agreed with Microsoft: it replaces a published policy figure from `since` to `lastDay` (null: without an end), both included. */
export interface OwnTerm {
  /** The id of the policy figure. */
  readonly parameter: string;
  readonly since: string;
  readonly sinceDay: Day;
  readonly lastDay: Day | null;
  readonly value: unknown;
  /** The agreement it stands in, in the partner's words. */
  readonly source: string;
}
