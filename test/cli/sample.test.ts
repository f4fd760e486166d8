import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { plants } from '../../src/cli/sample/plants.ts';
import { SAMPLE_AS_OF, SAMPLE_PATHS } from '../../src/cli/sample/sample-month.ts';
import { placeOfPlant } from '../../src/cli/sample/guide.ts';
import { SAMPLE_INCIDENTS_PATH } from '../../src/cli/sample/sample-incidents.ts';
import { INVOICES_PATH, invoicePlants, invoiceRow } from '../../src/cli/sample/sample-invoices.ts';
import {
  MISSING_PART,
  MISSING_PART_ROW,
  SAMPLE_EXPORT_FOLDER,
  SAMPLE_EXPORT_PATHS,
  sampleExportPlant,
} from '../../src/cli/sample/sample-export.ts';
import { summaryText } from '../../src/report/summary-text.ts';
import { SAMPLE_PRICES_PATH } from '../../src/cli/sample/sample-prices.ts';
import type { Plant } from '../../src/cli/sample/sample-line.ts';
import type { Report } from '../../src/domain/findings/report.ts';
import { rules } from '../../src/rules/index.ts';

/** Everything that the command writes. */
const WRITTEN: readonly string[] = [
  ...Object.values(SAMPLE_PATHS),
  SAMPLE_PRICES_PATH,
  SAMPLE_INCIDENTS_PATH,
  INVOICES_PATH,
  ...Object.values(SAMPLE_EXPORT_PATHS),
  'GUIDE.md',
];

let folder = '';
let demo = '';

let stderr = '';

/** Runs the command as a terminal would, in this process. */
async function run(...argv: readonly string[]): Promise<number> {
  stderr = '';
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const error = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
  try {
    return await main(argv);
  } finally {
    out.mockRestore();
    error.mockRestore();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csp-recon-sample-'));
  demo = join(folder, 'demo');
  expect(await run('sample', demo)).toBe(0);
});

afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
});

async function audit(argv: readonly string[], asOf = SAMPLE_AS_OF): Promise<{ exitCode: number; report: Report }> {
  const out = join(folder, 'report');
  const exitCode = await run(
    'audit',
    ...argv,
    '--invoices',
    join(demo, INVOICES_PATH),
    '--as-of',
    asOf,
    '--out',
    out,
    '--format',
    'json',
    '--quiet',
  );
  return { exitCode, report: JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as Report };
}

const incidents = (): readonly string[] => ['--incidents', join(demo, SAMPLE_INCIDENTS_PATH)];

interface Found {
  readonly rule: string;
  readonly path: string;
  readonly row: number | undefined;
  readonly billed: string | null;
  readonly expected: string | null;
  readonly difference: string | null;
}

function planted(plant: Plant): Found {
  const { rule, billed, expected, difference } = plant;
  return { rule, ...placeOfPlant(plant), billed, expected, difference };
}

/** Everything that the audit must find, in the exports and in the list of invoices. */
function allPlanted(hasContext = true, hasPrices = true): readonly Found[] {
  const isFound = (plant: { readonly needsContext?: boolean; readonly needsPrices?: boolean }): boolean =>
    (hasContext || plant.needsContext !== true) && (hasPrices || plant.needsPrices !== true);
  const ofInvoices = invoicePlants()
    .filter(isFound)
    .map(({ rule, invoiceNumber, billed, expected, difference }) => ({
      rule,
      path: INVOICES_PATH,
      row: invoiceRow(invoiceNumber),
      billed,
      expected,
      difference,
    }));
  return sorted([...plants.filter(isFound).map(planted), ...ofInvoices]);
}

function inReport(report: Report): readonly Found[] {
  return report.findings.map(({ rule, evidence, billed, expected, difference }) => {
    // A side input outside of the working folder is shown by its last part.
    const isList = (name: string): boolean => [INVOICES_PATH, SAMPLE_INCIDENTS_PATH, SAMPLE_EXPORT_PATHS.manifest].includes(name);
    const isOf = (name: string): boolean => `/${evidence[0]?.file ?? ''}`.endsWith(`/${isList(name) ? basename(name) : name}`);
    const path = [...Object.values(SAMPLE_PATHS), INVOICES_PATH, SAMPLE_INCIDENTS_PATH, SAMPLE_EXPORT_PATHS.manifest].find(isOf) ?? '';
    return { rule, path, row: evidence[0]?.row, billed, expected, difference };
  });
}

