import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../src/domain/findings/finding.ts';
import { Decimal } from '../src/domain/numbers/money.ts';
import { auditFiles, type AuditedFiles, type TextFile } from './support/run-audit.ts';

const FOLDER = new URL('../fixtures/published/', import.meta.url);
const FILES = ['legacy-licence.csv', 'new-commerce.csv'] as const;
type FileName = (typeof FILES)[number];

const text = z.string();
const exampleRow = z.strictObject({
  id: text.optional(),
  file: z.enum(FILES),
  row: text,
  part: z.enum(['published', 'surrounding', 'oddity']),
  days: text,
  amount: text,
  fits: z.array(text),
  figures: z.record(text, text),
});
const index = z.strictObject({
  sources: z.record(text, text),
  examples: z.array(z.strictObject({ id: text, title: text, source: text, invented: text.optional(), rows: z.array(exampleRow) })),
});
type ExampleRow = z.infer<typeof exampleRow> & { readonly label: string };

const { sources, examples } = index.parse(parseYaml(readFileSync(new URL('examples.yaml', FOLDER), 'utf8'), { schema: 'failsafe' }));
const rows: readonly ExampleRow[] = examples.flatMap((example) =>
  example.rows.map((row) => ({ ...row, label: `${row.id ?? `${example.id}, ${row.part}`} (${row.file}:${row.row})` })),
);
const prorated = rows.filter((row) => row.figures['full-period'] === undefined);
const accepted = rows.filter((row) => row.part !== 'oddity');
const oddities = rows.filter((row) => row.part === 'oddity');

function named<R extends ExampleRow>(list: readonly R[]): (readonly [string, R])[] {
  return list.map((row) => [row.label, row]);
}

type Table = readonly Readonly<Record<string, string>>[];

const tables: Readonly<Record<FileName, Table>> = {
  'legacy-licence.csv': readTable('legacy-licence.csv'),
  'new-commerce.csv': readTable('new-commerce.csv'),
};

function readTable(name: FileName): Table {
  return parseCsv(readFileSync(new URL(name, FOLDER), 'utf8'), { columns: true });
}

function published(): TextFile[] {
  return FILES.map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') }));
}

/** The published month with one row's amount raised, consistently through subtotal and total. */
function raised(row: ExampleRow, by: string): TextFile[] {
  const columns = row.file === 'legacy-licence.csv' ? ['Amount', 'Subtotal', 'TotalForCustomer'] : ['Subtotal', 'Total'];
  return published().map((file) => {
    if (file.name !== row.file) return file;
    const records = tables[row.file].map((record, place) => {
      if (String(place + 2) !== row.row) return record;
      const changed = columns.map((column) => [column, new Decimal(record[column] ?? '').plus(by).toFixed(2)] as const);
      return { ...record, ...Object.fromEntries(changed) };
    });
    return { name: file.name, text: stringify(records, { header: true }) };
  });
}

function about(findings: readonly Finding[], row: ExampleRow): readonly Finding[] {
  return findings.filter((one) => one.evidence[0]?.file === row.file && String(one.evidence[0].row) === row.row);
}

/** Money that the audit says is billed wrongly or can be claimed; notices accuse nobody. */
function accusations(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((one) => one.kind !== 'notice');
}

function currencyOf(row: ExampleRow): string {
  return tables[row.file][+row.row - 2]?.['Currency'] ?? '';
}

/** The figure of the convention that judges the row in this run, as the index has it. */
function judgedFigure(row: ExampleRow, result: AuditedFiles): string {
  const { figures } = row;
  const whole = figures['full-period'] ?? figures['by-months'];
  if (whole !== undefined) return whole;
  const layout = row.file.replace('.csv', '');
  const judge = result.conventions.find((one) => one.layout === layout && one.currency === currencyOf(row) && one.judgedBy);
  return figures[judge?.convention ?? ''] ?? 'no convention judges';
}

const month = await auditFiles(published());
const proratedLines = [...month.proratedLines()];

