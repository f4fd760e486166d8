import type { Finding } from '../../domain/findings/finding.ts';
import type { Report } from '../../domain/findings/report.ts';
import { linkText } from './cells.ts';
import { FINDING_COLUMNS as F, FINDING_TOTALS, PRORATION_COLUMNS } from './finding-columns.ts';
import type { LinesSheet } from './lines-sheet.ts';
import { linkFormula } from './link-formula.ts';
import type { ProofsSheet } from './proofs-sheet.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type Column, placeInTable, writeTable } from './table.ts';

const LINE_TEXT = 'show line';

const FINDINGS = { name: 'Findings', totals: FINDING_TOTALS } as const;

/** Where a finding stands; `index` is its place among the findings, the first 0. */
export function findingAt(index: number): string {
  return placeInTable(FINDINGS, index);
}

/**
 * Every finding with its figures, in the order of `report.findings`. What a reader decides by comes first and fits a printed page; the links to
 * proof and line begin the next one.
 */
export async function writeFindingsSheet(
  workbook: SteadyWorkbook,
  report: Report,
  { lines, proofs }: { readonly lines: LinesSheet; readonly proofs: ProofsSheet },
  ruleAt: (code: string) => string | null,
): Promise<void> {
  const lineOf = (f: Finding): string | null => (f.evidence[0] === undefined ? null : lines.placeOf(f.evidence[0]));
  const line: Column<Finding> = {
    header: 'Line',
    widest: 12,
    cell: (f) => linkText(lineOf(f) === null ? '' : LINE_TEXT),
    formula: (f) => linkFormula(lineOf(f), LINE_TEXT),
    isOptional: true,
  };
  const rule: Column<Finding> = { ...F.rule, cell: (f) => linkText(f.rule), formula: (f) => linkFormula(ruleAt(f.rule), f.rule) };
  const decisive = [F.customer, F.product, F.message, F.billed, F.expected, F.difference, F.currency, F.deadline, F.nextAction];
  const facts = [F.confidence, F.kind, F.name, F.status, F.chargeType, F.firstDay, F.lastDay, F.invoice, F.lowest, F.highest];
  await writeTable(workbook, {
    ...FINDINGS,
    columns: [
      F.severity,
      rule,
      ...decisive,
      proofs.linkColumn,
      line,
      ...facts,
      ...PRORATION_COLUMNS,
      F.subscription,
      F.customerId,
      F.fingerprint,
    ],
    pagesAcross: 3,
    items: () => report.findings,
    ifEmpty: 'Nothing was found.',
  });
}
