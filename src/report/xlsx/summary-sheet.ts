import type ExcelJS from 'exceljs';
import { type Finding, SEVERITIES, type Severity } from '../../domain/findings/finding.ts';
import { incompleteExports } from '../../domain/invoices/incomplete-exports.ts';
import { Decimal, formatMoney, ZERO } from '../../domain/numbers/money.ts';
import type { CurrencyTotals, InputReport, Report, UncheckedCount } from '../../domain/findings/report.ts';
import { groupedAmount } from '../grouped-amount.ts';
import { notListedSentences } from '../not-listed.ts';
import { uncheckedReason } from '../unchecked-reason.ts';
import { count, day, EMPTY, money, severity, type SheetCell, text } from './cells.ts';
import { addCellRow, addHeaderRow, type ColumnFit, ColumnGauge, openSheet, setWidths } from './sheet.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { LABEL, NOTE, NUMERIC_HEADER, SECTION, TITLE } from './styles.ts';
import type { Column } from './table.ts';

/** A block of the sheet: cells are worked out first, as all blocks share the sheet's columns and so their widths. */
interface Section {
  readonly title: string;
  readonly notes: readonly string[];
  readonly columns: readonly ColumnFit[];
  readonly rows: readonly (readonly SheetCell[])[];
}

/** The first column holds paths and the names of findings, which must not break within a word. */
const WIDEST_FIRST = 36;
const WIDEST_TEXT = 28;

function section<T>(
  title: string,
  note: string | readonly string[],
  columns: readonly Omit<Column<T>, 'widest'>[],
  items: readonly T[],
): Section {
  const gauged = columns.map(({ header, cell }, index) => ({
    cell,
    gauge: new ColumnGauge(header, index === 0 ? WIDEST_FIRST : WIDEST_TEXT),
  }));
  const rows = items.map((item) =>
    gauged.map(({ cell, gauge }) => {
      const made = cell(item);
      gauge.add(made);
      return made;
    }),
  );
  return { title, notes: [note].flat(), rows, columns: gauged.map(({ gauge }) => gauge.fit) };
}