describe('the index of the published examples', () => {
  it('names every row of both files once, with its amount', () => {
    for (const file of FILES) {
      const column = file === 'legacy-licence.csv' ? 'Amount' : 'Subtotal';
      const amounts = rows.filter((row) => row.file === file).map((row) => [row.row, row.amount]);
      expect(amounts).toEqual(tables[file].map((record, place) => [String(place + 2), record[column]]));
    }
  });

  it('names a known source for every example', () => {
    for (const example of examples) expect(Object.keys(sources)).toContain(example.source);
  });

  it('has the sum that the page prints for its eleven rows of March 2022', () => {
    const history = rows.filter((row) => row.id?.startsWith('N07.') === true);
    expect(history).toHaveLength(11);
    expect(history.reduce((sum, row) => sum.plus(row.amount), new Decimal(0)).toFixed(2)).toBe('275.23');
  });
});

describe('the published examples audited as one month', () => {
  it('reads every row', () => {
    expect(month.rejected).toBe(0);
    expect(month.unchecked.filter((one) => ['AR01', 'CR02', 'CR03', 'LC03'].includes(one.rule))).toEqual([]);
  });

  it.each(named(accepted))('accepts %s', (_, row) => {
    expect(accusations(about(month.findings, row)).map((one) => `${one.rule} ${one.message}`)).toEqual([]);
  });

  it('accuses only the two migration oddities', () => {
    const accused = accusations(month.findings).map((one) => [one.rule, one.customerName, one.billed, one.expected]);
    expect(accused).toEqual([
      ['AR01', 'Published example N13a', '15.42', '13.93'],
      ['AR01', 'Published example N13b', '95.21', '93.10'],
      ['AR06', 'Published example N13a', null, null],
      ['AR06', 'Published example N13b', null, null],
    ]);
  });

  it.each(named(prorated))('works %s out by its days, by every convention, and finds those it follows', (_, row) => {
    const line = proratedLines.find((one) => one.file === row.file && String(one.row) === row.row);
    expect(`${line?.daysBilled ?? '?'}/${line?.cycleDays ?? '?'}`).toBe(row.days);
    expect(line?.figures).toEqual(row.figures);
    expect(line?.fits).toEqual(expect.arrayContaining(row.fits));
  });

  it('finds that −1.72 follows from a daily price of three decimals alone', () => {
    expect(proratedLines.find((one) => one.customerName === 'Published example M4')?.fits).toEqual(['daily-three']);
  });

  it.each(named(oddities))('shows every convention’s figure for the oddity %s', (_, row) => {
    const [found] = about(month.findings, row).filter((one) => one.rule === 'AR01');
    for (const [convention, figure] of Object.entries(row.figures)) {
      expect(found?.working.some((step) => step.includes(convention) && step.endsWith(figure))).toBe(true);
    }
    expect(found?.working.some((step) => step.includes(`${row.days.split('/')[1] ?? ''} days`))).toBe(true);
  });
});

describe('every accepted amount, 0.37 too high', () => {
  const changes = accepted.flatMap((row) => {
    const up = { ...row, by: '0.37' };
    // A credit raised by 0.37 gives less back; the other way it gives back too much.
    return row.amount.startsWith('-') ? [up, { ...row, by: '-0.37', label: `${row.label}, credited more` }] : [up];
  });

  it.each(named(changes))('%s is reported', async (_, row) => {
    const result = await auditFiles(raised(row, row.by));
    const before = new Set(accusations(month.findings).map((one) => one.fingerprint));
    const found = accusations(result.findings).filter((one) => !before.has(one.fingerprint));
    expect(found.map((one) => one.rule)).toHaveLength(1);
    // A short full refund is led by its charge, not by the credit.
    const finding =
      about(found, row)[0] ?? found.find((one) => one.rule === 'CR03' && one.evidence.some((each) => String(each.row) === row.row));
    const isCredit = row.amount.startsWith('-');
    expect(isCredit ? ['AR01', 'CR02', 'CR03', 'CR06'] : ['AR01']).toContain(finding?.rule);
    const billed = new Decimal(row.amount).plus(row.by);
    const expected = judgedFigure(row, result);
    expect(finding).toMatchObject({
      billed: billed.toFixed(2),
      expected,
      difference: billed.minus(expected).toFixed(2),
      kind: 'discrepancy',
    });
    expect(finding?.working.length).toBeGreaterThan(0);
    expect(finding?.citations.length).toBeGreaterThan(0);
    expect(finding?.citations.every((one) => one.title !== '' && one.clause !== '')).toBe(true);
  });
});
