import type { ChargeLine } from '../../domain/charges/charge-line.ts';
import type { PartnerEvent } from '../../domain/partner/partner-event.ts';

const NONE: readonly PartnerEvent[] = [];

/** The partner's own record by subscription, in the order of its days. */
export class EventIndex {
  readonly #bySubscription = new Map<string, PartnerEvent[]>();

  constructor(events: readonly PartnerEvent[]) {
    for (const event of events) {
      const key = event.subscriptionId.toLowerCase();
      this.#bySubscription.set(key, [...(this.#bySubscription.get(key) ?? []), event]);
    }
    for (const own of this.#bySubscription.values())
      own.sort((a, b) => a.day - b.day || (a.second ?? 0) - (b.second ?? 0) || a.row - b.row);
  }

  /** Matched by the portal's subscription id, by the internal id of legacy files, or by the order id of a reservation. */
  of(line: ChargeLine): readonly PartnerEvent[] {
    const { subscriptionId, internalSubscriptionId, productKind, reservationOrderId } = line.heading;
    const own = this.#bySubscription.get(subscriptionId.toLowerCase()) ?? this.#bySubscription.get(internalSubscriptionId.toLowerCase());
    if (own !== undefined) return own;
    return (productKind === 'reservation' ? this.#bySubscription.get(reservationOrderId.toLowerCase()) : undefined) ?? NONE;
  }
}
