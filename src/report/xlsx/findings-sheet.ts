import type { Finding } from '../../domain/findings/finding.ts';
import type { Report } from '../../domain/findings/report.ts';
import { FINDING_COLUMNS, FINDING_TOTALS, PRORATION_COLUMNS } from './finding-columns.ts';
import type { LinesSheet } from './lines-sheet.ts';
import { linkFormula } from './link-formula.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { linkText } from './cells.ts';
import { type Column, writeTable } from './table.ts';

/** Every finding with its proof. What a reader decides by comes first; ids and proof follow. A rule leads to its text, a finding to its line. */
export async function writeFindingsSheet(
  workbook: SteadyWorkbook,
  report: Report,
  lines: LinesSheet,
  ruleAt: (code: string) => string | null,
): Promise<void> {
  const { rule, ...others } = FINDING_COLUMNS;
  const linkedRule: Column<Finding> = {
    ...rule,
    cell: (f) => linkText(f.rule),
    formula: (f) => linkFormula(ruleAt(f.rule), f.rule),
  };
  const lineOf = (f: Finding): string | null => (f.evidence[0] === undefined ? null : lines.placeOf(f.evidence[0]));
  const line: Column<Finding> = {
    header: 'Line',
    widest: 12,
    cell: (f) => linkText(lineOf(f) === null ? '' : LINE_TEXT),
    formula: (f) => linkFormula(lineOf(f), LINE_TEXT),
    isOptional: true,
  };
  const { severity, ...rest } = others;
  await writeTable(workbook, {
    name: 'Findings',
    columns: [severity, linkedRule, ...Object.values(rest), ...PRORATION_COLUMNS, line],
    pagesAcross: 3,
    totals: FINDING_TOTALS,
    items: () => report.findings,
  });
}

const LINE_TEXT = 'show line';
