import { Audit, type AuditResult } from '../../engine/audit.ts';
import { layoutOfConvention, type Convention } from '../../domain/conventions.ts';
import { dayFromIso, isoDay, type Day } from '../../domain/days.ts';
import { SEVERITIES, type Severity } from '../../domain/finding.ts';
import { invariant } from '../../domain/invariant.ts';
import { KnownError } from '../../domain/known-error.ts';
import { Decimal } from '../../domain/money.ts';
import type { InputReport, Rejection, Report } from '../../domain/report.ts';
import { HeadingPool } from '../../ingest/heading-pool.ts';
import { expandInputs, type InputFile } from '../../ingest/open-input.ts';
import { readCharges, type ReadOptions } from '../../ingest/read-charges.ts';
import { summaryText } from '../../report/summary-text.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { openLog } from '../log.ts';
import { readOptions, type AuditOptions } from '../options.ts';
import { Progress } from '../progress.ts';
import { packageVersion } from '../version.ts';
import { writeReport } from '../write-report.ts';

/** Runs one audit from the command line's options and prints its summary. The exit code is the contract's. */
export async function runAudit(flags: Readonly<Record<string, unknown>>, config: string | undefined): Promise<ExitCode> {
  const options = readOptions(flags, config, process.cwd());
  const log = openLog(options.logLevel, options.logFile ?? null);
  const progress = new Progress(options.progress && !options.quiet);
  try {
    const asOf = options.asOf ?? new Date().toISOString().slice(0, 10);
    const read = await readAll(options, dayOf(asOf), progress);
    log.info({ rows: read.inputs.reduce((all, one) => all + one.rows, 0), files: read.inputs.length }, 'files read');
    progress.step('working out every line');
    const result = read.audit.finish();
    log.info({ findings: result.findings.length }, 'lines judged');
    const report = buildReport(asOf, options, read, result);
    progress.step('writing the report');
    await deliver(report, result, options, progress);
    return exitCodeOf(report, options);
  } finally {
    progress.stop();
  }
}

function dayOf(iso: string): Day {
  const day = dayFromIso(iso);
  invariant(day !== null, 'options are validated');
  return day;
}

interface ReadResult {
  readonly audit: Audit;
  readonly inputs: readonly InputReport[];
  readonly rejections: readonly Rejection[];
}

async function readAll(options: AuditOptions, asOf: Day, progress: Progress): Promise<ReadResult> {
  const rounding = options.rounding === 'auto' ? null : (options.rounding as Convention);
  invariant(rounding === null || layoutOfConvention(rounding) !== null, 'options are validated');
  const audit = new Audit({ asOf, rounding, minAmount: new Decimal(options.minAmount), events: null });
  const inputs: InputReport[] = [];
  const rejections: Rejection[] = [];
  const pool = new HeadingPool();
  const seen = new Map<string, string>();
  const audited = await expandInputs(options.paths);
  const context = options.context.length === 0 ? [] : await expandInputs(options.context);
  for (const [file, role] of [...audited.map((one) => [one, 'audited'] as const), ...context.map((one) => [one, 'context'] as const)]) {
    const earlier = seen.get(file.sha256);
    if (earlier !== undefined) {
      inputs.push(...inputs.filter((one) => one.path === earlier).map((one) => givenTwice(one, file, role, earlier)));
      continue;
    }
    seen.set(file.sha256, file.name);
    await readOne(file, role, readOptionsOf(options), { audit, inputs, rejections, pool, progress });
  }
  return { audit, inputs, rejections };
}

/** The same bytes again are no second bill: every row is skipped, and the report says so. */
function givenTwice(first: InputReport, file: InputFile, role: InputReport['role'], earlier: string): InputReport {
  return {
    ...first,
    path: file.name,
    role,
    lines: 0,
    rejected: 0,
    skipped: first.rows,
    skippedBy: { 'file-given-twice': first.rows },
    notes: [`the same bytes as ${earlier}: every row is skipped`],
  };
}

function readOptionsOf(options: AuditOptions): ReadOptions {
  const { layout, dateOrder, decimalMark, delimiter, encoding } = options;
  return {
    ...(layout === undefined ? {} : { layout }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(decimalMark === undefined ? {} : { decimalMark }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === 'tab' || delimiter === '\\t' ? '\t' : delimiter }),
    ...(encoding === undefined ? {} : { encoding }),
  };
}

