import { stringify } from 'csv-stringify/sync';
import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../../src/domain/calendar/days.ts';
import { KnownError } from '../../../src/domain/known-error.ts';
import { endOfDay, startOfDay } from '../../../src/domain/prices/price-list.ts';
import { headerOf } from '../../support/csv-charges.ts';
import type { PriceTable } from '../../../src/ingest/price-lists/read-price-list.ts';
import { licenceSheet, readText, sheetHeader, sheetText, tablesAt } from '../../support/price-lists.ts';
import { withBytes, withWorkbook } from '../../support/side-files.ts';

const day = (iso: string) => dayFromIso(iso)!;

async function errorOf(work: Promise<unknown>): Promise<KnownError> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof KnownError)) throw new Error('no known error', { cause: error });
  return error;
}

describe('a licence sheet', () => {
  it('is read as published, the curly quote at the end of its header included', async () => {
    const table = await readText(licenceSheet);
    expect(table).toMatchObject({ layout: 'new-commerce-prices', read: 1, skippedBy: {}, rejections: [], extraColumns: [] });
    const [row] = table.rows;
    expect(row).toMatchObject({
      kind: 'licence',
      product: 'cfq7ttc0hdk0:0001',
      market: 'US',
      currency: 'USD',
      segment: '',
      termMonths: 12,
      planMonths: 12,
      pricedMonths: 12,
      tierFrom: null,
      tierTo: null,
      from: startOfDay(day('2019-02-01')),
      until: startOfDay(day('2021-02-04')) + (20 * 60 + 35) * 60 + 31,
      source: { sheet: null, row: 2 },
    });
    expect(row!.price.toString()).toBe('115.2');
  });

  it('has days as ISO instants too, and an end in the year 9999 or none at all is open', async () => {
    const { rows } = await readText(
      sheetText([
        { EffectiveStartDate: '2021-10-01T00:00:00.0000000Z', EffectiveEndDate: '9999-12-31T00:00:00.0000000Z' },
        { EffectiveStartDate: '2021-10-01T10:30:00.0000000Z', EffectiveEndDate: '' },
      ]),
    );
    expect(rows.map(({ from, until }) => [from, until])).toEqual([
      [startOfDay(day('2021-10-01')), Infinity],
      [startOfDay(day('2021-10-01')) + (10 * 60 + 30) * 60, Infinity],
    ]);
  });

  it('ends with the day where it ends at midnight', async () => {
    const { rows } = await readText(sheetText([{ EffectiveEndDate: '2021-10-31T00:00:00.0000000Z' }]));
    expect(rows[0]!.until).toBe(endOfDay(day('2021-10-31')));
  });

  it('has its SkuId padded, and its segment', async () => {
    const { rows } = await readText(sheetText([{ SkuId: '1', Segment: 'Education' }]));
    expect(rows[0]).toMatchObject({ product: 'cfq7ttc0hdk0:0001', segment: 'Education' });
  });

  it.each([
    ['P1M', 'Monthly', 1, 1],
    ['P1Y', 'Monthly', 12, 1],
    ['P3Y', 'Triennial', 36, 36],
    ['P1M', 'None', 1, 0],
    ['P1Y', '', 12, null],
    ['P1W', 'Weekly', -1, -1],
  ])('has terms and plans: %s %s', async (TermDuration, BillingPlan, termMonths, planMonths) => {
    const { rows } = await readText(sheetText([{ TermDuration, BillingPlan }]));
    expect(rows[0]).toMatchObject({ termMonths, planMonths });
  });

  it('is read when a German spreadsheet has saved it', async () => {
    const text = sheetText(
      [{ UnitPrice: '3393,90', EffectiveStartDate: '01.02.2019 00:00', EffectiveEndDate: '31.12.9999 23:59:59' }],
      ';',
    );
    const table = await readText(Buffer.from(text.replace('Advanced', 'Größer'), 'latin1'));
    expect(table.detected).toMatchObject({ delimiter: ';', encoding: 'windows-1252', dateOrder: 'dmy', decimalMark: ',' });
    expect(table.rows[0]!.price.toString()).toBe('3393.9');
    expect(table.rows[0]!.from).toBe(startOfDay(day('2019-02-01')));
  });

  it('is read again from its start when a late row proves another order of day and month', async () => {
    const { rows } = await readText(
      sheetText([
        { EffectiveStartDate: '1/2/2019', EffectiveEndDate: '' },
        { EffectiveStartDate: '31/1/2019', EffectiveEndDate: '' },
      ]),
    );
    expect(rows.map(({ from }) => from)).toEqual([startOfDay(day('2019-02-01')), startOfDay(day('2019-01-31'))]);
  });
});

