import type { Detection } from '../domain/findings/finding.ts';
import {
  aboutInvoice,
  evidenceOf,
  hasLines,
  isLegacyInvoice,
  namesInvoice,
  totalIn,
  type InvoiceSubject,
} from '../domain/invoices/invoice.ts';
import { formatMoney } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

export const voidInvoiceCounted = defineRule({
  code: 'IN04',
  name: 'void-invoice-counted',
  title: 'The lines of a voided invoice stand beside those of its replacement',
  scope: 'invoice',
  severity: 'error',
  citations: [
    cite(
      'billing-overview-2021',
      'Where a credit or rebill is granted for one-time and recurring transactions, the first invoice is cancelled.',
    ),
  ],
  needs: { input: 'invoices', looksAt: namesInvoice },
  docs: {
    checks:
      'An invoice that the list marks void and that has lines in the files, while an invoice that replaces it, directly, over a credit note or over an invoice that was voided in its turn, has lines too. No other rule looks at such lines: the replacement bills the same charges. Where the credit lines of the two documents take the voided lines back in full, nothing is counted twice. Voided lines of a context month are a notice: they count in no total.',
    why: 'A rebilled month counts twice in every sum, and each of its lines looks billed twice although only the replacement is owed.',
    example: 'G104857610 is void and replaced by G104857633; the lines of both are in the folder.',
    remedy:
      'Leave the file of the voided invoice out of what you bill on and pay the replacement only; ask for the money back if both were paid.',
  },
  messages: { counted: 'invoice {invoice} is void and replaced by {replacement}; the lines of both are in the files' },
  *check(subject) {
    const { invoice, files } = subject;
    if (invoice.invoiceNumber === '') {
      yield { unchecked: 'no-invoice-number', lines: files.linesWithoutNumber };
      return;
    }
    if (invoice.header?.status !== 'void') return;
    if (isLegacyInvoice(invoice.invoiceNumber) && files.hasLegacy) {
      yield { unchecked: 'no-invoice-number', lines: 0 };
      return;
    }
    const replacements = subject.replacements.filter(hasLines);
    const isAbout = invoice.isAudited || replacements.some((one) => one.isAudited);
    if (hasLines(invoice) && replacements.length > 0 && isAbout && !isTakenBack(subject)) yield detection(subject, invoice.header.currency);
  },
});

/** A credit note with lines of its own, or credit lines under the voided number: what was charged is taken back to the last unit. */
function isTakenBack({ invoice, creditNotes }: InvoiceSubject): boolean {
  return invoice.byCurrency.every(({ currency }) => totalIn([invoice, ...creditNotes], currency).isZero());
}

function detection(subject: InvoiceSubject, currency: string): Detection<'counted'> {
  const { invoice, creditNotes } = subject;
  const replacements = subject.replacements.filter(hasLines);
  const sums = (what: string, one: InvoiceSubject['invoice']): readonly string[] =>
    one.byCurrency.map((lines) => {
      const amount = `${formatMoney(lines.total, lines.currency)} ${lines.currency}`;
      return `${what} ${one.invoiceNumber}: ${lines.lines} lines, Σ Total ${amount}`;
    });
  return {
    message: 'counted',
    values: { invoice: invoice.invoiceNumber, replacement: replacements.map((one) => one.invoiceNumber).join(' and ') },
    evidence: [
      ...evidenceOf(invoice, 'the voided invoice'),
      ...replacements.flatMap((one) => evidenceOf(one, 'its replacement')),
      ...creditNotes.flatMap((one) => evidenceOf(one, 'its credit note')),
    ],
    subject: aboutInvoice(invoice, currency),
    // Context is in no total: nothing is counted twice, and the replacement is what is owed.
    ...(invoice.isAudited ? {} : { severity: 'info' as const }),
    amounts: null,
    working: [
      ...sums('voided', invoice),
      ...creditNotes.flatMap((one) => sums('credit note', one)),
      ...replacements.flatMap((one) => sums('replacement', one)),
      invoice.isAudited
        ? 'only the replacement is owed; the voided lines, and those of its credit notes, count in the totals and nothing else is worked out from them'
        : 'only the replacement is owed; the voided lines are of a context month, so they count in no total',
    ],
    confidence: 'certain',
    nextAction: 'Leave the lines of the voided invoice out of what you pay and bill on; ask for the money back if both were paid.',
  };
}
