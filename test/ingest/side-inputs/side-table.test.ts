import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDay } from '../../../src/domain/calendar/days.ts';
import { readSideTable, type SideColumns, type SideRecord } from '../../../src/ingest/side-inputs/side-table.ts';
import { knownErrorFrom, withBytes, withWorkbook } from '../../support/side-files.ts';

type Field = 'invoiceNumber' | 'total' | 'paidOn' | 'kind';
const COLUMNS: SideColumns<Field> = {
  invoiceNumber: { names: ['invoiceNumber', 'invoice'], isRequired: true },
  total: { names: ['total'], isRequired: true },
  paidOn: { names: ['paidOn'], isRequired: false },
  kind: { names: ['kind'], isRequired: false },
};

function readRow(record: SideRecord<Field>) {
  record.requireFilled('invoiceNumber');
  const paidOn = record.day('paidOn');
  const read = {
    row: record.row,
    invoiceNumber: record.id('invoiceNumber'),
    total: record.decimal('total')?.toString() ?? null,
    paidOn: paidOn === null ? null : isoDay(paidOn),
    kind: record.oneOf('kind', ['invoice', 'credit-note']),
    extras: record.extras(),
  };
  return read;
}

const read = (path: string) => readSideTable(path, 'invoices.csv', COLUMNS, readRow);
const readText = (text: string | Buffer) => withBytes('side.csv', text, read);
const ROW = { row: 2, invoiceNumber: 'G1', total: '12.5', paidOn: '2026-04-13', kind: 'credit-note', extras: [] };

describe('a side input', () => {
  it.each([
    ['commas', 'Invoice Number,TOTAL,Paid-On,kind\nG1,12.50,4/13/2026,Credit Note\n'],
    ['semicolons and a decimal comma', 'invoice_number;total;paid on;Kind\r\nG1;12,50;13.04.2026;CREDIT_NOTE\r\n'],
    ['tabs and a byte order mark', '\ufeffInvoiceNumber\tTotal\tPaidOn\tKind\nG1\t12.5\t2026-04-13\tcreditnote\n'],
    ['a sep= line', 'sep=|\nInvoice|Total|PaidOn|Kind\nG1|12.5|2026-04-13|credit-note\n'],
    ['UTF-16', Buffer.from('\ufeffInvoice,Total,PaidOn,Kind\nG1,12.5,2026-04-13,credit-note\n', 'utf16le')],
  ])('is read from CSV with %s', async (_, text) => {
    const rows = await readText(text);
    expect(rows).toEqual([{ ...ROW, row: rows[0]!.row }]);
  });

  it('is read from windows-1252', async () => {
    const [row] = await readText(Buffer.from('Invoice;Total;Büro\nG1;12,5;Köln\n', 'latin1'));
    expect(row).toMatchObject({ total: '12.5', extras: [['Büro', 'Köln']] });
  });

  it.each([
    ['an array', '[{"invoice number":"G1","Total":12.5,"paidOn":"2026-04-13","kind":"credit-note"}]'],
    [
      'an object with one array',
      ' {"version":1,"rows":[{"kind":"credit-note","total":"12.50","invoiceNumber":"G1","paidOn":"2026-04-13"}]}',
    ],
  ])('is read from JSON as %s, its row being the place', async (_, text) => {
    expect(await readText(text)).toEqual([{ ...ROW, row: 1 }]);
  });

  it('may be empty', async () => {
    expect(await readText('[]')).toEqual([]);
    expect(await readText('Invoice,Total\n')).toEqual([]);
  });

  it('is read from the first visible sheet that has its header, wherever the header stands', async () => {
    const rows = await withWorkbook(
      [
        {
          name: 'Old',
          state: 'hidden',
          rows: [
            ['Invoice', 'Total'],
            ['G0', 1],
          ],
        },
        { name: 'Remarks', rows: [['Our invoices']] },
        {
          name: 'Invoices',
          rows: [
            ['Our invoices of April'],
            [],
            ['Kind', 'Total', null, 'Paid on', 'Invoice'],
            ['credit note', 12.5, 'x', new Date('2026-04-13'), 'G1'],
          ],
        },
      ],
      read,
    );
    expect(rows).toEqual([{ ...ROW, row: 4, extras: [['Column C', 'x']] }]);
  });

  it('keeps unknown columns aside under names of their own', async () => {
    const [row] = await readText('Owner,Invoice,Owner,Total,Note\nAnna,G1,Bo,1,=x\n');
    expect(row!.extras).toEqual([
      ['Owner', 'Anna'],
      ['Owner (2)', 'Bo'],
      ['Note', '=x'],
    ]);
  });

  it('prefers a column’s own name to others that are accepted for it', async () => {
    const [row] = await readText('Invoice,Total,InvoiceNumber\nx,1,G1\n');
    expect(row).toMatchObject({ invoiceNumber: 'G1', extras: [['Invoice', 'x']] });
  });
});

