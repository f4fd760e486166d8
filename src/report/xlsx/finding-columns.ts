import type { Convention } from '../../domain/proration/conventions.ts';
import type { Finding } from '../../domain/findings/finding.ts';
import { day, money, severity, text } from './cells.ts';
import { differenceFormula, figureFormula, inputColumns, printedPrice } from './proration-columns.ts';
import type { Column } from './table.ts';
import type { Totals } from './totals-row.ts';

/** Findings of two currencies are never added together, nor claims to discrepancies. */
export const FINDING_TOTALS: Totals<Finding> = {
  groupOf: (f) => `${f.currency} ${f.kind}`,
  currencyOf: (f) => f.currency,
  amounts: { Billed: (f) => f.billed, Expected: (f) => f.expected, Difference: (f) => f.difference },
};

/** What `expected` is worked out from, where it is a convention's figure. */
export const PRORATION_COLUMNS: readonly Column<Finding>[] = [
  ...inputColumns<Finding>((f) => f.proration, {
    price: (f) => printedPrice(f.proration?.price ?? null),
    quantity: (f) => f.proration?.quantity ?? null,
    rate: (f) => f.proration?.rate ?? null,
  }).map((column) => ({ ...column, isOptional: true })),
  { header: 'Judged by', widest: 20, cell: (f) => text(f.proration?.convention ?? ''), isOptional: true },
];

/** The columns that the sheets about findings choose from. */
export const FINDING_COLUMNS = {
  severity: { header: 'Severity', widest: 10, cell: (f) => severity(f.severity), isFrozen: true },
  rule: { header: 'Rule', widest: 8, cell: (f) => text(f.rule), isFrozen: true },
  customer: { header: 'Customer', widest: 24, cell: (f) => text(f.customerName === '' ? f.customerId : f.customerName) },
  product: { header: 'Product', widest: 24, cell: (f) => text(f.product) },
  message: { header: 'What is wrong', widest: 40, cell: (f) => text(f.message) },
  billed: { header: 'Billed', widest: 20, cell: (f) => money(f.billed, f.currency) },
  expected: {
    header: 'Expected',
    widest: 20,
    cell: (f) => money(f.expected, f.currency),
    formula: ({ proration }, places) => (proration === null ? null : figureFormula(proration.convention as Convention, proration, places)),
  },
  difference: {
    header: 'Difference',
    widest: 20,
    cell: (f) => money(f.difference, f.currency),
    formula: (f, places) => differenceFormula(f.difference, places),
  },
  currency: { header: 'Currency', widest: 10, cell: (f) => text(f.currency) },
  deadline: { header: 'Deadline', widest: 12, cell: (f) => day(f.deadline) },
  nextAction: { header: 'Next action', widest: 34, cell: (f) => text(f.nextAction) },
  confidence: { header: 'Confidence', widest: 12, cell: (f) => text(f.confidence) },
  kind: { header: 'Kind', widest: 14, cell: (f) => text(f.kind) },
  name: { header: 'Finding', widest: 20, cell: (f) => text(f.name) },
  status: { header: 'Status', widest: 14, cell: (f) => text(f.status) },
  chargeType: { header: 'Charge type', widest: 22, cell: (f) => text(f.chargeType) },
  firstDay: { header: 'First day', widest: 12, cell: (f) => day(f.firstDay) },
  lastDay: { header: 'Last day', widest: 12, cell: (f) => day(f.lastDay) },
  invoice: { header: 'Invoice', widest: 24, cell: (f) => text(f.invoiceNumber) },
  lowest: { header: 'Lowest', widest: 20, cell: (f) => money(f.lowest, f.currency) },
  highest: { header: 'Highest', widest: 20, cell: (f) => money(f.highest, f.currency) },
  subscription: { header: 'Subscription', widest: 38, cell: (f) => text(f.subscriptionId) },
  customerId: { header: 'Customer ID', widest: 38, cell: (f) => text(f.customerId) },
  fingerprint: { header: 'Fingerprint', widest: 40, cell: (f) => text(f.fingerprint) },
} as const satisfies Readonly<Record<string, Column<Finding>>>;
