import { readFile, writeFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { RegisterEntry } from '../../../src/domain/partner/claims-register.ts';
import { REGISTER_FORMER_README, REGISTER_README_SHEET } from '../../../src/domain/partner/register-readme.ts';
import { readRegister } from '../../../src/ingest/side-inputs/register.ts';
import { writeRegister } from '../../../src/report/xlsx/register-workbook.ts';
import { EXAMPLE_ENTRY, LIVED_IN } from '../../support/register-entries.ts';
import { knownErrorFrom, withBytes, withPath, withWorkbook, type TestSheet } from '../../support/side-files.ts';

const read = (path: string) => readRegister(path, 'register.xlsx');
const readSheets = (...sheets: readonly TestSheet[]) => withWorkbook(sheets, read);
const readRows = (...rows: readonly (readonly ExcelJS.CellValue[])[]) => readSheets({ name: 'Register', rows });
const HEADER = ['Fingerprint', 'Status', 'Ticket', 'Submitted on', 'Note'] as const;

/** Writes a register, has somebody edit it, and reads what is left. */
async function edited(entries: readonly RegisterEntry[], edit: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void) {
  return withPath('register.xlsx', async (path) => {
    await writeRegister(path, entries, '2026-11-21');
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    edit(book.getWorksheet('Register')!, book);
    await book.xlsx.writeFile(path);
    return read(path);
  });
}

const header = (sheet: ExcelJS.Worksheet, name: string): number => {
  for (let column = 1; column <= sheet.columnCount; column++) if (sheet.getRow(2).getCell(column).text === name) return column;
  throw new Error(`no column ${name}`);
};

describe('an edited register', () => {
  it('may be sorted and filtered: hidden rows are read', async () => {
    const back = await edited(LIVED_IN, (sheet) => {
      const [first, last] = [sheet.getRow(3), sheet.getRow(5)];
      const held = Array.from({ length: sheet.columnCount }, (_, index) => first.getCell(index + 1).value);
      for (const [index, value] of held.entries()) {
        first.getCell(index + 1).value = last.getCell(index + 1).value;
        last.getCell(index + 1).value = value;
      }
      last.hidden = true;
    });
    expect(back.map(({ fingerprint }) => fingerprint)).toEqual([2, 1, 0].map((index) => LIVED_IN[index]!.fingerprint));
    const words = (entries: readonly RegisterEntry[]) => entries.map(({ note, ticket, added }) => ({ note, ticket, added }));
    expect(words(back)).toEqual(words([...LIVED_IN].reverse()));
  });

  it('may have its columns moved, others added, and empty rows above the header', async () => {
    const rows = [
      [],
      [],
      [null, 'Note', 'Asked by', ' STATUS ', 'fingerprint', 'submitted-on', 'Ticket'],
      ['x', 'n', 'Bo', ' Submitted ', 'f1', '2026-11-20', 123],
      [null, null, null, null, 'f2'],
    ];
    expect(await readRows(...rows)).toEqual([
      expect.objectContaining({
        fingerprint: 'f1',
        status: 'submitted',
        ticket: '123',
        submittedOn: '2026-11-20',
        note: 'n',
        added: { 'Column A': 'x', 'Asked by': 'Bo' },
      }),
      expect.objectContaining({ fingerprint: 'f2', status: 'open', submittedOn: null, added: { 'Column A': '', 'Asked by': '' } }),
    ]);
  });

  it.each<[string, (sheet: ExcelJS.Worksheet) => void, string]>([
    [
      'a row above the header',
      (sheet) => void sheet.insertRow(1, ['Claims of Contoso', null, 'as discussed']),
      'row 1 above the header ("Claims of Contoso")',
    ],
    [
      'a word in the band above the header',
      (sheet) => void (sheet.getRow(1).getCell(3).value = 'call Bo'),
      'row 1 above the header ("call Bo")',
    ],
    [
      'a sheet of one’s own',
      (sheet) => void sheet.workbook.addWorksheet('Calls').addRow(['Bo, on Monday']),
      'the sheet "Calls" ("Bo, on Monday")',
    ],
    ['a hidden sheet', (sheet) => void sheet.workbook.addWorksheet('Old', { state: 'hidden' }), 'the hidden sheet "Old"'],
    [
      'a line under the read-me',
      (sheet) => void sheet.workbook.getWorksheet('Read me')!.addRow(['ask Bo']),
      'the sheet "Read me" ("ask Bo")',
    ],
    ['a comment on a cell', (sheet) => void (sheet.getRow(3).getCell(1).note = 'ask Bo'), 'comments on cells'],
  ])('is refused with %s, which no run carries over', async (_, edit, found) => {
    const error = await knownErrorFrom(edited([EXAMPLE_ENTRY], edit));
    expect(error).toMatchObject({ code: 'register-words-elsewhere', place: { file: 'register.xlsx' } });
    expect(error.found).toContain(found);
    expect(error.remedy).toContain('nothing was written');
  });

  it('may have the read-me of an earlier version', async () => {
    const former = (sheet: ExcelJS.Worksheet): void => {
      for (const text of REGISTER_FORMER_README) sheet.workbook.getWorksheet(REGISTER_README_SHEET)!.addRow([text]);
    };
    expect(REGISTER_FORMER_README.length).toBeGreaterThan(0);
    expect(await edited([EXAMPLE_ENTRY], former)).toHaveLength(1);
  });

  it('keeps the zeros in front of a ticket that is a number shown with them', async () => {
    const asNumber = (sheet: ExcelJS.Worksheet): void => {
      const cell = sheet.getRow(3).getCell(header(sheet, 'Ticket'));
      cell.value = 26100500123;
      cell.numFmt = '0000000000000';
    };
    const [entry] = await edited([EXAMPLE_ENTRY], asNumber);
    expect(entry!.ticket).toBe('0026100500123');
  });

  it('may have an empty sheet of one’s own, for no word is lost with it', async () => {
    expect(await edited([EXAMPLE_ENTRY], (sheet) => void sheet.workbook.addWorksheet('Sheet1'))).toHaveLength(1);
  });

  it.each<[string, ExcelJS.CellValue]>([
    ['a real date', new Date('2026-11-20')],
    ['an ISO day', '2026-11-20'],
    ['a German day', '20.11.2026'],
    ['a Dutch day', '20-11-2026'],
    ['a Dutch day that could be American', '5-11-2026'],
    ['a British day', '20/11/2026'],
    ['an American day', '11/20/2026'],
    ['a day with blanks around', ' 2026-11-20 '],
  ])('may have a day as %s', async (_, value) => {
    const [entry] = await readRows(HEADER, ['f1', 'submitted', null, value]);
    expect(entry!.submittedOn).toBe(value === '5-11-2026' ? '2026-11-05' : '2026-11-20');
  });

  it.each<[ExcelJS.CellValue, string]>([
    ['last Friday', 'is not a day'],
    ['20 nov.', 'is not a day'],
    ['5/11/2026', 'may be two different days'],
    ['20-11-26', 'year of two digits'],
    [new Date('2026-11-20T10:30:00Z'), 'has a time'],
    ['31.11.2026', 'is not a day'],
  ])('is refused with the cell where %s stands for a day', async (value, found) => {
    const error = await knownErrorFrom(readRows(HEADER, ['f1', 'open'], ['f2', 'submitted', null, value]));
    expect(error).toMatchObject({ code: 'side-input-cell', place: { file: 'register.xlsx', sheet: 'Register', row: 3 } });
    expect(error.found).toContain('row 3, column "Submitted on"');
    expect(error.found).toContain(found);
    expect(error.remedy).toContain('not written');
  });

  it('keeps the user’s columns to the letter: numbers, days, booleans, results of formulas', async () => {
    const back = await edited([{ ...EXAMPLE_ENTRY, note: 'was' }], (sheet) => {
      const [column, row] = [sheet.columnCount + 1, sheet.getRow(3)];
      for (const [index, name] of ['Paid', 'Since', 'Done', 'Days'].entries()) sheet.getRow(2).getCell(column + index).value = name;
      row.getCell(column).value = 1234.5;
      row.getCell(column + 1).value = new Date('2026-11-20');
      row.getCell(column + 2).value = true;
      row.getCell(column + 3).value = { formula: 'A3-TODAY()', result: 14 };
      row.getCell(header(sheet, 'Note')).value = { richText: [{ text: 'was ' }, { text: 'bold', font: { bold: true } }] };
    });
    expect(back[0]).toMatchObject({ note: 'was bold', added: { Paid: '1234.5', Since: '2026-11-20', Done: 'TRUE', Days: '14' } });
  });

  it('has a ticket number whole, or is refused where a spreadsheet has rounded it', async () => {
    expect((await readRows(HEADER, ['f1', 'open', '2611210030001234']))[0]!.ticket).toBe('2611210030001234');
    const error = await knownErrorFrom(readRows(HEADER, ['f1', 'open', 2611210030001234]));
    expect(error).toMatchObject({ code: 'side-input-cell' });
    expect(error.found).toContain('format the column as text');
  });
});

describe('a register is refused', () => {
  it.each<[string, readonly (readonly ExcelJS.CellValue[])[], string]>([
    [
      'without our columns',
      [
        ['Name', 'State'],
        ['x', 'y'],
      ],
      'No header with the columns "Fingerprint"',
    ],
    [
      'without the status',
      [
        ['Fingerprint', 'Note'],
        ['f1', 'y'],
      ],
      '"Status"',
    ],
    ['with a fingerprint twice', [HEADER, ['f1', 'open'], ['f1', 'granted']], 'Rows 2 and 3 have the same fingerprint "f1"'],
    [
      'with two columns of one name',
      [
        [...HEADER, 'note'],
        ['f1', 'open'],
      ],
      'Columns E ("Note") and F ("note")',
    ],
    ['with a second header', [HEADER, ['f1', 'open'], HEADER, ['f2', 'open']], 'header of a second register stands in row 3'],
    ['where it is empty', [], 'No header'],
  ])('%s', async (_, rows, found) => {
    const error = await knownErrorFrom(readRows(...rows));
    expect(error).toMatchObject({ code: 'register-unreadable', place: { file: 'register.xlsx' } });
    expect(error.found).toContain(found);
    expect(error.remedy).toContain('othing was written');
  });

  it.each<[string, readonly ExcelJS.CellValue[], string]>([
    ['an unknown status', ['f1', 'done'], '"done" is none of open, submitted'],
    ['words beside no fingerprint', [null, 'open', 'T1', null, 'typed below the table'], 'column "Fingerprint": the cell is empty'],
  ])('with %s', async (_, row, found) => {
    const error = await knownErrorFrom(readRows(HEADER, ['f0', 'open'], row));
    expect(error).toMatchObject({ code: 'side-input-cell', place: { row: 3 } });
    expect(error.found).toContain(found);
  });

  it('where two visible sheets are registers', async () => {
    const error = await knownErrorFrom(readSheets({ name: 'A', rows: [HEADER] }, { name: 'B', rows: [HEADER] }));
    expect(error).toMatchObject({ code: 'register-unreadable' });
    expect(error.found).toContain('the sheet "B"');
  });

  it('where it is no workbook, damaged, or has a password', async () => {
    expect(await withBytes('r.xlsx', 'Fingerprint,Status\nf1,open\n', (path) => knownErrorFrom(read(path)))).toMatchObject({
      code: 'register-unreadable',
    });
    const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]);
    const locked = await withBytes('r.xlsx', ole, (path) => knownErrorFrom(read(path)));
    expect(locked).toMatchObject({ code: 'register-unreadable' });
    expect(locked.found).toContain('password');
    await withPath('register.xlsx', async (path) => {
      await writeRegister(path, LIVED_IN, '2026-11-21');
      const whole = await readFile(path);
      await writeFile(path, whole.subarray(0, whole.length - 100));
      expect(await knownErrorFrom(read(path))).toMatchObject({ code: 'register-unreadable' });
    });
  });

  it('where it is missing, as any other file', async () => {
    expect((await knownErrorFrom(read('no-such-folder/register.xlsx'))).code).toBe('file-missing');
  });
});
