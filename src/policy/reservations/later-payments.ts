import type { Citation } from '../../domain/findings/finding.ts';
import { cite } from '../citations.ts';

/** The texts by which payments to come end with a return, in the order of their dates. */
export const LATER_PAYMENTS_END: readonly Citation[] = [
  cite('reservations-refund-2021', 'The cancelled commitment is the refund and the future payments that are cancelled.'),
  cite(
    'reservation-trade-in-2026',
    'Paid by the month, the unused part of the running month is refunded and future payments are cancelled.',
  ),
];
