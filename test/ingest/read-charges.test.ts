import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDay } from '../../src/domain/calendar/days.ts';
import { decimalOf, type PrintedNumber } from '../../src/domain/numbers/money.ts';
import { HeadingPool } from '../../src/ingest/heading-pool.ts';
import { expandInputs } from '../../src/ingest/open-input.ts';
import type { ReadOptions } from '../../src/ingest/read-charges.ts';
import {
  csvText,
  headerOf,
  knownErrorOf,
  LEGACY_CELLS,
  NEW_COMMERCE_CELLS,
  readBytes,
  readFileCharges,
  withFile,
  type Cells,
} from '../support/csv-charges.ts';

const legacyHeader = await headerOf('legacy-licence/header-direct');
const newHeader = await headerOf('new-commerce/header-2023');

/** The same legacy row as German Excel writes it. */
const GERMAN_CELLS: Cells = {
  ...LEGACY_CELLS,
  CustomerName: 'Müller & Söhne €',
  SubscriptionStartDate: '01.02.2019 00:00',
  SubscriptionEndDate: '01.02.2020 00:00',
  ChargeStartDate: '13.02.2019 00:00',
  ChargeEndDate: '28.02.2019 23:59',
  UnitPrice: '1.006,82',
  Amount: '2.013,64',
  TotalOtherDiscount: '0,000',
  Subtotal: '2.013,64',
  TotalForCustomer: '2.013,64',
};

function value(number: PrintedNumber | null | undefined): string | null {
  return number === null || number === undefined ? null : decimalOf(number).toString();
}

/** By the table of the code page, for Node writes no windows-1252. */
function windows1252(text: string): Buffer {
  return Buffer.from(text.replaceAll('€', '\u0080'), 'latin1');
}

describe('a file of en-US, as the portal writes it', () => {
  it('is read with what was found out about it', async () => {
    const text = '\ufeff' + csvText(legacyHeader, [LEGACY_CELLS, LEGACY_CELLS]);
    const { begun, summaries, lines, discards } = await readBytes(text);
    expect(begun).toEqual([{ sheet: null, layout: 'legacy-licence' }]);
    expect(lines.map((line) => line.row)).toEqual([2, 3]);
    expect(discards).toBe(0);
    expect(summaries).toEqual([
      {
        sheet: null,
        layout: 'legacy-licence',
        kind: 'csv',
        rows: 2,
        lines: 2,
        rejected: 0,
        skipped: 0,
        skippedBy: {},
        extraColumns: [],
        notes: [],
        detected: { delimiter: ',', encoding: 'utf-8', dateOrder: 'mdy', decimalMark: '.', assumed: [] },
      },
    ]);
  });

  it('with guarded numbers of eighteen decimals is read exactly', async () => {
    const cells = {
      ...NEW_COMMERCE_CELLS,
      UnitPrice: "'22.000000000000000000",
      TaxTotal: "'0E-20",
      EffectiveUnitPrice: "'21.123456789012345678",
    };
    const { lines } = await readBytes(csvText(newHeader, [cells]));
    expect([lines[0]?.unitPrice, lines[0]?.tax, lines[0]?.effectiveUnitPrice].map(value)).toEqual(['22', '0', '21.123456789012345678']);
  });
});

