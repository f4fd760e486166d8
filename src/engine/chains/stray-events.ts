import type { LineHeading } from '../../domain/charges/charge-line.ts';
import type { PartnerEvent } from '../../domain/partner/partner-event.ts';

/** The entries of the partner's own record whose subscription stands in no given file, audited or context: nothing can be said of them. */
export function strayEvents(events: readonly PartnerEvent[], headings: Iterable<LineHeading>): readonly PartnerEvent[] {
  const known = new Set<string>();
  for (const { subscriptionId, internalSubscriptionId } of headings) {
    known.add(subscriptionId.toLowerCase());
    known.add(internalSubscriptionId.toLowerCase());
  }
  return events.filter((event) => !known.has(event.subscriptionId.toLowerCase()));
}
