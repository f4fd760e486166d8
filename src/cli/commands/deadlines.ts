import { readReport } from '../read-report.ts';
import { errorText } from '../error-text.ts';
import { notInFull } from '../not-in-full.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { deadlinesCalendar } from '../../report/deadlines-ics.ts';
import { deadlinesCsv, deadlinesText, leftOutSentences } from '../../report/deadlines-table.ts';
import type { KnownError } from '../../domain/known-error.ts';
import type { Report } from '../../domain/findings/report.ts';
import { optionInvalid } from '../option-invalid.ts';
import { writeWhole } from '../write-whole.ts';
import { auditInMemory } from './audit.ts';

export const DEADLINE_FORMATS = ['table', 'csv', 'ics'] as const;
export type DeadlineFormat = (typeof DEADLINE_FORMATS)[number];

export interface DeadlineOptions {
  readonly paths: readonly string[];
  readonly format: DeadlineFormat;
  readonly out: string | undefined;
  readonly asOf: string | undefined;
  readonly events: string | undefined;
  readonly incidents: string | undefined;
  readonly invoices: string | undefined;
  readonly policy: string | undefined;
  readonly register: string | undefined;
  readonly context: readonly string[];
}

/** Lists what can still be cancelled or claimed, and with a list of invoices what must be paid, by when, for how much: from a saved report, or from the exports themselves. */
export async function printDeadlines(options: DeadlineOptions): Promise<ExitCode> {
  const { report, isNew } = await reportOf(options);
  const text = {
    table: () => deadlinesText(report, process.stdout.columns || 120),
    csv: () => deadlinesCsv(report),
    ics: () => deadlinesCalendar(report),
  }[options.format]();
  if (options.out === undefined) process.stdout.write(text);
  else await writeWhole(options.out, text, 'list');
  // A list for a spreadsheet or calendar has no place for remarks.
  if (options.format !== 'table') for (const sentence of leftOutSentences(report)) process.stderr.write(`${sentence}\n`);
  // A saved report told this when it was made.
  const reason = isNew ? notInFull(report, 0) : null;
  if (reason === null) return EXIT.clean;
  process.stderr.write(`${errorText(reason)}\n`);
  return EXIT.incomplete;
}

interface Read {
  readonly report: Report;
  /** Made from the exports just now. */
  readonly isNew: boolean;
}

async function reportOf({ paths, context, asOf, events, incidents, invoices, policy, register }: DeadlineOptions): Promise<Read> {
  const [only] = paths;
  const given = Object.entries({ asOf, events, incidents, invoices, policy, register }).filter(([, value]) => value !== undefined);
  if (paths.length === 1 && only !== undefined && /\.json$/i.test(only)) {
    if (given.length > 0 || context.length > 0) throw reportIsMade(only);
    return { report: await readReport(only), isNew: false };
  }
  return { report: await auditInMemory({ paths, context, ...Object.fromEntries(given) }), isNew: true };
}

/** Silence would let somebody take the deadlines of one day for those of another. */
function reportIsMade(file: string): KnownError {
  return optionInvalid(
    'A saved report is named together with --as-of, --context, --events, --incidents, --invoices, --policy or --register, which change nothing in it.',
    'A saved report alone, or exports with those options.',
    'Leave the options out, or name the exports instead of the report.',
    { file },
  );
}
