import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Finding } from '../../domain/findings/finding.ts';
import type { Report } from '../../domain/findings/report.ts';
import { claimsOf, reasonOf } from '../claim-text.ts';
import { text } from './cells.ts';
import { FINDING_COLUMNS as F } from './finding-columns.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { writeTable, type Column } from './table.ts';

const REASON: Column<Finding> = { header: 'Reason category', widest: 40, cell: (one) => text(reasonOf(one)) };
const ORDER: Column<Finding> = { header: 'Order', widest: 24, cell: (one) => text(one.orderId) };

/** claims.xlsx: everything a credit request asks for, one claim a row; the texts to paste lie beside it. */
export async function writeClaimsWorkbook(path: string, report: Report): Promise<void> {
  // exceljs takes a quarter of a second to load: only runs that write a workbook wait for it.
  const { SteadyWorkbook } = await import('./steady-workbook.ts');
  const output = createWriteStream(path);
  const workbook = new SteadyWorkbook(output, new Date(`${report.asOf}T00:00:00Z`));
  try {
    await Promise.all([finished(output), writeSheet(workbook, report)]);
  } finally {
    output.destroy();
  }
}

async function writeSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  await writeTable(workbook, {
    name: 'Claims',
    columns: [
      F.rule,
      REASON,
      F.customer,
      F.customerId,
      F.subscription,
      ORDER,
      F.invoice,
      F.product,
      F.chargeType,
      F.firstDay,
      F.lastDay,
      F.billed,
      F.expected,
      F.difference,
      F.currency,
      F.deadline,
      F.message,
      F.working,
      F.nextAction,
      F.citations,
      F.evidence,
      F.fingerprint,
    ],
    pagesAcross: 4,
    items: () => claimsOf(report),
    ifEmpty: 'Nothing can be claimed.',
  });
  await workbook.commit();
}
