import { z } from 'zod';
import type { Baseline } from '../../domain/partner/baseline.ts';
import { dayFromIso } from '../../domain/calendar/days.ts';
import { KnownError } from '../../domain/known-error.ts';
import { decodeText } from '../text/decode-text.ts';
import { jsonFault } from '../json-fault.ts';
import { openBytes } from '../containers/open-bytes.ts';
import { jsonReading, type SideWatch } from './side-reading.ts';
import { withSideFile } from './side-rows.ts';

const day = z.string().refine((text) => dayFromIso(text) !== null, 'must be a day as YYYY-MM-DD');
const words = z.string().refine((text) => text.trim() !== '', 'must not be empty');

const baselineSchema = z.strictObject({
  version: z.literal(1),
  accepted: z.array(
    z.strictObject({
      fingerprint: words,
      rule: words,
      reason: words,
      owner: words,
      expires: day.nullable(),
      acceptedOn: day,
    }),
  ),
});

/** Reads a baseline file whole, or refuses it: half of a baseline would report findings that were accepted. */
export async function readBaseline(path: string, name: string, watch?: SideWatch): Promise<Baseline> {
  return withSideFile(path, name, async (file) => {
    if (file.kind === 'workbook') throw unreadable(name, 'The file is a workbook.');
    const chunks: Buffer[] = [];
    for await (const chunk of (await decodeText(openBytes(file), name, 'utf-8')).chunks) chunks.push(chunk);
    const baseline = parsedBaseline(Buffer.concat(chunks).toString('utf8'), name);
    watch?.(jsonReading(file, baseline.accepted.length));
    return baseline;
  });
}

function parsedBaseline(text: string, name: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(name, `The file is not valid JSON${jsonFault(text, error)}.`);
  }
  const parsed = baselineSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unreadable(name, `At ${issue?.path.join('.') || 'its beginning'}: ${issue?.message ?? 'not understood'}.`);
  }
  const seen = new Set<string>();
  for (const { fingerprint } of parsed.data.accepted) {
    if (seen.has(fingerprint)) throw unreadable(name, `The fingerprint ${fingerprint} is accepted twice.`);
    seen.add(fingerprint);
  }
  return parsed.data;
}

function unreadable(name: string, found: string): KnownError {
  return new KnownError({
    code: 'baseline-unreadable',
    place: { file: name },
    found,
    expected:
      'A file as csp-recon baseline writes it: { "version": 1, "accepted": [ … ] }, every fingerprint once, with rule, reason, owner, expires and acceptedOn.',
    remedy: 'Correct the file, or have csp-recon baseline write a new one.',
  });
}