function sorted(found: readonly Found[]): readonly Found[] {
  return [...found].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

describe('csp-recon sample', () => {
  it('writes the files it names, and says how to audit them', async () => {
    const files = await readdir(demo, { recursive: true, withFileTypes: true });
    const names = files.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name).slice(demo.length + 1));
    expect(names.sort()).toEqual([...WRITTEN].sort());
  });

  it('writes the same bytes every time', async () => {
    const again = join(folder, 'again');
    await run('sample', again);
    for (const path of [...WRITTEN]) {
      expect(await readFile(join(again, path), 'utf8')).toBe(await readFile(join(demo, path), 'utf8'));
    }
  });

  it('refuses a folder that holds anything, and leaves it as it is', async () => {
    const full = await mkdtemp(join(folder, 'full-'));
    await writeFile(join(full, 'mine.csv'), 'mine');
    expect(await run('sample', full)).toBe(2);
    expect(stderr).toContain('folder-not-empty');
    expect(stderr).toContain('mine.csv');
    expect(await readdir(full)).toEqual(['mine.csv']);
  });

  it('writes into an empty folder, and refuses a path that is a file', async () => {
    expect(await run('sample', await mkdtemp(join(folder, 'empty-')))).toBe(0);
    await writeFile(join(folder, 'a-file'), '');
    expect(await run('sample', join(folder, 'a-file'))).toBe(2);
    expect(stderr).toContain('folder-not-writable');
  });
});

