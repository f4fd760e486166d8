import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KnownError } from '../domain/known-error.ts';
import type { OwnTerm } from '../domain/partner/own-term.ts';
import { jsonReading, type SideWatch } from '../ingest/side-inputs/side-reading.ts';
import { readOwnTerms } from '../policy/own-terms.ts';
import { parameters } from '../policy/parameters/index.ts';

/** The partner's own agreed terms of `--policy`; none where no file was given. */
export async function ownTermsOf(path: string | undefined, watch?: SideWatch): Promise<readonly OwnTerm[]> {
  if (path === undefined) return [];
  const fail = (found: string): KnownError =>
    new KnownError({
      code: 'policy-unreadable',
      place: { file: path },
      found,
      expected:
        'JSON such as { "terms": [ { "parameter": "legacy.automatic-full-refund", "since": "2026-01-01", "value": { "length": 45, "unit": "calendar-days" }, "source": "our agreement" } ] }.',
      remedy: 'Correct the file; csp-recon rules lists the policy figures.',
    });
  let bytes: Buffer;
  let json: unknown;
  try {
    bytes = await readFile(path);
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw fail(error instanceof SyntaxError ? 'The file is not valid JSON.' : 'The file cannot be read.');
  }
  const reading = readOwnTerms(json, parameters);
  if ('mistake' in reading) throw fail(`The file is not understood: ${reading.mistake}.`);
  const file = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), container: null, notes: [] };
  watch?.(jsonReading(file, reading.terms.length));
  return reading.terms;
}
