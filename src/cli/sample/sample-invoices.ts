import { stringify } from 'csv-stringify/sync';
import { invariant } from '../../domain/invariant.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import { mixedRows, NUMBERS, rebilledRows } from './invoice-rows.ts';
import { cellsOf } from './sample-cells.ts';
import type { SampleFile, SampleLine } from './sample-line.ts';
import { rowsOf } from './sample-month.ts';

/** In a folder of its own: it is no export, and a folder or glob of exports must not meet it. */
export const INVOICES_PATH = 'partner/invoices.csv';

interface ListedInvoice {
  readonly invoiceNumber: string;
  readonly invoiceDate: string;
  readonly total: string;
  readonly tax: string;
  readonly kind: 'invoice' | 'credit-note';
  readonly status: 'active' | 'void';
  readonly replaces: string;
  readonly paidOn: string;
  readonly publishedOn: string;
}

/** A finding about an invoice of the list, and what the audit must say of it. */
export interface InvoicePlant {
  readonly rule: string;
  readonly why: string;
  readonly invoiceNumber: string;
  /** Rows of the exports that it is about too. */
  readonly lines: readonly SampleLine[];
  readonly billed: string | null;
  readonly expected: string | null;
  readonly difference: string | null;
  /** Found only where the month before is given. */
  readonly needsContext?: boolean;
  /** What the audit says of it on a later day, where that is something else. */
  readonly later?: string;
}

const TAX_RATE = '0.21';
/** What the invoice of September asks for beyond its lines. */
const ON_NO_LINE = '60.00';
/** What the legacy invoice gives back without a line. */
const ADJUSTMENT = '-12.50';
const NO_MONEY = { billed: null, expected: null, difference: null } as const;

interface Sum {
  readonly total: Decimal;
  readonly tax: Decimal;
}

/** What the rows of a file add up to in euro, of one invoice number ('' in legacy files). */
function sumOf(file: SampleFile, invoiceNumber: string): Sum {
  const cells = rowsOf(file)
    .map(cellsOf)
    .filter((row) => (row['InvoiceNumber'] ?? '') === invoiceNumber && row['Currency'] === 'EUR');
  const add = (...names: readonly string[]): Decimal =>
    cells.reduce((all, row) => all.plus(names.map((name) => row[name]).find((cell) => cell !== undefined) ?? '0'), new Decimal(0));
  return { total: add('Total', 'TotalForCustomer'), tax: add('TaxTotal', 'Tax') };
}

type Details = Partial<Omit<ListedInvoice, 'invoiceNumber' | 'invoiceDate' | 'total' | 'tax'>>;

function listed(invoiceNumber: string, invoiceDate: string, sum: Sum, details: Details = {}): ListedInvoice {
  return {
    invoiceNumber,
    invoiceDate,
    total: sum.total.toFixed(2),
    tax: sum.tax.toFixed(2),
    kind: 'invoice',
    status: 'active',
    replaces: '',
    paidOn: '',
    publishedOn: '2026-10-05',
    ...details,
  };
}

/** An amount before tax that stands on no line. */
function stated(subtotal: string): Sum {
  const tax = new Decimal(subtotal).times(TAX_RATE);
  return { total: tax.plus(subtotal), tax };
}

