import { verdictAt, type Moment, type Verdict, type Window } from '../../domain/calendar/window.ts';

/**
 * Whether new commerce gives all back: the UTC day of the purchase or renewal is certain, the next day inside 24 hours the boundary. Without
 * both hours the next day cannot be told.
 */
export function fullRefundVerdict(start: Moment, cancelled: Moment, window: Window): Verdict | 'hour-unknown' {
  const elapsed = cancelled.day - start.day;
  if (elapsed <= 0) return 'inside';
  if (elapsed > 1) return 'outside';
  if (verdictAt(start, cancelled, window) === 'outside') return 'outside';
  return start.second === null || cancelled.second === null ? 'hour-unknown' : 'boundary';
}
