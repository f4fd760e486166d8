import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText, headerOf, LEGACY_CELLS, NEW_COMMERCE_CELLS, readBytes, type Cells } from '../support/csv-charges.ts';

const header = await headerOf('new-commerce/header-2025');
const ENDS_EMPTY: Cells = { ...NEW_COMMERCE_CELLS, ReferenceId: '' };
const NEEDED = header.indexOf('SubscriptionEndDate') + 1;

/** The lines of a CSV text, the header first, without their line ends. */
function linesOf(rows: readonly Cells[], own: readonly string[] = header): string[] {
  return csvText(own, rows).split('\r\n').slice(0, -1);
}

function cutTo(line: string, cells: number): string {
  return line.split(',').slice(0, cells).join(',');
}

const whole = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('');

describe('a row that ends before its last columns', () => {
  it('is read as if its empty cells were there, and said', async () => {
    const rows = [ENDS_EMPTY, { ...ENDS_EMPTY, PromotionId: 'P1' }, ENDS_EMPTY, ENDS_EMPTY];
    const [first = '', ...lines] = linesOf(rows);
    const plain = await readBytes(whole([first, ...lines]));
    const cut = [first, lines[0] ?? '', lines[1] ?? '', cutTo(lines[2] ?? '', header.length - 1), cutTo(lines[3] ?? '', NEEDED)];
    const short = await readBytes(whole(cut));
    expect(short.rejections).toEqual([]);
    expect(short.lines).toEqual(plain.lines);
    expect(plain.summaries[0]?.notes).toEqual([]);
    expect(short.summaries[0]?.notes).toEqual([
      '2 rows end before the last columns, as Excel saves CSV: ReferenceId, ProductQualifiers, PromotionId, ProductCategory taken as empty there.',
    ]);
  });

  it('as Excel saves it, sixteen rows at a time, is read to the last row', async () => {
    const rows = Array.from({ length: 60 }, (_, place): Cells => (place === 40 ? NEW_COMMERCE_CELLS : ENDS_EMPTY));
    const lines = linesOf(rows);
    const widths = lines.map((line) => line.replace(/,+$/, '').split(',').length);
    const saved = lines.map((line, place) => {
      const block = Math.floor(place / 16);
      return cutTo(line, Math.max(...widths.slice(block * 16, block * 16 + 16)));
    });
    const { lines: read, rejections, summaries } = await readBytes(whole(saved));
    expect([read.length, rejections.length]).toEqual([60, 0]);
    expect(summaries[0]?.notes).toEqual([expect.stringMatching(/^45 rows end before the last columns, as Excel saves CSV: ReferenceId,/)]);
  });

  it('is rejected where it lacks a needed cell, be it empty in all other rows', async () => {
    const rows = [{ ...ENDS_EMPTY, SubscriptionEndDate: '' }];
    const [first = '', line = ''] = linesOf(rows);
    const { rejections } = await readBytes(whole([first, cutTo(line, NEEDED - 1)]));
    expect(rejections).toMatchObject([{ code: 'columns-missing', column: 'SubscriptionEndDate' }]);
  });

  it('is rejected in a layout whose last column is always filled', async () => {
    const legacy = await headerOf('legacy-licence/header-direct');
    const [first = '', line = ''] = linesOf([LEGACY_CELLS], legacy);
    const { rejections } = await readBytes(whole([first, line.slice(0, line.lastIndexOf(','))]));
    expect(rejections).toMatchObject([{ code: 'columns-missing', column: 'BillingCycleType' }]);
  });

  it('is rejected where the file ends in the middle of its line', async () => {
    const [first = '', line = ''] = linesOf([NEW_COMMERCE_CELLS]);
    const text = whole([first, line, cutTo(line, NEEDED + 1)]);
    expect((await readBytes(text)).rejections).toEqual([]);
    const { rejections, lines } = await readBytes(text.slice(0, -3));
    expect(rejections).toMatchObject([{ row: 3, code: 'columns-missing', message: expect.stringContaining('probably cut off') as string }]);
    expect(lines.length).toBe(1);
  });

  it('is rejected where a delimiter is missing before one of the needed columns', async () => {
    const filled = Object.fromEntries(header.map((name) => [name, NEW_COMMERCE_CELLS[name] ?? 'text']));
    const some = { ...NEW_COMMERCE_CELLS, ReferenceId: '' };
    const [first = '', ...lines] = linesOf([filled, some]);
    const cells = lines.map((line) => line.split(','));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cells), fc.nat(NEEDED - 2), async (row, lost) => {
        const broken = [...row.slice(0, lost), `${row[lost] ?? ''}${row[lost + 1] ?? ''}`, ...row.slice(lost + 2)];
        const { rejections, lines: read } = await readBytes(whole([first, broken.join(',')]));
        expect([rejections.length, read.length], `the delimiter behind ${header[lost] ?? ''}`).toEqual([1, 0]);
      }),
    );
  });
});
