import type { Report, RuleReport } from '../../domain/findings/report.ts';
import { citationTexts } from '../finding-text.ts';
import { lines, severity, text } from './cells.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type Column, placeInTable, writeTable } from './table.ts';

/** A row of a sheet is at most 409 points high: so many sources fit it even where each takes three lines. */
const SOURCES_PER_ROW = 8;
const RULES = { name: 'Rules' } as const;

/** One row of the sheet: a part of what there is to say of one rule. */
interface RuleRow {
  readonly code: string;
  readonly rule: RuleReport;
  readonly part: string;
  readonly texts: readonly string[];
}

function* rowsOf({ rules }: Report): Generator<RuleRow> {
  for (const [code, rule] of Object.entries(rules)) {
    const { docs } = rule;
    const parts = {
      'what it is': rule.title,
      'what it checks': docs.checks,
      why: docs.why,
      example: docs.example,
      'what to do': docs.remedy,
    };
    for (const [part, said] of Object.entries(parts)) yield { code, rule, part, texts: [said] };
    const sources = citationTexts(rule.citations);
    for (let from = 0; from < sources.length; from += SOURCES_PER_ROW)
      yield { code, rule, part: 'sources', texts: sources.slice(from, from + SOURCES_PER_ROW) };
  }
}

const COLUMNS: readonly Column<RuleRow>[] = [
  { header: 'Rule', widest: 8, cell: ({ code }) => text(code), isFrozen: true },
  { header: 'Name', widest: 24, cell: ({ rule }) => text(rule.name) },
  { header: 'Severity', widest: 10, cell: ({ rule }) => severity(rule.severity) },
  { header: 'Part', widest: 14, cell: ({ part }) => text(part) },
  { header: 'Text', widest: 110, cell: ({ texts }) => lines(texts) },
];

/** Where each rule begins on the sheet, by its code. */
export function rulePlaces(report: Report): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  let row = 0;
  for (const { code } of rowsOf(report)) {
    if (!places.has(code)) places.set(code, placeInTable(RULES, row));
    row++;
  }
  return places;
}

/** The catalogue that the findings refer to, a part of a rule a row: some rules rest on more sources than a row can show. */
export async function writeRulesSheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  await writeTable(workbook, {
    ...RULES,
    columns: COLUMNS,
    pagesAcross: 1,
    items: () => rowsOf(report),
    ifEmpty: 'The report describes no rule.',
  });
}
