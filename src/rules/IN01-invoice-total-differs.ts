import type { Detection } from '../domain/findings/finding.ts';
import { aboutInvoice, evidenceOf, isLegacyInvoice, namesInvoice, type InvoiceSubject } from '../domain/invoices/invoice.ts';
import { gapOf, gapWorking, mayBeRounding, REASON_TEXT, type InvoiceGap } from '../domain/invoices/invoice-gap.ts';
import type { InvoiceHeader } from '../domain/invoices/invoice-header.ts';
import { formatMoney, type Decimal } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

const TAX_OF_INVOICES = cite(
  'read-invoice-2023',
  'Since 2023 the lines of some countries carry no tax; elsewhere the tax of the invoice is the sum of taxes cut line by line.',
);

export const invoiceTotalDiffers = defineRule({
  code: 'IN01',
  name: 'invoice-total-differs',
  title: 'The lines of an invoice do not add up to its total',
  scope: 'invoice',
  severity: 'error',
  citations: [cite('recon-charge-types-2023', 'The sum of Total over the reconciliation file is the invoice; credit notes are deducted.')],
  caseCitations: [TAX_OF_INVOICES],
  needs: { input: 'invoices', looksAt: namesInvoice },
  docs: {
    checks:
      'The total of each invoice of the list against the sum of Total over its lines in the same currency. Reasons that are known are told apart and taken off, each with its exact amount: tax that the lines do not carry, tax rounded line by line, a credit note among the lines of the invoice, the lines of a voided invoice under the number of its replacement. A gap that they explain in full is a notice, and so is one within the rounding of tax where the list does not say the tax. Legacy lines carry no invoice number: their invoices stand on the sheet Reconciliation, where what no stated amount explains is called so. Voided invoices are left; a gap that is not explained is counted as unchecked where a part of an export was not given (IN08).',
    why: 'What is paid is the invoice; what is audited and billed on are its lines. A gap between them is money that nobody has looked at.',
    example: 'The invoice asks for 1,210.00 EUR, its lines add up to 1,150.00 EUR, tax included: 60.00 EUR stand on no line.',
    remedy:
      'Download the reconciliation file again; if the gap stays, ask Microsoft which charges make up the rest, and pay in time all the same.',
  },
  messages: {
    differs: 'invoice {invoice} asks for {total}, its lines add up to {lines}: {unexplained} too {side} on the lines is not explained',
    'within-rounding':
      'invoice {invoice} asks for {total}, its lines add up to {lines}: {unexplained} too {side} on the lines is not explained, and no more than the rounding of tax may come to',
    explained: 'invoice {invoice} asks for {total}, its lines add up to {lines}: the gap is {reasons}',
  },
  *check(subject) {
    const { invoice } = subject;
    const { header } = invoice;
    if (invoice.invoiceNumber === '') {
      yield { unchecked: 'no-invoice-number', lines: subject.files.linesWithoutNumber };
      return;
    }
    if (header?.status !== 'active') return;
    if (isLegacyInvoice(invoice.invoiceNumber) && subject.files.hasLegacy) {
      yield { unchecked: 'no-invoice-number', lines: 0 };
      return;
    }
    const gap = gapOf(subject);
    if (gap === null || gap.gap.isZero() || !invoice.isAudited) return;
    // The lines that are missing may stand in the part that is.
    if (subject.files.isIncomplete && !gap.unexplained.isZero()) yield { unchecked: 'export-incomplete', lines: 1 };
    else yield detection(subject, gap, header);
  },
});

function detection(
  subject: InvoiceSubject,
  gap: InvoiceGap,
  header: InvoiceHeader,
): Detection<'differs' | 'within-rounding' | 'explained'> {
  const { invoice } = subject;
  const { currency } = header;
  const text = (amount: Decimal): string => `${formatMoney(amount, currency)} ${currency}`;
  const isExplained = gap.unexplained.isZero();
  const isSmall = mayBeRounding(gap, header);
  return {
    message: isExplained ? 'explained' : isSmall ? 'within-rounding' : 'differs',
    values: {
      invoice: invoice.invoiceNumber,
      total: text(gap.total),
      lines: text(gap.lines.total),
      unexplained: text(gap.unexplained.abs()),
      side: gap.unexplained.isNegative() ? 'little' : 'much',
      reasons: gap.steps.map(({ reason, amount }) => `${REASON_TEXT[reason]} (${text(amount)})`).join(' and '),
    },
    evidence: evidenceOf(invoice, 'the invoice'),
    subject: aboutInvoice(invoice, currency),
    ...(isExplained || isSmall ? { severity: 'info' as const } : {}),
    amounts: { billed: gap.total, expected: gap.lines.total },
    working: gapWorking(gap, subject),
    confidence: isSmall ? 'likely' : 'certain',
    citations: gap.steps.some(({ reason }) => reason.startsWith('tax')) || isSmall ? [TAX_OF_INVOICES] : [],
    nextAction: isSmall
      ? 'Give the tax of the invoice in the list (tax) to tell whether it is the rounding.'
      : isExplained
        ? 'Nothing to ask for; keep the working beside the invoice.'
        : 'Download the reconciliation file again; if the gap stays, ask Microsoft which charges make up the difference.',
  };
}
