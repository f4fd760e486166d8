import type { Report } from '../../domain/findings/report.ts';
import { FINDING_COLUMNS as F } from './finding-columns.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { writeTable } from './table.ts';

const CREDIT_FAMILY = /^CR\d/;

/** The findings about cancellation credits and refunds: the deadline stands beside the money. */
export async function writeCreditsSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  const findings = report.findings.filter(({ rule }) => CREDIT_FAMILY.test(rule));
  await writeTable(workbook, {
    name: 'Credits',
    columns: [
      F.severity,
      F.rule,
      F.customer,
      F.product,
      F.message,
      F.billed,
      F.expected,
      F.difference,
      F.currency,
      F.deadline,
      F.nextAction,
      F.kind,
      F.confidence,
      F.chargeType,
      F.firstDay,
      F.lastDay,
      F.invoice,
      F.subscription,
      F.fingerprint,
    ],
    pagesAcross: 2,
    items: () => findings,
    ifEmpty: 'No finding is about a cancellation or a refund.',
  });
}
