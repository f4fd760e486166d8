import type { Citation } from '../domain/findings/finding.ts';
import { cite } from './citations.ts';

/** The texts that leave day 30 of the legacy full refund open, in the order of their dates. */
export const DAY_30_OPEN: readonly Citation[] = [
  cite('compare-offers-2020', 'The page speaks of less than and of more than 30 days; day 30 itself is left open.'),
  cite('compare-offers-2023', 'The page still speaks of less than and of more than 30 days; day 30 itself is left open.'),
];

/** The texts by which the full refund of new commerce is counted in hours, against the calendar days of the worked examples. */
export const HOURS_OR_DAYS: readonly Citation[] = [
  cite('migrate-subscriptions-2021', 'One day is kept after the 24-hour mark, against calendar days elsewhere.'),
  cite('billing-basics-2023', 'Within 24 hours, against calendar days elsewhere.'),
];