describe('a file saved by a spreadsheet of another language', () => {
  it('is read in German: semicolons, decimal commas, days with dots, windows-1252', async () => {
    const { lines, summaries } = await readBytes(windows1252(csvText(legacyHeader, [GERMAN_CELLS], { delimiter: ';' })));
    expect(summaries[0]?.detected).toEqual({ delimiter: ';', encoding: 'windows-1252', dateOrder: 'dmy', decimalMark: ',', assumed: [] });
    expect(summaries[0]?.notes).toEqual([expect.stringContaining('windows-1252') as string]);
    expect(lines[0]?.heading.customerName).toBe('Müller & Söhne €');
    expect([lines[0]?.unitPrice, lines[0]?.amount, lines[0]?.discount].map(value)).toEqual(['1006.82', '2013.64', '0']);
    expect([lines[0]?.firstDay, lines[0]?.lastDay].map((day) => isoDay(day!))).toEqual(['2019-02-13', '2019-02-28']);
  });

  it('is read as Unicode text: tabs in UTF-16', async () => {
    const text = csvText(legacyHeader, [GERMAN_CELLS], { delimiter: '\t' });
    const { lines, summaries } = await readBytes(Buffer.from('\ufeff' + text, 'utf16le'), {}, 'unicode.txt');
    expect(summaries[0]?.detected).toMatchObject({ delimiter: '\t', encoding: 'utf-16le', dateOrder: 'dmy', decimalMark: ',' });
    expect(lines[0]?.heading.customerName).toBe('Müller & Söhne €');
  });

  it('is read with dashes, the day first, and says that this was assumed', async () => {
    const cells = { ...NEW_COMMERCE_CELLS, ChargeStartDate: '1-5-2021', ChargeEndDate: '2-5-2021', PCToBCExchangeRateDate: '' };
    const iso = { SubscriptionStartDate: '2021-05-01', SubscriptionEndDate: '2022-04-30' };
    const { lines, summaries } = await readBytes(csvText(newHeader, [{ ...cells, ...iso }]));
    expect([lines[0]?.firstDay, lines[0]?.lastDay].map((day) => isoDay(day!))).toEqual(['2021-05-01', '2021-05-02']);
    expect(summaries[0]?.detected).toMatchObject({ dateOrder: 'dmy', assumed: ['date-order'] });
  });
});

describe('what a file leaves open', () => {
  const open: Cells = {
    ...NEW_COMMERCE_CELLS,
    ChargeStartDate: '1/5/2021',
    ChargeEndDate: '1/6/2021',
    PCToBCExchangeRateDate: '',
    SubscriptionStartDate: '1/5/2021',
    SubscriptionEndDate: '',
    UnitPrice: '1.234',
    EffectiveUnitPrice: '1.234',
    Subtotal: '1.234',
    Total: '1.234',
  };

  it('is taken from what the export writes, and said to be assumed', async () => {
    const { lines, summaries } = await readBytes(csvText(newHeader, [open]));
    expect(summaries[0]?.detected).toMatchObject({ dateOrder: 'mdy', decimalMark: '.', assumed: ['date-order', 'decimal-mark'] });
    expect([value(lines[0]?.subtotal), isoDay(lines[0]!.firstDay!)]).toEqual(['1.234', '2021-01-05']);
  });

  it('is not assumed any more where a late row proves it', async () => {
    const proof = { ...open, ChargeStartDate: '1/25/2021', ChargeEndDate: '1/26/2021', Subtotal: '12.5' };
    const { summaries, discards } = await readBytes(csvText(newHeader, [...Array<Cells>(3000).fill(open), proof]));
    expect(summaries[0]?.detected).toMatchObject({ dateOrder: 'mdy', decimalMark: '.', assumed: [] });
    expect(discards).toBe(0);
  });

  it('is read again where a late row proves the opposite, and what was read before is discarded', async () => {
    const proof = { ...open, ChargeStartDate: '25/1/2021', ChargeEndDate: '26/1/2021', Subtotal: '12,5' };
    const { lines, summaries, discards, begun } = await readBytes(
      csvText(newHeader, [...Array<Cells>(3000).fill(open), proof], { delimiter: ';' }),
    );
    expect(begun).toHaveLength(1);
    expect(discards).toBe(2);
    expect(summaries[0]).toMatchObject({ rows: 3001, lines: 3001, detected: { dateOrder: 'dmy', decimalMark: ',', assumed: [] } });
    expect(lines).toHaveLength(3001);
    expect([value(lines[0]?.subtotal), isoDay(lines[0]!.firstDay!)]).toEqual(['1234', '2021-05-01']);
  });

  it('is what the user says', async () => {
    const { lines, summaries } = await readBytes(csvText(newHeader, [open]), { dateOrder: 'dmy', decimalMark: ',' });
    expect(summaries[0]?.detected).toMatchObject({ dateOrder: 'dmy', decimalMark: ',', assumed: [] });
    expect([value(lines[0]?.subtotal), isoDay(lines[0]!.firstDay!)]).toEqual(['1234', '2021-05-01']);
  });

  it('is what the user says, and cells that cannot be read that way are rejected', async () => {
    const rows = [open, { ...open, ChargeStartDate: '25/1/2021' }, { ...open, Subtotal: '12,5' }];
    const { rejections, lines } = await readBytes(csvText(newHeader, rows), { dateOrder: 'mdy', decimalMark: '.' });
    expect(rejections.map(({ row, code }) => [row, code])).toEqual([
      [3, 'day-unreadable'],
      [4, 'money-unreadable'],
    ]);
    expect(lines).toHaveLength(1);
  });
});