describe('a side input is refused', () => {
  it('without a required column, with the nearest names found', async () => {
    const error = await knownErrorFrom(readText('InvoiceNo,Totals,Kind\nG1,1,invoice\n'));
    expect(error.code).toBe('side-input-column-missing');
    expect(error.place).toEqual({ file: 'invoices.csv', sheet: null, row: 1 });
    expect(error.found).toMatch(/"invoiceNumber" \(nearest found: "InvoiceNo".*"total" \(nearest found: "Totals"/);
  });

  it('with two columns of one name', async () => {
    const error = await knownErrorFrom(readText('Invoice,Total,total\nG1,1,2\n'));
    expect(error).toMatchObject({ code: 'side-input-duplicate-column', place: { row: 1 } });
    expect(error.found).toContain('Columns B ("Total") and C ("total")');
  });

  it('for its bad cells, five of them named', async () => {
    const lines = ['G1,x,,', ',1,,', 'G3,1,31/31/2026,', 'G4,1,,refund', '5.66E+17,1,,', '#REF!,1,,', 'G7,1,1/2/26,'];
    const error = await knownErrorFrom(readText(`Invoice,Total,PaidOn,Kind\n${lines.join('\n')}\n`));
    expect(error).toMatchObject({ code: 'side-input-cell', place: { file: 'invoices.csv', row: 2 } });
    expect(error.found).toBe(
      'row 2, column "Total": "x" is not a number; row 3, column "Invoice": the cell is empty; ' +
        'row 4, column "PaidOn": "31/31/2026" is not a day; write YYYY-MM-DD; row 5, column "Kind": "refund" is none of invoice, credit-note; ' +
        'row 6, column "Invoice": "5.66E+17" is a long number of which a spreadsheet dropped digits; format the column as text and enter it again; and 2 more.',
    );
    expect(error.remedy).toContain('Correct the cells');
  });

  it('where nothing proves whether the day or the month comes first', async () => {
    const error = await knownErrorFrom(readText('Invoice,Total,PaidOn\nG1,1,3/3/2026\nG2,1,3/4/2026\n'));
    expect(error).toMatchObject({ code: 'side-input-cell', place: { row: 3 } });
    expect(error.found).toContain('"3/4/2026" may be two different days');
    const proven = await readText('Invoice,Total,PaidOn\nG1,1,3/4/2026\nG2,1,30/4/2026\n');
    expect(proven.map(({ paidOn }) => paidOn)).toEqual(['2026-04-03', '2026-04-30']);
    const dashed = await readText('Invoice,Total,PaidOn\nG1,1,3-4-2026\n');
    expect(dashed.map(({ paidOn }) => paidOn)).toEqual(['2026-04-03']);
  });

  it('where two cells prove two orders', async () => {
    const error = await knownErrorFrom(readText('Invoice,Total,PaidOn\nG1,1,13/4/2026\nG2,1,4/13/2026\n'));
    expect(error.code).toBe('date-order-contradictory');
    expect(error.remedy).toContain('YYYY-MM-DD');
  });

  it('where a number has either three decimals or a group of three', async () => {
    expect((await knownErrorFrom(readText('Invoice;Total\nG1;1.234\n'))).found).toContain('three decimals or a group of three');
    expect((await readText('Invoice;Total\nG1;1.234\nG2;1,5\n')).map(({ total }) => total)).toEqual(['1234', '1.5']);
    const rows = await withWorkbook(
      [
        {
          name: 'I',
          rows: [
            ['Invoice', 'Total'],
            ['G1', 1.234],
          ],
        },
      ],
      read,
    );
    expect(rows.map(({ total }) => total)).toEqual(['1.234']);
  });

  it.each([
    ['[{"invoice":"G1","total":566890604832738111}]', 'more digits than JSON numbers keep'],
    ['[{"invoice":"G1","total":[1]}]', 'a list or an object'],
    ['[{"invoice":"G1","Invoice":"G2","total":1}]', '"invoice" and "Invoice", which mean the same'],
    ['[1]', 'Record 1 is no object'],
    ['{"a":[],"b":[]}', '2 arrays'],
    ['{"a":1}', 'no array'],
    ['[{', 'begins like JSON and is none'],
  ])('as JSON %s', async (text, found) => {
    const error = await knownErrorFrom(readText(text));
    expect(error.code).toBe('side-input-json');
    expect(error.found).toContain(found);
  });

  it('where it is a folder, missing, or torn', async () => {
    await withBytes('a.csv', 'x', async (path) => {
      const folder = path.slice(0, -'/a.csv'.length);
      expect((await knownErrorFrom(read(folder))).code).toBe('side-input-not-a-file');
      expect((await knownErrorFrom(read(`${path}.none`))).code).toBe('file-missing');
    });
    expect((await knownErrorFrom(readText('Invoice,Total\n"G1"x,1\n'))).code).toBe('side-input-row');
  });
});

describe('the form of a side input', () => {
  it('does not matter: CSV, JSON and XLSX give the same records', async () => {
    const cell = fc.stringMatching(/^[A-Za-zäß€=;,"|' -]{0,12}$/).filter((text) => text.trim() === text);
    const row = fc.record({ invoice: fc.stringMatching(/^G\d{1,6}$/), total: fc.integer({ min: -99_999, max: 99_999 }), note: cell });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
        const table = rows.map(({ invoice, total, note }) => [invoice, (total / 100).toFixed(2), note]);
        const quoted = [['Invoice', 'Total', 'Note'], ...table].map((cells) =>
          cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(';'),
        );
        const records = table.map(([invoice, total, note]) => ({ invoice, total, note }));
        const strip = (read: readonly ReturnType<typeof readRow>[]) =>
          read.map(({ invoiceNumber, total, extras }) => [invoiceNumber, total, extras[0]![1]]);
        const csv = strip(await readText(`${quoted.join('\n')}\n`));
        expect(strip(await readText(JSON.stringify(records)))).toEqual(csv);
        expect(strip(await withWorkbook([{ name: 'S', rows: [['Invoice', 'Total', 'Note'], ...table] }], read))).toEqual(csv);
      }),
      { numRuns: 25 },
    );
  });
});
