import type { Report, RuleReport } from '../../domain/findings/report.ts';
import { citationTexts } from '../finding-text.ts';
import { lines, severity, text } from './cells.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type Column, placeInTable, writeTable } from './table.ts';

const COLUMNS: readonly Column<readonly [code: string, rule: RuleReport]>[] = [
  { header: 'Rule', widest: 8, cell: ([code]) => text(code), isFrozen: true },
  { header: 'Name', widest: 24, cell: ([, rule]) => text(rule.name) },
  { header: 'Title', widest: 30, cell: ([, rule]) => text(rule.title) },
  { header: 'Severity', widest: 10, cell: ([, rule]) => severity(rule.severity) },
  { header: 'What it checks', widest: 70, cell: ([, rule]) => text(rule.docs.checks) },
  { header: 'Why', widest: 42, cell: ([, rule]) => text(rule.docs.why) },
  { header: 'Remedy', widest: 36, cell: ([, rule]) => text(rule.docs.remedy) },
  { header: 'Sources', widest: 90, cell: ([, rule]) => lines(citationTexts(rule.citations)) },
];

const RULES = { name: 'Rules' } as const;

/** Where a rule stands on the sheet; null for one that the report does not describe. */
export function ruleAt(report: Report, code: string): string | null {
  const place = Object.keys(report.rules).indexOf(code);
  return place < 0 ? null : placeInTable(RULES, place);
}

/** The catalogue that the findings refer to. */
export async function writeRulesSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  await writeTable(workbook, {
    ...RULES,
    columns: COLUMNS,
    pagesAcross: 2,
    items: () => Object.entries(report.rules),
    ifEmpty: 'The report describes no rule.',
  });
}
