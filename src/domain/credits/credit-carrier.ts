import { addDays, type Day } from '../calendar/days.ts';
import type { InvoiceOrder } from '../invoices/invoice-order.ts';
import type { SubscriptionChain } from '../charges/subjects.ts';

/** Legacy charges run ahead of their invoice by up to a month: only a charge that begins later still proves a later file. */
const LEGACY_ADVANCE_DAYS = 31;
/** The next legacy invoice is dated within a month, so a charge that begins after its month and the month ahead is of a file after it. */
const LEGACY_NEXT_DAYS = 31 + LEGACY_ADVANCE_DAYS;

/** The invoice that should carry a credit: the next one after its day; null where that is not given, whatever later ones are. */
export function carrierOf(chain: SubscriptionChain, day: Day, invoices: InvoiceOrder): string | null {
  const { layout } = chain;
  if (layout !== 'legacy-licence') return invoices.nextAfter(layout, day);
  const proof = addDays(day, LEGACY_ADVANCE_DAYS);
  return invoices.hasChargeFrom(layout, addDays(proof, 1), addDays(day, LEGACY_NEXT_DAYS)) ? invoices.firstAfter(layout, proof) : null;
}
