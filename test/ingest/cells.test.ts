import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RowRejection } from '../../src/domain/charges/charge-line.ts';
import { isoDay } from '../../src/domain/calendar/days.ts';
import { KnownError } from '../../src/domain/known-error.ts';
import { decimalOf, type PrintedNumber } from '../../src/domain/numbers/money.ts';
import { CellReader } from '../../src/ingest/cells/cells.ts';
import { OtherDialect, startingDialect, type DateOrder, type DecimalMark } from '../../src/ingest/cells/dialect.ts';
import type { DateSystem } from '../../src/ingest/rows.ts';

interface Setup {
  readonly dateOrder?: DateOrder;
  readonly decimalMark?: DecimalMark;
  readonly dateSystem?: DateSystem;
}

function readerOf({ dateOrder, decimalMark, dateSystem = null }: Setup = {}): CellReader {
  const reader = new CellReader(
    { file: 'f.csv', sheet: null, dateSystem, header: ['Column'] },
    startingDialect({ dateOrder, decimalMark }),
  );
  reader.beginRow(2);
  reader.allowCurrencies({ currency: 'EUR', pricingCurrency: 'USD' });
  return reader;
}

function money(cell: string, setup: Setup = { decimalMark: '.' }): PrintedNumber | null | RowRejection {
  const reader = readerOf(setup);
  const read = reader.money(cell, 0);
  return reader.failure ?? read;
}

function plain(units: number, scale: number): PrintedNumber {
  return { units, scale, exact: null };
}

function moment(cell: string, setup: Setup = {}): string | null | RowRejection {
  const reader = readerOf(setup);
  const read = reader.moment(cell, 0);
  if (reader.failure !== null) return reader.failure;
  return read === null ? null : `${isoDay(read.day)} ${read.second ?? '-'}`;
}

function codeOf(read: PrintedNumber | string | null | RowRejection): string {
  return read !== null && typeof read === 'object' && 'code' in read ? read.code : 'read';
}

