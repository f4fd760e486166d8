import { addDays, type Day } from '../calendar/days.ts';
import type { InvoiceOrder } from '../invoices/invoice-order.ts';
import type { SubscriptionChain } from '../charges/subjects.ts';

/** Legacy charges run ahead of their invoice by up to a month: only a charge that begins later still proves a later file. */
const LEGACY_ADVANCE_DAYS = 31;

/** The invoice that should carry a credit: the first given one that is dated after its day; null where none is given. */
export function carrierOf(chain: SubscriptionChain, day: Day, invoices: InvoiceOrder): string | null {
  return invoices.firstAfter(chain.layout, chain.layout === 'legacy-licence' ? addDays(day, LEGACY_ADVANCE_DAYS) : day);
}
