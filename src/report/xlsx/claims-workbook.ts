import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Finding } from '../../domain/findings/finding.ts';
import type { Report } from '../../domain/findings/report.ts';
import { claimsOf, reasonOf } from '../claim-text.ts';
import { text } from './cells.ts';
import { FINDING_COLUMNS as F } from './finding-columns.ts';
import { ProofsSheet } from './proofs-sheet.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { placeInTable, writeTable, type Column } from './table.ts';

const CLAIMS = { name: 'Claims' } as const;
const REASON: Column<Finding> = { header: 'Reason category', widest: 24, cell: (one) => text(reasonOf(one)) };
const ORDER: Column<Finding> = { header: 'Order', widest: 24, cell: (one) => text(one.orderId) };

/** claims.xlsx: everything a credit request asks for, one claim a row, and the proofs on a sheet of their own; the texts to paste lie beside it. */
export async function writeClaimsWorkbook(path: string, report: Report): Promise<void> {
  // exceljs takes a quarter of a second to load: only runs that write a workbook wait for it.
  const { SteadyWorkbook } = await import('./steady-workbook.ts');
  const output = createWriteStream(path);
  const workbook = new SteadyWorkbook(output, new Date(`${report.asOf}T00:00:00Z`));
  try {
    await Promise.all([finished(output), writeSheets(workbook, report)]);
  } finally {
    output.destroy();
  }
}

async function writeSheets(workbook: SteadyWorkbook, report: Report): Promise<void> {
  const claims = claimsOf(report);
  const proofs = new ProofsSheet(claims);
  const decisive = [F.customer, F.product, F.message, F.billed, F.expected, F.difference, F.currency, F.deadline, F.nextAction];
  const asked = [F.customerId, F.subscription, ORDER, F.invoice, F.chargeType, F.firstDay, F.lastDay, F.fingerprint];
  await writeTable(workbook, {
    ...CLAIMS,
    columns: [F.rule, ...decisive, REASON, proofs.linkColumn, ...asked],
    pagesAcross: 2,
    items: () => claims,
    ifEmpty: 'Nothing can be claimed.',
  });
  await proofs.write(workbook, (index) => placeInTable(CLAIMS, index));
  await workbook.commit();
}
