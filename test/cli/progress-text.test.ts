import { describe, expect, it } from 'vitest';
import { progressText, type ProgressFigures } from '../../src/cli/progress-text.ts';

const READING: ProgressFigures = {
  step: 'read',
  subject: 'exports/april.csv',
  rows: 200_000,
  done: 110_000_000,
  total: 274_000_000,
  milliseconds: 4000,
};

describe('the progress line', () => {
  it('tells file, bytes, rows, rate and time left while rows are read', () => {
    expect(progressText(READING, 120)).toBe(
      '2 of 4 · reading exports/april.csv · 110 MB of 274 MB · 200,000 rows · 50,000 rows/s · 6 s left',
    );
  });

  it('says which step of the run it speaks of: files are read twice', () => {
    const checking = { ...READING, step: 'check', subject: 'april.zip', rows: 0, done: 400_000_000, total: 2_400_000_000 } as const;
    expect(progressText(checking, 120)).toBe('1 of 4 · checking april.zip · 400 MB of 2.4 GB · 100 MB/s · 20 s left of this step');
    const judging = { ...READING, step: 'judge', subject: '', done: 200_000, total: 500_000 } as const;
    expect(progressText(judging, 120)).toBe('3 of 4 · judging · 200,000 of 500,000 lines · 50,000 lines/s · 6 s left');
    const writing = { ...READING, step: 'write', subject: 'report.xlsx', rows: 1, done: 0, total: 0 } as const;
    expect(progressText(writing, 120)).toBe('4 of 4 · writing report.xlsx · 1 row');
  });

  it.each([
    [999, 1, 10, ''],
    [1000, 0, 10, ''],
    [1000, 10, 10, ''],
    [1000, 1, 2, '1 s left'],
    [1001, 1, 2, '2 s left'],
    [30_000, 1, 3, '1 min left'],
    [60_000, 1, 4, '3 min left'],
    [60_000, 1, 126, '2 h 5 min left'],
  ])('after %d ms and %d of %d it says "%s"', (milliseconds, done, total, left) => {
    const text = progressText({ ...READING, rows: 0, milliseconds, done, total }, 200);
    expect(/[^·]*left.*$/.exec(text)?.[0].trim() ?? '').toBe(left);
  });

  it('claims no speed before there is one', () => {
    expect(progressText({ ...READING, milliseconds: 0 }, 120)).toBe('2 of 4 · reading exports/april.csv · 110 MB of 274 MB · 200,000 rows');
  });

  it.each([200, 80, 60, 40, 20, 3, 0])('never is longer than %d columns', (width) => {
    const subject = 'customers/a very long folder name that goes on/and another one/exports/2026-09-reconciliation-of-all-tenants.csv.gz';
    expect(progressText({ ...READING, subject }, width).length).toBeLessThanOrEqual(width);
  });

  it('at 77 columns keeps the end of the file’s name and the time left', () => {
    const subject = 'customers/exports/2026-09-reconciliation-of-all-tenants.csv.gz';
    expect(progressText({ ...READING, subject }, 77)).toBe('2 of 4 · reading …liation-of-all-tenants.csv.gz · 110 MB of 274 MB · 6 s left');
  });

  it('shows a letter that a terminal would obey instead of sending it', () => {
    expect(progressText({ ...READING, subject: 'a\u001b[2Jb.csv' }, 120)).toContain('a␛[2Jb.csv');
  });
});
