import { dayFromIso } from '../../domain/calendar/days.ts';
import { isLegacyInvoice } from '../../domain/invoices/invoice.ts';
import type { InvoiceSeries } from '../../domain/invoices/invoice-order.ts';
import type { RegisterEntry } from '../../domain/partner/claims-register.ts';
import type { InvoiceDates } from '../invoices/invoice-dates.ts';

/**
 * Whether the invoice that should carry a granted credit has come: the very next one after the day it was asked for. A month that is missing
 * before the invoices that were audited may hold the credit, and is named (`YYYY-MM`).
 */
export type NextBilling = 'come' | 'not-yet' | { readonly missingMonth: string };

/** Asked with a register entry and the day, `YYYY-MM-DD`, by which what was billed cannot answer it. */
export type NextBillingOf = (entry: Pick<RegisterEntry, 'invoiceNumber' | 'currency'>, askedOn: string) => NextBilling;

/** An invoice bills all customers of a partner, so the series is that of the claim's currency, whoever is billed. */
export function nextBillingOf(invoices: InvoiceDates): NextBillingOf {
  return (entry, askedOn) => {
    const asked = dayFromIso(askedOn);
    const series = seriesOf(entry, invoices);
    if (asked === null || !invoices.isAuditedAfter(series, asked)) return 'not-yet';
    const next = invoices.nextAfter(series, asked);
    return next.invoice === null ? { missingMonth: next.missingMonth } : 'come';
  };
}

/** A claim without an invoice number is one of legacy files, where there are any, for new commerce prints the number on every line. */
function seriesOf({ invoiceNumber, currency }: Pick<RegisterEntry, 'invoiceNumber' | 'currency'>, invoices: InvoiceDates): InvoiceSeries {
  const legacy = { layout: 'legacy-licence', currency };
  const isLegacy = invoiceNumber === '' ? invoices.bills(legacy) : isLegacyInvoice(invoiceNumber);
  return isLegacy ? legacy : { layout: 'new-commerce', currency };
}
