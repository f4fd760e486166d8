import type { RegisterEntry } from '../domain/claims-register.ts';
import { SEVERITIES, type Finding, type Severity } from '../domain/finding.ts';
import { incompleteExports } from '../domain/incomplete-exports.ts';
import { Decimal, formatMoney, sum } from '../domain/money.ts';
import type { Report } from '../domain/report.ts';
import { aboutText } from './finding-text.ts';
import { groupedAmount } from './grouped-amount.ts';
import { isUsageToLookAt } from './usage-words.ts';
import { visibleLine } from './visible-text.ts';

export interface SummaryOptions {
  /** Columns of the terminal; texts are cut to it, figures never. */
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
    inputLines(report, options.width),
    incompleteLines(report, paint),
    moneyLines(report, paint),
    findingLines(report, paint),
    memoryLines(report),
    largestLines(report, options.width, paint),
    uncheckedLines(report),
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
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

/** What became of the rows that were read. */
const USED_AS = { audited: 'audited', context: 'as history', prices: 'used' } as const;

function inputLines(report: Report, width: number): string[] {
  return [
    'Read',
    ...report.inputs.flatMap((input) => {
      const skipped = input.skipped > 0 ? `, ${input.skipped} skipped` : '';
      const rejected = input.rejected > 0 ? `, ${input.rejected} rejected` : '';
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
      return [
        cut(
          `  ${name}${role}: ${input.layout}, ${count(input.rows, 'row')}: ${input.lines} ${USED_AS[input.role]}${rejected}${skipped}`,
          width,
        ),
        ...(facts.length === 0 ? [] : [cut(`    ${facts.join(' · ')}`, width)]),
        ...input.notes.map((note) => cut(`    ${note}`, width)),
      ];
    }),
  ];
}

/** Above the totals, which would else be taken for those of the whole export. */
function incompleteLines(report: Report, paint: Paint): string[] {
  const incomplete = incompleteExports(report);
  if (incomplete.length === 0) return [];
  return [
    paint('red', 'Not the whole export: all that follows is of the parts that were given.'),
    ...incomplete.flatMap(({ path, lacks }) => (lacks ?? []).map((lack) => visibleLine(`  ${path}: ${lack}`))),
  ];
}

function moneyLines(report: Report, paint: Paint): string[] {
  if (report.totals.length === 0) return [];
  const header = ['currency', 'lines', 'billed', 'credits', 'discrepancies', 'claims'];
  const rows = report.totals.map((one) => [
    one.currency,
    String(one.lines),
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
    ...daily,
    ...usageLines(report),
  ];
}

/** Where daily usage and invoice lines are both given: how they stand to each other, a line a currency. */
function usageLines({ reconciliation }: Report): string[] {
  const currencies = new Set(reconciliation.flatMap(({ usage, currency }) => (usage === undefined ? [] : [currency])));
  return [...currencies].sort().map((currency) => {
    const all = reconciliation.flatMap((one) => (one.currency === currency ? (one.usage ?? []) : []));
    const gap = sum(all.flatMap((one) => (one.gap === null ? [] : [new Decimal(one.gap)])));
    const toLookAt = all.filter(isUsageToLookAt).length;
    const rest = toLookAt === 0 ? '' : `, ${toLookAt} of them to look at`;
    return `  against the invoice lines: ${count(all.length, 'product')} compared${rest}; Subtotal less days ${groupedAmount(formatMoney(gap, currency))} ${currency}`;
  });
}

function findingLines(report: Report, paint: Paint): string[] {
  const { bySeverity, byRule, belowMinAmount } = report.summary;
  const all = SEVERITIES.reduce((sum, severity) => sum + bySeverity[severity], 0);
  if (all === 0) return [paint('bold', `Findings: none${belowMinAmount > 0 ? ` listed, ${belowMinAmount} below --min-amount` : ''}`)];
  const parts = SEVERITIES.filter((one) => bySeverity[one] > 0).map((one) =>
    paint(SEVERITY_STYLE[one], count(bySeverity[one], one === 'info' ? 'notice' : one)),
  );
  const hidden = belowMinAmount > 0 ? `, ${belowMinAmount} more below --min-amount` : '';
  const rows = Object.entries(byRule).map(([code, number]) => [code, String(number), report.rules[code]?.title ?? '']);
  return [`${paint('bold', 'Findings')}: ${parts.join(', ')}${hidden}`, ...table(rows, [1])];
}

/** What the claims register and the baseline say, where they were given. */
function memoryLines({ register, baseline }: Report): string[] {
  const claims =
    register === null
      ? []
      : [
          `Against the register: ${register.newClaims} new, ${register.knownClaims} known, ${count(register.resolved.length, 'claim')} resolved`,
          ...stillOpenLines(register.stillOpen),
          ...register.raisedAgain.map((one) =>
            visibleLine(`  granted, credit not received: ${one.customerName} · ${one.product} ${one.amount ?? ''} ${one.currency}`),
          ),
        ];
  const accepted =
    baseline === null
      ? []
      : [
          `Baseline: ${baseline.accepted} accepted and not listed, ${baseline.expired.length} expired, ${baseline.stale.length} stale (csp-recon baseline --prune)`,
        ];
  return [...claims, ...accepted];
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

function largestLines(report: Report, width: number, paint: Paint): string[] {
  const withMoney = report.findings.filter((one) => one.difference !== null && one.kind !== 'notice');
  if (withMoney.length === 0) return [];
  const size = (one: Finding): Decimal => new Decimal(one.difference ?? '0').abs();
  const currencies = [...new Set(withMoney.map((one) => one.currency))].sort();
  return currencies.flatMap((currency) => {
    const own = withMoney
      .filter((one) => one.currency === currency)
      .sort((a, b) => size(b).comparedTo(size(a)) || (a.fingerprint < b.fingerprint ? -1 : 1));
    const shownOnes = own.slice(0, LARGEST);
    const title = own.length > LARGEST ? `The ${LARGEST} largest of ${own.length}, ${currency}` : `By size, ${currency}`;
    return [
      paint('bold', title),
      ...shownOnes.flatMap((one) => {
        const place = one.evidence[0];
        const where = place === undefined ? '' : `${place.file}${place.sheet === null ? '' : `[${place.sheet}]`}:${place.row}`;
        return [
          cut(`  ${signedText(one.difference ?? '0').padStart(12)}  ${one.rule}  ${aboutText(one)}`, width),
          cut(`                ${where}  ${one.message}`, width),
        ];
      }),
    ];
  });
}

function uncheckedLines(report: Report): string[] {
  if (report.unchecked.length === 0) return [];
  return [
    'Could not be checked (never a pass)',
    ...table(
      report.unchecked.map((one) => [one.rule, String(one.lines), one.reason]),
      [1],
    ),
  ];
}

const REJECTIONS_SHOWN = 5;

function rejectionLines(report: Report, width: number, paint: Paint): string[] {
  const { rejections } = report;
  if (rejections.length === 0) return [];
  const more = rejections.length > REJECTIONS_SHOWN ? [`  … and ${rejections.length - REJECTIONS_SHOWN} more, all in the report`] : [];
  return [
    paint('red', `Rejected rows: ${rejections.length}. They are not audited.`),
    ...rejections
      .slice(0, REJECTIONS_SHOWN)
      .map((one) => cut(`  ${one.file}${one.sheet === null ? '' : `[${one.sheet}]`}:${one.row} ${one.column} ${one.message}`, width)),
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

function cut(text: string, width: number): string {
  const line = visibleLine(text);
  return line.length <= width ? line : `${line.slice(0, Math.max(1, width - 1))}…`;
}