function formatText({ kind, detected }: InputReport): string {
  const { delimiter, encoding, dateOrder, decimalMark, assumed } = detected;
  const parts = [
    kind,
    delimiter === null ? '' : `delimiter ${delimiter === '\t' ? 'tab' : `“${delimiter}”`}`,
    encoding ?? '',
    dateOrder === null ? '' : `dates ${dateOrder}`,
    decimalMark === null ? '' : `decimal mark “${decimalMark}”`,
    assumed.length === 0 ? '' : `assumed: ${assumed.join(', ')}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function remarksText({ skippedBy, extraColumns, notes }: InputReport): string {
  const skipped = Object.entries(skippedBy).map(([reason, rows]) => `${groupedAmount(String(rows))} skipped: ${reason}`);
  const extra = extraColumns.length === 0 ? [] : [`columns not used: ${extraColumns.join(', ')}`];
  return [...notes, ...skipped, ...extra].join('; ');
}

function inputsSection(report: Report): Section {
  return section<InputReport>(
    'What was read',
    'Rows = lines + rejected + skipped.',
    [
      { header: 'File', cell: (i) => text(i.path) },
      { header: 'Sheet', cell: (i) => text(i.sheet) },
      { header: 'Role', cell: (i) => text(i.role) },
      { header: 'Rows', cell: (i) => count(i.rows) },
      { header: 'Lines', cell: (i) => count(i.lines) },
      { header: 'Rejected', cell: (i) => count(i.rejected) },
      { header: 'Skipped', cell: (i) => count(i.skipped) },
      { header: 'Layout', cell: (i) => text(i.layout) },
      { header: 'Detected format', cell: (i) => text(formatText(i)) },
      { header: 'Remarks', cell: (i) => text(remarksText(i)) },
      { header: 'SHA-256', cell: (i) => text(i.sha256) },
    ],
    report.inputs,
  );
}

function totalsSection(report: Report): Section {
  const isNarrowed = report.totals.some(({ notListed }) => notListed !== undefined);
  const smallest = report.summary.belowMinAmount === 0 ? '' : 'listed ';
  return section<CurrencyTotals>(
    'Control totals by currency',
    [
      `${incompleteExports(report).length === 0 ? '' : 'Of an incomplete export: parts of it were not given. '}Audited files only. Billed is before tax. Discrepancies and claims are the sums of the ${smallest}findings’ differences.`,
      ...notListedSentences(report).map((one) => `${one}.`),
    ],
    [
      { header: 'Currency', cell: (t) => text(t.currency) },
      { header: 'Lines', cell: (t) => count(t.lines) },
      { header: 'Recalculated', cell: (t) => count(t.recalculated) },
      { header: 'Billed', cell: (t) => money(t.billed, t.currency) },
      { header: 'Tax', cell: (t) => money(t.tax, t.currency) },
      { header: 'Total', cell: (t) => money(t.total, t.currency) },
      { header: 'Credits billed', cell: (t) => money(t.creditsBilled, t.currency) },
      { header: 'Discrepancies', cell: (t) => money(t.discrepancies, t.currency) },
      { header: 'Claims', cell: (t) => money(t.claims, t.currency) },
      ...(isNarrowed
        ? [
            { header: 'Discrepancies not listed', cell: (t: CurrencyTotals) => money(t.notListed?.discrepancies ?? null, t.currency) },
            { header: 'Claims not listed', cell: (t: CurrencyTotals) => money(t.notListed?.claims ?? null, t.currency) },
          ]
        : []),
    ],
    report.totals,
  );
}

/** Null where no daily usage is audited: the section is left out. */
function dailyUsageSection(report: Report): Section | null {
  const rows = report.totals.flatMap(({ currency, dailyUsage }) => (dailyUsage === undefined ? [] : [{ currency, ...dailyUsage }]));
  if (rows.length === 0) return null;
  return section<(typeof rows)[number]>(
    'Daily usage by currency',
    'Daily usage repeats what the invoice file bills: it stands in no other total.',
    [
      { header: 'Currency', cell: (t) => text(t.currency) },
      { header: 'Lines', cell: (t) => count(t.lines) },
      { header: 'Billed', cell: (t) => money(t.billed, t.currency) },
    ],
    rows,
  );
}

interface RuleTotals {
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly currency: string;
  count: number;
  discrepancies: Decimal;
  claims: Decimal;
}

/** One entry a rule, severity and currency: a rule may soften a finding, and amounts of two currencies do not add up. */
function totalsByRule(findings: readonly Finding[]): readonly RuleTotals[] {
  const byKey = new Map<string, RuleTotals>();
  for (const { rule, name, severity: level, currency, kind, difference } of findings) {
    const key = JSON.stringify([SEVERITIES.indexOf(level), rule, currency]);
    const totals = byKey.get(key) ?? { rule, name, severity: level, currency, count: 0, discrepancies: ZERO, claims: ZERO };
    byKey.set(key, totals);
    totals.count++;
    const amount = difference === null ? ZERO : new Decimal(difference);
    if (kind === 'discrepancy') totals.discrepancies = totals.discrepancies.plus(amount);
    if (kind === 'claim') totals.claims = totals.claims.plus(amount);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, totals]) => totals);
}

function ruleMoney(amount: Decimal, currency: string): SheetCell {
  return amount.isZero() ? EMPTY : money(formatMoney(amount, currency), currency);
}

function rulesSection(report: Report): Section {
  return section<RuleTotals>(
    'Findings by rule',
    'Difference = billed − expected: above zero it is money the partner is owed.',
    [
      { header: 'Finding', cell: (t) => text(t.name) },
      { header: 'Rule', cell: (t) => text(t.rule) },
      { header: 'Severity', cell: (t) => severity(t.severity) },
      { header: 'Findings', cell: (t) => count(t.count) },
      { header: 'Currency', cell: (t) => text(t.currency) },
      { header: 'Discrepancies', cell: (t) => ruleMoney(t.discrepancies, t.currency) },
      { header: 'Claims', cell: (t) => ruleMoney(t.claims, t.currency) },
    ],
    totalsByRule(report.findings),
  );
}

function uncheckedSection(report: Report): Section {
  return section<UncheckedCount>(
    'What could not be checked',
    'Never a pass: these lines or subjects had to be left.',
    [
      { header: 'Finding looked for', cell: (u) => text(report.rules[u.rule]?.name ?? u.rule) },
      { header: 'Rule', cell: (u) => text(u.rule) },
      { header: 'Lines', cell: (u) => count(u.lines) },
      { header: 'Reason', cell: (u) => text(uncheckedReason(u)) },
    ],
    report.unchecked,
  );
}

const PLURAL: Readonly<Record<Severity, string>> = { error: 'errors', warning: 'warnings', info: 'notices' };

function countsText({ summary }: Report): string {
  const listed = SEVERITIES.map((level) => `${PLURAL[level]}: ${groupedAmount(String(summary.bySeverity[level]))}`).join(', ');
  return summary.belowMinAmount === 0
    ? listed
    : `${listed}; not listed, as below the smallest amount: ${groupedAmount(String(summary.belowMinAmount))}`;
}

/** Characters that a date needs. */
const DATE_WIDTH = 13;

/** Wide enough for every block: what stands below one another shares a column. */
function widthsOf(sections: readonly Section[]): readonly number[] {
  // The lines above the blocks hold the as-of date in the second column.
  const widths: number[] = [0, DATE_WIDTH];
  for (const { columns } of sections) {
    for (const [index, { width }] of columns.entries()) widths[index] = Math.max(widths[index] ?? 0, width);
  }
  return widths;
}

function addStyled(sheet: ExcelJS.Worksheet, value: string, style: Partial<ExcelJS.Style>, points?: number): void {
  const row = sheet.addRow([value]);
  if (points !== undefined) row.height = points;
  row.getCell(1).style = style;
  row.commit();
}

function addBlank(sheet: ExcelJS.Worksheet): void {
  // exceljs leaves a row out of a stream unless it holds something.
  sheet.addRow(['']).commit();
}

function writeHeading(sheet: ExcelJS.Worksheet, report: Report): void {
  addStyled(sheet, 'Audit of CSP reconciliation files', TITLE);
  addBlank(sheet);
  const facts: readonly (readonly [string, SheetCell])[] = [
    ['As of', day(report.asOf)],
    ['Tool', text(`${report.tool.name} ${report.tool.version}`)],
    ['Findings', text(countsText(report))],
    ...incompleteExports(report).map(({ path, lacks }) => ['Incomplete', text(`${path}: ${(lacks ?? []).join(' ')}`)] as const),
  ];
  for (const [name, cell] of facts) {
    const row = sheet.addRow([name]);
    row.getCell(1).style = LABEL;
    row.getCell(2).value = cell.value;
    row.getCell(2).style = cell.style;
    row.commit();
  }
}

/** Points of the note above a header: more than its letters need, or they would touch the header's fill. */
const LAST_NOTE_POINTS = 21;

function writeSection(sheet: ExcelJS.Worksheet, { title, notes, columns, rows }: Section, widths: readonly number[]): void {
  addBlank(sheet);
  addStyled(sheet, title, SECTION);
  for (const [index, note] of notes.entries()) addStyled(sheet, note, NOTE, index === notes.length - 1 ? LAST_NOTE_POINTS : undefined);
  addHeaderRow(sheet, columns, NUMERIC_HEADER);
  for (const cells of rows) addCellRow(sheet, cells, widths);
  if (rows.length === 0) addStyled(sheet, 'None.', NOTE);
}

/** The first page, what a reader wants to know first on top: what it adds up to, what was found, what could not be checked, what was read. */
export async function writeSummarySheet(workbook: SteadyWorkbook, report: Report): Promise<void> {
  const sheet = openSheet(workbook, 'Summary', { pagesAcross: 1, view: { showGridLines: false }, titles: {} });
  const daily = dailyUsageSection(report);
  const sections = [
    totalsSection(report),
    ...(daily === null ? [] : [daily]),
    rulesSection(report),
    uncheckedSection(report),
    inputsSection(report),
  ];
  const widths = widthsOf(sections);
  setWidths(sheet, widths);
  writeHeading(sheet, report);
  for (const part of sections) writeSection(sheet, part, widths);
  sheet.commit();
  if (workbook.mustDrain) await workbook.drained();
}
