import { describe, expect, it } from 'vitest';
import { IncidentIndex } from '../../src/engine/credits/incident-index.ts';
import { knownErrorFrom } from '../support/side-files.ts';
import { incidentOf } from '../support/rule-cases.ts';

type Row = Parameters<typeof incidentOf>[0];

const customers = new Set(['c1', 'c2']);
const indexOf = (...rows: readonly Row[]) =>
  new IncidentIndex(
    rows.map((row, place) => incidentOf({ customer: 'c1', ...row }, place)),
    customers,
  );
const refused = (...rows: readonly Row[]) => knownErrorFrom(Promise.resolve().then(() => indexOf(...rows)));

describe('the list of incidents by customer', () => {
  it('keeps the services of one incident apart, in the order of their names', () => {
    const rows = [{ service: 'SharePoint Online' }, { service: 'Exchange Online' }, { service: 'Microsoft Teams' }] as const;
    expect(
      indexOf(...rows)
        .of('C1')
        .map(({ service }) => service),
    ).toEqual(['Exchange Online', 'Microsoft Teams', 'SharePoint Online']);
  });

  it('takes one id for two customers for two incidents', () => {
    const index = indexOf({}, { customer: 'c2', from: '2026-09-12T08:00' });
    expect([index.of('c1'), index.of('c2')].map((own) => own.length)).toEqual([1, 1]);
  });

  it.each([
    ['the same service by another name', { service: 'EXO' }, 'is for the same service by another name'],
    ['another start', { service: 'SharePoint Online', from: '2026-09-10T08:01' }, 'has another start or end'],
    ['another end', { service: 'SharePoint Online', to: '2026-09-10T14:01' }, 'has another start or end'],
    ['another case and another end', { id: 'ex25194', service: 'SharePoint Online', to: '2026-09-11' }, 'has another start or end'],
  ] as const)('refuses one id with %s', async (_, second, found) => {
    const error = await refused({}, second);
    expect(error).toMatchObject({ code: 'incident-twice', place: { file: 'incidents.csv', row: 3 } });
    expect(error.found).toContain('stands in row 2 too, for the same customer');
    expect(error.found).toContain(found);
    expect(error.remedy).toContain('Keep one of the two rows');
  });

  it('names the later row whatever begins first', async () => {
    expect(await refused({ from: '2026-09-20T08:00' }, { service: 'SharePoint Online' })).toMatchObject({ place: { row: 3 } });
  });
});