describe('a list whose every date or number may be read both ways', () => {
  const open = sheetText([{ EffectiveStartDate: '3/4/2021', EffectiveEndDate: '' }]);
  const starts = ({ rows }: PriceTable): string[] => rows.map(({ from }) => new Date(from * 1000).toISOString().slice(0, 10));

  it('is read as exports are, and says so and what says otherwise', async () => {
    const list = await readText(open);
    expect(starts(list)).toEqual(['2021-03-04']);
    expect(list.detected).toMatchObject({ dateOrder: 'mdy', assumed: ['date-order'] });
    expect(list.notes).toEqual([
      'Every date may be read both ways; the month was taken to stand first. --prices-date-order says which it is.',
    ]);
  });

  it('is read as it is said to be, without an assumption', async () => {
    const list = await readText(open, undefined, { dateOrder: 'dmy' });
    expect(starts(list)).toEqual(['2021-04-03']);
    expect([list.detected.dateOrder, list.detected.assumed, list.notes]).toEqual(['dmy', [], []]);
  });

  it('is taken to have the day first where dashes stand between, which is said too', async () => {
    const list = await readText(sheetText([{ EffectiveStartDate: '03-04-2021', EffectiveEndDate: '' }]));
    expect(starts(list)).toEqual(['2021-04-03']);
    expect(list.notes[0]).toContain('the day was taken to stand first');
  });

  it('is rejected row by row where it proves what it is said not to be', async () => {
    const list = await readText(sheetText([{ EffectiveStartDate: '3/14/2021' }, {}]), undefined, { dateOrder: 'dmy' });
    expect(list.rejections.map(({ row, column }) => [row, column])).toEqual([
      [2, 'EffectiveStartDate'],
      [3, 'EffectiveEndDate'],
    ]);
  });

  it('has a stated decimal mark in the same way', async () => {
    const text = sheetText([{ UnitPrice: '1,234' }], ';');
    const assumed = await readText(text);
    expect([assumed.rows[0]?.price.toString(), assumed.notes]).toEqual([
      '1234',
      ['Every number may be read both ways; a decimal point was assumed. --prices-decimal-mark says which it is.'],
    ]);
    const stated = await readText(text, undefined, { decimalMark: ',' });
    expect([stated.rows[0]?.price.toString(), stated.notes]).toEqual(['1.234', []]);
  });
});

describe('rows', () => {
  const wanted = { wants: (product: string): boolean => product === 'cfq7ttc0hdk0:0001' };

  it('are used, not needed or rejected, and the three add up', async () => {
    const table = await readText(
      sheetText([
        {},
        { ProductId: 'CFQ7TTC0XXXX' },
        { UnitPrice: '12,,5' },
        { UnitPrice: '' },
        { UnitPrice: '-1' },
        { EffectiveStartDate: 'soon' },
        { ProductId: '' },
      ]),
      wanted,
    );
    expect([table.read, table.rows.length, table.rejections.length]).toEqual([7, 1, 4]);
    expect(table.skippedBy).toEqual({ 'product-not-billed': 2 });
    expect(table.rejections.map(({ row, column, code }) => [row, column, code])).toEqual([
      [4, 'UnitPrice', 'money-unreadable'],
      [5, 'UnitPrice', 'price-unreadable'],
      [6, 'UnitPrice', 'price-unreadable'],
      [7, 'EffectiveStartDate', 'day-unreadable'],
    ]);
  });

  it('that nobody asks for are rejected for nothing, but the time they speak of is known', async () => {
    const table = await readText(
      sheetText([
        { ProductId: 'CFQ7TTC0XXXX', UnitPrice: '#REF!', EffectiveStartDate: '9/1/2026 12:00:00 AM' },
        { ProductId: 'CFQ7TTC0YYYY', EffectiveEndDate: '8/31/2026 11:59:59 PM' },
        { Market: 'NL', Currency: 'EUR', EffectiveStartDate: 'soon', ProductId: 'CFQ7TTC0YYYY' },
      ]),
      wanted,
    );
    expect(table.rejections).toEqual([]);
    expect(table.spans).toMatchObject([
      {
        kind: 'licence',
        market: 'US',
        currency: 'USD',
        newestStart: startOfDay(day('2026-09-01')),
        oldestEnd: endOfDay(day('2026-08-31')),
        segments: new Set(['']),
      },
    ]);
  });

  it('that cannot be split into cells are rejected', async () => {
    const table = await readText(`${sheetText([{}])}"Advanced" Communications",CFQ7TTC0HDK0\n`, wanted);
    expect(table.rejections).toMatchObject([{ row: 3, code: 'csv-malformed' }]);
    expect(table.read).toBe(2);
  });
});

