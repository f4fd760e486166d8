import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditResult } from '../../src/engine/audit.ts';
import type { Finding } from '../../src/domain/findings/finding.ts';
import { filesOf, rowsOf, storyOf } from '../support/generated-month.ts';
import { auditFiles } from '../support/run-audit.ts';

/** A finding without the places of its evidence: which of two equal rows is shown is the only thing that the order may decide. */
function withoutPlaces(finding: Finding): unknown {
  return { ...finding, evidence: finding.evidence.map(({ label }) => label) };
}

function withoutFiles(result: AuditResult): unknown {
  const { findings, conventions, unchecked, nextBilling } = result;
  const claims = ['EUR', 'USD'].flatMap((currency) => ['', 'G1'].map((invoiceNumber) => ({ invoiceNumber, currency })));
  const days = [...new Set(findings.flatMap(({ firstDay }) => (firstDay === null ? [] : [firstDay])))].sort();
  const next = claims.flatMap((claim) => days.map((day) => nextBilling(claim, day)));
  return { findings: findings.map(withoutPlaces), totals: result.totals(findings), conventions, unchecked, next };
}

const stories = fc.array(storyOf({ isClean: false }), { minLength: 1, maxLength: 8 });

describe('the order of the rows and their split into files', () => {
  it('change no finding, fingerprint, total or convention', async () => {
    const month = stories.chain((told) => {
      const rows = rowsOf(told);
      const places = rows.map((_, place) => place);
      return fc.record({
        rows: fc.constant(rows),
        order: fc.shuffledSubarray(places, { minLength: rows.length, maxLength: rows.length }),
        files: fc.array(fc.nat(1), { minLength: rows.length, maxLength: rows.length }),
      });
    });
    let found = 0;
    await fc.assert(
      fc.asyncProperty(month, async ({ rows, order, files }) => {
        const asTold = await auditFiles(filesOf(rows));
        const shuffled = await auditFiles(
          filesOf(
            order.map((place) => rows[place]!),
            (place) => files[place]!,
          ),
        );
        found += asTold.findings.length;
        expect(asTold.rejected + shuffled.rejected).toBe(0);
        expect(withoutFiles(shuffled)).toEqual(withoutFiles(asTold));
      }),
      { numRuns: 150 },
    );
    expect(found, 'the generated months are not all clean').toBeGreaterThan(100);
  });
});
