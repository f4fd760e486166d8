import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditInMemory } from '../../src/cli/commands/audit.ts';
import type { Report } from '../../src/domain/findings/report.ts';
import { caseHeader, caseRow } from '../support/case-rows.ts';
import { rowsOf, storyOf, type MonthRow } from '../support/generated-month.ts';
import { isOrderOpen, LOCALES, type Locale } from '../support/locales.ts';
import {
  asCsv,
  asPages,
  asParts,
  asWorkbook,
  bundledTable,
  CONTAINERS,
  PAGE,
  packed,
  type Container,
  type ExportTable,
  type WrittenFile,
} from '../support/written-month.ts';

const MONTH = fileURLToPath(new URL('../../fixtures/month/', import.meta.url));
const AUDITED = ['2026-09-new-commerce.csv', '2026-09-legacy-licence.csv', '2026-09-legacy-usage.csv', '2026-09-daily-usage.csv'];
const CONTEXT = ['context/2026-08-new-commerce.csv'];

/** Names with letters that the encodings of a place have, and others have not. */
const NAMES = {
  western: (name: string) => `${name} Müller, Søn & “Café”`,
  japanese: (name: string) => `${name}株式会社サンプル`,
} as const;
type Naming = keyof typeof NAMES;

type Write = (table: ExportTable) => readonly WrittenFile[] | Promise<readonly WrittenFile[]>;

/** A way of writing a table, and the way its letters must be. */
interface Format {
  readonly name: string;
  readonly write: Write;
  readonly naming: Naming;
  readonly options: Readonly<Record<string, unknown>>;
}

function csvFormat(locale: Locale): Format {
  // Of one of the files no day is past the twelfth.
  const options = isOrderOpen(locale) ? { dateOrder: 'dmy' } : {};
  const naming = locale.name.startsWith('Japanese') ? 'japanese' : 'western';
  return { name: `CSV, ${locale.name}`, write: (table) => asCsv(locale, table), naming, options };
}

const FORMATS: readonly Format[] = [
  ...LOCALES.map(csvFormat),
  { name: 'workbooks', write: asWorkbook, naming: 'japanese', options: {} },
  { name: 'response bodies', write: asPages, naming: 'japanese', options: {} },
  { name: 'JSON lines with their manifest', write: asParts, naming: 'western', options: {} },
];

let folder = '';
let runs = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csp-recon-written-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(into: string, tables: readonly ExportTable[], write: Write, container: Container): Promise<void> {
  await mkdir(into, { recursive: true });
  const files = (await Promise.all(tables.map(async (table) => write(table)))).flat();
  for (const { name, bytes } of packed(files, container)) await writeFile(join(into, name), bytes);
}

const LISTS = {
  prices: [join(MONTH, 'prices')],
  invoices: join(MONTH, 'partner/invoices.csv'),
  incidents: join(MONTH, 'partner/incidents.csv'),
};

/** The bundled month, in which every rule has something to find. */
async function audited({ write, naming, options }: Format, container: Container): Promise<Report> {
  const tables = (paths: readonly string[]): readonly ExportTable[] => paths.map((path) => bundledTable(path, NAMES[naming]));
  return auditTables(tables(AUDITED), tables(CONTEXT), write, container, { ...LISTS, ...options });
}

async function auditTables(
  tables: readonly ExportTable[],
  context: readonly ExportTable[],
  write: Write,
  container: Container,
  options: Readonly<Record<string, unknown>>,
): Promise<Report> {
  const own = join(folder, String(runs++));
  await written(join(own, 'audited'), tables, write, container);
  if (context.length > 0) await written(join(own, 'context'), context, write, container);
  return auditInMemory({
    paths: [join(own, 'audited')],
    context: context.length > 0 ? [join(own, 'context')] : [],
    asOf: '2026-10-05',
    ...options,
  });
}

/** The rows of a generated month, a table for each layout that has any; days as the portal prints them. */
function generatedTables(rows: readonly MonthRow[], naming: Naming): readonly ExportTable[] {
  return (['legacy-licence', 'new-commerce'] as const).flatMap((layout) => {
    const lines = rows.filter((row) => row.layout === layout);
    if (lines.length === 0) return [];
    const cellOf = (cell: string, column: string): string => (column === 'CustomerName' ? NAMES[naming](cell) : asPrinted(cell));
    const header = caseHeader(layout);
    return [
      {
        name: layout,
        header,
        rows: lines.map(({ line }) => caseRow(layout, line).map((cell, place) => cellOf(cell, header[place] ?? ''))),
      },
    ];
  });
}

function asPrinted(cell: string): string {
  return cell.replace(/^(\d{4})-(\d\d)-(\d\d)$/, (_, y: string, m: string, d: string) => `${Number(m)}/${Number(d)}/${y}`);
}

