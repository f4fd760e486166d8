import { isoDay, type Day } from '../domain/calendar/days.ts';
import type { Detection, ParameterUse } from '../domain/findings/finding.ts';
import { aboutInvoice, evidenceOf, type InvoiceSubject } from '../domain/invoices/invoice.ts';
import { formatMoney } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import { newCommerceBillingCurrency } from '../policy/parameters/billing-currency.ts';
import { defineRule } from './rule.ts';

export const currencyMixed = defineRule({
  code: 'IN03',
  name: 'currency-mixed',
  title: 'One invoice bills in more than one currency',
  scope: 'invoice',
  severity: 'error',
  citations: [
    cite('read-invoice-2023', 'An invoice and its reconciliation file have one billing currency; several currencies are several invoices.'),
    cite('new-commerce-recon-file', 'Currency is the billing currency; only PricingCurrency may vary from row to row.'),
  ],
  parameters: [newCommerceBillingCurrency],
  docs: {
    checks:
      'The column Currency must be the same on all lines of an invoice number, and that of its header where a list of invoices is given. PricingCurrency may vary: it is converted by the rate of the line (AR05). In whose currency Microsoft bills depends on region and date; also when it was each customer’s, every currency had an invoice of its own.',
    why: 'Amounts of two currencies do not add up: the sum of such an invoice is no amount of money.',
    example: 'Forty lines of G104857610 are billed in EUR, one in USD.',
    remedy: 'Ask Microsoft which invoice the lines belong to, and have them billed in its currency.',
  },
  messages: {
    lines: 'the lines of invoice {invoice} are billed in {currencies}',
    header: 'invoice {invoice} is in {header} and its lines are billed in {currencies}',
  },
  *check(subject) {
    const { invoice, files } = subject;
    if (invoice.invoiceNumber === '') {
      yield { unchecked: 'no-invoice-number', lines: files.linesWithoutNumber };
      return;
    }
    const currencies = invoice.byCurrency.map((one) => one.currency);
    const [first] = currencies;
    if (first === undefined || !invoice.isAudited) return;
    const header = invoice.header?.currency ?? first;
    if (currencies.length > 1 || header !== first) yield detection(subject, currencies, header);
  },
});

function detection(subject: InvoiceSubject, currencies: readonly string[], header: string): Detection<'lines' | 'header'> {
  const { invoice, ownTerms } = subject;
  const day = invoice.header?.invoiceDay ?? invoice.latestCharge;
  return {
    message: currencies.length > 1 ? 'lines' : 'header',
    values: { invoice: invoice.invoiceNumber, currencies: currencies.join(' and '), header },
    evidence: evidenceOf(invoice, 'the invoice'),
    subject: aboutInvoice(invoice, header),
    amounts: null,
    working: [
      ...invoice.byCurrency.map((one) => `${one.currency}: ${one.lines} lines, Σ Total ${formatMoney(one.total, one.currency)}`),
      day === null
        ? 'no day of this invoice is known, so nothing is said of whose currency it should bill in'
        : `billing currency on ${isoDay(day)}: ${policyText(subject, day)}; whichever it is, an invoice has one`,
    ],
    confidence: 'certain',
    nextAction: 'Ask Microsoft which invoice the lines of the other currency belong to.',
    parametersUsed: day === null ? [] : policyOf(ownTerms, day),
  };
}

function policyOf(ownTerms: InvoiceSubject['ownTerms'], day: Day): readonly ParameterUse[] {
  const dated = valueOn(newCommerceBillingCurrency, day, ownTerms);
  return dated === null ? [] : [useOf(newCommerceBillingCurrency, dated)];
}

function policyText({ ownTerms }: InvoiceSubject, day: Day): string {
  return policyOf(ownTerms, day)[0]?.value ?? 'not known for that day';
}
