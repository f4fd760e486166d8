import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../src/domain/numbers/money.ts';
import { filesOf, rowsOf, storyOf, type MonthRow, type Story } from '../support/generated-month.ts';
import { auditFiles } from '../support/run-audit.ts';

function accusations(result: Awaited<ReturnType<typeof auditFiles>>): readonly string[] {
  return result.findings.filter((one) => one.kind !== 'notice').map((one) => `${one.rule} ${one.message}`);
}

function sumOf(rows: readonly MonthRow[]): Decimal {
  return rows.reduce((sum, { line }) => sum.plus(line['amount'] ?? '0'), new Decimal(0));
}

const clean = storyOf({ isClean: true });

describe('a seat history whose every row follows some published convention', () => {
  // The rows of one history may follow different conventions. LC03's bound, the sum of the rows' bands and a minor unit a row, must hold them all.
  it('is never accused, whichever convention each row follows', async () => {
    await fc.assert(
      fc.asyncProperty(clean, async (story) => {
        const result = await auditFiles(filesOf(rowsOf([story])));
        expect(result.rejected).toBe(0);
        expect(accusations(result)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('licences that are wiped and recreated in unchanged number', () => {
  const unchanged: fc.Arbitrary<Story> = fc.record({ story: clean, convention: fc.nat(5) }).map(({ story, convention }) => ({
    ...story,
    conventions: [convention],
    hasNextCycle: false,
    changes: story.changes.map((one) => ({ ...one, seats: story.seats })),
  }));

  it('net to nothing in new commerce, to the cent, under every convention', async () => {
    const newCommerce = unchanged.map((story) => ({ ...story, layout: 'new-commerce' as const }));
    await fc.assert(
      fc.asyncProperty(newCommerce, async (story) => {
        const [charge, ...changes] = rowsOf([story]);
        expect(sumOf(changes).isZero()).toBe(true);
        const result = await auditFiles(filesOf([charge!, ...changes]));
        expect(accusations(result)).toEqual([]);
        expect(result.totals(result.findings).map((one) => new Decimal(one.billed).eq(sumOf([charge!])))).toEqual([true]);
      }),
      { numRuns: 150 },
    );
  });

  // Legacy files recreate the cycle in parts, so the roundings of the parts are left; only without a cut is it the cycle to the cent.
  it('net to nothing in legacy files where the cycle is charged again as a whole', async () => {
    const legacy = unchanged.map((story) => ({ ...story, layout: 'legacy-licence' as const, changes: [] }));
    await fc.assert(
      fc.asyncProperty(legacy, async (story) => {
        const [charge] = rowsOf([story]);
        const again = { ...charge!, line: { ...charge!.line, type: 'Cycle instance prorate' } };
        const price = charge!.line['price'] ?? '';
        const back = { ...again, line: { ...again.line, price: `-${price}`, amount: `-${charge!.line['amount'] ?? ''}` } };
        const result = await auditFiles(filesOf([charge!, back, again]));
        expect(accusations(result)).toEqual([]);
        expect(sumOf([back, again]).isZero()).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
