import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateNewCommerce } from '../bench/generate-new-commerce.ts';
import { sheetText, type SheetCells } from '../support/price-lists.ts';

/**
 * Every line of the file departs from the price list, so there are more findings than lines. As plain objects they alone would take 150 MB; the heap of the
 * whole run, the loader of the sources included, is held below that.
 */
const ROWS = 60_000;
const HEAP_MB = 200;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'csp-recon-heap-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A list with the products and markets of the file, each at a price that nobody was billed. */
function wrongPrices(path: string): string {
  const file = openSync(path, 'r');
  const start = Buffer.alloc(4_000_000);
  const bytes = readSync(file, start);
  closeSync(file);
  const text = start.toString('utf8', 0, bytes);
  const rows: Record<string, string>[] = parse(text.slice(0, text.lastIndexOf('\n')), { columns: true, bom: true });
  const keys = new Map(rows.map((row) => [`${row['ProductId'] ?? ''} ${row['CustomerCountry'] ?? ''}`, row]));
  return sheetText(
    [...keys.values()].map((row): SheetCells => {
      return {
        ProductId: row['ProductId'] ?? '',
        Market: row['CustomerCountry'] ?? '',
        Currency: row['PricingCurrency'] ?? '',
        BillingPlan: 'Monthly',
        UnitPrice: '0.12',
        EffectiveStartDate: '1/1/2022 12:00:00 AM',
        EffectiveEndDate: '12/31/2024 11:59:59 PM',
      };
    }),
  );
}

function run(args: readonly string[]): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const bin = fileURLToPath(new URL('../../src/bin.ts', import.meta.url));
    const node = [`--max-old-space-size=${HEAP_MB}`, '--import', import.meta.resolve('tsx'), bin, ...args];
    const child = spawn(process.execPath, node, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

describe('a run in which every line departs', () => {
  it(`holds ${ROWS} findings below a heap of ${HEAP_MB} MB`, async () => {
    generateNewCommerce(join(folder, 'lines.csv'), ROWS);
    writeFileSync(join(folder, 'prices.csv'), wrongPrices(join(folder, 'lines.csv')));
    const options = ['--prices', 'prices.csv', '--format', 'csv,json', '--as-of', '2026-11-21', '--fail-on', 'never', '--no-progress'];
    const { code, stdout, stderr } = await run(['audit', 'lines.csv', ...options]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(new RegExp(`PR01 +${ROWS.toLocaleString('en')} `));
    expect(code).toBe(0);
  });
});
