import { isoDay } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import {
  aboutInvoice,
  evidenceOf,
  hasLines,
  isInFiles,
  isLegacyInvoice,
  namesInvoice,
  type InvoiceSubject,
} from '../domain/invoices/invoice.ts';
import { holdsCreditNote } from '../domain/invoices/invoice-gap.ts';
import { formatMoney } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

type Message = 'no-lines' | 'no-header';

export const invoiceMissing = defineRule({
  code: 'IN02',
  name: 'invoice-missing',
  title: 'An invoice has no lines, or lines have no invoice',
  scope: 'invoice',
  severity: 'error',
  citations: [
    cite('recon-charge-types-2023', 'Every invoice has its reconciliation file, and the sum of Total over the file is the invoice.'),
  ],
  needs: { input: 'invoices', looksAt: namesInvoice },
  docs: {
    checks:
      'Every invoice of the list must have lines in the given files, and every invoice number of the audited files must be in the list. Left are voided invoices without lines, credit notes whose lines stand on the invoice they credit, invoices whose lines stand in context months, and invoices of months that no given file bills: those are counted as unchecked, as is an invoice without lines where a part of an export was not given (IN08).',
    why: 'An invoice without lines is paid unseen; lines without an invoice are billed on although Microsoft may never have asked for them.',
    example: 'The list names G104857611 of 30 September, 412.00 EUR; no line of the files carries that number.',
    remedy: 'Download the missing reconciliation file, or add the invoice to the list, and run again.',
  },
  messages: {
    'no-lines': '{what} {invoice} of {day}, {total}, has no line in the given files',
    'no-header': 'invoice {invoice} has {count} lines in the audited files and is not in the list of invoices',
  },
  *check(subject) {
    const { invoice, files } = subject;
    const { header } = invoice;
    if (invoice.invoiceNumber === '') {
      yield { unchecked: 'no-invoice-number', lines: files.linesWithoutNumber };
    } else if (header === null) {
      if (invoice.isAudited) yield withoutHeader(subject);
    } else if (!hasLines(invoice) && header.status === 'active') {
      // Legacy licence lines carry no number, and legacy usage stands in a ledger of its own: where its lines are, no number tells.
      if (isLegacyInvoice(invoice.invoiceNumber)) yield { unchecked: 'no-invoice-number', lines: 0 };
      else if (!isInFiles(header, files)) yield { unchecked: 'invoice-outside-files', lines: 1 };
      else if (header.kind === 'invoice' || isMissed(subject)) {
        if (files.isIncomplete) yield { unchecked: 'export-incomplete', lines: 1 };
        else yield withoutLines(subject);
      }
    }
  },
});

/**
 * Whether the lines of a credit note without lines are really nowhere: they may stand on the invoice that it credits, and what is voided with
 * a credit note needs none. A credit note whose original is unknown is IN05's matter.
 */
function isMissed({ invoice, original, siblings }: InvoiceSubject): boolean {
  const { header } = invoice;
  if (header === null || original?.header?.status !== 'active' || !hasLines(original)) return false;
  return !holdsCreditNote(original, invoice, siblings);
}

function withoutLines({ invoice }: InvoiceSubject): Detection<Message> {
  const { header } = invoice;
  const currency = header?.currency ?? '';
  return {
    message: 'no-lines',
    values: {
      what: header?.kind === 'credit-note' ? 'credit note' : 'invoice',
      invoice: invoice.invoiceNumber,
      day: header === null ? '' : isoDay(header.invoiceDay),
      total: header === null ? '' : `${formatMoney(header.total, currency)} ${currency}`,
    },
    evidence: evidenceOf(invoice, 'the invoice'),
    subject: aboutInvoice(invoice, currency),
    amounts: null,
    working: ['no line of the audited files or the context months carries this number'],
    confidence: 'certain',
    nextAction: 'Download the reconciliation file of this invoice and audit it too.',
  };
}

function withoutHeader({ invoice }: InvoiceSubject): Detection<Message> {
  const { byCurrency } = invoice;
  const currency = byCurrency.length === 1 ? (byCurrency[0]?.currency ?? '') : '';
  return {
    message: 'no-header',
    values: { invoice: invoice.invoiceNumber, count: String(byCurrency.reduce((all, one) => all + one.auditedLines, 0)) },
    evidence: evidenceOf(invoice, 'the invoice'),
    subject: aboutInvoice(invoice, currency),
    amounts: null,
    working: byCurrency.map((one) => `${one.lines} lines, Σ Total ${formatMoney(one.total, one.currency)} ${one.currency}`),
    confidence: 'certain',
    nextAction: 'Look for the invoice in Partner Center and add it to the list; lines without an invoice are not to be billed on.',
  };
}
