import type { AuditedLine } from '../charges/subjects.ts';
import type { Unchecked } from '../findings/finding.ts';
import type { InvoiceOrder, InvoiceSeries, NextInvoice } from './invoice-order.ts';

/**
 * What is left where the invoice that should carry something is not given, with the month that is missing. Where an invoice beyond the
 * hole is audited it is left of that month, though the line it is about may stand in a context month.
 */
export function nextInvoiceMissing(
  { missingMonth, later }: Extract<NextInvoice, { readonly invoice: null }>,
  about: AuditedLine,
  { layout }: InvoiceSeries,
  invoices: InvoiceOrder,
): Unchecked {
  const left = { unchecked: 'next-invoice-not-given', missingMonth } as const;
  return later !== null && invoices.isAudited(layout, later) ? { ...left, lines: 1 } : { ...left, line: about };
}
