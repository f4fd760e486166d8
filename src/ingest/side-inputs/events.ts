import { Decimal } from '../../domain/numbers/money.ts';
import { EVENT_KINDS, type EventKind, type PartnerEvent } from '../../domain/partner/partner-event.ts';
import type { SideWatch } from './side-reading.ts';
import { readSideTable, type SideColumns, type SideRecord } from './side-table.ts';

type EventField =
  'subscriptionId' | 'event' | 'at' | 'quantity' | 'orderId' | 'offerId' | 'requestedOn' | 'assignedUsers' | 'reason' | 'note';

const COLUMNS: SideColumns<EventField> = {
  subscriptionId: { names: ['subscriptionId', 'subscription'], isRequired: true },
  event: { names: ['event', 'eventType'], isRequired: true },
  at: { names: ['at', 'date', 'eventDate'], isRequired: true },
  quantity: { names: ['quantity', 'licences', 'licenses', 'seats'], isRequired: true },
  orderId: { names: ['orderId', 'order'], isRequired: false },
  offerId: { names: ['offerId', 'offer'], isRequired: false },
  requestedOn: { names: ['requestedOn', 'creditRequestedOn'], isRequired: false },
  assignedUsers: { names: ['assignedUsers'], isRequired: false },
  reason: { names: ['reason'], isRequired: false },
  note: { names: ['note', 'notes'], isRequired: false },
};

/** Events that leave the number of licences as it was, or leave none. */
const WITHOUT_QUANTITY: ReadonlySet<EventKind> = new Set(['suspend', 'reactivate', 'cancel', 'transfer']);

/** The partner's own record of purchases, seat changes, suspensions and cancellations (`--events`), in the order of the file. */
export async function readEvents(path: string, name: string, watch?: SideWatch): Promise<readonly PartnerEvent[]> {
  return readSideTable(path, name, COLUMNS, readEvent, watch);
}

function readEvent(record: SideRecord<EventField>): PartnerEvent | null {
  record.requireFilled('subscriptionId', 'event', 'at');
  const kind = record.oneOf('event', EVENT_KINDS);
  const at = record.moment('at');
  const quantity = record.whole('quantity');
  const subscriptionId = record.id('subscriptionId');
  const details = {
    orderId: record.id('orderId'),
    offerId: record.id('offerId'),
    requestedOn: record.day('requestedOn'),
    assignedUsers: record.whole('assignedUsers'),
    reason: record.text('reason'),
    note: record.text('note'),
  };
  if (kind !== null && !WITHOUT_QUANTITY.has(kind)) record.requireFilled('quantity');
  // Read as it is meant or as it stands, the answer would differ: a cancellation of some licences is remove-seats.
  if (kind === 'cancel' && quantity !== null && quantity > 0) {
    record.fail('quantity', 'licences are left after a cancellation; write 0, or remove-seats where only some were given up');
  }
  if (kind === null || at === null) return null;
  return {
    subscriptionId,
    kind,
    day: at.day,
    second: at.second,
    quantity: quantity === null ? null : new Decimal(quantity),
    ...details,
    row: record.row,
  };
}
