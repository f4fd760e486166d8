import { lacksOf, type ApiExport } from './api-export.ts';
import type { ChargeLine, LayoutName, SourceRef } from '../charges/charge-line.ts';
import { addMonths, dayOfMonth, monthsApart, type Day } from '../calendar/days.ts';
import type { Evidence, FindingSubject } from '../findings/finding.ts';
import type { InvoiceHeader } from './invoice-header.ts';
import { sum, ZERO, type Decimal } from '../numbers/money.ts';
import type { OwnTerm } from '../partner/own-term.ts';

/** What the lines of one invoice add up to in one currency; exact sums over all given files. */
export interface InvoiceLines {
  readonly currency: string;
  readonly lines: number;
  /** Those of them that stand in audited files; the rest is history. */
  readonly auditedLines: number;
  /** Lines with a tax other than 0: so many times a tax was rounded. */
  readonly taxedLines: number;
  /** Lines with a total below 0, and their sum. */
  readonly creditLines: number;
  readonly credits: Decimal;
  readonly subtotal: Decimal;
  readonly tax: Decimal;
  readonly total: Decimal;
  /** The countries of their customers, two letters, sorted; '' where a line does not tell. */
  readonly countries: readonly string[];
  /** The partner's ids they are billed to, one a location, sorted; '' where a line does not tell. */
  readonly partners: readonly string[];
  /** The first of them by file and row, an audited one where there is one. */
  readonly first: SourceRef;
}

/** One invoice number: its header, its lines, or both. */
export interface Invoice {
  readonly invoiceNumber: string;
  readonly header: InvoiceHeader | null;
  /** In the order of the currencies' codes. */
  readonly byCurrency: readonly InvoiceLines[];
  /** Whether one of its lines stands in an audited file. */
  readonly isAudited: boolean;
  /** The latest day on which a charge of it begins; null where it has none. */
  readonly latestCharge: Day | null;
}

/** What an invoice rule is shown: one invoice among those it is linked with. */
export interface InvoiceSubject {
  /** Its number is '' for the lines that carry none. */
  readonly invoice: Invoice;
  /** The invoice that this one replaces or credits; null where none is named, or it is found neither in the list nor in the files. */
  readonly original: Invoice | null;
  /** The credit notes that name this invoice. */
  readonly creditNotes: readonly Invoice[];
  /** All credit notes that name `original`: of a credit note, itself among them. */
  readonly siblings: readonly Invoice[];
  /** The invoices that stand in for this one, or, of a credit note, for what it credits; some may be void in their turn. */
  readonly replacements: readonly Invoice[];
  /** Every invoice that is given, itself among them. */
  readonly all: readonly Invoice[];
  readonly files: GivenFiles;
  readonly ownTerms: readonly OwnTerm[];
  /** Two letters; null where the partner does not tell it. */
  readonly partnerCountry: string | null;
}

/** What the given files bill, context months included. */
export interface GivenFiles {
  /** The first and the last day on which a charge of a numbered invoice begins; null where no file holds one. */
  readonly firstCharge: Day | null;
  readonly lastCharge: Day | null;
  /** Whether there are lines of legacy licence files, which carry no invoice number. */
  readonly hasLegacy: boolean;
  /** Audited lines that could carry an invoice number and do not; legacy licence lines never do and are not counted. */
  readonly linesWithoutNumber: number;
  /** Parts of an export that may hold lines of invoices were not given: a line that is not there may still have been billed. */
  readonly isIncomplete: boolean;
}

/** Layouts whose lines add up to invoices. Files that break an invoice line down into days are not among them: they would count twice. */
const INVOICED: ReadonlySet<LayoutName> = new Set<LayoutName>(['legacy-licence', 'new-commerce']);

export function isInvoiced(layout: LayoutName): boolean {
  return INVOICED.has(layout);
}

/** Whether an export of the API lacks something that may be lines of invoices: its parts are of one layout, and where none was given any may be meant. */
export function lacksInvoiceLines(apiExport: ApiExport): boolean {
  const { layouts } = apiExport;
  return lacksOf(apiExport).length > 0 && (layouts.length === 0 || layouts.some((layout) => isInvoiced(layout as LayoutName)));
}

/** The lines that an invoice rule can look at: without its number nothing tells which invoice a line stands on. */
export function namesInvoice(line: ChargeLine): boolean {
  return line.invoiceNumber !== '' && isInvoiced(line.heading.layout);
}

/** Invoice numbers are the same whatever their case and the blanks around them. */
export function invoiceKey(invoiceNumber: string): string {
  return invoiceNumber.trim().toUpperCase();
}

/** Legacy invoices are numbered D…, new-commerce ones G…. Source: reading an invoice, Partner Center documentation. */
export function isLegacyInvoice(invoiceNumber: string): boolean {
  return /^D\d/i.test(invoiceNumber.trim());
}

export function hasLines({ byCurrency }: Invoice): boolean {
  return byCurrency.length > 0;
}

export function linesIn({ byCurrency }: Invoice, currency: string): InvoiceLines | null {
  return byCurrency.find((one) => one.currency === currency) ?? null;
}

/** Σ Total of the lines of several invoices in one currency. */
export function totalIn(invoices: readonly Invoice[], currency: string): Decimal {
  return sum(invoices.map((invoice) => linesIn(invoice, currency)?.total ?? ZERO));
}

/** The 8th: an invoice dated on it or before bills the month before, for invoices of a month are ready by then. */
const READY_DAY = 8;

/** A day of the month that an invoice of its date bills, as far as the date alone tells. */
export function monthBilledBy(invoiceDay: Day): Day {
  return dayOfMonth(invoiceDay) <= READY_DAY ? addMonths(invoiceDay, -1) : invoiceDay;
}

/** Whether the month that an invoice bills is one that the given files bill: a list may hold the invoices of many years. */
export function isInFiles({ invoiceDay }: InvoiceHeader, { firstCharge, lastCharge }: GivenFiles): boolean {
  if (firstCharge === null || lastCharge === null) return false;
  const billed = monthBilledBy(invoiceDay);
  return monthsApart(firstCharge, billed) >= 0 && monthsApart(billed, lastCharge) >= 0;
}

/**
 * A day of the month that a new-commerce invoice bills: of its latest charge, where that lies in the month of the invoice's date or the one
 * before; else of its own date, which never makes it late that is not.
 */
export function billedMonth({ latestCharge }: Invoice, invoiceDay: Day): Day {
  if (latestCharge === null) return invoiceDay;
  const monthsBefore = monthsApart(latestCharge, invoiceDay);
  return monthsBefore === 0 || monthsBefore === 1 ? latestCharge : invoiceDay;
}

/** What a finding about an invoice says it is about. */
export function aboutInvoice({ invoiceNumber, header, latestCharge }: Invoice, currency: string): FindingSubject {
  return {
    customerId: '',
    customerName: '',
    subscriptionId: '',
    orderId: '',
    product: '',
    invoiceNumber,
    chargeType: '',
    firstDay: null,
    lastDay: null,
    day: header?.invoiceDay ?? latestCharge,
    currency,
    key: invoiceKey(invoiceNumber),
  };
}

/** The header of an invoice, where there is one, and the first of its lines in each currency. */
export function evidenceOf(invoice: Invoice, what: string): readonly Evidence[] {
  const { header, byCurrency } = invoice;
  return [
    ...(header === null ? [] : [{ source: header.source, label: `header of ${what}` }]),
    ...byCurrency.map(({ first, currency }) => ({ source: first, label: `first line of ${what} in ${currency}` })),
  ];
}
