import { readFile } from 'node:fs/promises';
import { KnownError } from '../domain/known-error.ts';
import type { Report } from '../domain/findings/report.ts';
import { jsonFault } from '../ingest/json-fault.ts';
import { reportSchema } from '../report/report-schema.ts';
import { fileReason, isFileError } from './write-whole.ts';

/** Reads a saved report.json; anything else is a known error. */
export async function readReport(path: string): Promise<Report> {
  const fail = (found: string): KnownError =>
    new KnownError({
      code: 'report-unreadable',
      place: { file: path },
      found,
      expected: 'A report.json that this version of csp-recon audit wrote.',
      remedy: 'Run csp-recon audit again, or name the report.json of that run.',
    });
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw fail(error.code === 'ENOENT' ? 'There is no such file.' : `The file cannot be read: ${fileReason(error.code)}.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail(`The file is not valid JSON${jsonFault(text, error)}.`);
  }
  const parsed = reportSchema.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw fail(`The file is not a whole report${where === '' ? '' : `: its "${where}" is missing or not what it should be`}.`);
  }
  return parsed.data;
}
