import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLAIM_STATUSES, type RegisterEntry } from '../../src/domain/partner/claims-register.ts';
import { isoDay, type Day } from '../../src/domain/calendar/days.ts';
import { Decimal, formatMoney } from '../../src/domain/numbers/money.ts';
import { guardedText, unguardedText } from '../../src/domain/partner/register-columns.ts';
import { readRegister } from '../../src/ingest/side-inputs/register.ts';
import { harmlessText } from '../../src/report/harmless-text.ts';
import { writeRegister } from '../../src/report/xlsx/register-workbook.ts';
import { EXAMPLE_ENTRY, LIVED_IN } from '../support/register-entries.ts';
import { knownErrorFrom, withPath } from '../support/side-files.ts';

const AS_OF = '2026-11-21';

async function roundTrip(entries: readonly RegisterEntry[]): Promise<readonly RegisterEntry[]> {
  return withPath('register.xlsx', async (path) => {
    await writeRegister(path, entries, AS_OF);
    return readRegister(path, 'register.xlsx');
  });
}

async function opened(entries: readonly RegisterEntry[]): Promise<ExcelJS.Workbook> {
  return withPath('register.xlsx', async (path) => {
    await writeRegister(path, entries, AS_OF);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    return book;
  });
}

/** The cell of an entry, counted from 1, by its header. */
function cell(sheet: ExcelJS.Worksheet, header: string, entry: number): ExcelJS.Cell {
  for (let column = 1; column <= sheet.columnCount; column++) {
    if (sheet.getRow(2).getCell(column).text === header) return sheet.getRow(entry + 2).getCell(column);
  }
  throw new Error(`no column ${header}`);
}

const any = fc.string({ unit: 'binary', maxLength: 40 });
const hostile = fc.constantFrom(
  '=1+1',
  "'=1",
  "''",
  "'",
  '_x0041_',
  '_x005F',
  '\r\n',
  '\u0000',
  ' \t ',
  '\ufffe',
  '\ud800',
  '-5',
  '@',
  '🚀',
  '#N/A',
  'TRUE',
);
const text = fc.oneof(
  any,
  fc.string({ maxLength: 20 }),
  fc.array(fc.oneof(hostile, any), { maxLength: 4 }).map((parts) => parts.join('')),
);
const someDay = fc.integer({ min: 10_000, max: 30_000 }).map((day) => isoDay(day as Day));
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const currency = fc.constantFrom('EUR', 'JPY', 'KWD');
const HEADERS = ['Owner', ' Owner', '=x', '2nd look', '_x000A_', '__proto__', 'Zeile\nzwei'];

const entry = currency.chain((code) => {
  const money = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }).map((units) => formatMoney(new Decimal(`${units}e-3`), code));
  return fc.record({
    ...{
      rule: text,
      customerId: text,
      customerName: text,
      subscriptionId: text,
      product: text,
      invoiceNumber: text,
      claim: text,
      evidence: text,
    },
    ...{ firstDay: orNull(someDay), lastDay: orNull(someDay), deadline: orNull(someDay), submittedOn: orNull(someDay) },
    ...{ firstSeen: someDay, lastSeen: someDay, currency: fc.constant(code), amount: orNull(money), received: orNull(money) },
    ...{ status: fc.constantFrom(...CLAIM_STATUSES), ticket: text, note: text },
    added: fc.tuple(...HEADERS.map(() => text)).map((texts) => Object.fromEntries(HEADERS.map((header, index) => [header, texts[index]!]))),
  });
});
const register = fc
  .uniqueArray(fc.stringMatching(/^[0-9a-f]{20}$/), { minLength: 1, maxLength: 4 })
  .chain((fingerprints) => fc.tuple(...fingerprints.map((fingerprint) => entry.map((rest): RegisterEntry => ({ fingerprint, ...rest })))));

