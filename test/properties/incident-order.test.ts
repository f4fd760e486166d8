import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseFile, type CaseLine } from '../support/case-rows.ts';
import { incidentOf } from '../support/rule-cases.ts';
import { auditFiles } from '../support/run-audit.ts';

const CUSTOMER = '11111111-2222-4333-8444-555555555555';
const LINES: readonly CaseLine[] = [
  { product: 'Exchange Online (Plan 1)', price: '4.00', seats: '250', amount: '1000.00' },
  { subscription: 's-2', productId: 'P2', product: 'Microsoft 365 Business Premium', price: '20.00', seats: '35', amount: '700.00' },
  { subscription: 's-3', productId: 'P3', product: 'SharePoint (Plan 1)', price: '5.00', seats: '10', amount: '50.00' },
].map((line) => ({ customer: CUSTOMER, from: '2026-09-01', to: '2026-09-30', start: '2026-01-01', ...line }));

const two = (value: number): string => String(value).padStart(2, '0');
const incident = fc
  .record({
    service: fc.constantFrom('Exchange Online', 'SharePoint Online', 'Microsoft Teams'),
    day: fc.integer({ min: 1, max: 30 }),
    hour: fc.integer({ min: 1, max: 11 }),
    hours: fc.integer({ min: 1, max: 12 }),
    hit: fc.constantFrom('100', '250', ''),
    claimed: fc.constantFrom('', '', '2026-10-02'),
    received: fc.constantFrom(undefined, undefined, '25.00'),
    ticket: fc.constantFrom('1', ''),
    /** A second service that the incident hit: a row of its own with the same id. */
    twin: fc.constantFrom('', '', 'OneDrive for Business'),
  })
  .map(({ day, hour, hours, received, ...rest }) => ({
    ...rest,
    ...(received === undefined ? {} : { received }),
    from: `2026-09-${two(day)}T${two(hour)}:00`,
    to: `2026-09-${two(day)}T${two(hour + hours)}:00`,
  }));

describe('the order of the rows of a list of incidents', () => {
  it('changes no finding, amount or fingerprint', async () => {
    const list = fc.array(incident, { minLength: 2, maxLength: 6 }).chain((given) => {
      const rows = given.flatMap(({ twin, ...one }, place) => {
        const row = { ...one, id: `EX${1000 + place}` };
        return twin === '' ? [row] : [row, { ...row, service: twin }];
      });
      return fc.record({
        rows: fc.constant(rows),
        shuffled: fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
      });
    });
    const found = async (rows: readonly Parameters<typeof incidentOf>[0][], lines: readonly CaseLine[]) => {
      const file = { name: 'september.csv', text: caseFile('new-commerce', lines) };
      const { findings, unchecked } = await auditFiles([file], { asOf: '2026-10-05', incidents: rows.map(incidentOf) });
      return {
        findings: findings.map((one) => ({ ...one, evidence: one.evidence.map(({ label }) => label) })),
        unchecked,
      };
    };
    let count = 0;
    await fc.assert(
      fc.asyncProperty(list, async ({ rows, shuffled }) => {
        const asTold = await found(rows, LINES);
        count += asTold.findings.length;
        expect(await found(shuffled, [...LINES].reverse())).toEqual(asTold);
      }),
      { numRuns: 60 },
    );
    expect(count).toBeGreaterThan(60);
  });
});
