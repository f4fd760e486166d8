import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { LAYOUT_NAMES } from '../../src/domain/charges/charge-line.ts';
import type { ReadOptions } from '../../src/ingest/read-charges.ts';
import { layouts } from '../../src/ingest/layouts/index.ts';
import type { ColumnNames, Field } from '../../src/ingest/layouts/layout.ts';
import { readMappings } from '../../src/ingest/side-inputs/mapping.ts';
import {
  csvText,
  headerOf,
  knownErrorOf,
  LEGACY_CELLS,
  NEW_COMMERCE_CELLS,
  readBytes,
  withFile,
  type Cells,
} from '../support/csv-charges.ts';

const newHeader = await headerOf('new-commerce/header-2023');

async function mappingsOf(value: unknown): ReturnType<typeof readMappings> {
  return withFile(JSON.stringify(value), 'mapping.json', (path) => readMappings(path, 'mapping.json'));
}

function renamed(header: readonly string[], names: Readonly<Record<string, string>>): readonly string[] {
  return header.map((name) => names[name] ?? name);
}

/** The same text under other headings. */
function underOtherNames(rows: readonly Cells[], header: readonly string[], names: Readonly<Record<string, string>>): string {
  const lines = csvText(header, rows).split('\r\n');
  return [renamed(header, names).join(','), ...lines.slice(1)].join('\r\n');
}

const swapped = (names: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(names).map(([column, heading]) => [heading, column]));

describe('a file under headings of its own', () => {
  const names = { CustomerId: 'Klantnummer', ProductId: 'Artikel', ChargeType: 'Soort', Subtotal: 'Bedrag excl. btw', TaxTotal: '%' };

  it('is read as the same file under those of the export', async () => {
    const mappings = await mappingsOf({ layout: 'new-commerce', columns: swapped(names) });
    const rows = [NEW_COMMERCE_CELLS, { ...NEW_COMMERCE_CELLS, TaxTotal: '12.5' }];
    const plain = await readBytes(csvText(newHeader, rows));
    const own = await readBytes(underOtherNames(rows, newHeader, names), { mappings });
    expect(own.lines).toEqual(plain.lines);
    expect(own.summaries[0]?.extraColumns).toEqual([]);
    expect(own.summaries[0]?.notes).toEqual([
      'Read as new-commerce by --mapping: "Klantnummer" is CustomerId, "Artikel" is ProductId, "Soort" is ChargeType, "Bedrag excl. btw" is Subtotal, "%" is TaxTotal.',
    ]);
  });

  it('decides the delimiter by them, and knows its header again', async () => {
    const mappings = await mappingsOf({ layout: 'new-commerce', columns: swapped(names) });
    const text = underOtherNames([NEW_COMMERCE_CELLS], newHeader, names).replaceAll(',', ';');
    const [header = ''] = text.split('\r\n');
    const { lines, rejections, summaries } = await readBytes(`${text}${header}\r\n`, { mappings });
    expect([lines.length, rejections.length, summaries[0]?.skippedBy]).toEqual([1, 0, { 'repeated-header': 1 }]);
  });

  it('is read from JSON too', async () => {
    const mappings = await mappingsOf({ layout: 'new-commerce', columns: { klant: 'CustomerId' } });
    const { CustomerId, ...rest } = NEW_COMMERCE_CELLS;
    const { lines } = await readBytes(JSON.stringify({ items: [{ klant: CustomerId, ...rest }] }), { mappings }, 'export.json');
    expect(lines[0]?.heading.customerId).toBe('c1');
  });

  it('may stand beside files of other headings: each takes the mapping that it has in full', async () => {
    const mappings = await mappingsOf([
      { layout: 'new-commerce', columns: { Klantnummer: 'CustomerId' } },
      { layout: 'new-commerce', columns: { Kundennummer: 'CustomerId' } },
      { layout: 'new-commerce', columns: { Klantnummer: 'CustomerId', Artikel: 'ProductId' } },
    ]);
    const read = async (own: Readonly<Record<string, string>>): Promise<string | undefined> =>
      (await readBytes(underOtherNames([NEW_COMMERCE_CELLS], newHeader, own), { mappings })).summaries[0]?.notes[0];
    expect(await read({ CustomerId: 'Klantnummer' })).toContain('"Klantnummer" is CustomerId.');
    expect(await read({ CustomerId: 'Kundennummer' })).toContain('"Kundennummer" is CustomerId.');
    expect(await read({ CustomerId: 'Klantnummer', ProductId: 'Artikel' })).toContain('"Artikel" is ProductId.');
    expect(await read({})).toBeUndefined();
  });

  it('is refused where it has only some of the headings of a mapping', async () => {
    const mappings = await mappingsOf({ layout: 'new-commerce', columns: { Klantnummer: 'CustomerId', Bedrag: 'Subtotal' } });
    const text = underOtherNames([NEW_COMMERCE_CELLS], newHeader, { CustomerId: 'Klantnummer', Subtotal: 'Bedragen' });
    const error = await knownErrorOf(readBytes(text, { mappings }));
    expect(error.code).toBe('mapping-heading-missing');
    expect(error.found).toContain('"Bedrag" is Subtotal of new-commerce, and the header has no "Bedrag" (nearest found: "Bedragen"');
  });

  it('may share a heading with a sheet or a file that the mapping is not for', async () => {
    const mappings = await mappingsOf({
      layout: 'new-commerce',
      columns: { Klantnummer: 'CustomerId', Artikel: 'ProductId', Bedrag: 'Subtotal' },
    });
    const native = await readBytes(csvText([...newHeader, 'Klantnummer'], [NEW_COMMERCE_CELLS]), { mappings });
    expect(native.summaries[0]).toMatchObject({ lines: 1, extraColumns: ['Klantnummer'], notes: [] });
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('Namen').addRows([
      ['Klantnummer', 'Naam'],
      ['c1', 'Contoso'],
    ]);
    const own = renamed(newHeader, { CustomerId: 'Klantnummer', ProductId: 'Artikel', Subtotal: 'Bedrag' });
    workbook.addWorksheet('Export').addRows([[...own], newHeader.map((name) => NEW_COMMERCE_CELLS[name] ?? '')]);
    const read = await readBytes(new Uint8Array(await workbook.xlsx.writeBuffer()), { mappings }, 'export.xlsx');
    expect(read.begun).toEqual([{ sheet: 'Export', layout: 'new-commerce' }]);
    expect(read.lines[0]?.heading.customerId).toBe('c1');
    expect(read.summaries[0]?.notes).toEqual([
      expect.stringMatching(/^Read as new-commerce by --mapping: "Klantnummer" is CustomerId/),
      expect.stringMatching(/^The sheet "Namen" was not read: /),
    ]);
  });

  it('is refused where a heading is said to be a column that is there already', async () => {
    const mappings = await mappingsOf({ layout: 'new-commerce', columns: { Klantnummer: 'CustomerId' } });
    const error = await knownErrorOf(readBytes(csvText([...newHeader, 'Klantnummer'], [NEW_COMMERCE_CELLS]), { mappings }));
    expect([error.code, error.remedy]).toEqual(['header-duplicate-column', 'Correct --mapping, or remove one of the two columns.']);
  });

  it('says what it lacks with the mapping', async () => {
    const mappings = await mappingsOf({ layout: 'legacy-licence', columns: { Klantnummer: 'CustomerId' } });
    const error = await knownErrorOf(readBytes('Klantnummer,OrderId,Menge\nc1,o1,2\n', { mappings }));
    expect(error.expected).toContain('the header has 2 (CustomerId, OrderId) with --mapping; it lacks SubscriptionId,');
    expect(error.remedy).toContain('{ "layout": "legacy-licence", "columns": { "<heading>": "SubscriptionId"');
  });
});