describe('the sample audited as its guide says', () => {
  it('finds exactly what is planted, with the month before as context', async () => {
    const { exitCode, report } = await audit([
      join(demo, '*.csv'),
      '--context',
      join(demo, 'context'),
      '--prices',
      join(demo, 'prices'),
      ...incidents(),
    ]);
    expect(sorted(inReport(report))).toEqual(allPlanted());
    expect(report.rejections).toEqual([]);
    expect(exitCode).toBe(1);
  });

  it('finds the same without it, except what only the month before shows', async () => {
    const { report } = await audit([join(demo, '*.csv'), '--prices', join(demo, 'prices'), ...incidents()]);
    expect(sorted(inReport(report))).toEqual(allPlanted(false));
  });

  it('finds the same without the price list, except what only that shows; what nobody looked at is no pass', async () => {
    const { report } = await audit([join(demo, '*.csv'), '--context', join(demo, 'context'), ...incidents()]);
    expect(sorted(inReport(report))).toEqual(allPlanted(true, false));
    const unchecked = report.unchecked.filter(({ reason }) => reason === 'no-prices');
    expect(unchecked.map(({ rule }) => rule)).toEqual(['PR01', 'PR02']);
    for (const { lines } of unchecked) expect(lines).toBeGreaterThan(50);
  });

  it('finds the same without the list of incidents, except what only that shows', async () => {
    const { report } = await audit([join(demo, '*.csv'), '--context', join(demo, 'context'), '--prices', join(demo, 'prices')]);
    const ofIncidents = new Set(plants.filter((plant) => plant.incident !== undefined).map((plant) => plant.rule));
    expect(sorted(inReport(report))).toEqual(allPlanted().filter(({ rule }) => !ofIncidents.has(rule)));
    const unchecked = report.unchecked.filter(({ reason }) => reason === 'no-incidents');
    expect(unchecked.map(({ rule }) => rule)).toEqual(['SL01', 'SL02', 'SL03', 'SL04', 'SL05']);
  });

  it('accounts for every row of the price list', async () => {
    const { report } = await audit([join(demo, '*.csv'), '--prices', join(demo, 'prices'), ...incidents()]);
    const prices = report.inputs.filter(({ role }) => role === 'prices');
    expect(prices).toMatchObject([{ layout: 'new-commerce-prices', rejected: 0, skipped: 0 }]);
    expect(prices[0]!.lines).toBe(prices[0]!.rows);
    expect(report.unchecked.filter(({ rule, reason }) => rule === 'PR01' && reason === 'price-list-does-not-cover')).toHaveLength(1);
  });

  const incomplete: Found = {
    rule: sampleExportPlant.rule,
    path: SAMPLE_EXPORT_PATHS.manifest,
    row: MISSING_PART_ROW,
    billed: null,
    expected: null,
    difference: null,
  };

  it('finds the same where the whole folder is audited, and that a part of an export is missing', async () => {
    const { exitCode, report } = await audit([demo, '--prices', join(demo, 'prices'), ...incidents()]);
    expect(sorted(inReport(report))).toEqual(sorted([...allPlanted(), incomplete]));
    expect(exitCode).toBe(2);
  });

  it('audits the part that is there, and never calls an export that lacks one clean', async () => {
    const out = join(folder, 'incomplete');
    const options = ['--as-of', SAMPLE_AS_OF, '--out', out, '--format', 'json,html,xlsx', '--quiet', '--fail-on', 'never'];
    expect(await run('audit', join(demo, SAMPLE_EXPORT_FOLDER), ...options)).toBe(2);
    expect(stderr).toContain('export-incomplete');
    const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as Report;
    expect(inReport(report)).toEqual([incomplete]);
    expect(report.findings[0]).toMatchObject({ kind: 'discrepancy', severity: 'error', messageId: 'parts-missing' });
    expect(report.inputs.map(({ layout, lines }) => [layout, lines])).toEqual([
      ['export-manifest', 0],
      ['daily-usage', sampleExportPlant.rows],
    ]);
    expect(report.inputs[0]?.lacks).toEqual([`The manifest lists 2 parts, of which 1 was not given: ${MISSING_PART}.`]);
    expect(summaryText(report, { width: 120, isColoured: false, written: [] })).toContain('Money of an incomplete export, before tax');
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('Not the whole export.');
    expect(await run('deadlines', join(demo, SAMPLE_EXPORT_FOLDER))).toBe(2);
    expect(stderr).toContain('export-incomplete');
  });

  it('finds the same discrepancies on a later day; only what hangs on a deadline is gone or has become too late', async () => {
    const { report } = await audit([demo, '--prices', join(demo, 'prices'), ...incidents()], '2027-10-05');
    const still = (found: readonly Found[]): readonly Found[] =>
      sorted(found.filter((one) => !['CR04', 'CR07', 'CR09', 'IN08', 'RS04', 'SL01', 'SL02', 'SL04'].includes(one.rule)));
    expect(still(inReport(report))).toEqual(still(allPlanted()));
    expect(plants.flatMap((plant) => (plant.later === undefined ? [] : [plant.rule])).sort()).toEqual([
      'CR04',
      'CR07',
      'RS04',
      'SL01',
      'SL04',
    ]);
  });

  it.each(rules.map((rule) => rule.code))('has a plant of %s', (code) => {
    const planned = [...plants, ...invoicePlants(), sampleExportPlant].filter((plant) => plant.rule === code);
    // Every invoice that must be paid has a due date.
    const most = code === 'IN06' ? planned.length : 1;
    expect(planned.length, 'add one to the file of its theme in src/cli/sample').toBeGreaterThan(0);
    expect(planned.length).toBeLessThanOrEqual(most);
  });

  it('is told in GUIDE.md by rule, file, row and amounts', async () => {
    const guide = await readFile(join(demo, 'GUIDE.md'), 'utf8');
    for (const plant of plants) {
      const { rule, path, row, billed, expected, difference } = planted(plant);
      expect(rules.map((each) => each.code)).toContain(rule);
      const line = guide.split('\n').find((each) => each.startsWith(`| ${rule} `) && each.includes(`\`${path}\` ${row ?? ''} |`));
      expect(
        line
          ?.split('|')
          .slice(4, 7)
          .map((cell) => cell.trim()),
      ).toEqual([billed ?? '–', expected ?? '–', difference ?? '–']);
      expect(guide).toContain(plant.why);
    }
    for (const { rule, invoiceNumber, billed, why } of invoicePlants()) {
      const row = guide.split('\n').find((each) => each.startsWith(`| ${rule} `) && each.includes(` ${invoiceNumber} |`));
      expect(row).toContain(`\`${INVOICES_PATH}\` ${invoiceRow(invoiceNumber)} | ${invoiceNumber} | ${billed ?? '–'} |`);
      expect(guide).toContain(why);
    }
    expect(guide).toContain(`| IN08 export-incomplete | \`${SAMPLE_EXPORT_PATHS.manifest}\` ${MISSING_PART_ROW} | ${MISSING_PART} |`);
    expect(guide).toContain(sampleExportPlant.why);
  });
});
