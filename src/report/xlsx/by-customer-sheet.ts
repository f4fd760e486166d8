import { formatMoney } from '../../domain/numbers/money.ts';
import type { Report } from '../../domain/findings/report.ts';
import { shownCustomer, totalsByCustomer, type CustomerTotals } from '../customer-totals.ts';
import { count, money, text } from './cells.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type Column, writeTable } from './table.ts';

function largestText({ largest }: CustomerTotals): string {
  return largest === null ? '' : `${largest.finding.rule} ${largest.finding.message}`;
}

const COLUMNS: readonly Column<CustomerTotals>[] = [
  { header: 'Customer', widest: 28, cell: (c) => text(shownCustomer(c)), isFrozen: true },
  { header: 'Currency', widest: 10, cell: (c) => text(c.currency) },
  { header: 'Errors', widest: 10, cell: (c) => count(c.bySeverity.error) },
  { header: 'Warnings', widest: 10, cell: (c) => count(c.bySeverity.warning) },
  { header: 'Notices', widest: 10, cell: (c) => count(c.bySeverity.info) },
  { header: 'Discrepancies', widest: 20, cell: (c) => money(formatMoney(c.byKind.discrepancy, c.currency), c.currency) },
  { header: 'Claims', widest: 20, cell: (c) => money(formatMoney(c.byKind.claim, c.currency), c.currency) },
  { header: 'Largest difference', widest: 20, cell: (c) => money(c.largest?.finding.difference ?? null, c.currency) },
  { header: 'Largest finding', widest: 50, cell: (c) => text(largestText(c)) },
  { header: 'Customer ID', widest: 38, cell: (c) => text(c.customerId) },
];

/** What is at stake with whom. The sums are those of `totals`: the differences of discrepancies and of claims, not of notices. */
export async function writeByCustomerSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  const totals = totalsByCustomer(report.findings);
  await writeTable(workbook, { name: 'By customer', columns: COLUMNS, pagesAcross: 1, items: () => totals, ifEmpty: 'Nothing was found.' });
}
