import { basename } from 'node:path';
import { dayFromIso, type Day } from '../../domain/calendar/days.ts';
import { SEVERITIES } from '../../domain/findings/finding.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ProratedLine, Report } from '../../domain/findings/report.ts';
import type { AuditResult } from '../../engine/audit.ts';
import type { Pseudonyms } from '../../report/redact/pseudonyms.ts';
import { redactedEntry, redactedLine, redactedReport } from '../../report/redact/redact-report.ts';
import { identitiesOf, Redactor } from '../../report/redact/redactor.ts';
import { restoredRegister } from '../../report/redact/restore-register.ts';
import { summaryText } from '../../report/summary-text.ts';
import { readBaseline } from '../../ingest/side-inputs/baseline.ts';
import { readRegister } from '../../ingest/side-inputs/register.ts';
import { buildReport, type BuiltReport, type Memory } from '../build-report.ts';
import { errorText } from '../error-text.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { guardOwnWords, guardRegister } from '../guard-register.ts';
import { openLog } from '../log.ts';
import { notInFull } from '../not-in-full.ts';
import { readOptions, type AuditOptions } from '../options.ts';
import { outputWidth } from '../output-width.ts';
import { printReport } from '../print-report.ts';
import { Progress } from '../progress.ts';
import { readAll, type ReadResult } from '../read-files.ts';
import { pseudonymsOf } from '../redaction.ts';
import { withoutNames } from '../redacted-error.ts';
import { SideInputs } from '../side-inputs.ts';
import { writeReport } from '../write-report.ts';

/** Runs one audit from the command line's options and prints its summary. The exit code is the contract's. */
export async function runAudit(flags: Readonly<Record<string, unknown>>, config: string | undefined): Promise<ExitCode> {
  const options = readOptions(flags, config, process.cwd());
  const pseudonyms = pseudonymsOf(options.redactKey);
  const run = (): Promise<ExitCode> => auditAndWrite(options, pseudonyms);
  return options.redact ? withoutNames(pseudonyms, run) : run();
}

async function auditAndWrite(options: AuditOptions, pseudonyms: Pseudonyms): Promise<ExitCode> {
  const log = openLog(options.logLevel, options.logFile ?? null);
  const progress = new Progress(options.progress && !options.quiet);
  try {
    const asOf = options.asOf ?? today();
    // The user's own files first: a register that cannot be read stops the run before anything is written.
    await guardRegister(options);
    const memory = await readMemory(options);
    const read = await readAll(options, dayOf(asOf), progress);
    log.info({ rows: read.inputs.reduce((all, one) => all + one.rows, 0), files: read.inputs.length }, 'files read');
    const result = judged(read, progress);
    log.info({ findings: result.findings.length }, 'lines judged');
    const known = restoredMemory(memory, pseudonyms, read, result);
    const whole = { ...buildReport(asOf, options, read, result, known), proratedLines: () => result.proratedLines() };
    const built = options.redact ? redacted(whole, pseudonyms, result) : whole;
    if (options.redact) guardOwnWords(whole.register, built.register, options);
    const isDelivered = await deliver(built, options, progress);
    const exitCode = exitCodeOf(built.report, options);
    return isDelivered ? exitCode : EXIT.incomplete;
  } finally {
    progress.stop();
  }
}

/** The report alone, without writing anything: what other commands start from. */
export async function auditInMemory(settings: Readonly<Record<string, unknown>>): Promise<Report> {
  const options = readOptions(settings, undefined, process.cwd());
  const asOf = options.asOf ?? today();
  const progress = new Progress(options.progress);
  try {
    const memory = await readMemory(options);
    const read = await readAll(options, dayOf(asOf), progress);
    const result = judged(read, progress);
    return buildReport(asOf, options, read, result, restoredMemory(memory, pseudonymsOf(options.redactKey), read, result)).report;
  } finally {
    progress.stop();
  }
}

function judged({ audit }: ReadResult, progress: Progress): AuditResult {
  return audit.finish((lines, total) => {
    progress.judged(lines, total);
  });
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
  const side = new SideInputs();
  return {
    register: register === undefined ? null : await readRegister(register, register, side.watch('register', register)),
    baseline: baseline === undefined ? null : await readBaseline(baseline, baseline, side.watch('baseline', baseline)),
    inputs: side.inputs,
  };
}

/** The register of a redacted run is carried forward under the real names, as far as the files of this run tell them. */
function restoredMemory(memory: Memory, pseudonyms: Pseudonyms, { inputs }: ReadResult, result: AuditResult): Memory {
  if (memory.register === null) return memory;
  return { ...memory, register: restoredRegister(memory.register, pseudonyms, () => result.customers(), inputs) };
}

interface Built extends BuiltReport {
  readonly proratedLines: () => Iterable<ProratedLine>;
}

/** Everything that is written, under pseudonyms: no writer sees a name. */
function redacted({ report, register, proratedLines }: Built, pseudonyms: Pseudonyms, result: AuditResult): Built {
  const own = identitiesOf(report);
  const redactor = new Redactor(pseudonyms, {
    customers: [
      ...result.customers(),
      ...own.customers,
      ...register.map(({ customerId, customerName }) => ({ customerId, customerName, customerDomain: '' })),
    ],
    files: own.files,
    keptIds: null,
  });
  return {
    report: redactedReport(report, redactor),
    register: register.map((one) => redactedEntry(one, redactor)),
    *proratedLines() {
      for (const line of proratedLines()) yield redactedLine(line, redactor);
    },
  };
}

/** Columns of a summary that no terminal shows. */
const PIPED_WIDTH = 120;

/** False where standard output was to carry the report and its reader did not wait for the end. */
async function deliver(built: Built, options: AuditOptions, progress: Progress): Promise<boolean> {
  const { report } = built;
  if (options.out === '-') {
    progress.stop();
    return printReport(report);
  }
  const proratedLines = (): Iterable<ProratedLine> => counted(built.proratedLines(), progress);
  const paths = await writeReport({ ...built, proratedLines }, options.out, options.format, (name) => {
    progress.writing(name);
  });
  progress.stop();
  if (options.quiet) return true;
  const width = outputWidth(PIPED_WIDTH);
  const isColoured = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
  // The folder may be named after a customer.
  const written = options.redact ? paths.map((path) => basename(path)) : paths;
  process.stdout.write(summaryText(report, { width, isColoured, written }));
  return true;
}

/** Lines on their way to a writer. */
function* counted(lines: Iterable<ProratedLine>, progress: Progress): Generator<ProratedLine> {
  for (const line of lines) {
    progress.rows(1);
    yield line;
  }
}

function exitCodeOf(report: Report, options: AuditOptions): ExitCode {
  const reason = notInFull(report, options.maxRejected);
  if (reason !== null) {
    process.stderr.write(`${errorText(reason)}\n`);
    return EXIT.incomplete;
  }
  if (options.failOn === 'never') return EXIT.clean;
  const threshold = SEVERITIES.indexOf(options.failOn);
  return SEVERITIES.some((severity, place) => place <= threshold && report.summary.bySeverity[severity] > 0) ? EXIT.findings : EXIT.clean;
}
