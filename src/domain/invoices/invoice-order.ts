import type { Day } from '../calendar/days.ts';

/**
 * The invoices of the given files in the order of their latest charge dates, for without their headers nothing else dates them. Legacy files
 * carry no invoice number: all of them together are one invoice without a number.
 */
export interface InvoiceOrder {
  /** The first given invoice of a layout that charges something and is dated after a day, so no credit note; null where none is given. */
  firstAfter(layout: string, day: Day): string | null;
  /** Whether an invoice of a layout has a line in an audited file. */
  isAudited(layout: string, invoice: string): boolean;
  /** Whether an invoice is of a later calendar month than another (one month may have several); false where either is unknown. */
  isOfLaterMonth(invoice: string, than: string): boolean;
  /**
   * Whether the given files bill the days around a day: a month whose file is missing leaves at least 28 days on which no charge of the
   * layout begins.
   */
  isMonthGiven(layout: string, day: Day): boolean;
}
