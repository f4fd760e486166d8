import type { SourceRef } from '../charges/charge-line.ts';
import type { Day } from '../calendar/days.ts';
import type { Decimal } from '../numbers/money.ts';

/** One invoice header of the partner's list (`--invoices`). Days are UTC. */
export interface InvoiceHeader {
  readonly source: SourceRef;
  readonly invoiceNumber: string;
  readonly invoiceDay: Day;
  readonly currency: string;
  /** With tax, as the invoice asks for it; negative on a credit note. */
  readonly total: Decimal;
  /** null where the list has no such column or the cell is empty. */
  readonly tax: Decimal | null;
  /**
   * What a legacy invoice corrects beside its lines, tax included, as the invoice prints it: below 0 where money comes back. Legacy files leave
   * such adjustments out. null where the list does not say.
   */
  readonly adjustments: Decimal | null;
  readonly kind: 'invoice' | 'credit-note';
  readonly status: 'active' | 'void';
  /** The number of the invoice that this one replaces or credits; '' where none is named. */
  readonly replaces: string;
  /** Day of payment; null where it is empty. */
  readonly paidOn: Day | null;
  /** Whether the list has a `paidOn` column at all: without one nothing is known of payments. */
  readonly hasPaidOn: boolean;
  readonly publishedOn: Day | null;
}
