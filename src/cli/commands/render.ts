import { dirname, join, resolve } from 'node:path';
import { KnownError } from '../../domain/known-error.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import type { Report } from '../../domain/findings/report.ts';
import { narrowedReport } from '../../engine/findings/listed-findings.ts';
import { isRedacted, redactedReport } from '../../report/redact/redact-report.ts';
import { identitiesOf, Redactor } from '../../report/redact/redactor.ts';
import type { Pseudonyms } from '../../report/redact/pseudonyms.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { readRenderOptions, type RenderOptions } from '../options.ts';
import { printReport } from '../print-report.ts';
import { readReport } from '../read-report.ts';
import { pseudonymsOf } from '../redaction.ts';
import { withoutNames } from '../redacted-error.ts';
import { writeReport } from '../write-report.ts';

/** Writes any format again from a saved report, without the inputs, shortened or redacted where that is asked for. Prints what was written. */
export async function runRender(flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const options = readRenderOptions(flags);
  const pseudonyms = pseudonymsOf(options.redactKey);
  const run = (): Promise<ExitCode> => renderAndWrite(options, pseudonyms);
  return options.redact ? withoutNames(pseudonyms, run) : run();
}

async function renderAndWrite(options: RenderOptions, pseudonyms: Pseudonyms): Promise<ExitCode> {
  const saved = await readReport(options.report);
  const report = asWanted(saved, options, pseudonyms);
  if (options.out === '-') {
    return (await printReport(report)) ? EXIT.clean : EXIT.incomplete;
  }
  const folder = options.out ?? dirname(options.report);
  guardSaved(saved, report, options, folder);
  const written = await writeReport({ report, register: null, proratedLines: null }, folder, options.format);
  if (options.quiet) return EXIT.clean;
  // The folder may be named after a customer.
  const names = written.map((path) => (isRedacted(report) ? path.slice(folder.length + 1) : path));
  process.stdout.write(
    `${[`Audit as of ${report.asOf}, written again`, ...names.map((one) => `  ${one}`), ...notesOf(options)].join('\n')}\n`,
  );
  return EXIT.clean;
}

function asWanted(saved: Report, options: RenderOptions, pseudonyms: Pseudonyms): Report {
  const report = options.minAmount === undefined ? saved : narrowedTo(saved, options.minAmount, options.report);
  return options.redact ? redactedReport(report, new Redactor(pseudonyms, identitiesOf(report))) : report;
}

/** What the audit left out cannot be listed again. */
function narrowedTo(saved: Report, minAmount: string, file: string): Report {
  const own = saved.options['minAmount'];
  if (typeof own === 'string' && /^\d+(\.\d+)?$/.test(own) && new Decimal(minAmount).lt(own)) {
    throw new KnownError({
      code: 'report-not-whole',
      place: { file },
      found: `The report leaves out findings below ${own}, so those from ${minAmount} on cannot be listed.`,
      expected: `A smallest amount of ${own} or more.`,
      remedy: 'Leave --min-amount out, or run csp-recon audit again with the smaller one.',
    });
  }
  return narrowedReport(saved, minAmount);
}

/** Names beside pseudonyms would undo them, and a shortened report.json in the place of the whole one would lose what it leaves out. */
function guardSaved(saved: Report, report: Report, { report: path, format }: RenderOptions, folder: string): void {
  if (resolve(folder) !== resolve(dirname(path))) return;
  const isNewlyRedacted = isRedacted(report) && !isRedacted(saved);
  const isShortened =
    report.findings.length < saved.findings.length && format.includes('json') && resolve(join(folder, 'report.json')) === resolve(path);
  if (!isNewlyRedacted && !isShortened) return;
  throw new KnownError({
    code: 'report-would-be-lost',
    place: { file: path },
    found: isNewlyRedacted
      ? 'A redacted report would stand beside the one it was made from.'
      : 'A shorter report would take the place of the whole one.',
    expected: 'A folder of its own for it.',
    remedy: 'Name one with --out; nothing was written.',
  });
}

function notesOf({ format }: RenderOptions): readonly string[] {
  if (!format.includes('xlsx')) return [];
  return ['Only csp-recon audit writes the sheet Lines of report.xlsx and register.xlsx: a saved report does not hold what they need.'];
}