/** The list, in the order of its rows. Totals are what the rows of the files add up to, but for what is planted. */
export function sampleInvoices(): readonly ListedInvoice[] {
  const of = (number: string): Sum => sumOf('september', number);
  const more = ({ total, tax }: Sum, amount: string): Sum => ({ total: total.plus(amount), tax });
  return [
    listed(NUMBERS.legacy, '2026-09-12', more(sumOf('legacy', ''), ADJUSTMENT), { publishedOn: '2026-09-14' }),
    listed(NUMBERS.august, '2026-09-08', sumOf('august', NUMBERS.august), { publishedOn: '2026-09-10' }),
    listed(NUMBERS.september, '2026-10-02', more(of(NUMBERS.september), ON_NO_LINE)),
    listed(NUMBERS.lucerneNote, '2026-10-02', of(NUMBERS.lucerneNote), { kind: 'credit-note', replaces: NUMBERS.september }),
    listed(NUMBERS.lucerneRebilled, '2026-10-02', of(NUMBERS.lucerneRebilled), { replaces: NUMBERS.lucerneNote }),
    listed(NUMBERS.withoutLines, '2026-10-02', stated('340.00')),
    listed(NUMBERS.voided, '2026-10-02', of(NUMBERS.voided), { status: 'void' }),
    listed(NUMBERS.replacement, '2026-10-02', of(NUMBERS.replacement), { replaces: NUMBERS.voided }),
    listed(NUMBERS.noteOfUnknown, '2026-10-02', stated('-40.00'), { kind: 'credit-note', replaces: NUMBERS.unknown }),
    listed(NUMBERS.twoCurrencies, '2026-10-02', of(NUMBERS.twoCurrencies)),
  ];
}

/** The row of an invoice as a spreadsheet shows it. */
export function invoiceRow(invoiceNumber: string): number {
  return sampleInvoices().findIndex((one) => one.invoiceNumber === invoiceNumber) + 2;
}

export function invoicesCsv(): string {
  const rows = sampleInvoices().map(({ invoiceNumber, invoiceDate, total, ...rest }) => ({
    invoiceNumber,
    invoiceDate,
    currency: 'EUR',
    total,
    ...rest,
  }));
  return stringify([Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))], { record_delimiter: 'windows' });
}

/** What is planted in the list: one discrepancy a rule, and the due date of every invoice that must be paid. */
export function invoicePlants(): readonly InvoicePlant[] {
  const september = sampleInvoices().find((one) => one.invoiceNumber === NUMBERS.september);
  invariant(september !== undefined, 'the invoice of September is in the list');
  return [
    {
      rule: 'IN01',
      why: `The invoice of September asks for ${ON_NO_LINE} more than its lines add up to. Tax is on the lines and its credit note has lines of its own, so no known reason explains it.`,
      invoiceNumber: NUMBERS.september,
      lines: [],
      billed: september.total,
      expected: new Decimal(september.total).minus(ON_NO_LINE).toFixed(2),
      difference: ON_NO_LINE,
    },
    {
      rule: 'IN02',
      why: 'An invoice of the same month of which no row is in the files.',
      invoiceNumber: NUMBERS.withoutLines,
      lines: [],
      ...NO_MONEY,
    },
    {
      rule: 'IN03',
      why: 'One row is billed in euro, the other in dollars: whatever the header says, the two do not add up.',
      invoiceNumber: NUMBERS.twoCurrencies,
      lines: mixedRows,
      ...NO_MONEY,
    },
    {
      rule: 'IN04',
      why: `Void, and replaced by ${NUMBERS.replacement} with the same charge. Without the list the two rows are DU01, a line billed twice.`,
      invoiceNumber: NUMBERS.voided,
      lines: rebilledRows,
      ...NO_MONEY,
    },
    {
      rule: 'IN05',
      why: `A credit note for ${NUMBERS.unknown}, which is neither in the list nor in the files.`,
      invoiceNumber: NUMBERS.noteOfUnknown,
      lines: [],
      ...NO_MONEY,
    },
    ...duePlants(),
    {
      rule: 'IN07',
      why: 'The invoice of August was available on 10 September, two days after the 8th. That it bills August is known from its lines.',
      invoiceNumber: NUMBERS.august,
      lines: [],
      ...NO_MONEY,
      needsContext: true,
    },
  ];
}

/** Nothing is paid yet, and only what asks for money must be. */
function duePlants(): readonly InvoicePlant[] {
  return sampleInvoices()
    .filter((one) => one.kind === 'invoice' && one.status === 'active')
    .map(({ invoiceNumber, invoiceDate, total }) => ({
      rule: 'IN06',
      why: `Dated ${invoiceDate} and not paid: due 60 days later. The difference is what you have to pay.`,
      invoiceNumber,
      lines: [],
      billed: total,
      expected: '0.00',
      difference: total,
      later: 'past their due dates the unpaid invoices are overdue, a warning',
    }));
}