describe('numbers', () => {
  it.each([
    ['12.50', 1250, 2],
    ['-12.50', -1250, 2],
    ['0', 0, 0],
    ['-0.00', 0, 2],
    ['+7', 7, 0],
    ['007', 7, 0],
    ['.5', 5, 1],
    [' 12.5 ', 125, 1],
    ["'12.50", 1250, 2],
    ["'-3", -3, 0],
    ['(12.50)', -1250, 2],
    ['１２．５０', 1250, 2],
    ['－１２．５０', -1250, 2],
    ['\u2212１，２３４．５', -12345, 1],
    ['\u22121\u202f234.5', -12345, 1],
    ['1\u2019234.5', 12345, 1],
    ['($12.50)', -1250, 2],
    ['$(12.50)', -1250, 2],
    [' $ (1,234.50)', -123450, 2],
    ['\u221212.50', -1250, 2],
    ['12.50-', -1250, 2],
    ['1,234.56', 123456, 2],
    ['1,234,567', 1234567, 0],
    ['1 234.56', 123456, 2],
    ['1\u00a0234.56', 123456, 2],
    ['1\u202f234\u202f567.8', 12345678, 1],
    ["1'234.56", 123456, 2],
    ['1\u2019234.56', 123456, 2],
    ['$12.50', 1250, 2],
    ['-$12.50', -1250, 2],
    ['$-12.50', -1250, 2],
    ['12.50 €', 1250, 2],
    ['EUR 12.50', 1250, 2],
    ['12.50EUR', 1250, 2],
    ['12.50 usd', 1250, 2],
    ['R$ 12.50', 1250, 2],
    ['12.50 kr', 1250, 2],
    ['0E-20', 0, 20],
    ["'0E-20", 0, 20],
    ['1.2E-05', 12, 6],
    ['-1.25e2', -125, 0],
    ['5E+3', 5000, 0],
    ['1.234E+00', 1234, 3],
    ['0.846202666', 846202666, 9],
    ['9007199254740991', 9007199254740991, 0],
    ["'22.000000000000000000", 2200000000000000, 14],
    ['0.000000000000000000', 0, 18],
  ])('reads %j as %i e-%i', (cell, units, scale) => {
    expect(money(cell)).toEqual(plain(units, scale));
  });

  it('carries what does not fit a safe integer whole', () => {
    expect(money('0.123456789012345678')).toEqual({ units: 0, scale: 18, exact: '0.123456789012345678' });
    expect(money('-9007199254740993')).toEqual({ units: 0, scale: 0, exact: '-9007199254740993' });
    expect(money('12345678901234567.5')).toEqual({ units: 0, scale: 1, exact: '12345678901234567.5' });
  });

  it.each([
    ['1.234,56', 123456, 2],
    ['-1.234', -1234, 0],
    ['12,5', 125, 1],
    ['0,123', 123, 3],
    ['1.234.567,8', 12345678, 1],
    ['12,50 €', 1250, 2],
    ['1,2E-05', 12, 6],
  ])('reads %j with a decimal comma', (cell, units, scale) => {
    expect(money(cell, { decimalMark: ',' })).toEqual(plain(units, scale));
  });

  it.each([
    '12,,5',
    '1,23,4',
    '12.5.1',
    '12.',
    'abc',
    '1 23',
    '12 34.5',
    '--5',
    '-(5)',
    '(5',
    '5%',
    '1e5e',
    'E',
    '.',
    ',',
    "1''234",
    '12.50 kg',
    '1E+999',
    '-',
    '1 '.repeat(60),
  ])('does not guess at %j', (cell) => {
    expect(money(cell)).toMatchObject({ code: 'money-unreadable', row: 2, column: 'Column', cell });
  });

  it('reads an empty cell as none', () => {
    expect([money(''), money('  '), money("'")]).toEqual([null, null, null]);
  });

  it.each(['#REF!', '#N/A', '#VALUE!', '#NAME?', '#DIV/0!', '#NULL!', '#NUM!', '####', '#BEZUG!'])(
    'tells that a spreadsheet lost %j',
    (cell) => {
      expect(codeOf(money(cell))).toBe('spreadsheet-error');
    },
  );

  it('does not take an amount in another currency than the row has', () => {
    expect(codeOf(money('12.50 GBP'))).toBe('money-unreadable');
    const reader = readerOf();
    reader.quantity('10 EUR', 0);
    expect(reader.failure).toMatchObject({ code: 'quantity-unreadable' });
  });

  it('holds to the mark that is given', () => {
    expect(codeOf(money('1.234,56', { decimalMark: '.' }))).toBe('money-unreadable');
    expect(codeOf(money('0,123', { decimalMark: '.' }))).toBe('money-unreadable');
    expect(codeOf(money('12.5', { decimalMark: ',' }))).toBe('money-unreadable');
  });

  it('shows the beginning of a long cell', () => {
    expect(money('x'.repeat(5000))).toMatchObject({ cell: `${'x'.repeat(120)}…` });
  });

  it('keeps only the first failure of a row', () => {
    const reader = readerOf();
    reader.money('x', 0);
    reader.money('y', 0);
    expect(reader.failure?.cell).toBe('x');
    reader.beginRow(3);
    expect(reader.failure).toBeNull();
  });

  it('reads back any decimal in either dialect, grouped or not', () => {
    const group = (whole: string, separator: string): string => whole.replace(/\B(?=(\d{3})+$)/g, separator);
    const digits = fc.bigInt({ min: 0n, max: 10n ** 20n });
    const settings = fc.record({ mark: fc.constantFrom('.' as const, ',' as const), isGrouped: fc.boolean(), isNegative: fc.boolean() });
    fc.assert(
      fc.property(digits, fc.nat(9), settings, (units, scale, { mark, isGrouped, isNegative }) => {
        const text = units.toString().padStart(scale + 1, '0');
        const whole = text.slice(0, text.length - scale);
        const fraction = scale === 0 ? '' : text.slice(-scale);
        const printed =
          (isNegative ? '-' : '') + (isGrouped ? group(whole, mark === '.' ? ',' : '.') : whole) + (scale === 0 ? '' : mark + fraction);
        const read = money(printed, { decimalMark: mark });
        if (read === null || 'code' in read) throw new Error(`${printed} was not read`);
        expect(decimalOf(read).eq(`${isNegative ? '-' : ''}${whole}.${fraction === '' ? '0' : fraction}`)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('days', () => {
  it.each([
    ['2/1/2019 0:00', '2019-02-01 -'],
    ['2/28/2019 23:59', '2019-02-28 86340'],
    ['3/14/2025 12:00:00 AM', '2025-03-14 -'],
    ['3/14/2025 12:00:00 PM', '2025-03-14 43200'],
    ['3/14/2025 6:30:06\u202fPM', '2025-03-14 66606'],
    ['9/30/2020', '2020-09-30 -'],
    ['2026-07-01', '2026-07-01 -'],
    ['2026/7/1', '2026-07-01 -'],
    ['2026-07-01T00:00:00Z', '2026-07-01 -'],
    ['2021-05-20T18:30:06.6045692Z', '2021-05-20 66606'],
    ['2021-05-20 18:30:06', '2021-05-20 66606'],
    ['2019-01-31T16:30:00-08:00', '2019-02-01 1800'],
    ['2019-02-01T01:00:00+02:00', '2019-01-31 82800'],
    ["'2026-07-01", '2026-07-01 -'],
    [' 2026-07-01 ', '2026-07-01 -'],
    ['31.12.2026', '2026-12-31 -'],
  ])('reads %j as %s', (cell, expected) => {
    if (cell.includes('.12.')) expect(moment(cell, { dateOrder: 'dmy' })).toBe(expected);
    else expect(moment(cell)).toBe(expected);
  });

  it.each([
    ['1/2/2026', '2026-02-01 -'],
    ['1-2-2026', '2026-02-01 -'],
    ['1.2.2026 23:59', '2026-02-01 86340'],
    ['01. 02. 2026', '2026-02-01 -'],
  ])('reads %j with the day first', (cell, expected) => {
    expect(moment(cell, { dateOrder: 'dmy' })).toBe(expected);
  });

  it.each(['', '0001-01-01', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00', '1/1/0001 12:00:00 AM', '01.01.0001'])(
    'reads %j as no day',
    (cell) => {
      expect(moment(cell)).toBeNull();
    },
  );

  it.each([
    '2/30/2026',
    '13/13/2026',
    '1/2/26',
    '2026-13-01',
    '1/2',
    'x',
    '1/2/2026 25:00',
    '1/2/2026 13:00 PM',
    '1/2-2026',
    '46113',
    '1/2/1890',
    '2026-07-01T00:00:00Z x',
  ])('does not guess at %j', (cell) => {
    expect(moment(cell)).toMatchObject({ code: 'day-unreadable', cell });
  });

  it('reads day serials of a workbook in its own date system, and only there', () => {
    expect(moment('46113', { dateSystem: '1900' })).toBe('2026-04-01 -');
    expect(moment('44651', { dateSystem: '1904' })).toBe('2026-04-01 -');
    expect(moment('46113.75', { dateSystem: '1900' })).toBe('2026-04-01 64800');
    expect(codeOf(moment('12', { dateSystem: '1900' }))).toBe('day-unreadable');
    expect(moment('46113')).toMatchObject({ message: expect.stringContaining('spreadsheet counts days') as string });
  });

  it('says why a year of two digits is not read', () => {
    expect(moment('1/2/26')).toMatchObject({ message: expect.stringContaining('two digits') as string });
  });

  it('holds to the order that is given', () => {
    expect(codeOf(moment('12/25/2026', { dateOrder: 'dmy' }))).toBe('day-unreadable');
    expect(codeOf(moment('25/12/2026', { dateOrder: 'mdy' }))).toBe('day-unreadable');
    expect(codeOf(moment('1.2.2026', { dateOrder: 'mdy' }))).toBe('day-unreadable');
  });

  it('tells that a spreadsheet lost a day', () => {
    expect(codeOf(moment('########'))).toBe('spreadsheet-error');
  });
});

describe('the dialect of a table', () => {
  it('is proven by a cell that can be read in one way only', () => {
    const reader = readerOf();
    reader.money('12.5', 0);
    reader.moment('1/25/2026', 0);
    expect(reader.detected()).toEqual({ dateOrder: 'mdy', decimalMark: '.', assumed: [] });
  });

  it('is assumed, and said to be, where every cell can be read in two ways', () => {
    const reader = readerOf();
    expect(reader.money('1.234', 0)).toEqual(plain(1234, 3));
    expect(reader.day('1/2/2026', 0)).not.toBeNull();
    expect(reader.detected()).toEqual({ dateOrder: 'mdy', decimalMark: '.', assumed: ['date-order', 'decimal-mark'] });
  });

  it('is null where nothing depends on it', () => {
    const reader = readerOf();
    reader.money('12', 0);
    reader.money("1'234", 0);
    reader.moment('2026-07-01', 0);
    reader.moment('3/3/2026', 0);
    expect(reader.detected()).toEqual({ dateOrder: null, decimalMark: null, assumed: [] });
  });

  it.each(['12,50', '0,123', '1.234,5', '1.234.567', '1234,567', '1,5E-05', '1 234,567', ',5'])(
    'has a decimal comma if %j stands in it',
    (cell) => {
      const reader = readerOf();
      expect(() => reader.money(cell, 0)).toThrow(OtherDialect);
    },
  );

  it.each(['12.50', '0.123', '1,234.5', '1,234,567', '1234.567', '1.5E-05', '1 234.567', '.5', '12.3456'])(
    'has a decimal point if %j stands in it',
    (cell) => {
      const reader = readerOf();
      reader.money(cell, 0);
      expect(reader.detected().decimalMark).toBe('.');
      expect(reader.detected().assumed).toEqual([]);
    },
  );

  it('puts the day first where days have dots, or dashes and nothing else is known', () => {
    const dialectAfter = (cell: string): unknown => {
      try {
        readerOf().moment(cell, 0);
      } catch (error) {
        if (error instanceof OtherDialect) return error.dialect.dateOrder;
        throw error;
      }
      return null;
    };
    expect(dialectAfter('1.2.2026')).toMatchObject({ basis: 'proven', value: 'dmy', proof: { row: 2, cell: '1.2.2026' } });
    expect(dialectAfter('25/2/2026')).toMatchObject({ basis: 'proven', value: 'dmy' });
    expect(dialectAfter('1-2-2026')).toEqual({ basis: 'assumed', value: 'dmy' });
    expect(dialectAfter('2-25-2026')).toBeNull();
  });

  it('takes no proof from a day that the calendar has not', () => {
    const reader = readerOf();
    reader.moment('99/5/2026', 0);
    expect(reader.failure).toMatchObject({ code: 'day-unreadable' });
    expect(reader.detected().dateOrder).toBeNull();
  });

  it('cannot be two at once', () => {
    const reader = readerOf();
    reader.money('12.5', 0);
    reader.moment('1/25/2026', 0);
    reader.beginRow(7);
    const thrown = (read: () => unknown): KnownError => {
      try {
        read();
      } catch (error) {
        if (error instanceof KnownError) return error;
      }
      throw new Error('no known error');
    };
    const mark = thrown(() => reader.money('12,5', 0));
    const order = thrown(() => reader.moment('25/1/2026', 0));
    expect([mark.code, order.code]).toEqual(['decimal-mark-contradictory', 'date-order-contradictory']);
    expect(mark.found).toBe('Row 2 has a decimal point (Column "12.5"), row 7 has a decimal comma (Column "12,5").');
    expect(order.found).toBe(
      'Row 2 has the month before the day (Column "1/25/2026"), row 7 has the day before the month (Column "25/1/2026").',
    );
  });

  it('does not tell apart number and grouped text in a workbook with decimal commas', () => {
    const setup = { decimalMark: ',', dateSystem: '1900' } as const;
    expect(codeOf(money('1.234', setup))).toBe('money-unreadable');
    expect(money('1.234,5', setup)).toEqual(plain(12345, 1));
  });
});
