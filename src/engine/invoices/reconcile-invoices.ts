import { isoDay } from '../../domain/calendar/days.ts';
import {
  invoiceKey,
  isInFiles,
  isLegacyInvoice,
  linesIn,
  type Invoice,
  type InvoiceLines,
  type InvoiceSubject,
} from '../../domain/invoices/invoice.ts';
import { gapBetween, gapOf, hintsOf, stepText, type InvoiceGap } from '../../domain/invoices/invoice-gap.ts';
import type { InvoiceHeader } from '../../domain/invoices/invoice-header.ts';
import { formatMoney, type Decimal } from '../../domain/numbers/money.ts';
import type { InvoiceReconciliation, ReconciliationStep } from '../../domain/findings/report.ts';
import { compareTexts } from '../chains/gather-chains.ts';
import type { InvoiceUsage } from '../usage/reconcile-usage.ts';

/**
 * Invoice by invoice from the total of the header to the sum of the lines: total + Σ steps + unexplained = lines. Left are invoices of which
 * nothing is audited: those of context months, and those of months that no given file bills.
 */
export function reconcileInvoices(subjects: readonly InvoiceSubject[]): readonly InvoiceReconciliation[] {
  const legacy = onlyLegacyInvoices(subjects);
  return subjects.flatMap((subject) => {
    const { invoice, files } = subject;
    const { header } = invoice;
    if (invoice.invoiceNumber === '') return [];
    if (header !== null && isLegacyInvoice(invoice.invoiceNumber) && files.hasLegacy) {
      const lines = legacy.get(header.currency)?.invoice === invoice ? legacy.get(header.currency)?.lines : undefined;
      return [legacyInvoice(subject, header, lines ?? null)];
    }
    if (header === null) return invoice.isAudited ? invoice.byCurrency.map((lines) => withoutTotal(invoice, lines)) : [];
    const isMissing = invoice.byCurrency.length === 0 && header.status === 'active' && isInFiles(header, files);
    return invoice.isAudited || isMissing ? ofHeader(subject, header) : [];
  });
}

/**
 * The same with what is known of daily usage. Invoices that no list names are added where usage is held against them; `subjects` tell what their lines add up to.
 */
export function withUsage(
  listed: readonly InvoiceReconciliation[],
  usage: readonly InvoiceUsage[],
  subjects: readonly InvoiceSubject[],
): readonly InvoiceReconciliation[] {
  const keyOf = ({ invoiceNumber, currency }: { invoiceNumber: string; currency: string }): string =>
    `${invoiceKey(invoiceNumber)}\n${currency}`;
  const invoices = new Map(subjects.map(({ invoice }) => [invoiceKey(invoice.invoiceNumber), invoice]));
  const usageOf = new Map(usage.map((one) => [keyOf(one), one]));
  const isListed = new Set(listed.map(keyOf));
  const added = usage
    .filter((one) => !isListed.has(keyOf(one)))
    .map(({ invoiceNumber, currency }): InvoiceReconciliation => {
      const invoice = invoiceNumber === '' ? undefined : invoices.get(invoiceKey(invoiceNumber));
      const lines = invoice === undefined ? null : linesIn(invoice, currency);
      if (invoice !== undefined && lines !== null) return withoutTotal(invoice, lines);
      return { ...facts({ invoiceNumber, header: null }, currency), outcome: 'not-checked', ...NOTHING };
    });
  return [...listed, ...added]
    .map((one) => ({ one, usage: usageOf.get(keyOf(one))?.usage }))
    .map(({ one, usage: own }) => (own === undefined ? one : { ...one, usage: own }))
    .sort((a, b) => compareTexts(invoiceKey(a.invoiceNumber), invoiceKey(b.invoiceNumber)));
}

const NOTHING = { total: null, steps: [], unexplained: null, lines: 0, linesTotal: null, details: [] } as const;

/** The lines of the header's currency, then those of other currencies, which it has no total for. */
function ofHeader(subject: InvoiceSubject, header: InvoiceHeader): readonly InvoiceReconciliation[] {
  const { invoice } = subject;
  const gap = gapOf(subject);
  const others = invoice.byCurrency.filter(({ currency }) => currency !== header.currency).map((lines) => withoutTotal(invoice, lines));
  if (gap === null) return [{ ...facts(invoice, header.currency), ...withoutLines(header) }, ...others];
  return [ofGap(invoice, header, gap), ...others];
}

