import { addDays, addMonths, dayOfMonth, daysText, isoDay, type Day } from '../domain/calendar/days.ts';
import type { Detection, ParameterUse } from '../domain/findings/finding.ts';
import {
  aboutInvoice,
  billedMonth,
  evidenceOf,
  isLegacyInvoice,
  monthBilledBy,
  namesInvoice,
  type InvoiceSubject,
} from '../domain/invoices/invoice.ts';
import type { InvoiceHeader } from '../domain/invoices/invoice-header.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import { legacyInvoicePublication, newCommerceInvoicePublication } from '../policy/parameters/invoice-publication.ts';
import { defineRule } from './rule.ts';

export const invoicePublishedLate = defineRule({
  code: 'IN07',
  name: 'invoice-published-late',
  title: 'An invoice was available later than promised',
  scope: 'invoice',
  severity: 'info',
  citations: [],
  parameters: [legacyInvoicePublication, newCommerceInvoicePublication],
  needs: { input: 'invoices', looksAt: namesInvoice },
  docs: {
    checks:
      'publishedOn of every active invoice that replaces none: legacy (numbers that begin with D) not later than two days after the billing date, new commerce not later than the 8th of the month after the one billed. The month billed is that of the latest charge on the lines, else that of the invoice’s date. Without publishedOn an invoice is unchecked.',
    why: 'What comes late shortens the time to check, to bill on and to pay: the due date counts from the invoice’s date.',
    example: 'The invoice of September is available on 9 October, a day late.',
    remedy: 'Nothing to claim; keep it for a dispute about a payment or a deadline.',
  },
  messages: { late: 'invoice {invoice} of {date} was available on {published}, {days} after {limit}' },
  *check({ invoice, ownTerms }) {
    const { header } = invoice;
    // What replaces an invoice is billed on request, when its month's day has long passed.
    if (header?.kind !== 'invoice' || header.status !== 'active' || header.replaces !== '') return;
    if (header.publishedOn === null) {
      yield { unchecked: 'publication-day-unknown', lines: 1 };
      return;
    }
    const limit = isLegacyInvoice(invoice.invoiceNumber)
      ? legacyLimit(header, ownTerms)
      : newCommerceLimit(billedMonth(invoice, header.invoiceDay), header, ownTerms);
    if (limit === null) yield { unchecked: 'policy-unknown', lines: 1 };
    else if (header.publishedOn > limit.lastDay) yield detection(invoice, header, header.publishedOn, limit);
    else if (isMonthOpen(invoice, header, header.publishedOn, ownTerms)) yield { unchecked: 'charge-not-in-files', lines: 1 };
  },
});

/** Whether no line tells the month that is billed, and the invoice is late if it is the one before its date's. */
function isMonthOpen(invoice: InvoiceSubject['invoice'], header: InvoiceHeader, published: Day, ownTerms: OwnTerms): boolean {
  if (isLegacyInvoice(invoice.invoiceNumber) || invoice.latestCharge !== null) return false;
  const limit = newCommerceLimit(monthBilledBy(header.invoiceDay), header, ownTerms);
  return limit !== null && published > limit.lastDay;
}

interface Limit {
  /** The last day on which the invoice is in time. */
  readonly lastDay: Day;
  readonly working: string;
  readonly use: ParameterUse;
}

type OwnTerms = InvoiceSubject['ownTerms'];

function legacyLimit({ invoiceDay }: InvoiceHeader, ownTerms: OwnTerms): Limit | null {
  const dated = valueOn(legacyInvoicePublication, invoiceDay, ownTerms);
  if (dated === null) return null;
  const { length, unit } = dated.value;
  const lastDay = addDays(invoiceDay, unit === 'hours' ? Math.ceil(length / 24) : length);
  return {
    lastDay,
    working: `billing date ${isoDay(invoiceDay)} + ${legacyInvoicePublication.show(dated.value)} = ${isoDay(lastDay)}, UTC`,
    use: useOf(legacyInvoicePublication, dated),
  };
}

function newCommerceLimit(billed: Day, { invoiceDay }: InvoiceHeader, ownTerms: OwnTerms): Limit | null {
  const dated = valueOn(newCommerceInvoicePublication, invoiceDay, ownTerms);
  if (dated === null) return null;
  const nextMonth = addMonths(billed, 1);
  const lastDay = addDays(nextMonth, dated.value - dayOfMonth(nextMonth));
  return {
    lastDay,
    working: `month billed ${isoDay(billed).slice(0, 7)}, ${newCommerceInvoicePublication.show(dated.value)}: ${isoDay(lastDay)}`,
    use: useOf(newCommerceInvoicePublication, dated),
  };
}

function detection(invoice: InvoiceSubject['invoice'], header: InvoiceHeader, published: Day, limit: Limit): Detection<'late'> {
  return {
    message: 'late',
    values: {
      invoice: invoice.invoiceNumber,
      date: isoDay(header.invoiceDay),
      published: isoDay(published),
      days: daysText(published - limit.lastDay),
      limit: isoDay(limit.lastDay),
    },
    evidence: evidenceOf({ ...invoice, byCurrency: [] }, 'the invoice'),
    subject: aboutInvoice(invoice, header.currency),
    amounts: null,
    working: [limit.working, `available on ${isoDay(published)}: ${daysText(published - limit.lastDay)} late`],
    confidence: 'certain',
    nextAction: 'Nothing to claim; keep the dates for a dispute about a payment or a deadline.',
    parametersUsed: [limit.use],
  };
}
