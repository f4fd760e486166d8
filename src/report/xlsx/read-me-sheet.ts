import type ExcelJS from 'exceljs';
import { FORMULA_TEXT } from '../../domain/proration/conventions.ts';
import type { Report } from '../../domain/findings/report.ts';
import { text, type SheetCell } from './cells.ts';
import { addCellRow, openSheet, setWidths } from './sheet.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { LABEL, SECTION, TITLE } from './styles.ts';

type Entry = readonly [name: string, meaning: string];

/** Without the prorated lines, as in a workbook made from a saved report, nothing leads to them. */
const sheets = (hasLines: boolean): readonly Entry[] => [
  ['Summary', 'What it adds up to by currency and rule, what could not be checked, and what was read.'],
  [
    'Findings',
    `One row a finding, with its figures and next step. A rule leads to its text, “show proof” to its working, clause and rows${hasLines ? ', “show line” to the line on Lines, as long as nobody sorts that sheet' : ''}.`,
  ],
  ['Proofs', 'What each finding rests on: the working with its numbers, the clause with its date and source, the rows of evidence.'],
  ['By customer', 'What is owed and what can be claimed, one row a customer and currency.'],
  ['Credits', 'The findings about cancellations and refunds.'],
  ['Deadlines', 'What can still be cancelled, claimed or paid, the most urgent first.'],
  ['Reconciliation', 'Every invoice from its total to the sum of its lines, each step a row; empty without a list of invoices.'],
  [
    'Lines',
    hasLines
      ? 'Every prorated line, right or wrong, with the figure of every published rounding convention.'
      : 'Says that the prorated lines are not here: this workbook was made from a saved report, and only csp-recon audit writes them.',
  ],
  ['Conventions', 'How many lines each convention fits, and which one judged.'],
  ['Rejected', 'Rows that could not be read, each with its reason. They were not audited.'],
  ['Rules', 'What every rule checks, why, an example, what to do, and its sources, a part a row.'],
];

const READING: readonly Entry[] = [
  ['Billed', 'What Microsoft charged; below zero it is a credit.'],
  ['Expected', 'What Microsoft’s published rules yield.'],
  ['Difference', 'Billed − expected. In discrepancies and claims an amount above zero is money you are owed.'],
  [
    'Kind',
    'discrepancy: the bill departs from its rules. claim: money that can be asked for until a deadline. notice: a fact worth knowing.',
  ],
  ['Severity', 'error: the bill is wrong or money is owed. warning: probably so, a person must look. info: nothing is wrong.'],
  ['Confidence', 'certain: it follows from the files. likely: it rests on one assumption, which is stated. possible: a person must look.'],
  ['Unchecked', 'What could not be checked is counted on Summary. It never counts as correct.'],
];

const recalculating = (hasLines: boolean): readonly Entry[] => [
  [
    'Live formulas',
    `${hasLines ? 'On Lines, and on Findings' : 'On Findings'} where Expected is a convention’s figure, Expected and Difference are formulas over the row’s own price, quantity, rate and days: change one and the row works itself out again. The value you see was worked out with exact decimals by the audit.`,
  ],
  [
    'Judged by',
    `The convention that Expected follows.${hasLines ? ' On Lines, type the name of another one to judge the row by it.' : ''}`,
  ],
  [
    'Totals',
    'The row above the header adds up the rows that the filter shows. Currencies are never added together, nor claims to discrepancies: where it says mixed, filter one currency, and on Findings one kind.',
  ],
  [
    'Letters',
    'P full price of a licence for one cycle, Q quantity, d days billed, D days of the cycle (both ends included, UTC), X exchange rate, E effective price; R half-up and T toward zero to the currency’s minor unit, r3 half-up to three decimals.',
  ],
];

const NAME_WIDTH = 22;
const MEANING_WIDTH = 110;

/** What the workbook is and how it is read, for somebody who sees one for the first time. `hasLines`: whether it has the prorated lines. */
export async function writeReadMeSheet(workbook: SteadyWorkbook, report: Report, hasLines: boolean): Promise<void> {
  const sheet = openSheet(workbook, 'Read me', { pagesAcross: 1, view: { showGridLines: false }, titles: {} });
  setWidths(sheet, [NAME_WIDTH, MEANING_WIDTH]);
  addStyled(sheet, 'How to read this workbook', TITLE);
  addEntries(sheet, 'What it is', [
    ['Audit', `Microsoft’s reconciliation files, recalculated line by line from Microsoft’s published rules, as of ${report.asOf}.`],
    ['Made by', `${report.tool.name} ${report.tool.version}`],
  ]);
  addEntries(sheet, 'Sheets', sheets(hasLines));
  addEntries(sheet, 'Words', READING);
  addEntries(sheet, 'Working it out again', recalculating(hasLines));
  addEntries(sheet, 'Rounding conventions', Object.entries(FORMULA_TEXT));
  sheet.commit();
  if (workbook.mustDrain) await workbook.drained();
}

function addEntries(sheet: ExcelJS.Worksheet, title: string, entries: readonly Entry[]): void {
  // exceljs leaves a row out of a stream unless it holds something.
  sheet.addRow(['']).commit();
  addStyled(sheet, title, SECTION);
  for (const [name, meaning] of entries) {
    const label: SheetCell = { ...text(name), style: LABEL };
    addCellRow(sheet, [label, text(meaning)], [NAME_WIDTH, MEANING_WIDTH]);
  }
}

function addStyled(sheet: ExcelJS.Worksheet, value: string, style: Partial<ExcelJS.Style>): void {
  const row = sheet.addRow([value]);
  row.getCell(1).style = style;
  row.commit();
}
