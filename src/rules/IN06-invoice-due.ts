import { addDays, daysText, isoDay, type Day } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { aboutInvoice, evidenceOf, namesInvoice, type InvoiceSubject } from '../domain/invoices/invoice.ts';
import type { InvoiceHeader } from '../domain/invoices/invoice-header.ts';
import { formatMoney, ZERO } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import { useOf, valueOn, type DatedValue } from '../policy/parameter.ts';
import { paymentTerm } from '../policy/parameters/payment-term.ts';
import type { Window } from '../domain/calendar/window.ts';
import { defineRule } from './rule.ts';

const PAYMENT_SEEN = cite('billing-basics-2023', 'A payment is seen in Partner Center within five business days.');

export const invoiceDue = defineRule({
  code: 'IN06',
  name: 'invoice-due',
  title: 'When an invoice must be paid, and whether it was',
  scope: 'invoice',
  severity: 'info',
  citations: [],
  caseCitations: [PAYMENT_SEEN],
  parameters: [paymentTerm],
  needs: { input: 'invoices', looksAt: namesInvoice },
  docs: {
    checks:
      'Every active invoice of the list with a total above 0: due on its date + 60 days, that day included. Payments count up to the as-of date. Overdue is said only where the list has a column paidOn and the cell is empty; without the column an invoice past its due date is unchecked. The difference is what is to be paid, not money owed to you. An invoice that was paid in time is no longer mentioned once its due date has passed.',
    why: 'A late payment makes the account delinquent, also where part of the invoice is disputed.',
    example: 'An invoice of 30 September is due on 29 November: 59 days later is in time, day 61 is late.',
    remedy: 'Pay by the due date; raise what is disputed before it.',
  },
  messages: {
    due: 'invoice {invoice} of {date}: {total} must be paid by {due}',
    overdue: 'invoice {invoice} of {date}: {total} was to be paid by {due} and is {days} overdue on {asOf}',
    paid: 'invoice {invoice} of {date}: {total} was paid on {paid}, to be paid by {due}',
    'paid-late': 'invoice {invoice} of {date}: {total} was paid on {paid}, {days} after it was due on {due}',
  },
  *check(subject, { asOf }) {
    const { header } = subject.invoice;
    if (header?.kind !== 'invoice' || header.status !== 'active' || header.total.lte(ZERO)) return;
    const dated = valueOn(paymentTerm, header.invoiceDay, subject.ownTerms);
    if (dated === null) {
      yield { unchecked: 'policy-unknown', lines: 1 };
      return;
    }
    const due = addDays(header.invoiceDay, daysOf(dated.value));
    const paid = header.paidOn !== null && header.paidOn <= asOf ? header.paidOn : null;
    if (paid === null && asOf > due && !header.hasPaidOn) yield { unchecked: 'payment-unknown', lines: 1 };
    else if (paid === null || paid > due || asOf <= due) yield detection(subject.invoice, { header, dated, due, paid, asOf });
  },
});

/** A term of hours is own terms' mistake to make: it ends with the day of its last hour. */
function daysOf({ length, unit }: Window): number {
  return unit === 'hours' ? Math.ceil(length / 24) : length;
}

interface Payment {
  readonly header: InvoiceHeader;
  readonly dated: DatedValue<Window> & { readonly value: Window };
  readonly due: Day;
  readonly paid: Day | null;
  readonly asOf: Day;
}

type Message = 'due' | 'overdue' | 'paid' | 'paid-late';

function messageOf({ paid, due, asOf }: Payment): Message {
  if (paid !== null) return paid > due ? 'paid-late' : 'paid';
  return asOf > due ? 'overdue' : 'due';
}

const NEXT: Readonly<Record<Message, string>> = {
  due: 'Pay by the due date; raise what is disputed before it.',
  overdue: 'Pay now, or enter the day of payment in the list; a delinquent account may be suspended.',
  paid: 'Nothing to do.',
  'paid-late': 'Nothing to pay; look at why it was late.',
};

function detection(invoice: InvoiceSubject['invoice'], payment: Payment): Detection<Message> {
  const { header, dated, due, paid, asOf } = payment;
  const message = messageOf(payment);
  return {
    message,
    values: {
      invoice: invoice.invoiceNumber,
      date: isoDay(header.invoiceDay),
      total: `${formatMoney(header.total, header.currency)} ${header.currency}`,
      due: isoDay(due),
      paid: paid === null ? '' : isoDay(paid),
      days: daysText((paid ?? asOf) - due),
      asOf: isoDay(asOf),
    },
    evidence: evidenceOf({ ...invoice, byCurrency: [] }, 'the invoice'),
    subject: aboutInvoice(invoice, header.currency),
    ...(message === 'overdue' ? { severity: 'warning' as const } : {}),
    amounts: { billed: header.total, expected: paid === null ? ZERO : header.total },
    working: [
      `due: invoice date ${isoDay(header.invoiceDay)} + ${paymentTerm.show(dated.value)} = ${isoDay(due)}, a payment on that day is in time`,
      paidText(header, asOf),
      'billed is the total of the invoice, expected what is paid of it: the difference is what you have to pay, not money owed to you',
    ],
    confidence: 'certain',
    deadline: due,
    nextAction: NEXT[message],
    citations: message === 'overdue' ? [PAYMENT_SEEN] : [],
    parametersUsed: [useOf(paymentTerm, dated)],
  };
}

function paidText({ paidOn, hasPaidOn, total, currency }: InvoiceHeader, asOf: Day): string {
  if (!hasPaidOn) return 'the list has no column paidOn: nothing is known of payments';
  if (paidOn === null) return `paidOn is empty: not paid by ${isoDay(asOf)}`;
  return paidOn <= asOf
    ? `paid on ${isoDay(paidOn)}: ${formatMoney(total, currency)} ${currency}`
    : `to be paid on ${isoDay(paidOn)}, which is after ${isoDay(asOf)}`;
}
