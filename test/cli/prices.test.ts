import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { Report } from '../../src/domain/findings/report.ts';
import { csvText, headerOf, NEW_COMMERCE_CELLS, type Cells } from '../support/csv-charges.ts';
import { sheetText, type SheetCells } from '../support/price-lists.ts';

const working = process.cwd();
let header: readonly string[] = [];
let folder = '';

/** Three licences at 20.50 a month, bought on 20 May 2021. */
const CHARGE: Cells = {
  ...NEW_COMMERCE_CELLS,
  ChargeType: 'new',
  CustomerCountry: 'NL',
  BillingFrequency: 'Monthly',
  ChargeStartDate: '5/20/2021',
  ChargeEndDate: '6/19/2021',
  SubscriptionStartDate: '5/20/2021',
  SubscriptionEndDate: '5/19/2022',
};
const LISTED: SheetCells = {
  ProductId: 'CFQ7TTC0LH0R',
  SkuId: '0002',
  BillingPlan: 'Monthly',
  Market: 'NL',
  Currency: 'EUR',
  UnitPrice: '240.00',
  EffectiveStartDate: '5/1/2021 12:00:00 AM',
};

beforeAll(async () => {
  header = await headerOf('new-commerce/header-2023');
});
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'csp-recon-prices-')));
  process.chdir(folder);
  await mkdir('in');
  await writeFile('in/may.csv', csvText(header, [CHARGE]));
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.chdir(working);
  await rm(folder, { recursive: true, force: true });
});

async function audit(...argv: readonly string[]): Promise<{ exitCode: number; stdout: string; report: Report }> {
  let stdout = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  const error = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const exitCode = await main(['audit', ...argv, '--as-of', '2021-07-05', '--format', 'json']);
    return { exitCode, stdout, report: JSON.parse(await readFile('csp-recon-report/report.json', 'utf8')) as Report };
  } finally {
    out.mockRestore();
    error.mockRestore();
  }
}

describe('price lists', () => {
  it('are read beside the charges, and a finding shows both rows', async () => {
    await writeFile('prices.csv', sheetText([{ ProductId: 'CFQ7TTC0XXXX' }, LISTED]));
    const { exitCode, stdout, report } = await audit('in', '--prices', 'prices.csv');
    expect(exitCode).toBe(1);
    expect(report.findings).toMatchObject([
      {
        rule: 'PR01',
        billed: '61.50',
        expected: '60.00',
        difference: '1.50',
        evidence: [
          { file: 'in/may.csv', row: 2, label: 'line' },
          { file: 'prices.csv', row: 3, label: 'price list' },
        ],
      },
    ]);
    expect(report.inputs.at(-1)).toMatchObject({
      path: 'prices.csv',
      role: 'prices',
      layout: 'new-commerce-prices',
      rows: 2,
      lines: 1,
      rejected: 0,
      skipped: 1,
      skippedBy: { 'product-not-billed': 1 },
    });
    expect(stdout).toContain('prices.csv (prices): new-commerce-prices, 2 rows: 1 used, 1 skipped');
    expect(report.totals).toMatchObject([{ lines: 1, billed: '61.50', discrepancies: '1.50' }]);
  });

  it('may lie in the folder that is audited, and in the configuration', async () => {
    await writeFile('in/prices.csv', sheetText([LISTED]));
    await writeFile('csp-recon.config.json', JSON.stringify({ prices: 'in/prices.csv' }));
    const { report } = await audit('in');
    expect(report.inputs.map(({ path, role }) => [path, role])).toEqual([
      ['in/may.csv', 'audited'],
      ['in/prices.csv', 'prices'],
    ]);
    expect(report.findings.map(({ rule }) => rule)).toEqual(['PR01']);
  });

  it('of the same bytes are read once', async () => {
    await mkdir('lists');
    for (const name of ['a.csv', 'b.csv']) await writeFile(join('lists', name), sheetText([LISTED]));
    const { report } = await audit('in', '--prices', 'lists');
    expect(report.inputs.at(-1)).toMatchObject({ path: 'lists/b.csv', lines: 0, skipped: 1, skippedBy: { 'file-given-twice': 1 } });
    expect(report.findings).toHaveLength(1);
  });

  it('with an unreadable price of a billed product leave the job undone, unless that is tolerated', async () => {
    await writeFile(
      'prices.csv',
      sheetText([LISTED, { ...LISTED, UnitPrice: '12,,5' }, { ProductId: 'CFQ7TTC0XXXX', UnitPrice: '12,,5' }]),
    );
    const strict = await audit('in', '--prices', 'prices.csv');
    expect(strict.exitCode).toBe(2);
    expect(strict.report.rejections).toMatchObject([{ file: 'prices.csv', row: 3, column: 'UnitPrice', code: 'money-unreadable' }]);
    expect(strict.report.inputs.at(-1)).toMatchObject({ rows: 3, lines: 1, rejected: 1, skipped: 1 });
    expect((await audit('in', '--prices', 'prices.csv', '--max-rejected', '1')).exitCode).toBe(1);
  });

  it('in another order give the same findings, but for the rows they stand in', async () => {
    const rows = [
      LISTED,
      { ...LISTED, UnitPrice: '216.00', EffectiveStartDate: '4/1/2021 12:00:00 AM' },
      { ...LISTED, UnitPrice: '12.00', Segment: 'Charity' },
      LISTED,
    ];
    const findings = async (list: readonly SheetCells[]): Promise<unknown> => {
      await writeFile('prices.csv', sheetText(list));
      const { report } = await audit('in', '--prices', 'prices.csv');
      return report.findings.map((finding) => ({ ...finding, evidence: finding.evidence.map(({ label }) => label) }));
    };
    const asListed = await findings(rows);
    expect(asListed).toMatchObject([{ rule: 'PR01', messageId: 'departs-from-all', expected: '60.00' }]);
    expect(await findings([...rows].reverse())).toEqual(asListed);
  });
});
