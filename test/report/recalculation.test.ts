import { mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_LIBREOFFICE, recalculateWorkbook, type RecalculatedCell } from '../support/recalculate-workbook.ts';

/** With this set, as in CI, the test fails where LibreOffice is missing; elsewhere it is skipped, and the run says so. */
const MUST_RUN = process.env['CSP_RECON_REQUIRE_TOOLS'] === '1';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A figure of ten digits survives binary fractions within this. */
const NOTHING = 1e-9;

function isSame({ kept, recalculated }: RecalculatedCell): boolean {
  if (typeof kept === 'number' && typeof recalculated === 'number') return Math.abs(kept - recalculated) < NOTHING;
  return kept === recalculated;
}

describe.skipIf(!MUST_RUN && !HAS_LIBREOFFICE)('report.xlsx worked out again by LibreOffice', () => {
  let folder: string;
  let path: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'csp-recon-recalculated-'));
    const inputs = ['fixtures/month/*.csv', 'fixtures/published/*.csv', '--context', 'fixtures/month/context'];
    const run = spawnSync(
      process.execPath,
      [
        '--import',
        'tsx',
        'src/bin.ts',
        'audit',
        ...inputs,
        '--as-of',
        '2026-10-05',
        '--fail-on',
        'never',
        '--format',
        'xlsx',
        '--out',
        folder,
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect(run.stderr).toBe('');
    path = join(folder, 'report.xlsx');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives the figures of the audit, cell by cell, for every convention', async () => {
    const cells = await recalculateWorkbook(path);
    expect(cells.filter((one) => !isSame(one))).toEqual([]);
    const onLines = cells.filter(({ sheet }) => sheet === 'Lines');
    // Every published example that is prorated stands there, with the figures of all conventions of its layout.
    expect(onLines.length).toBeGreaterThan(300);
    const onFindings = cells.filter(({ sheet, formula }) => sheet === 'Findings' && !formula.startsWith('HYPERLINK'));
    expect(onFindings.length).toBeGreaterThan(40);
  });

  it('works a row out again when its days are changed', async () => {
    let changed = 0;
    let days = 0;
    const headers = (sheet: ExcelJS.Worksheet): readonly unknown[] => sheet.getRow(2).values as readonly unknown[];
    const cells = await recalculateWorkbook(path, (workbook) => {
      const lines = workbook.getWorksheet('Lines')!;
      const column = headers(lines).indexOf('Days billed');
      lines.eachRow((row, number) => {
        if (number <= 2 || changed > 0 || typeof row.getCell(column).value !== 'number') return;
        days = (row.getCell(column).value as number) + 1;
        row.getCell(column).value = days;
        changed = number;
      });
    });
    expect(changed).toBeGreaterThan(2);
    const ofRow = cells.filter((one) => one.sheet === 'Lines' && one.cell.replace(/^[A-Z]+/, '') === String(changed));
    expect(ofRow.filter((one) => !isSame(one)).length).toBeGreaterThan(2);
    const others = cells.filter((one) => one.sheet === 'Lines' && Number(one.cell.replace(/^[A-Z]+/, '')) > 2 && !ofRow.includes(one));
    expect(others.filter((one) => !isSame(one))).toEqual([]);
  });
});