describe('a file that is UTF-8 only at first', () => {
  it('is read again from its start as windows-1252', async () => {
    const ascii = csvText(newHeader, Array<Cells>(5000).fill(NEW_COMMERCE_CELLS));
    const late = csvText(newHeader, [{ ...NEW_COMMERCE_CELLS, CustomerName: 'Söhne €' }]);
    const bytes = Buffer.concat([Buffer.from(ascii), windows1252(late.slice(late.indexOf('\r\n') + 2))]);
    const { lines, summaries, discards } = await readBytes(bytes);
    expect(discards).toBe(1);
    expect(summaries[0]).toMatchObject({ rows: 5001, lines: 5001, detected: { encoding: 'windows-1252' } });
    expect(lines.at(-1)?.heading.customerName).toBe('Söhne €');
  });

  it('is a known error where the user said UTF-8', async () => {
    const text = windows1252(csvText(newHeader, [{ ...NEW_COMMERCE_CELLS, CustomerName: 'Söhne' }]));
    expect((await knownErrorOf(readBytes(text, { encoding: 'utf-8' }))).code).toBe('text-not-in-encoding');
    expect((await readBytes(text, { encoding: 'windows-1250' })).summaries[0]?.detected.encoding).toBe('windows-1250');
  });
});

describe('rows', () => {
  it('are numbered as a spreadsheet numbers them', async () => {
    const inQuotes = { ...NEW_COMMERCE_CELLS, CustomerName: 'two\r\nlines' };
    const text = `sep=,\r\n\r\n${csvText(newHeader, [NEW_COMMERCE_CELLS, inQuotes])}\r\n${','.repeat(46)}\n${csvText(newHeader, [NEW_COMMERCE_CELLS], { lineEnd: '\r' })}`;
    const { rows, lines, summaries } = await readBytes(text);
    expect(rows[0]).toEqual({ outcome: 'skipped', row: 1, reason: 'separator-line' });
    expect(lines.map((line) => line.row)).toEqual([4, 5, 9]);
    expect(lines[1]?.heading.customerName).toBe('two\r\nlines');
    expect(summaries[0]).toMatchObject({
      rows: 5,
      lines: 3,
      rejected: 0,
      skipped: 2,
      skippedBy: { 'separator-line': 1, 'repeated-header': 1 },
    });
  });

  it('add up, whatever is wrong with them', async () => {
    const wrongs: Cells[] = [
      {},
      { Total: 'x' },
      { ChargeEndDate: '13/13/2021' },
      { CustomerId: '' },
      { OrderId: '1E+17' },
      { ChargeType: '' },
    ];
    const part = fc.record({
      wrong: fc.constantFrom(...wrongs),
      extra: fc.constantFrom('', ',', ',x', '\r\n', '\r\n\r\n'),
      header: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 12 }), async (parts) => {
        const header = `${newHeader.join(',')}\r\n`;
        const body = parts.map(({ wrong, extra, header: hasHeader }) => {
          const row = csvText(newHeader, [{ ...NEW_COMMERCE_CELLS, ...wrong }]).split('\r\n')[1] ?? '';
          return (hasHeader ? header : '') + row + extra + '\r\n';
        });
        const { rows, lines, rejections, summaries } = await readBytes(header + body.join(''));
        const records = parts.length + parts.filter((each) => each.header).length;
        expect(rows).toHaveLength(records);
        expect(summaries[0]).toMatchObject({ rows: records, lines: lines.length, rejected: rejections.length });
        expect(summaries[0]!.lines + summaries[0]!.rejected + summaries[0]!.skipped).toBe(records);
      }),
      { numRuns: 60 },
    );
  });
});

