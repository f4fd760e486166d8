import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/findings/finding.ts';
import type { PartnerEvent } from '../../src/domain/partner/partner-event.ts';
import type { AuditResult } from '../../src/engine/audit.ts';
import { readEvents } from '../../src/ingest/side-inputs/events.ts';
import { eventsFile, YEAR_ROWS, yearFile, type YearRow } from '../support/partner-year.ts';
import { asOfFor, withYear } from '../support/partner-year-runs.ts';
import { auditFiles, type TextFile } from '../support/run-audit.ts';

const MOST_PIECES = 9;

/** The rows of each layout in their order, cut into files by a number a row. */
function filesOf(rows: readonly YearRow[], pieceOf: (place: number) => number): readonly TextFile[] {
  const pieces = new Map<string, YearRow[]>();
  rows.forEach((row, place) => {
    const name = `${row.layout}-${pieceOf(place)}.csv`;
    pieces.set(name, [...(pieces.get(name) ?? []), row]);
  });
  return [...pieces].map(([name, own]) => ({ name, text: yearFile(own[0]!.layout, own) }));
}

/** Which of two equal rows is shown as evidence is the only thing that places may decide. */
function withoutPlaces(result: AuditResult): unknown {
  const { findings, conventions, unchecked } = result;
  const shown = findings.map((one: Finding) => ({ ...one, evidence: one.evidence.map(({ label }) => label) }));
  return { findings: shown, totals: result.totals(findings), conventions, unchecked };
}

describe('the rows of the year', () => {
  it('tell the same in any order and in any files', async () => {
    await withYear(async (folder) => {
      const events: readonly PartnerEvent[] = await readEvents(eventsFile(folder), 'events.csv');
      const settings = { asOf: asOfFor(12), events };
      const asWritten = await auditFiles(
        filesOf(YEAR_ROWS, (place) => YEAR_ROWS[place]!.month),
        settings,
      );
      expect(asWritten.findings.length).toBeGreaterThan(20);
      const places = YEAR_ROWS.map((_, place) => place);
      const cuts = fc.record({
        order: fc.shuffledSubarray(places, { minLength: places.length, maxLength: places.length }),
        pieces: fc.array(fc.nat(MOST_PIECES), { minLength: places.length, maxLength: places.length, size: 'max' }),
      });
      await fc.assert(
        fc.asyncProperty(cuts, async ({ order, pieces }) => {
          const shuffled = await auditFiles(
            filesOf(
              order.map((place) => YEAR_ROWS[place]!),
              (place) => pieces[place]!,
            ),
            settings,
          );
          expect(shuffled.rejected).toBe(0);
          expect(withoutPlaces(shuffled)).toEqual(withoutPlaces(asWritten));
        }),
        { numRuns: 25 },
      );
    });
  });
});
