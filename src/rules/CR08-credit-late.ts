import { cancellationsOf } from '../domain/credits/cancellations.ts';
import { isoDay } from '../domain/calendar/days.ts';
import { nextInvoiceMissing } from '../domain/invoices/next-invoice-missing.ts';
import { money } from '../domain/proration/working.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import { creditsInArrears } from '../policy/parameters/credits-in-arrears.ts';
import { defineRule } from './rule.ts';

export const creditLate = defineRule({
  code: 'CR08',
  name: 'credit-late',
  title: 'A credit stands on a later invoice than it should',
  scope: 'subscription',
  severity: 'warning',
  citations: [],
  parameters: [creditsInArrears],
  docs: {
    checks:
      'The invoice of a cancellation credit against the very next invoice after the cancellation: late is one of a later month. Legacy licence files carry no invoice number and are left.',
    why: 'A credit that comes late was missing in the month before, and a customer may have paid for it.',
    example: 'Cancelled on 17 July; the credit is not on the July invoice but on the one of August.',
    remedy: 'Nothing to claim once it is there; correct the month in which your customer was charged.',
  },
  messages: { late: 'the credit of {credit} for the cancellation of {day} stands on invoice {invoice}; the next one was {next}' },
  *check(chain, context) {
    for (const cancelled of cancellationsOf(chain)) {
      const credit = cancelled.line;
      if (credit === null || !credit.line.amount.isNegative()) continue;
      if (credit.line.invoiceNumber === '') {
        yield { unchecked: 'no-invoice-number', line: credit };
        continue;
      }
      const expectedOn = context.invoices.nextAfter(chain, cancelled.day);
      if (expectedOn.invoice === null) {
        const { later, isBeyond } = expectedOn;
        const { invoiceNumber } = credit.line;
        // On an invoice of the missing month itself, or of an earlier one, a credit is in time.
        const isPerhapsLate =
          later !== null && (later === invoiceNumber ? isBeyond : context.invoices.isOfLaterMonth(invoiceNumber, later));
        if (isPerhapsLate) yield nextInvoiceMissing(expectedOn, credit);
        continue;
      }
      const next = expectedOn.invoice;
      const [taken] = expectedOn.takenAsEmpty ?? [];
      if (next === credit.line.invoiceNumber && taken !== undefined) {
        // In time only if the list of invoices lacks none of that month.
        const missingMonth = taken;
        yield { unchecked: 'next-invoice-not-given', missingMonth, line: credit };
        continue;
      }
      if (next === credit.line.invoiceNumber || !context.invoices.isOfLaterMonth(credit.line.invoiceNumber, next)) continue;
      const dated = valueOn(creditsInArrears, cancelled.day, chain.ownTerms);
      if (dated === null) {
        yield { unchecked: 'policy-unknown', line: credit };
        continue;
      }
      yield {
        message: 'late',
        values: { credit: money(credit, credit.line.amount), day: isoDay(cancelled.day), invoice: credit.line.invoiceNumber, next },
        evidence: [{ line: credit, label: 'credit' }],
        amounts: null,
        working: [
          `cancelled on ${isoDay(cancelled.day)}; invoices in the order of their latest charges: ${next}, …, ${credit.line.invoiceNumber}`,
        ],
        confidence: 'likely',
        nextAction: 'Nothing to claim; correct the month in which the customer was charged.',
        parametersUsed: [useOf(creditsInArrears, dated)],
      };
    }
  },
});
