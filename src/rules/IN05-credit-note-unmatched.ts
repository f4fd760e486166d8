import { isoDay } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { aboutInvoice, evidenceOf, namesInvoice, type InvoiceSubject } from '../domain/invoices/invoice.ts';
import type { InvoiceHeader } from '../domain/invoices/invoice-header.ts';
import { formatMoney } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

export const creditNoteUnmatched = defineRule({
  code: 'IN05',
  name: 'credit-note-unmatched',
  title: 'A credit note without the invoice it credits, or without the one that replaces it',
  scope: 'invoice',
  severity: 'warning',
  citations: [
    cite(
      'billing-overview-2021',
      'A credit note is issued where a credit or rebill was asked for: an address or order number to correct, a tax refund or a refund to pull into the first invoice.',
    ),
    cite('read-invoice-2023', 'A return of an earlier period gets a credit note of its own for each original period and invoice.'),
  ],
  needs: { input: 'invoices', looksAt: namesInvoice },
  docs: {
    checks:
      'Every active credit note of the list must name the invoice it credits, and that invoice must be in the list or have lines in the files. Where that invoice is void, an active invoice must replace it.',
    why: 'A credit that belongs to nothing known cannot be checked, and a voided invoice without a replacement may still be billed.',
    example: 'Credit note G104857634 replaces G104857001, of which neither a header nor a line is given.',
    remedy: 'Add the invoice it belongs to, or its replacement, to the list; ask Microsoft where there is none.',
  },
  messages: {
    'original-unnamed': 'credit note {note} of {day}, {total}, names no invoice that it credits',
    'original-unknown': 'credit note {note} of {day}, {total}, credits {original}, which is neither in the list nor in the files',
    'no-replacement': 'credit note {note} of {day}, {total}, belongs to the voided {original}, and no invoice replaces it',
  },
  *check(subject) {
    const { invoice, original, replacements } = subject;
    const { header } = invoice;
    if (header?.kind !== 'credit-note' || header.status !== 'active') return;
    if (header.replaces === '') yield detection('original-unnamed', subject, header);
    else if (original === null) yield detection('original-unknown', subject, header);
    else if (original.header?.status === 'void' && !replacements.some(isActive)) yield detection('no-replacement', subject, header);
  },
});

function isActive({ header }: InvoiceSubject['invoice']): boolean {
  return header?.status === 'active';
}

type Message = 'original-unnamed' | 'original-unknown' | 'no-replacement';

function detection(message: Message, { invoice, original }: InvoiceSubject, header: InvoiceHeader): Detection<Message> {
  const { currency } = header;
  return {
    message,
    values: {
      note: invoice.invoiceNumber,
      day: isoDay(header.invoiceDay),
      total: `${formatMoney(header.total, currency)} ${currency}`,
      original: header.replaces,
    },
    evidence: [...evidenceOf(invoice, 'the credit note'), ...(original === null ? [] : evidenceOf(original, 'the invoice it credits'))],
    subject: aboutInvoice(invoice, currency),
    amounts: null,
    working: [
      `replaces: ${header.replaces === '' ? 'empty' : header.replaces}`,
      message === 'no-replacement'
        ? 'the invoice is void, and no active invoice of the list names it or the credit note'
        : 'looked for among the invoices of the list and the invoice numbers of all given files',
    ],
    confidence: 'possible',
    nextAction:
      message === 'no-replacement'
        ? 'Find out whether the month was billed anew, and add that invoice to the list.'
        : 'Find the invoice that was credited, and name it in the list.',
  };
}
