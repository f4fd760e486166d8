import type { Finding, FindingKind, Severity } from '../../domain/finding.ts';
import { Decimal, formatMoney, ZERO } from '../../domain/money.ts';
import type { Report } from '../../domain/report.ts';
import { count, money, text } from './cells.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type Column, writeTable } from './table.ts';

interface CustomerTotals {
  readonly customerId: string;
  customerName: string;
  readonly currency: string;
  readonly bySeverity: Record<Severity, number>;
  readonly byKind: Record<FindingKind, Decimal>;
  largest: { readonly finding: Finding; readonly difference: Decimal } | null;
}

function startTotals({ customerId, customerName, currency }: Finding): CustomerTotals {
  return {
    customerId,
    customerName,
    currency,
    bySeverity: { error: 0, warning: 0, info: 0 },
    byKind: { discrepancy: ZERO, claim: ZERO, notice: ZERO },
    largest: null,
  };
}

function addFinding(totals: CustomerTotals, finding: Finding): void {
  totals.bySeverity[finding.severity]++;
  if (totals.customerName === '') totals.customerName = finding.customerName;
  if (finding.difference === null) return;
  const difference = new Decimal(finding.difference);
  totals.byKind[finding.kind] = totals.byKind[finding.kind].plus(difference);
  if (totals.largest === null || difference.abs().gt(totals.largest.difference.abs())) totals.largest = { finding, difference };
}

/** By plain character codes: an order by a language's rules would differ between machines. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function stake({ byKind }: CustomerTotals): Decimal {
  return byKind.discrepancy.plus(byKind.claim);
}

/** One entry a customer and currency, the most money first: amounts of two currencies do not add up. */
function totalsByCustomer(findings: readonly Finding[]): readonly CustomerTotals[] {
  const byKey = new Map<string, CustomerTotals>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.customerId === '' ? finding.customerName : finding.customerId, finding.currency]);
    let totals = byKey.get(key);
    if (totals === undefined) {
      totals = startTotals(finding);
      byKey.set(key, totals);
    }
    addFinding(totals, finding);
  }
  return [...byKey.values()].sort(
    (a, b) =>
      compareTexts(a.currency, b.currency) ||
      stake(b).comparedTo(stake(a)) ||
      compareTexts(a.customerName, b.customerName) ||
      compareTexts(a.customerId, b.customerId),
  );
}

function largestText({ largest }: CustomerTotals): string {
  return largest === null ? '' : `${largest.finding.rule} ${largest.finding.message}`;
}

const COLUMNS: readonly Column<CustomerTotals>[] = [
  { header: 'Customer', widest: 40, cell: (c) => text(c.customerName === '' ? c.customerId : c.customerName), isFrozen: true },
  { header: 'Currency', widest: 10, cell: (c) => text(c.currency) },
  { header: 'Errors', widest: 10, cell: (c) => count(c.bySeverity.error) },
  { header: 'Warnings', widest: 10, cell: (c) => count(c.bySeverity.warning) },
  { header: 'Infos', widest: 10, cell: (c) => count(c.bySeverity.info) },
  { header: 'Discrepancies', widest: 20, cell: (c) => money(formatMoney(c.byKind.discrepancy, c.currency), c.currency) },
  { header: 'Claims', widest: 20, cell: (c) => money(formatMoney(c.byKind.claim, c.currency), c.currency) },
  { header: 'Largest difference', widest: 20, cell: (c) => money(c.largest?.finding.difference ?? null, c.currency) },
  { header: 'Largest finding', widest: 60, cell: (c) => text(largestText(c)) },
  { header: 'Customer ID', widest: 38, cell: (c) => text(c.customerId) },
];

/** What is at stake with whom. The sums are those of `totals`: the differences of discrepancies and of claims, not of notices. */
export async function writeByCustomerSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  const totals = totalsByCustomer(report.findings);
  await writeTable(workbook, { name: 'By customer', columns: COLUMNS, pagesAcross: 1, items: () => totals });
}
