import { deadlinesOf, type Deadline } from '../../domain/findings/deadlines.ts';
import type { Report } from '../../domain/findings/report.ts';
import { day, money, text } from './cells.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { writeTable, type Column } from './table.ts';

const COLUMNS: readonly Column<Deadline>[] = [
  { header: 'Deadline', widest: 12, cell: (one) => day(one.deadline), isFrozen: true },
  { header: 'Days left', widest: 10, cell: (one) => text(String(one.daysLeft)) },
  { header: 'For', widest: 10, cell: (one) => text(one.purpose === 'pay' ? 'to pay' : 'to get back') },
  { header: 'Amount now', widest: 20, cell: (one) => money(one.isAmountKnown ? one.amount : null, one.subject.currency) },
  { header: 'Each further day costs', widest: 20, cell: (one) => money(one.costPerDay, one.subject.currency) },
  { header: 'Currency', widest: 10, cell: (one) => text(one.subject.currency) },
  { header: 'Rule', widest: 8, cell: (one) => text(one.subject.rule) },
  { header: 'Customer', widest: 34, cell: (one) => text(one.subject.customerName) },
  { header: 'Product', widest: 34, cell: (one) => text(one.subject.product) },
  { header: 'What', widest: 56, cell: (one) => text(one.subject.message) },
  { header: 'Next action', widest: 48, cell: (one) => text(one.subject.nextAction) },
  { header: 'Invoice', widest: 20, cell: (one) => text(one.subject.invoiceNumber) },
  { header: 'Subscription', widest: 38, cell: (one) => text(one.subject.subscriptionId) },
  { header: 'Fingerprint', widest: 24, cell: (one) => text(one.subject.fingerprint) },
];

/** What can still be cancelled or claimed, and what must be paid, sorted by urgency, then by amount. */
export async function writeDeadlinesSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  await writeTable(workbook, {
    name: 'Deadlines',
    columns: COLUMNS,
    pagesAcross: 2,
    items: () => deadlinesOf(report),
    ifEmpty: 'Nothing can be cancelled, claimed or paid by a day.',
  });
}