describe('a software sheet', () => {
  it('has prices paid once', async () => {
    const header = sheetHeader('software');
    const cells: Readonly<Record<string, string>> = {
      ProductId: 'DG7GMGF0D8H4',
      SkuId: '0007',
      TermDuration: 'OneTime',
      Market: 'NL',
      Currency: 'EUR',
      UnitPrice: '700.00',
      EffectiveStartDate: '2026-01-01T00:00:00Z',
      EffectiveEndDate: '9999-12-31T23:59:59Z',
      Tags: 'Software;Perpetual',
      Segment: 'Commercial',
    };
    const { rows, extraColumns } = await readText(stringify([[...header], header.map((name) => cells[name] ?? '')]));
    expect(extraColumns).toEqual([]);
    expect(rows).toMatchObject([{ kind: 'software', termMonths: 0, planMonths: null, pricedMonths: null, segment: 'Commercial' }]);
  });
});

describe('an Azure plan sheet', () => {
  it('has reservations; prices of usage, which no rule asks for, are skipped, readable or not', async () => {
    const header = sheetHeader('azure-plan');
    const row = (cells: Readonly<Record<string, string>>): string[] => header.map((name) => cells[name] ?? '');
    const shared = {
      ProductID: 'DZH318Z0BPS6',
      SKuId: '0001',
      Market: 'US',
      Currency: 'USD',
      EffectiveStartDate: '1/1/2026 12:00:00 AM',
      EffectiveEndDate: '12/31/9999 11:59:59 PM',
      MeterIds: '0a1b2c3d',
    };
    const { rows, extraColumns, skippedBy, read, rejections } = await readText(
      stringify([
        [...header],
        row({ ...shared, UnitPrice: '1', PricingTierRangeMin: '1', PricingTierRangeMax: '100', Tags: 'Azure;Consumption' }),
        row({
          ...shared,
          UnitPrice: '0,,8',
          PricingTierRangeMin: '101',
          PricingTierRangeMax: '9223372036854780000',
          Tags: 'Azure;Consumption',
        }),
        row({ ...shared, UnitPrice: '876', TermDuration: 'P1Y', Tags: 'Azure;Reservation' }),
      ]),
    );
    expect(extraColumns).toEqual([]);
    expect(rows.map(({ kind, termMonths, price }) => [kind, termMonths, price.toString()])).toEqual([['azure-plan', 12, '876']]);
    expect([read, rejections, skippedBy]).toEqual([3, [], { 'usage-price': 2 }]);
  });
});

