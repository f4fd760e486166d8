import type { Day } from './days.ts';

/**
 * The invoices of the given files in the order of their latest charge dates, for without their headers nothing else dates them. Legacy files
 * carry no invoice number: all of them together are one invoice without a number.
 */
export interface InvoiceOrder {
  /** The first given invoice of a layout that is dated after a day; null where none is given. */
  firstAfter(layout: string, day: Day): string | null;
  /** Whether an invoice of a layout has a line in an audited file. */
  isAudited(layout: string, invoice: string): boolean;
  /** Whether an invoice is dated later than another; false where either is unknown. */
  isLater(invoice: string, than: string): boolean;
  /** Whether the given files charge anything of a layout from a day between first and last, both included. */
  hasChargesBetween(layout: string, firstDay: Day, lastDay: Day): boolean;
}