describe('headings', () => {
  it('are shared by the files of a pool', async () => {
    const pool = new HeadingPool();
    const headings = await withFile(csvText(newHeader, [NEW_COMMERCE_CELLS]), 'a.csv', async (path) => {
      const [file] = await expandInputs([path]);
      const first = await readFileCharges(file!, {}, pool);
      const second = await readFileCharges(file!, {}, pool);
      return [first.lines[0]?.heading, second.lines[0]?.heading];
    });
    expect(headings[0]).toBe(headings[1]);
    expect(pool.size).toBe(1);
  });
});

interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly (string | number | Date | null)[])[];
  readonly isHidden?: boolean;
}

async function workbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  for (const { name, rows, isHidden } of sheets) {
    const sheet = book.addWorksheet(name, { state: isHidden === true ? 'hidden' : 'visible' });
    for (const row of rows) sheet.addRow([...row]);
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function sheetRows(header: readonly string[], rows: readonly Cells[]): (string | null)[][] {
  return [[...header], ...rows.map((row) => header.map((name) => row[name] ?? null))];
}

describe('a workbook', () => {
  it('is read sheet by sheet; what is not read is said', async () => {
    const bytes = await workbook([
      {
        name: 'Pivot',
        rows: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
      { name: 'March', rows: [[], ...sheetRows(newHeader, [NEW_COMMERCE_CELLS, { ...NEW_COMMERCE_CELLS, Total: 'x' }])] },
      { name: 'Legacy', rows: sheetRows(legacyHeader, [GERMAN_CELLS]) },
      { name: 'Nothing', rows: [] },
      { name: 'Notes', rows: [['x']] },
      { name: 'Secret', rows: sheetRows(newHeader, [NEW_COMMERCE_CELLS]), isHidden: true },
    ]);
    const { begun, lines, rejections, summaries } = await readBytes(bytes, {}, 'book.xlsx');
    expect(begun).toEqual([
      { sheet: 'March', layout: 'new-commerce' },
      { sheet: 'Legacy', layout: 'legacy-licence' },
    ]);
    expect(summaries.map(({ sheet, kind, rows, rejected, notes }) => ({ sheet, kind, rows, rejected, notes }))).toEqual([
      { sheet: 'March', kind: 'xlsx', rows: 2, rejected: 1, notes: [] },
      {
        sheet: 'Legacy',
        kind: 'xlsx',
        rows: 1,
        rejected: 0,
        notes: [
          'The hidden sheet "Secret" was not read.',
          'The sheet "Pivot" was not read: The header is not that of an audited export: a, b.',
          'The sheet "Nothing" is empty.',
          'The sheet "Notes" was not read: The header is not that of an audited export: x.',
        ],
      },
    ]);
    expect(summaries.map(({ detected }) => detected.decimalMark)).toEqual(['.', ',']);
    expect(lines.map(({ row }) => row)).toEqual([3, 2]);
    expect(rejections).toMatchObject([{ row: 4, column: 'Total' }]);
  });

  it('with numbers and days as such gives the lines of the CSV file', async () => {
    const typed = (cells: Cells): (string | number | Date | null)[] =>
      newHeader.map((name) => {
        const cell = cells[name] ?? '';
        if (cell === '') return null;
        const day = /^(\d+)\/(\d+)\/(\d{4})$/.exec(cell);
        if (day !== null) return new Date(Date.UTC(+day[3]!, +day[1]! - 1, +day[2]!));
        return /^-?\d+(\.\d+)?$/.test(cell) && name !== 'SkuId' ? +cell : cell;
      });
    const rows = [NEW_COMMERCE_CELLS, { ...NEW_COMMERCE_CELLS, UnitPrice: '0.846202666', Subtotal: '-12.5', Quantity: '-3' }];
    const fromBook = await readBytes(await workbook([{ name: 'S', rows: [newHeader, ...rows.map(typed)] }]), {}, 'b.xlsx');
    const fromText = await readBytes(csvText(newHeader, rows));
    expect(fromBook.lines).toEqual(fromText.lines);
    expect(fromBook.summaries[0]?.detected).toEqual({ delimiter: null, encoding: null, dateOrder: null, decimalMark: '.', assumed: [] });
  });

  it('without a sheet that is an export is a known error', async () => {
    const nothing = await workbook([{ name: 'S', rows: [['a', 'b']] }]);
    expect(await knownErrorOf(readBytes(nothing, {}, 'b.xlsx'))).toMatchObject({ code: 'unknown-layout', place: { sheet: 'S', row: 1 } });
    expect((await knownErrorOf(readBytes(await workbook([{ name: 'S', rows: [] }]), {}, 'b.xlsx'))).code).toBe('file-empty');
    expect((await knownErrorOf(readBytes(await workbook([{ name: 'S', rows: [newHeader] }]), {}, 'b.xlsx'))).code).toBe('no-rows');
  });
});

describe('a file that cannot be read', () => {
  const row = (cells: Cells): Cells => ({ ...NEW_COMMERCE_CELLS, ...cells });
  const errors: readonly (readonly [string, number | undefined, string | Buffer, ReadOptions])[] = [
    ['file-empty', undefined, '\ufeff', {}],
    ['file-empty', undefined, '\r\n\r\n  \r\n', {}],
    ['no-rows', undefined, csvText(newHeader, []), {}],
    ['no-rows', undefined, csvText(newHeader, []).repeat(2), {}],
    ['not-a-text-file', undefined, Buffer.from([0x89, 0x50, 0, 1, 2, 0, 0, 3]), {}],
    ['unknown-layout', 1, '\ufeff\n {"totalCount": 2}', {}],
    ['no-rows', undefined, '[]', {}],
    ['no-rows', undefined, '{"totalCount": 0, "items": []}', {}],
    ['unknown-layout', 1, 'a,b,c\n1,2,3\n', {}],
    ['unknown-layout', 1, csvText(newHeader, [row({})]), { layout: 'legacy-licence' }],
    ['header-duplicate-column', 1, csvText([...newHeader, 'SubTotal'], [row({})]), {}],
    ['header-malformed', 1, `"a"b,${newHeader.join(',')}\n`, {}],
    ['header-changes', 3, csvText(newHeader, [row({})]) + csvText([...newHeader].reverse(), [row({})]), {}],
    ['quote-not-closed', 4, csvText(newHeader, [row({}), row({})]) + '"open\n', {}],
    ['row-too-long', 2, `${newHeader.join(',')}\n"${'x'.repeat(1_400_000)}`, {}],
    ['date-order-contradictory', 3, csvText(newHeader, [row({}), row({ ChargeEndDate: '25/6/2021' })]), {}],
    ['decimal-mark-contradictory', 3, csvText(newHeader, [row({}), row({ Total: '1,5' })]), {}],
    ['delimiter-unusable', undefined, csvText(newHeader, [row({})]), { delimiter: '""' }],
    ['encoding-unknown', undefined, csvText(newHeader, [row({})]), { encoding: 'klingon' }],
    ['text-not-in-encoding', undefined, Buffer.from('aü', 'latin1'), { encoding: 'utf-8' }],
  ];
  it.each(errors)('is %s (row %s)', async (code, place, bytes, options) => {
    const error = await knownErrorOf(readBytes(bytes, options));
    expect([error.code, error.place?.row]).toEqual([code, place]);
    expect(error.place?.file).toMatch(/export\.csv$/);
    for (const sentence of [error.found, error.expected, error.remedy]) expect(sentence).toMatch(/^.{8,}\.$/);
  });

  it('names both rows of a contradiction', async () => {
    const text = csvText(newHeader, [row({}), row({}), row({ ChargeEndDate: '25/6/2021' })]);
    expect((await knownErrorOf(readBytes(text))).found).toBe(
      'Row 2 has the month before the day (ChargeStartDate "5/13/2021"), row 4 has the day before the month (ChargeEndDate "25/6/2021").',
    );
  });
});
