import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { SourceRef } from '../../domain/charges/charge-line.ts';
import type { ProratedLines, Report } from '../../domain/findings/report.ts';
import { writeAbsentLinesSheet } from './absent-lines-sheet.ts';
import { writeByCustomerSheet } from './by-customer-sheet.ts';
import { writeConventionsSheet } from './conventions-sheet.ts';
import { writeCreditsSheet } from './credits-sheet.ts';
import { writeDeadlinesSheet } from './deadlines-sheet.ts';
import { findingAt, writeFindingsSheet } from './findings-sheet.ts';
import { LinesSheet } from './lines-sheet.ts';
import { ProofsSheet } from './proofs-sheet.ts';
import { writeReadMeSheet } from './read-me-sheet.ts';
import { writeReconciliationSheet } from './reconciliation-sheet.ts';
import { writeRejectedSheet } from './rejected-sheet.ts';
import { rulePlaces, writeRulesSheet } from './rules-sheet.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { writeSummarySheet } from './summary-sheet.ts';

/** The row that each finding is about, one at a time: there may be hundreds of thousands. */
function* firstEvidence({ findings }: Report): Generator<SourceRef> {
  for (const { evidence } of findings) yield* evidence.slice(0, 1);
}

/** One sheet after the other: the archive is a single stream. */
async function writeSheets(workbook: SteadyWorkbook, report: Report, proratedLines: ProratedLines): Promise<void> {
  const lines = new LinesSheet(proratedLines ?? (() => []), firstEvidence(report));
  const proofs = new ProofsSheet(report.findings);
  const rules = rulePlaces(report);
  await writeSummarySheet(workbook, report);
  await writeReadMeSheet(workbook, report, proratedLines !== null);
  await writeFindingsSheet(workbook, report, { lines, proofs }, (code) => rules.get(code) ?? null);
  await proofs.write(workbook, findingAt);
  await writeByCustomerSheet(workbook, report);
  await writeCreditsSheet(workbook, report);
  await writeDeadlinesSheet(workbook, report);
  await writeReconciliationSheet(workbook, report);
  if (proratedLines === null) writeAbsentLinesSheet(workbook);
  else await lines.write(workbook);
  await writeConventionsSheet(workbook, report);
  await writeRejectedSheet(workbook, report);
  await writeRulesSheet(workbook, report);
  await workbook.commit();
}

/**
 * Writes report.xlsx. The same report gives the same bytes: the only date inside is `asOf`. (The compressor belongs to Node; another
 * version of it may pack the same sheets differently.)
 */
export async function writeWorkbook(path: string, report: Report, proratedLines: ProratedLines): Promise<void> {
  // exceljs takes a quarter of a second to load: only runs that write a workbook wait for it.
  const { SteadyWorkbook } = await import('./steady-workbook.ts');
  const output = createWriteStream(path);
  const workbook = new SteadyWorkbook(output, new Date(`${report.asOf}T00:00:00Z`));
  try {
    // Whichever fails first ends the wait: a broken output would otherwise leave a sheet waiting for it for ever.
    await Promise.all([finished(output), writeSheets(workbook, report, proratedLines)]);
  } finally {
    output.destroy();
  }
}
