import { incompleteExports } from '../domain/invoices/incomplete-exports.ts';
import { invariant } from '../domain/invariant.ts';
import { KnownError } from '../domain/known-error.ts';
import type { InputReport, Rejection, Report } from '../domain/findings/report.ts';

/**
 * Why a run is not done in full although it came to its end: what it found holds for the rows that were read, and is written; its exit code is
 * that of a job not done. Null where every row was read.
 */
export function notInFull(report: Report, maxRejected: number): KnownError | null {
  const [incomplete] = incompleteExports(report);
  // Parts that are not there weigh more than a row that is.
  if (incomplete !== undefined) return incompleteExport(incomplete);
  return report.rejections.length > maxRejected ? rejectedRows(report.rejections, maxRejected) : null;
}

function incompleteExport({ path, lacks }: InputReport): KnownError {
  const [first, ...more] = lacks ?? [];
  invariant(first !== undefined, 'an export that is not whole lacks something');
  return new KnownError({
    code: 'export-incomplete',
    place: { file: path },
    found: `${first}${more.length === 0 ? '' : ` ${more.length} more such ${more.length === 1 ? 'fact stands' : 'facts stand'} in the report.`} What was given is audited; the totals are of an incomplete export.`,
    expected: 'Every part of the export, as it was downloaded.',
    remedy: 'Download the missing part or the whole export again; its manifest and its parts must be of one and the same export.',
  });
}

/** The report lists the rows, and what it says of the others holds. */
function rejectedRows(rejections: readonly Rejection[], tolerated: number): KnownError {
  const [first] = rejections;
  invariant(first !== undefined, 'more rows are rejected than are tolerated');
  const count = rejections.length === 1 ? 'One row could not be read and is' : `${rejections.length} rows could not be read and are`;
  // A row that has too few or too many cells is not wrong in one of its columns.
  const where = first.column === '' || first.message.startsWith('The row ') ? '' : `, ${first.column}`;
  return new KnownError({
    code: 'rejected-rows',
    place: { file: first.file, sheet: first.sheet, row: first.row },
    found: `${count} not audited. Row ${first.row}${where}: ${firstSentence(first.message)}`,
    expected: tolerated === 0 ? 'Every row readable.' : `No more unreadable rows than the ${tolerated} that --max-rejected allows.`,
    remedy: 'Look at what the report lists as rejected, and correct it or download the export again; --max-rejected tolerates such rows.',
  });
}

/** The cell that a message begins with may hold anything, full stops included. */
function firstSentence(message: string): string {
  return /^(?:"[^]*?" )?[^]*?\.(?= [A-Z]|$)/.exec(message)?.[0] ?? message;
}
