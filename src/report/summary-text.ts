import type { RegisterEntry } from '../domain/partner/claims-register.ts';
import { SEVERITIES, type Finding, type Severity } from '../domain/findings/finding.ts';
import { incompleteExports } from '../domain/invoices/incomplete-exports.ts';
import { Decimal, formatMoney, sum } from '../domain/numbers/money.ts';
import { SIDE_ROLES, type InputReport, type Report } from '../domain/findings/report.ts';
import { aboutText } from './finding-text.ts';
import { groupedAmount } from './grouped-amount.ts';
import { notListedSentences } from './not-listed.ts';
import { isRedacted } from './redact/redact-report.ts';
import { uncheckedReason } from './unchecked-reason.ts';
import { isUsageToLookAt } from './usage-words.ts';
import { inColumns, wrappedText } from './wrapped-text.ts';

export interface SummaryOptions {
  /** Columns of the terminal: texts are wrapped between words, tables set side by side where there is room; no figure is cut. */
  readonly width: number;
  /** Colours, only on a terminal. */
  readonly isColoured: boolean;
  /** The files written, as the user may open them. */
  readonly written: readonly string[];
}

type Style = 'bold' | 'red' | 'yellow' | 'cyan' | 'dim';
const CODES: Readonly<Record<Style, string>> = { bold: '1', red: '31', yellow: '33', cyan: '36', dim: '2' };
const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' };

