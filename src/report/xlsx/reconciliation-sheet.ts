import type { InvoiceReconciliation, Report, UsageReconciliation } from '../../domain/findings/report.ts';
import { isUsageToLookAt, USAGE_WORDS } from '../usage-words.ts';
import { count, day, decimal, EMPTY, money, text, type SheetCell } from './cells.ts';
import { severityStyle } from './styles.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { writeTable, type Column } from './table.ts';

/** One row of the sheet: one step of one invoice, or the daily usage of one product beside its invoice lines. */
interface SheetStep {
  readonly of: InvoiceReconciliation;
  readonly name: string;
  readonly amount: string | null;
  readonly lines: number | null;
  readonly remark: string;
  readonly usage: UsageReconciliation | null;
}

const OUTCOMES: Readonly<Record<InvoiceReconciliation['outcome'], string>> = {
  agrees: 'agrees',
  explained: 'explained',
  unexplained: 'not explained',
  'not-checked': 'not checked',
};

/** From the total of the invoice, step by step, to the sum of its lines; then what that sum is made of. */
function stepsOf(of: InvoiceReconciliation): readonly SheetStep[] {
  const row = (name: string, amount: string | null, remark = '', lines: number | null = null): SheetStep => ({
    of,
    name,
    amount,
    remark,
    lines,
    usage: null,
  });
  return [
    ...(of.total === null ? [row('Total of the invoice', null, 'not in the list of invoices')] : [row('Total of the invoice', of.total)]),
    ...of.steps.map(({ step, amount, text: remark }) => row(`Step: ${step}`, amount, remark)),
    ...(of.unexplained === null ? [] : [row('Not explained', of.unexplained, of.hint ?? '')]),
    row('Sum of the lines', of.linesTotal, of.linesTotal === null ? 'no line in the given files' : 'Σ Total', of.lines),
    ...of.details.map(({ step, amount, text: remark }) => row(`Of which ${step}`, amount, remark)),
    ...(of.usage ?? []).map((usage) => ({
      ...row('Daily usage: Subtotal less days', usage.gap, usage.text, usage.invoiceLines),
      usage,
    })),
  ];
}

/** A usage row of the sheet; the steps of an invoice leave its columns empty, and without any the columns are left out. */
function usageColumn(header: string, widest: number, cell: (usage: UsageReconciliation, currency: string) => SheetCell): Column<SheetStep> {
  return { header, widest, isOptional: true, cell: ({ of, usage }) => (usage === null ? EMPTY : cell(usage, of.currency)) };
}

function outcomeCell({ of, usage }: SheetStep): SheetCell {
  if (usage === null) return text(OUTCOMES[of.outcome]);
  const cell = text(USAGE_WORDS[usage.outcome]);
  return isUsageToLookAt(usage) ? { ...cell, style: severityStyle('warning') } : cell;
}

const optionalCount = (value: number | null): SheetCell => (value === null ? EMPTY : count(value));

const INVOICE_COLUMNS: readonly Column<SheetStep>[] = [
  { header: 'Invoice', widest: 20, cell: ({ of }) => text(of.invoiceNumber), isFrozen: true },
  { header: 'Step', widest: 30, cell: ({ name }) => text(name), isFrozen: true },
  { header: 'Amount', widest: 20, cell: ({ of, amount }) => money(amount, of.currency) },
  { header: 'Currency', widest: 10, cell: ({ of }) => text(of.currency) },
  { header: 'Outcome', widest: 24, cell: outcomeCell },
  { header: 'Lines', widest: 10, cell: ({ lines }) => optionalCount(lines) },
  { header: 'Remark', widest: 56, cell: ({ remark }) => text(remark) },
  { header: 'Invoice date', widest: 12, cell: ({ of }) => day(of.invoiceDate) },
  { header: 'Kind', widest: 12, cell: ({ of }) => text(of.kind) },
  { header: 'Status', widest: 10, cell: ({ of }) => text(of.status) },
];

const USAGE_COLUMNS: readonly Column<SheetStep>[] = [
  usageColumn('Customer', 32, ({ customerName, customerId }) => text(customerName === '' ? customerId : customerName)),
  usageColumn('Product', 40, ({ product }) => text(product)),
  usageColumn('Subscription', 38, ({ subscriptionId }) => text(subscriptionId)),
  usageColumn('ProductId', 16, ({ productId }) => text(productId)),
  usageColumn('SkuId', 8, ({ skuId }) => text(skuId)),
  usageColumn('Invoice Subtotal', 20, ({ subtotal }, currency) => money(subtotal, currency)),
  usageColumn('Sum of daily rows', 20, ({ dailyTotal }, currency) => money(dailyTotal, currency)),
  usageColumn('Daily rows', 12, ({ dailyRows }) => count(dailyRows)),
  usageColumn('Usage from', 12, ({ firstDay }) => day(firstDay)),
  usageColumn('Usage to', 12, ({ lastDay }) => day(lastDay)),
  usageColumn('Invoice quantity', 20, ({ invoiceQuantity }) => decimal(invoiceQuantity, 0)),
  usageColumn('Daily quantity', 20, ({ dailyQuantity }) => decimal(dailyQuantity, 0)),
];

/**
 * Every invoice of the list from its total to the sum of its lines, and daily usage beside the invoice lines that bill it: each step a number.
 * The columns of daily usage stand there only where some was compared: without them the sheet prints on the width of one page.
 */
export async function writeReconciliationSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  const hasUsage = report.reconciliation.some(({ usage }) => usage !== undefined && usage.length > 0);
  await writeTable(workbook, {
    name: 'Reconciliation',
    columns: hasUsage ? [...INVOICE_COLUMNS, ...USAGE_COLUMNS] : INVOICE_COLUMNS,
    pagesAcross: hasUsage ? 3 : 1,
    items: () => report.reconciliation.flatMap(stepsOf),
    ifEmpty: 'Neither a list of invoices (--invoices) was given, nor daily usage with its invoice lines.',
  });
}
