import { dayFromIso } from '../../domain/calendar/days.ts';
import { isLegacyInvoice } from '../../domain/invoices/invoice.ts';
import type { AnswerBy, InvoiceSeries } from '../../domain/invoices/invoice-order.ts';
import type { RegisterEntry } from '../../domain/partner/claims-register.ts';
import type { InvoiceDates } from '../invoices/invoice-dates.ts';

/**
 * Whether the invoice that should carry a granted credit has come. Asked with a register entry and the day, `YYYY-MM-DD`, on which it was asked
 * for: no invoice dated by then can answer it.
 */
export type NextBillingOf = (entry: Pick<RegisterEntry, 'invoiceNumber' | 'currency'>, askedOn: string) => AnswerBy;

/** An invoice bills all customers of a partner, so the series is that of the claim's currency, whoever is billed. */
export function nextBillingOf(invoices: InvoiceDates): NextBillingOf {
  return (entry, askedOn) => {
    const asked = dayFromIso(askedOn);
    return asked === null ? 'not-yet' : invoices.answerAfter(seriesOf(entry, invoices), asked);
  };
}

/** A claim without an invoice number is one of legacy files, where there are any, for new commerce prints the number on every line. */
function seriesOf({ invoiceNumber, currency }: Pick<RegisterEntry, 'invoiceNumber' | 'currency'>, invoices: InvoiceDates): InvoiceSeries {
  const legacy = { layout: 'legacy-licence', currency };
  const isLegacy = invoiceNumber === '' ? invoices.bills(legacy) : isLegacyInvoice(invoiceNumber);
  return isLegacy ? legacy : { layout: 'new-commerce', currency };
}
