import { describe, expect, it } from 'vitest';
import { readBaseline } from '../../../src/ingest/side-inputs/baseline.ts';
import { knownErrorFrom, withBytes, withWorkbook } from '../../support/side-files.ts';

const read = (path: string) => readBaseline(path, 'baseline.json');
const readText = (text: string) => withBytes('baseline.json', text, read);
const ACCEPTED = { fingerprint: 'a', rule: 'AR01', reason: 'agreed', owner: 'Anna', expires: '2027-01-01', acceptedOn: '2026-11-21' };
const baseline = (...accepted: readonly object[]) => JSON.stringify({ version: 1, accepted });

describe('a baseline file', () => {
  it('is read', async () => {
    const all = [ACCEPTED, { ...ACCEPTED, fingerprint: 'b', expires: null }];
    expect(await readText(`\ufeff${baseline(...all)}`)).toEqual({ version: 1, accepted: all });
  });

  it.each([
    ['{', 'not valid JSON'],
    ['[]', 'expected object'],
    ['{"version":2,"accepted":[]}', 'version'],
    [baseline({ ...ACCEPTED, owner: ' ' }), 'accepted.0.owner: must not be empty'],
    [baseline({ ...ACCEPTED, expires: '2027-02-30' }), 'accepted.0.expires: must be a day'],
    [baseline({ ...ACCEPTED, expires: undefined }), 'accepted.0.expires'],
    [baseline({ ...ACCEPTED, until: 'x' }), 'until'],
    [baseline(ACCEPTED, ACCEPTED), 'The fingerprint a is accepted twice'],
  ])('is refused as %s', async (text, found) => {
    const error = await knownErrorFrom(readText(text));
    expect(error).toMatchObject({ code: 'baseline-unreadable', place: { file: 'baseline.json' } });
    expect(error.found).toContain(found);
  });

  it('is refused as a workbook', async () => {
    expect(await knownErrorFrom(withWorkbook([{ name: 'S', rows: [['x']] }], read))).toMatchObject({ code: 'baseline-unreadable' });
  });
});
