import type { Day } from '../calendar/days.ts';
import type { Decimal } from '../numbers/money.ts';

export const EVENT_KINDS = ['purchase', 'renew', 'add-seats', 'remove-seats', 'suspend', 'reactivate', 'cancel', 'transfer'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One entry of the partner's own record of purchases, seat changes, suspensions and cancellations (`--events`). */
export interface PartnerEvent {
  /** The portal's subscription id; legacy internal ids are matched too. */
  readonly subscriptionId: string;
  readonly kind: EventKind;
  /** UTC day of the event. */
  readonly day: Day;
  /** Seconds after midnight UTC; null where only the day is known (00:00 is a day, not an instant). */
  readonly second: number | null;
  /** Licences after the event: bought at a purchase, 0 or null at a cancellation. */
  readonly quantity: Decimal | null;
  readonly orderId: string;
  readonly offerId: string;
  /** Day on which a credit was requested; null where none was. */
  readonly requestedOn: Day | null;
  readonly assignedUsers: number | null;
  readonly reason: string;
  readonly note: string;
  readonly row: number;
}
