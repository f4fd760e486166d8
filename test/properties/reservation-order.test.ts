import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/findings/finding.ts';
import { caseFile } from '../support/case-rows.ts';
import { reservationRows, reservationStory } from '../support/generated-reservations.ts';
import { auditFiles, type AuditedFiles, type TextFile } from '../support/run-audit.ts';

/** Which of two equal rows is shown is the only thing that the order may decide. */
function withoutPlaces({ findings, unchecked }: AuditedFiles): unknown {
  return { findings: findings.map((one: Finding) => ({ ...one, evidence: one.evidence.map(({ label }) => label) })), unchecked };
}

describe('the order of reservation rows and their split into files', () => {
  it('change no finding, fingerprint or reason', async () => {
    const months = fc.array(reservationStory, { minLength: 1, maxLength: 6 }).chain((stories) => {
      const rows = reservationRows(stories);
      const places = rows.map((_, place) => place);
      return fc.record({
        rows: fc.constant(rows),
        order: fc.shuffledSubarray(places, { minLength: rows.length, maxLength: rows.length }),
        files: fc.array(fc.nat(1), { minLength: rows.length, maxLength: rows.length }),
      });
    });
    const found = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(months, async ({ rows, order, files }) => {
        const asTold = await auditFiles([{ name: 'one.csv', text: caseFile('new-commerce', rows) }], { asOf: '2026-05-15' });
        const parts = [0, 1].map((part) => order.filter((place) => files[place] === part).map((place) => rows[place]!));
        const split = parts
          .map((part, place): TextFile => ({ name: `part-${place}.csv`, text: caseFile('new-commerce', part) }))
          .filter((_, place) => (parts[place]?.length ?? 0) > 0);
        const shuffled = await auditFiles(split, { asOf: '2026-05-15' });
        for (const { rule } of asTold.findings) found.set(rule, (found.get(rule) ?? 0) + 1);
        expect(asTold.rejected + shuffled.rejected).toBe(0);
        expect(withoutPlaces(shuffled)).toEqual(withoutPlaces(asTold));
      }),
      { numRuns: 60 },
    );
    for (const code of ['RS01', 'RS02', 'RS03', 'RS04']) expect(found.get(code) ?? 0, code).toBeGreaterThan(5);
  });
});