interface Collected {
  readonly audit: Audit;
  readonly inputs: InputReport[];
  readonly rejections: Rejection[];
  readonly pool: HeadingPool;
  readonly progress: Progress;
}

async function readOne(file: InputFile, role: InputReport['role'], options: ReadOptions, into: Collected): Promise<void> {
  let mark = 0;
  let sheet: string | null = null;
  let rejected: Rejection[] = [];
  await readCharges(file, options, into.pool, {
    begin(table) {
      sheet = table.sheet;
      rejected = [];
      mark = into.audit.beginTable({ file: file.name, sheet, isAudited: role === 'audited' });
    },
    rows(batch) {
      for (const row of batch) {
        if (row.outcome === 'line') into.audit.add(row.line);
        else if (row.outcome === 'rejected') rejected.push({ file: file.name, sheet, ...row.rejection });
      }
      into.progress.rows(file.name, batch.length);
    },
    discard() {
      into.audit.forgetSince(mark);
      rejected = [];
    },
    end({ layout, kind, rows, lines, skipped, skippedBy, extraColumns, notes, detected }) {
      into.rejections.push(...rejected);
      into.inputs.push({
        path: file.name,
        sheet,
        role,
        kind,
        layout,
        sha256: file.sha256,
        bytes: file.bytes,
        rows,
        lines,
        rejected: rejected.length,
        skipped,
        skippedBy,
        extraColumns,
        notes,
        detected,
      });
    },
  });
}

function buildReport(asOf: string, options: AuditOptions, read: ReadResult, result: AuditResult): Report {
  const bySeverity: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  const byRule: Record<string, number> = {};
  for (const finding of result.findings) {
    bySeverity[finding.severity] += 1;
    byRule[finding.rule] = (byRule[finding.rule] ?? 0) + 1;
  }
  const { rounding, failOn, maxRejected, minAmount, layout, dateOrder, decimalMark, delimiter, encoding } = options;
  const stated = { rounding, failOn, maxRejected, minAmount, layout, dateOrder, decimalMark, delimiter, encoding };
  return {
    schemaVersion: '1',
    tool: { name: 'csp-recon', version: packageVersion() },
    asOf: isoDay(dayOf(asOf)),
    options: Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)),
    inputs: read.inputs,
    totals: result.totals,
    conventions: result.conventions,
    findings: result.findings,
    unchecked: result.unchecked,
    rejections: read.rejections,
    rules: result.rules,
    summary: { bySeverity, byRule: sortedByKey(byRule), belowMinAmount: result.belowMinAmount },
  };
}

function sortedByKey(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function deliver(report: Report, result: AuditResult, options: AuditOptions, progress: Progress): Promise<void> {
  if (options.out === '-') {
    if (options.format.length !== 1 || options.format[0] !== 'json') {
      throw new KnownError({
        code: 'option-invalid',
        found: `--out - with --format ${options.format.join(',')}`,
        expected: 'standard output carries one format, json',
        remedy: 'Add --format json, or name a folder with --out.',
      });
    }
    progress.stop();
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  const written = await writeReport(report, () => result.proratedLines(), options.out, options.format);
  progress.stop();
  if (options.quiet) return;
  const width = process.stdout.isTTY ? process.stdout.columns : 120;
  const isColoured = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  process.stdout.write(summaryText(report, { width, isColoured, written }));
}

function exitCodeOf(report: Report, options: AuditOptions): ExitCode {
  if (report.rejections.length > options.maxRejected) {
    process.stderr.write(
      `error  rejected-rows – ${report.rejections.length} rows could not be read and are not audited – at most ${options.maxRejected} are tolerated – mend the rows named in the report, or raise --max-rejected\n`,
    );
    return EXIT.incomplete;
  }
  if (options.failOn === 'never') return EXIT.clean;
  const threshold = SEVERITIES.indexOf(options.failOn);
  return SEVERITIES.some((severity, place) => place <= threshold && report.summary.bySeverity[severity] > 0) ? EXIT.findings : EXIT.clean;
}