/** The summary that `audit` prints: what was read, money at stake, findings, what could not be checked, where the report is. */
export function summaryText(report: Report, options: SummaryOptions): string {
  const paint = (style: Style, text: string): string => (options.isColoured ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
  const sections = [
    heading(report, paint),
    inputLines(report, options.width, paint),
    incompleteLines(report, options.width, paint),
    moneyLines(report, options.width, paint),
    findingLines(report, options.width, paint),
    memoryLines(report, options.width),
    largestLines(report, options.width, paint),
    proofLines(report, options),
    uncheckedLines(report, options.width, paint),
    rejectionLines(report, options.width, paint),
    options.written.length === 0 ? [] : [paint('bold', 'Report'), ...options.written.map((path) => `  ${path}`)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

type Paint = (style: Style, text: string) => string;

function heading(report: Report, paint: Paint): string[] {
  return [paint('bold', `csp-recon ${report.tool.version} · audit as of ${report.asOf}`)];
}

function count(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function grouped(number: number): string {
  return groupedAmount(String(number));
}

/** From so many columns on, what else stands on two lines stands on one. */
const WIDE = 160;

/** What became of the rows that were read. */
const USED_AS: Readonly<Partial<Record<InputReport['role'], string>>> = { audited: 'audited', context: 'as history' };
const SIDE: ReadonlySet<string> = new Set(SIDE_ROLES);

function inputLines(report: Report, width: number, paint: Paint): string[] {
  return [
    paint('bold', 'Read'),
    ...report.inputs.flatMap((input) => {
      const skipped = input.skipped > 0 ? `, ${grouped(input.skipped)} skipped` : '';
      const rejected = input.rejected > 0 ? `, ${grouped(input.rejected)} rejected` : '';
      const name = input.sheet === null ? input.path : `${input.path} [${input.sheet}]`;
      const role = input.role === 'audited' ? '' : ` (${input.role})`;
      const { detected } = input;
      const facts = [
        detected.encoding,
        detected.delimiter === null ? null : `delimiter ${detected.delimiter === '\t' ? 'tab' : detected.delimiter}`,
        detected.dateOrder === null ? null : `dates ${detected.dateOrder}${detected.assumed.includes('date-order') ? ' (assumed)' : ''}`,
        detected.decimalMark === null
          ? null
          : `decimal ${detected.decimalMark}${detected.assumed.includes('decimal-mark') ? ' (assumed)' : ''}`,
      ].filter((fact) => fact !== null);
      const became = `${grouped(input.lines)} ${USED_AS[input.role] ?? 'used'}${rejected}${skipped}`;
      const line = `  ${name}${role}: ${input.layout}, ${count(input.rows, 'row')}: ${became}`;
      const how = facts.join(' · ');
      const together = `${line} · ${how}`;
      const lines = how === '' ? [line] : width >= WIDE && together.length <= width ? [together] : [line, `    ${how}`];
      // Exports have columns that no rule asks for; in a list of the partner's own a column that is not read may be a slip.
      const unread = SIDE.has(input.role) ? input.extraColumns : [];
      const notes = [...input.notes, ...(unread.length === 0 ? [] : [`columns not read: ${unread.join(', ')}`])];
      return [...lines, ...notes.map((note) => `    ${note}`)].flatMap((one) => wrappedText(one, { width, indent: 6 }));
    }),
  ];
}

/** Above the totals, which would else be taken for those of the whole export. */
function incompleteLines(report: Report, width: number, paint: Paint): string[] {
  const incomplete = incompleteExports(report);
  if (incomplete.length === 0) return [];
  return [
    paint('red', 'Not the whole export: all that follows is of the parts that were given.'),
    ...incomplete.flatMap(({ path, lacks }) => (lacks ?? []).flatMap((lack) => wrappedText(`  ${path}: ${lack}`, { width, indent: 4 }))),
  ];
}

function moneyLines(report: Report, width: number, paint: Paint): string[] {
  if (report.totals.length === 0) return [];
  const header = ['currency', 'lines', 'billed', 'credits', 'discrepancies', 'claims'];
  const rows = report.totals.map((one) => [
    one.currency,
    grouped(one.lines),
    groupedAmount(one.billed),
    groupedAmount(one.creditsBilled),
    groupedAmount(one.discrepancies),
    groupedAmount(one.claims),
  ]);
  const daily = report.totals.flatMap(({ currency, dailyUsage }) =>
    dailyUsage === undefined
      ? []
      : [
          `  daily usage repeats what invoices bill and is not added: ${count(dailyUsage.lines, 'row')}, ${groupedAmount(dailyUsage.billed)} ${currency}`,
        ],
  );
  const of = incompleteExports(report).length === 0 ? '' : ' of an incomplete export';
  return [
    paint('bold', `Money${of}, before tax (positive discrepancies and claims are owed to you)`),
    ...table([header, ...rows]),
    ...[...notListedSentences(report).map((one) => `  ${one}`), ...daily, ...usageLines(report)].flatMap((one) =>
      wrappedText(one, { width, indent: 4 }),
    ),
  ];
}

/** Where daily usage and invoice lines are both given: how they stand to each other, a line a currency. */
function usageLines({ reconciliation }: Report): string[] {
  const currencies = new Set(reconciliation.flatMap(({ usage, currency }) => (usage === undefined ? [] : [currency])));
  return [...currencies].sort().map((currency) => {
    const all = reconciliation.flatMap((one) => (one.currency === currency ? (one.usage ?? []) : []));
    const gap = sum(all.flatMap((one) => (one.gap === null ? [] : [new Decimal(one.gap)])));
    const toLookAt = all.filter(isUsageToLookAt).length;
    const rest = toLookAt === 0 ? '' : `, ${grouped(toLookAt)} of them to look at`;
    return `  against the invoice lines: ${count(all.length, 'product')} compared${rest}; Subtotal less days ${groupedAmount(formatMoney(gap, currency))} ${currency}`;
  });
}

function findingLines(report: Report, width: number, paint: Paint): string[] {
  const { bySeverity, byRule, belowMinAmount } = report.summary;
  const all = SEVERITIES.reduce((sum, severity) => sum + bySeverity[severity], 0);
  if (all === 0)
    return [paint('bold', `Findings: none${belowMinAmount > 0 ? ` listed, ${grouped(belowMinAmount)} below --min-amount` : ''}`)];
  const parts = SEVERITIES.filter((one) => bySeverity[one] > 0).map((one) =>
    paint(SEVERITY_STYLE[one], count(bySeverity[one], one === 'info' ? 'notice' : one)),
  );
  const hidden = belowMinAmount > 0 ? `, ${grouped(belowMinAmount)} more below --min-amount` : '';
  const rows = Object.entries(byRule).map(([code, number]) => [code, grouped(number), report.rules[code]?.title ?? '']);
  return [`${paint('bold', 'Findings')}: ${parts.join(', ')}${hidden}`, ...sideBySide(table(rows, [1]), width, RULE_INDENT)];
}

/** What the claims register and the baseline say, where they were given. */
function memoryLines({ register, baseline }: Report, width: number): string[] {
  const claims =
    register === null
      ? []
      : [
          `Against the register: ${grouped(register.newClaims)} new, ${grouped(register.knownClaims)} known, ${count(register.resolved.length, 'claim')} resolved`,
          ...stillOpenLines(register.stillOpen),
          ...register.raisedAgain.map(
            (one) => `  granted, credit not received: ${one.customerName} · ${one.product} ${one.amount ?? ''} ${one.currency}`,
          ),
        ];
  const accepted =
    baseline === null
      ? []
      : [
          `Baseline: ${grouped(baseline.accepted)} accepted and not listed, ${grouped(baseline.expired.length)} expired, ${grouped(baseline.stale.length)} stale (csp-recon baseline --prune)`,
        ];
  return [...claims, ...accepted].flatMap((one) => wrappedText(one, { width, indent: 4 }));
}

/** Claims of earlier months for which money is open, a line a currency. */
function stillOpenLines(entries: readonly RegisterEntry[]): string[] {
  const currencies = new Set(entries.map(({ currency }) => currency));
  return [...currencies].sort().map((currency) => {
    const own = entries.filter((one) => one.currency === currency);
    const open = sum(own.map(({ amount, received }) => new Decimal(amount ?? 0).minus(received ?? 0)));
    return `  still open from earlier months: ${count(own.length, 'claim')}, ${groupedAmount(formatMoney(open, currency))} ${currency} (csp-recon deadlines, register.xlsx)`;
  });
}

const LARGEST = 10;
/** The rest of a longer one is in the report. */
const LINES_OF_A_MESSAGE = 5;

/** The findings with money, a list a currency, the largest first. */
function largestFirst(report: Report): readonly (readonly Finding[])[] {
  const withMoney = report.findings.filter((one) => one.difference !== null && one.kind !== 'notice');
  const size = (one: Finding): Decimal => new Decimal(one.difference ?? '0').abs();
  const currencies = [...new Set(withMoney.map((one) => one.currency))].sort();
  return currencies.map((currency) =>
    withMoney
      .filter((one) => one.currency === currency)
      .sort((a, b) => size(b).comparedTo(size(a)) || (a.fingerprint < b.fingerprint ? -1 : 1)),
  );
}

/** So much of a fingerprint tells a finding from all others of a report. */
const FINGERPRINT_SHOWN = 8;

/** How to see why, which nobody knows who runs this for the first time. */
function proofLines(report: Report, { width, written }: SummaryOptions): string[] {
  const first = largestFirst(report)[0]?.[0];
  const saved = written.find((path) => /(^|[/\\])report\.json$/.test(path));
  // Of a redacted report the folder is not named.
  if (first === undefined || saved === undefined || isRedacted(report)) return [];
  const command = `csp-recon explain ${first.fingerprint.slice(0, FINGERPRINT_SHOWN)} --report ${saved}`;
  return wrappedText(`The whole proof of the first: ${command}`, { width, indent: 2 });
}

function largestLines(report: Report, width: number, paint: Paint): string[] {
  return largestFirst(report).flatMap((own) => {
    const currency = own[0]?.currency ?? '';
    const shownOnes = own.slice(0, LARGEST);
    const title = own.length > LARGEST ? `The ${LARGEST} largest of ${grouped(own.length)}, ${currency}` : `By size, ${currency}`;
    return [
      paint('bold', title),
      ...shownOnes.flatMap((one) => {
        const place = one.evidence[0];
        const where = place === undefined ? '' : `${place.file}${place.sheet === null ? '' : `[${place.sheet}]`}:${place.row}`;
        const about = wrappedText(`  ${signedText(one.difference ?? '0').padStart(12)}  ${one.rule}  ${aboutText(one)}`, {
          width,
          indent: 22,
        });
        const why = wrappedText(`                ${where}  ${one.message}`, { width, indent: 16, most: LINES_OF_A_MESSAGE });
        return [...about.map((line) => line.replace(`  ${one.rule}  `, (code) => paint(SEVERITY_STYLE[one.severity], code))), ...why];
      }),
    ];
  });
}

function uncheckedLines(report: Report, width: number, paint: Paint): string[] {
  if (report.unchecked.length === 0) return [];
  const rows = table(
    report.unchecked.map((one) => [one.rule, grouped(one.lines), uncheckedReason(one)]),
    [1],
  );
  return [paint('bold', 'Could not be checked (never a pass)'), ...sideBySide(rows, width, RULE_INDENT)];
}

const REJECTIONS_SHOWN = 5;

function rejectionLines(report: Report, width: number, paint: Paint): string[] {
  const { rejections } = report;
  if (rejections.length === 0) return [];
  const more =
    rejections.length > REJECTIONS_SHOWN ? [`  … and ${grouped(rejections.length - REJECTIONS_SHOWN)} more, all in the report`] : [];
  return [
    paint('red', `Rejected rows: ${grouped(rejections.length)}. They are not audited.`),
    ...rejections
      .slice(0, REJECTIONS_SHOWN)
      .map((one) => `  ${one.file}${one.sheet === null ? '' : `[${one.sheet}]`}:${one.row} ${one.column} ${one.message}`)
      .flatMap((one) => wrappedText(one, { width, indent: 4, most: LINES_OF_A_MESSAGE })),
    ...more,
  ];
}

function signedText(amount: string): string {
  return amount.startsWith('-') ? groupedAmount(amount) : `+${groupedAmount(amount)}`;
}

/** Columns set under one another; numbers (all but the first column, or those named) flush right. */
function table(rows: readonly (readonly string[])[], right?: readonly number[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows.map((row) =>
    `  ${row
      .map((cell, column) =>
        (right === undefined ? column > 0 : right.includes(column)) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')}`.trimEnd(),
  );
}

/** Where the text of a row begins that a rule's code and a number begin. */
const RULE_INDENT = 12;

/** Rows of a table in columns where there is room for two, else one after the other, wrapped. */
function sideBySide(rows: readonly string[], width: number, indent: number): string[] {
  return width >= WIDE ? inColumns(rows, width) : rows.flatMap((row) => wrappedText(row, { width, indent }));
}
