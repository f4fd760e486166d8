import type { AuditedLine } from '../charges/subjects.ts';
import type { Unchecked } from '../findings/finding.ts';
import type { NextInvoice } from './invoice-order.ts';

/**
 * What is left where the invoice that should carry something is not given, with the month that is missing. Where the audited files should have
 * told (an invoice beyond the hole, legacy charges that prove no later file) it is left of them, though the line it is about may stand in a
 * context month.
 */
export function nextInvoiceMissing(
  { missingMonth, isAudited }: Extract<NextInvoice, { readonly invoice: null }>,
  about: AuditedLine,
): Unchecked {
  const left = { unchecked: 'next-invoice-not-given', missingMonth } as const;
  return isAudited ? { ...left, lines: 1 } : { ...left, line: about };
}

/** What the list of invoices is trusted with, where a month before the next invoice has no file. */
export function takenAsEmptyTexts({ takenAsEmpty = [] }: Extract<NextInvoice, { readonly invoice: string }>): readonly string[] {
  return takenAsEmpty.map(
    (month) => `your list names no invoice of ${month}, so none is missing: should there be one, the credit may be on it`,
  );
}
