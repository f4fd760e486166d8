import { readFile } from 'node:fs/promises';
import { KnownError } from '../domain/known-error.ts';
import type { Report } from '../domain/report.ts';
import { reportSchema } from '../report/report-schema.ts';

/** Reads a saved report.json; anything else is a known error. */
export async function readReport(path: string): Promise<Report> {
  const fail = (found: string): KnownError =>
    new KnownError({
      code: 'report-unreadable',
      place: { file: path },
      found,
      expected: 'a report.json written by csp-recon audit of this version',
      remedy: 'Run csp-recon audit again, or name its report.json.',
    });
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw fail(error instanceof SyntaxError ? 'the file is not valid JSON' : 'the file cannot be read');
  }
  const parsed = reportSchema.safeParse(value);
  if (!parsed.success)
    throw fail(`the file is no report: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`);
  return parsed.data;
}