function ofGap(invoice: Invoice, header: InvoiceHeader, gap: InvoiceGap): InvoiceReconciliation {
  const text = (amount: Decimal): string => formatMoney(amount, header.currency);
  const hints = hintsOf(gap, header);
  return {
    ...facts(invoice, header.currency),
    outcome: !gap.unexplained.isZero() ? 'unexplained' : gap.steps.length === 0 ? 'agrees' : 'explained',
    total: text(gap.total),
    steps: gap.steps.map((step) => ({ step: step.reason, amount: text(step.amount), text: stepText(step) })),
    unexplained: text(gap.unexplained),
    ...(hints.length === 0 ? {} : { hint: hints.join('; ') }),
    ...sumsOf(gap.lines),
  };
}

function withoutTotal(invoice: Invoice, lines: InvoiceLines): InvoiceReconciliation {
  return { ...facts(invoice, lines.currency), outcome: 'not-checked', total: null, steps: [], unexplained: null, ...sumsOf(lines) };
}

interface LegacyLines {
  readonly invoice: Invoice;
  readonly lines: InvoiceLines;
}

/**
 * Legacy licence lines carry no invoice number. Where the list has one legacy invoice of a currency, the audited lines of that currency can
 * only be its own; by currency.
 */
function onlyLegacyInvoices(subjects: readonly InvoiceSubject[]): ReadonlyMap<string, LegacyLines> {
  const unnumbered = subjects.find(({ invoice }) => invoice.invoiceNumber === '')?.invoice ?? null;
  const found = new Map<string, LegacyLines>();
  if (unnumbered === null) return found;
  const legacy = subjects.filter(({ invoice }) => isLegacyInvoice(invoice.invoiceNumber) && invoice.header?.status === 'active');
  for (const { invoice, files } of legacy) {
    const currency = invoice.header?.currency ?? '';
    const lines = linesIn(unnumbered, currency);
    const isOnly = legacy.filter((one) => one.invoice.header?.currency === currency).length === 1;
    if (isOnly && lines?.auditedLines === lines?.lines && lines !== null && files.linesWithoutNumber === 0)
      found.set(currency, { invoice, lines });
  }
  return found;
}

/** Legacy licence lines carry no invoice number: where they cannot be laid to an invoice, nothing is said of it. */
function legacyInvoice(
  { invoice, original, creditNotes }: InvoiceSubject,
  header: InvoiceHeader,
  lines: InvoiceLines | null,
): InvoiceReconciliation {
  if (lines === null) return { ...facts(invoice, header.currency), ...withoutLines(header) };
  return ofGap(invoice, header, gapBetween({ invoice, original, creditNotes }, header, lines));
}

type Facts = Pick<InvoiceReconciliation, 'invoiceNumber' | 'invoiceDate' | 'kind' | 'status' | 'currency'>;

function facts({ invoiceNumber, header }: Pick<Invoice, 'invoiceNumber' | 'header'>, currency: string): Facts {
  return {
    invoiceNumber,
    invoiceDate: header === null ? null : isoDay(header.invoiceDay),
    kind: header?.kind ?? null,
    status: header?.status ?? null,
    currency,
  };
}

function withoutLines(header: InvoiceHeader): Omit<InvoiceReconciliation, keyof Facts> {
  return {
    outcome: 'not-checked',
    total: formatMoney(header.total, header.currency),
    steps: [],
    unexplained: null,
    lines: 0,
    linesTotal: null,
    details: [],
  };
}

/** What the sum of the lines is made of: charges and credits add up to it, and so do subtotal and tax. */
function sumsOf(lines: InvoiceLines): Pick<InvoiceReconciliation, 'lines' | 'linesTotal' | 'details'> {
  const { currency, subtotal, tax, total, credits, creditLines } = lines;
  const detail = (step: string, amount: Decimal, text: string): ReconciliationStep => ({
    step,
    amount: formatMoney(amount, currency),
    text,
  });
  return {
    lines: lines.lines,
    linesTotal: formatMoney(total, currency),
    details: [
      detail('charges', total.minus(credits), `lines with a total of 0 or more: ${lines.lines - creditLines}`),
      detail('credits', credits, `lines with a total below 0: ${creditLines}`),
      detail('subtotal', subtotal, 'all lines before tax'),
      detail('tax', tax, 'tax of all lines'),
    ],
  };
}
