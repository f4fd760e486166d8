import { dayFromIso, type Day } from '../../domain/days.ts';
import { SEVERITIES } from '../../domain/finding.ts';
import { invariant } from '../../domain/invariant.ts';
import { KnownError } from '../../domain/known-error.ts';
import type { Report } from '../../domain/report.ts';
import type { AuditResult } from '../../engine/audit.ts';
import { summaryText } from '../../report/summary-text.ts';
import { readBaseline } from '../../ingest/side-inputs/baseline.ts';
import { readRegister } from '../../ingest/side-inputs/register.ts';
import { buildReport, type BuiltReport, type Memory } from '../build-report.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { guardRegister } from '../guard-register.ts';
import { openLog } from '../log.ts';
import { readOptions, type AuditOptions } from '../options.ts';
import { Progress } from '../progress.ts';
import { readAll } from '../read-files.ts';
import { writeReport } from '../write-report.ts';

/** Runs one audit from the command line's options and prints its summary. The exit code is the contract's. */
export async function runAudit(flags: Readonly<Record<string, unknown>>, config: string | undefined): Promise<ExitCode> {
  const options = readOptions(flags, config, process.cwd());
  const log = openLog(options.logLevel, options.logFile ?? null);
  const progress = new Progress(options.progress && !options.quiet);
  try {
    const asOf = options.asOf ?? today();
    // The user's own files first: a register that cannot be read stops the run before anything is written.
    await guardRegister(options);
    const memory = await readMemory(options);
    const read = await readAll(options, dayOf(asOf), progress);
    log.info({ rows: read.inputs.reduce((all, one) => all + one.rows, 0), files: read.inputs.length }, 'files read');
    progress.step('working out every line');
    const result = read.audit.finish();
    log.info({ findings: result.findings.length }, 'lines judged');
    const built = buildReport(asOf, options, read, result, memory);
    progress.step('writing the report');
    await deliver(built, result, options, progress);
    return exitCodeOf(built.report, options);
  } finally {
    progress.stop();
  }
}

/** The report alone, without writing anything: what other commands start from. */
export async function auditInMemory(settings: Readonly<Record<string, unknown>>): Promise<Report> {
  const options = readOptions(settings, undefined, process.cwd());
  const asOf = options.asOf ?? today();
  const read = await readAll(options, dayOf(asOf), new Progress(false));
  return buildReport(asOf, options, read, read.audit.finish(), { register: null, baseline: null }).report;
}

/** Today in UTC: the only clock of a run, and the report prints it. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function dayOf(iso: string): Day {
  const day = dayFromIso(iso);
  invariant(day !== null, 'options are validated');
  return day;
}

async function readMemory({ register, baseline }: AuditOptions): Promise<Memory> {
  return {
    register: register === undefined ? null : await readRegister(register, register),
    baseline: baseline === undefined ? null : await readBaseline(baseline, baseline),
  };
}

async function deliver({ report, register }: BuiltReport, result: AuditResult, options: AuditOptions, progress: Progress): Promise<void> {
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
  const written = await writeReport({ report, register, proratedLines: () => result.proratedLines() }, options.out, options.format);
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
