import type { Day } from '../calendar/days.ts';

/** The invoices that one partner gets one after the other: those of a layout in a currency, over all customers. */
export interface InvoiceSeries {
  readonly layout: string;
  readonly currency: string;
}

/** The invoice that should carry what a day brought about, or the first month that is missing before it could be told. */
export type NextInvoice =
  | {
      readonly invoice: string;
      /** Whether it, or of legacy files the charge that proves it, stands in an audited file: it is news in that run alone. */
      readonly isAudited: boolean;
      /** Months (`YYYY-MM`) before it that the list of invoices reaches over and names none of: taken as billing nothing. */
      readonly takenAsEmpty?: readonly string[];
    }
  | {
      readonly invoice: null;
      /** `YYYY-MM`. */
      readonly missingMonth: string;
      /** The first invoice that is given after the day, beyond what is missing; null where none is. */
      readonly later: string | null;
      /** Whether that invoice bills a later month than the missing one. */
      readonly isBeyond: boolean;
      /**
       * Whether what is given of that invoice is audited; of legacy files, where none is given, whether audited charges begin after the day: their
       * file may be the one, and nothing proves it.
       */
      readonly isAudited: boolean;
    };

/**
 * Whether the audited files answer what was asked for on a day. `come`: the very next invoice dated after it is given. `not-yet`: no audited
 * invoice is dated after it. Else a month (`YYYY-MM`) that is not given may hold the answer.
 */
export type AnswerBy = 'come' | 'not-yet' | { readonly missingMonth: string };

/**
 * The invoices of the given files in the order of their latest charge dates, for without their headers nothing else dates them. Legacy files
 * carry no invoice number: all of them together are one invoice without a number.
 */
export interface InvoiceOrder {
  /**
   * The very next invoice after a day that charges something, so no credit note. A month that is missing between the day and the first invoice
   * given after it may have carried what is looked for: then there is none, and the month is named.
   */
  nextAfter(series: InvoiceSeries, day: Day): NextInvoice;
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