describe('a legacy licence list', () => {
  const header = [
    'A/C/D/U',
    'Valid From Date',
    'Valid To Date',
    'Offer Display Name',
    'Offer ID',
    'License Agreement Type',
    'Purchase Unit',
    'Secondary License Type',
    'End Customer Type',
    'List Price',
    'ERP Price',
    'Material',
  ];
  const row = (...cells: (string | number | Date)[]) => [
    cells[0] ?? '',
    cells[1] ?? '',
    cells[2] ?? '',
    'Office 365 E3',
    'OFFER-1',
    'Corporate',
    cells[3] ?? '1 Month(s)',
    'None',
    'Corporate',
    cells[4] ?? 22.51,
    28.14,
    '',
  ];

  it('is a workbook whose header stands below a title; a sheet with its notes is named as unread', async () => {
    const sheets = [
      { name: 'Read me', rows: [['Prices are without tax.']] },
      {
        name: 'EUR',
        rows: [
          ['Licence-based price list'],
          ['Valid for January 2022'],
          header,
          row('UNC', new Date('2021-01-01'), 2_958_465),
          row('DEL', new Date('2022-01-01'), ''),
        ],
      },
    ];
    const tables = await withWorkbook(sheets, (path) => tablesAt(path));
    expect(tables).toHaveLength(1);
    const [table] = tables;
    expect(table).toMatchObject({
      sheet: 'EUR',
      kind: 'xlsx',
      layout: 'legacy-licence-prices',
      read: 2,
      skippedBy: { 'product-not-billed': 1 },
      extraColumns: [],
    });
    expect(table!.rows).toMatchObject([
      {
        kind: 'legacy-licence',
        product: 'offer-1',
        market: '',
        currency: 'EUR',
        segment: 'Corporate · Corporate · None',
        termMonths: null,
        planMonths: null,
        pricedMonths: 1,
        from: startOfDay(day('2021-01-01')),
        until: Infinity,
        source: { sheet: 'EUR', row: 4 },
      },
    ]);
    expect(table!.notes).toEqual([
      'The list has no column Currency; its name says EUR.',
      'The sheet "Read me" was not read: The header is not that of a price list: Prices are without tax..',
    ]);
  });

  it.each([
    ['1 Year(s)', 12],
    ['3 Years', 36],
    ['Month', 1],
  ])('knows the purchase unit %s', async (unit, pricedMonths) => {
    const [table] = await withWorkbook([{ name: 'EUR', rows: [header, row('UNC', '2021-01-01', '', unit)] }], (path) => tablesAt(path));
    expect(table!.rows[0]).toMatchObject({ pricedMonths });
  });

  it('has a purchase unit that can be read, or the row is rejected', async () => {
    const [table] = await withWorkbook([{ name: 'EUR', rows: [header, row('UNC', '2021-01-01', '', 'Seat')] }], (path) => tablesAt(path));
    expect(table!.rejections).toMatchObject([{ column: 'Purchase Unit', code: 'purchase-unit-unreadable' }]);
  });

  it('without a currency in a column or a name is refused: the wrong one would accuse every line', async () => {
    const error = await errorOf(withWorkbook([{ name: 'Prices', rows: [header, row('UNC', '2021-01-01')] }], (path) => tablesAt(path)));
    expect([error.code, error.place?.sheet]).toEqual(['price-list-without-currency', 'Prices']);
  });
});

describe('what is no price list', () => {
  it('is named: an export', async () => {
    const header = await headerOf('new-commerce/header-2023');
    const error = await errorOf(readText(`${header.join(',')}\n`));
    expect([error.code, error.found]).toEqual([
      'price-list-is-export',
      'This is a new commerce invoice reconciliation file, not a price list.',
    ]);
  });

  it('is named: a price list that lacks a column', async () => {
    const error = await errorOf(readText(sheetText([{}]).replace('UnitPrice', 'Costs')));
    expect(error.code).toBe('unknown-price-list');
    expect(error.expected).toContain('The nearest is the price sheet of new commerce; it lacks UnitPrice.');
  });

  it('is named: a header without rows', async () => {
    expect((await errorOf(readText(sheetText([])))).code).toBe('no-prices');
  });

  it('is named: a column that stands twice', async () => {
    expect((await errorOf(readText(sheetText([{}]).replace('Tags', 'unit price')))).code).toBe('header-duplicate-column');
  });

  it('is named: blank lines', async () => {
    expect((await errorOf(withBytes('p.csv', '\n\n', (path) => tablesAt(path)))).code).toBe('file-empty');
  });
});
