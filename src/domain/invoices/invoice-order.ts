import type { Day } from '../calendar/days.ts';

/**
 * The invoices of the given files in the order of their latest charge dates, for without their headers nothing else dates them. Legacy files
 * carry no invoice number: all of them together are one invoice without a number.
 */
export interface InvoiceOrder {
  /** The first given invoice of a layout that charges something and is dated after a day, so no credit note; null where none is given. */
  firstAfter(layout: string, day: Day): string | null;
  /**
   * The first given invoice after a day as `firstAfter` has it, where no month is missing before it: bills come monthly, so a charge begins
   * at most two months after the day; and the list of invoices names none in between without lines. null otherwise.
   */
  nextAfter(layout: string, day: Day): string | null;
  /** Whether a charge of a layout begins from the first to the last day, both inclusive. */
  hasChargeFrom(layout: string, firstDay: Day, lastDay: Day): boolean;
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
