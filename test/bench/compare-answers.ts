import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { GeneratedFile } from './export-file.ts';

/** What the benchmark reads of a report. */
const reportSchema = z.object({
  findings: z.array(
    z.object({
      rule: z.string(),
      expected: z.string().nullable(),
      evidence: z.array(z.object({ file: z.string(), row: z.number().int() })),
    }),
  ),
  totals: z.array(z.object({ lines: z.number().int(), recalculated: z.number().int() })),
});
export type BenchReport = z.infer<typeof reportSchema>;

export function readReport(folder: string): BenchReport {
  return reportSchema.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
}

/** The peer's rows: with the figure it expected in cents, and the later copies with the row of their first. */
export interface PeerAnswers {
  readonly differing: ReadonlyMap<number, string>;
  readonly duplicates: ReadonlyMap<number, number>;
}

function readCsv(path: string): Record<string, string>[] {
  return parse(readFileSync(path), { columns: true });
}

export function readPeer(folder: string): PeerAnswers {
  return {
    differing: new Map(readCsv(join(folder, 'differing.csv')).map((cells) => [Number(cells['row']), cells['expected']!])),
    duplicates: new Map(readCsv(join(folder, 'duplicates.csv')).map((cells) => [Number(cells['row']), Number(cells['first_row'])])),
  };
}

export interface Comparison {
  /** What was compared, with counts. */
  readonly summary: string;
  /** Empty where both say the same. */
  readonly problems: readonly string[];
}

/** These judge a line's amount; each has to name a row of the peer, with the peer's figure. */
const AMOUNT_RULES = new Set(['AR01', 'CR02']);
/** More specific rules that may speak in the place of AR01, CR02 or DU01. */
const MAY_SPEAK = /^(AR01|CR02|CR03|CR06|LC\d\d|DU01)$/;
const SHOWN_ROWS = 5;

interface CitedRows {
  /** Row → the rules that cite it anywhere in their evidence. */
  readonly rulesByRow: ReadonlyMap<number, ReadonlySet<string>>;
  /** Row that a finding of AR01 or CR02 is about → its expected amount. */
  readonly judged: ReadonlyMap<number, string | null>;
  readonly billedTwice: readonly (readonly number[])[];
}

function citedRows(report: BenchReport, file: string): CitedRows {
  const rulesByRow = new Map<number, Set<string>>();
  const judged = new Map<number, string | null>();
  const billedTwice: number[][] = [];
  for (const finding of report.findings) {
    if (!MAY_SPEAK.test(finding.rule)) continue;
    const rows = finding.evidence.filter((source) => basename(source.file) === file).map((source) => source.row);
    if (rows.length === 0) continue;
    for (const row of rows) {
      const rules = rulesByRow.get(row) ?? new Set();
      rulesByRow.set(row, rules.add(finding.rule));
    }
    if (AMOUNT_RULES.has(finding.rule)) judged.set(rows[0]!, finding.expected);
    if (finding.rule === 'DU01') billedTwice.push(rows);
  }
  return { rulesByRow, judged, billedTwice };
}

/** `-41.8` and `-41.80` are the same money; the peer prints whole cents. */
function cents(amount: string): string {
  const [units, fraction = ''] = amount.split('.');
  return BigInt(`${units!}${fraction.padEnd(2, '0')}`).toString();
}

function problem(text: string, rows: readonly number[]): readonly string[] {
  const first = [...rows].sort((a, b) => a - b).slice(0, SHOWN_ROWS);
  return rows.length === 0 ? [] : [`${rows.length} ${text}, first rows ${first.join(', ')}`];
}

/** How many of the rows each set of rules speaks of. */
function tally(rows: Iterable<number>, rulesByRow: CitedRows['rulesByRow']): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const rules = [...(rulesByRow.get(row) ?? ['none'])].sort().join('+');
    counts.set(rules, (counts.get(rules) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([rules, count]) => `${rules} ${count}`)
    .join(', ');
}

/**
 * Three hands must agree: what the generator planted, what DuckDB finds, what the audit reports. A row of the peer may be reported by a more
 * specific rule than AR01, CR02 or DU01; the other way round every row of these three has to be the peer's.
 */
export function compareAnswers(report: BenchReport, planted: GeneratedFile, peer: PeerAnswers): Comparison {
  const cited = citedRows(report, basename(planted.path));
  const differing = [...peer.differing.keys()];
  const duplicates = [...peer.duplicates.keys()];
  const judged = [...cited.judged.keys()];
  const copies = new Set([...duplicates, ...peer.duplicates.values()]);
  const isOtherFigure = (row: number): boolean => {
    const expected = cited.judged.get(row);
    return peer.differing.has(row) && (expected == null || cents(expected) !== peer.differing.get(row));
  };
  const problems = [
    ...(differing.length === planted.wrongLines ? [] : [`planted ${planted.wrongLines} wrong lines, the peer found ${differing.length}`]),
    ...(duplicates.length === planted.duplicateLines
      ? []
      : [`planted ${planted.duplicateLines} duplicates, the peer found ${duplicates.length}`]),
    ...problem(
      'lines of which the peer knows no cycle',
      differing.filter((row) => peer.differing.get(row) === ''),
    ),
    ...problem(
      'differing lines of the peer that no finding cites',
      differing.filter((row) => !cited.rulesByRow.has(row)),
    ),
    ...problem(
      'duplicates of the peer that no finding cites',
      duplicates.filter((row) => !cited.rulesByRow.has(row)),
    ),
    ...problem(
      'findings of AR01 or CR02 that the peer has not',
      judged.filter((row) => !peer.differing.has(row)),
    ),
    ...problem('findings of AR01 or CR02 with another figure than the peer', judged.filter(isOtherFigure)),
    ...problem(
      'findings of DU01 that the peer has not',
      cited.billedTwice.filter((rows) => !rows.some((row) => copies.has(row))).map((rows) => rows[0]!),
    ),
  ];
  const summary =
    `${basename(planted.path)}: ${differing.length} differing lines (${tally(differing, cited.rulesByRow)}), ` +
    `${duplicates.length} duplicates (${tally(duplicates, cited.rulesByRow)}), ${judged.length} findings of AR01 and CR02 the other way`;
  return { summary, problems };
}
