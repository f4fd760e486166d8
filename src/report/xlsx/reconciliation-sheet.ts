import type { InvoiceReconciliation, Report } from '../../domain/report.ts';
import { count, day, EMPTY, money, text, type SheetCell } from './cells.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { writeTable, type Column } from './table.ts';

/** One row of the sheet: one step of one invoice. */
interface SheetStep {
  readonly of: InvoiceReconciliation;
  readonly name: string;
  readonly amount: string | null;
  readonly lines: number | null;
  readonly remark: string;
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
  });
  return [
    ...(of.total === null ? [row('Total of the invoice', null, 'not in the list of invoices')] : [row('Total of the invoice', of.total)]),
    ...of.steps.map(({ step, amount, text: remark }) => row(`Step: ${step}`, amount, remark)),
    ...(of.unexplained === null ? [] : [row('Not explained', of.unexplained)]),
    row('Sum of the lines', of.linesTotal, of.linesTotal === null ? 'no line in the given files' : 'Σ Total', of.lines),
    ...of.details.map(({ step, amount, text: remark }) => row(`Of which ${step}`, amount, remark)),
  ];
}

const optionalCount = (value: number | null): SheetCell => (value === null ? EMPTY : count(value));

const COLUMNS: readonly Column<SheetStep>[] = [
  { header: 'Invoice', widest: 20, cell: ({ of }) => text(of.invoiceNumber), isFrozen: true },
  { header: 'Step', widest: 30, cell: ({ name }) => text(name), isFrozen: true },
  { header: 'Amount', widest: 20, cell: ({ of, amount }) => money(amount, of.currency) },
  { header: 'Currency', widest: 10, cell: ({ of }) => text(of.currency) },
  { header: 'Outcome', widest: 14, cell: ({ of }) => text(OUTCOMES[of.outcome]) },
  { header: 'Lines', widest: 10, cell: ({ lines }) => optionalCount(lines) },
  { header: 'Remark', widest: 56, cell: ({ remark }) => text(remark) },
  { header: 'Invoice date', widest: 12, cell: ({ of }) => day(of.invoiceDate) },
  { header: 'Kind', widest: 12, cell: ({ of }) => text(of.kind) },
  { header: 'Status', widest: 10, cell: ({ of }) => text(of.status) },
];

/** Every invoice of the list from its total to the sum of its lines, each step a number. */
export async function writeReconciliationSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  await writeTable(workbook, {
    name: 'Reconciliation',
    columns: COLUMNS,
    pagesAcross: 1,
    items: () => report.reconciliation.flatMap(stepsOf),
  });
}