describe('a mapping file', () => {
  it.each([
    ['an unknown layout', { layout: 'modern', columns: { a: 'CustomerId' } }, /At 0\.layout: must be one of legacy-licence, new-commerce/],
    ['no columns', { layout: 'new-commerce', columns: {} }, /At 0\.columns: must name at least one heading/],
    ['a member that is none', { layout: 'new-commerce', columns: { a: 'Tax' }, kolom: 1 }, /At .*: .*"kolom"/],
    ['no mapping', [], /At its beginning: must hold at least one mapping/],
    [
      'an unknown column',
      { layout: 'new-commerce', columns: { a: 'SubTotaal' } },
      /"a" is said to be "SubTotaal", which is no column of new-commerce \(nearest: Subtotal,/,
    ],
    [
      'a column of another layout',
      { layout: 'legacy-licence', columns: { a: 'EffectiveUnitPrice' } },
      /which is no column of legacy-licence/,
    ],
    [
      'two headings for one column',
      { layout: 'new-commerce', columns: { Btw: 'Tax', Belasting: 'TaxTotal' } },
      /"Btw" and "Belasting" are both said to be TaxTotal\./,
    ],
    ['one heading twice', { layout: 'new-commerce', columns: { 'Mijn bedrag': 'Subtotal', MijnBedrag: 'Total' } }, /are the same heading/],
  ])('is refused with %s', async (_, value, found) => {
    const error = await knownErrorOf(mappingsOf(value));
    expect(error.code).toBe('mapping-unreadable');
    expect(error.found).toMatch(found);
  });
});

describe('--layout', () => {
  const HEADERS = {
    'legacy-licence': ['legacy-licence/header-indirect', LEGACY_CELLS],
    'new-commerce': ['new-commerce/header-2025', NEW_COMMERCE_CELLS],
    'legacy-usage': ['legacy-usage/header-direct', { CustomerId: 'c1', SubscriptionId: 's1', ResourceGuid: 'r1', ConsumedQuantity: '1' }],
    'daily-usage': ['daily-usage/header-2023', { CustomerId: 'c1', SubscriptionId: 's1', UsageDate: '9/1/2026' }],
  } as const satisfies Record<string, readonly [string, Cells]>;

  it.each(LAYOUT_NAMES)('takes %s, from CSV and JSON', async (layout) => {
    const [fixture, cells] = HEADERS[layout];
    const header = await headerOf(fixture);
    const options: ReadOptions = { layout };
    expect((await readBytes(csvText(header, [cells]), options)).begun).toEqual([{ sheet: null, layout }]);
    const record = Object.fromEntries(header.map((name) => [name, (cells as Cells)[name] ?? '']));
    expect((await readBytes(JSON.stringify([record]), options, 'export.json')).begun).toEqual([{ sheet: null, layout }]);
  });

  it.each(LAYOUT_NAMES)('names what a file lacks that is no %s', async (layout) => {
    const error = await knownErrorOf(readBytes('CustomerId,Menge\nc1,2\n', { layout }));
    const columns = Object.entries(layouts[layout].columns) as [Field, ColumnNames][];
    const missing = columns.filter(([field, { isRequired }]) => isRequired && field !== 'customerId').map(([, { names }]) => names[0]);
    expect(error.code).toBe('unknown-layout');
    for (const name of missing) expect(error.expected).toContain(name);
    expect(error.remedy).toMatch(/^Leave --layout out to have it detected, or say in a file for --mapping what its headings mean: /);
  });
});