describe('register.xlsx', () => {
  it('is read back as it was written, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(register, async (entries) => {
        const back = await roundTrip(entries);
        expect(back).toEqual(entries);
        expect(back.map(({ added }) => Object.keys(added))).toEqual(entries.map(() => HEADERS));
      }),
      { numRuns: 150 },
    );
  });

  it('is read back where nothing is in it', async () => {
    expect(await roundTrip([])).toEqual([]);
  });

  it('gives every entry the columns that any has', async () => {
    const [first, second] = await roundTrip([
      { ...EXAMPLE_ENTRY, added: { B: 'b' } },
      { ...EXAMPLE_ENTRY, fingerprint: 'other', added: { A: 'a' } },
    ]);
    expect(Object.entries(first!.added)).toEqual([
      ['B', 'b'],
      ['A', ''],
    ]);
    expect(second!.added).toEqual({ B: '', A: 'a' });
  });

  it('has the same bytes for the same entries, whenever it is written', async () => {
    const bytes = () =>
      withPath('register.xlsx', async (path) => {
        await writeRegister(path, LIVED_IN, AS_OF);
        return readFile(path);
      });
    const first = await bytes();
    await new Promise((resolve) => setTimeout(resolve, 2100)); // a zip's clock counts in twos of seconds
    expect((await bytes()).equals(first)).toBe(true);
  });

  it('says whose columns are whose, and folds those that people seldom need', async () => {
    const sheet = (await opened(LIVED_IN)).getWorksheet('Register')!;
    const headers = (sheet.getRow(2).values as readonly unknown[]).slice(1).map((_, index) => sheet.getRow(2).getCell(index + 1).text);
    expect(headers.slice(0, 7)).toEqual(['Deadline', 'Customer', 'Product', 'Claim', 'Amount', 'Received', 'Currency']);
    expect(headers.slice(-6)).toEqual(['Status', 'Ticket', 'Submitted on', 'Note', 'Owner', 'Week ']);
    expect(sheet.getCell('A1').text).toBe('worked out anew at each run');
    expect(sheet.getCell(1, headers.indexOf('Status') + 1).text).toBe('yours');
    expect(sheet.getCell(2, 1)).toMatchObject({ fill: { fgColor: { argb: 'FFD9D9D9' } }, font: { bold: true } });
    expect(sheet.getCell(2, headers.length)).toMatchObject({ fill: { fgColor: { argb: 'FFFFFFFF' } }, font: { bold: true } });
    const hidden = headers.filter((_, index) => sheet.getColumn(index + 1).hidden);
    expect(hidden).toEqual(headers.slice(headers.indexOf('Rule'), headers.indexOf('Status')));
    expect(sheet.autoFilter).toBe('A2:W5');
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', xSplit: 2, ySplit: 2 });
  });

  it('has money as numbers, days as dates, a list of statuses, and cells that take words as they are typed', async () => {
    const sheet = (await opened(LIVED_IN)).getWorksheet('Register')!;
    expect(cell(sheet, 'Amount', 2)).toMatchObject({ value: 1234.5, numFmt: '#,##0.00;[Red]-#,##0.00' });
    expect(cell(sheet, 'Amount', 3).text).toBe('123456789012345678');
    expect(cell(sheet, 'Deadline', 1)).toMatchObject({ value: new Date('2026-12-05'), numFmt: 'yyyy-mm-dd' });
    expect(cell(sheet, 'Submitted on', 1)).toMatchObject({ value: new Date('2026-11-20'), numFmt: 'yyyy-mm-dd' });
    expect(cell(sheet, 'Submitted on', 2)).toMatchObject({ value: null, numFmt: 'yyyy-mm-dd' });
    for (const row of [1, 2, 3]) {
      expect(cell(sheet, 'Status', row).dataValidation).toMatchObject({
        type: 'list',
        formulae: ['"open,submitted,granted,refused,waived"'],
      });
      for (const header of ['Ticket', 'Note', 'Owner']) expect(cell(sheet, header, row).numFmt).toBe('@');
    }
  });

  it('holds no formula, guards the texts of others, and leaves the user’s alone', async () => {
    const sheet = (await opened(LIVED_IN)).getWorksheet('Register')!;
    sheet.eachRow((row) => {
      row.eachCell((each) => {
        expect(each.type).not.toBe(ExcelJS.ValueType.Formula);
      });
    });
    expect(cell(sheet, 'Customer', 2).text).toBe('\'=HYPERLINK("http://x")');
    expect(cell(sheet, 'Note', 1).text).toBe(LIVED_IN[0]!.note);
  });

  it('explains itself in six paragraphs', async () => {
    const sheet = (await opened([])).getWorksheet('Read me')!;
    expect(sheet.rowCount).toBe(7);
    for (let row = 2; row <= 7; row++) expect(sheet.getRow(row).getCell(1).text).toMatch(/^[A-Z].*\.$/);
  });

  it('is not written where a text would have to be cut', async () => {
    const long = { ...EXAMPLE_ENTRY, note: 'x'.repeat(32_768) };
    const error = await knownErrorFrom(roundTrip([long]));
    expect(error).toMatchObject({ code: 'register-text-too-long' });
    expect(error.found).toContain('"Note"');
    const kept = { ...long, note: 'x'.repeat(32_767) };
    expect(await roundTrip([kept])).toEqual([kept]);
  });

  const OFFICE = 'soffice';
  const office = spawnSync(OFFICE, ['--version'], { encoding: 'utf8' });
  it('is read back after LibreOffice has saved it', async ({ skip }) => {
    skip(office.error !== undefined, 'soffice is not installed, so the re-save by LibreOffice was not tried');
    await withPath('register.xlsx', async (path) => {
      await writeRegister(path, LIVED_IN, AS_OF);
      const folder = dirname(path);
      const saved = join(folder, 'saved');
      const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
      const run = spawnSync(OFFICE, [profile, '--headless', '--convert-to', 'xlsx', '--outdir', saved, path], { encoding: 'utf8' });
      expect(run.status, run.stderr).toBe(0);
      expect(await readRegister(join(saved, 'register.xlsx'), 'register.xlsx')).toEqual(LIVED_IN);
    });
  });
});

describe('guarded texts', () => {
  it('come back, and are those of the other reports', () => {
    fc.assert(
      fc.property(text, (each) => {
        expect(unguardedText(guardedText(each))).toBe(each);
        if (!each.startsWith("'")) expect(guardedText(each)).toBe(harmlessText(each));
      }),
      { numRuns: 2000 },
    );
    expect(guardedText("'t Hooft BV")).toBe("'t Hooft BV");
    expect(unguardedText("'t Hooft BV")).toBe("'t Hooft BV");
  });
});