/** All that is said but how the files were written. A page counts its rows from its own start; the whole month counts on. */
function said({ inputs, options, ...report }: Report): unknown {
  const lines = inputs.filter(({ role }) => role !== 'prices').reduce((sum, one) => sum + one.lines, 0);
  const findings = report.findings.map((finding) => ({
    ...finding,
    evidence: finding.evidence.map(({ file, row, label }) => {
      const [, table = file, page] = /([^/]*?)(?:-p(\d+))?\.(?:csv|xlsx|json)(?:\.gz)?$/.exec(file) ?? [];
      return { table, row: page === undefined ? row : row + Number(page) * PAGE, label };
    }),
  }));
  return { ...report, findings, lines, policy: options['policy'] };
}

describe('one month of one partner', () => {
  const references = new Map<Naming, unknown>();
  beforeAll(async () => {
    const [first] = FORMATS;
    for (const naming of ['western', 'japanese'] as const) {
      const report = await audited({ ...first!, naming, options: {} }, 'plain');
      expect(report.findings.length).toBeGreaterThan(50);
      references.set(naming, said(report));
    }
  });

  it.each(FORMATS.map((format) => [format.name, format] as const))('written as %s gives the same report', async (_, format) => {
    const report = await audited(format, 'plain');
    expect(report.rejections).toEqual([]);
    expect(said(report)).toEqual(references.get(format.naming));
  });

  it('gives the same report in whatever container, format and place it is written', async () => {
    const ways = fc.tuple(fc.constantFrom(...FORMATS), fc.constantFrom(...CONTAINERS));
    await fc.assert(
      fc.asyncProperty(ways, async ([format, container]) => {
        const report = await audited(format, container);
        expect(report.rejections).toEqual([]);
        expect(said(report)).toEqual(references.get(format.naming));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a generated month with discrepancies', () => {
  it('gives the same report in whatever container, format and place it is written', async () => {
    const months = fc.array(storyOf({ isClean: false }), { minLength: 1, maxLength: 8 }).map(rowsOf);
    const ways = fc.tuple(months, fc.constantFrom(...FORMATS), fc.constantFrom(...CONTAINERS));
    await fc.assert(
      fc.asyncProperty(ways, async ([rows, { write, naming, options }, container]) => {
        const tables = generatedTables(rows, naming);
        const plain = await auditTables(tables, [], FORMATS[0]!.write, 'plain', {});
        const report = await auditTables(tables, [], write, container, options);
        expect(report.rejections).toEqual([]);
        expect(said(report)).toEqual(said(plain));
      }),
      { numRuns: 40 },
    );
  });
});

describe('an attribute set that lacks columns', () => {
  const SETS = [
    { columns: ['TaxTotal', 'Total'], table: '2026-09-new-commerce', rule: 'AR04', reason: 'column-absent' },
    { columns: ['EffectiveUnitPrice'], table: '2026-09-new-commerce', rule: 'AR06', reason: 'effective-price-missing' },
    { columns: ['PCToBCExchangeRate'], table: '2026-09-new-commerce', rule: 'AR01', reason: 'exchange-rate-missing' },
    { columns: ['PartnerEarnedCreditPercentage'], table: '2026-09-daily-usage', rule: 'AR09', reason: 'earned-credit-not-given' },
  ] as const;

  it.each(SETS)('without $columns leaves $rule unchecked: $reason', async ({ columns, table: name, rule, reason }) => {
    const isGone = (column: string): boolean => (columns as readonly string[]).includes(column);
    const write: Write = (table) => {
      if (table.name !== name) return asParts(table);
      const kept = table.header.flatMap((column, place) => (isGone(column) ? [] : [place]));
      const cellsOf = (row: readonly string[]): readonly string[] => kept.map((place) => row[place] ?? '');
      return asParts({ name, header: cellsOf(table.header), rows: table.rows.map(cellsOf) });
    };
    const format = { name: '', write, naming: 'western', options: {} } as const;
    const whole = await audited({ ...format, write: asParts }, 'plain');
    const report = await audited(format, 'plain');
    const left = (of: Report): number => of.unchecked.find((one) => one.rule === rule && one.reason === reason)?.lines ?? 0;
    expect(report.rejections).toEqual([]);
    expect(left(report)).toBeGreaterThan(left(whole));
    const accused = (of: Report): number => of.findings.filter((one) => one.rule === rule && one.evidence[0]?.file.includes(name)).length;
    // What cannot be looked at is no finding, and no pass either.
    expect(accused(report)).toBe(0);
    const notes = report.inputs.filter(({ path }) => path.includes(name) && path.endsWith('.gz')).flatMap((one) => one.notes);
    for (const column of columns) expect(notes.join()).toContain(column);
  });
});
