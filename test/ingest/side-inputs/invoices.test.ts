import { describe, expect, it } from 'vitest';
import { isoDay } from '../../../src/domain/calendar/days.ts';
import { readInvoices } from '../../../src/ingest/side-inputs/invoices.ts';
import { knownErrorFrom, withBytes, withWorkbook } from '../../support/side-files.ts';

const read = (text: string) => withBytes('invoices.csv', text, (path) => readInvoices(path, 'invoices.csv'));
const HEADER = 'Invoice Number,Invoice Date,Currency,Total,Kind';

describe('invoices', () => {
  it('are read with everything the contract names', async () => {
    const [invoice, note] = await read(
      'invoiceNumber;invoiceDate;currency;total;tax;kind;status;replaces;paidOn;publishedOn;remark\n' +
        'G1;2026-09-30;eur;1.210,00;210,00;Invoice;Void;;2026-10-20;2026-10-08;x\n' +
        'C1;2026-10-02;EUR;-1.210,00;-210,00;credit note;;G1;;;\n',
    );
    expect(invoice).toMatchObject({ invoiceNumber: 'G1', currency: 'EUR', kind: 'invoice', status: 'void', replaces: '', hasPaidOn: true });
    expect(invoice!.source).toEqual({ file: 'invoices.csv', sheet: null, row: 2 });
    expect([isoDay(invoice!.invoiceDay), isoDay(invoice!.paidOn!), isoDay(invoice!.publishedOn!)]).toEqual([
      '2026-09-30',
      '2026-10-20',
      '2026-10-08',
    ]);
    expect([invoice!.total.toString(), invoice!.tax!.toString()]).toEqual(['1210', '210']);
    expect(note).toMatchObject({ kind: 'credit-note', status: 'active', replaces: 'G1', paidOn: null, hasPaidOn: true, publishedOn: null });
    expect(note!.total.toString()).toBe('-1210');
  });

  it('need no more than number, date, currency, total and kind', async () => {
    const [invoice] = await read(`${HEADER}\nG1,9/30/2026,EUR,10.00,invoice\n`);
    expect(invoice).toMatchObject({ tax: null, status: 'active', replaces: '', paidOn: null, hasPaidOn: false, publishedOn: null });
    expect(isoDay(invoice!.invoiceDay)).toBe('2026-09-30');
  });

  it('are read from a workbook and from JSON', async () => {
    const rows = [HEADER.split(','), ['G1', '2026-09-30', 'EUR', 10.5, 'invoice']];
    const [fromBook] = await withWorkbook([{ name: 'List', rows }], (path) => readInvoices(path, 'invoices.xlsx'));
    expect(fromBook!.source).toEqual({ file: 'invoices.xlsx', sheet: 'List', row: 2 });
    const [fromJson] = await read(
      '[{"invoiceNumber":"G1","invoiceDate":"2026-09-30","currency":"EUR","total":10.5,"kind":"invoice","paidOn":null}]',
    );
    expect(fromJson).toMatchObject({ hasPaidOn: true, paidOn: null });
    expect(fromJson!.total.eq(fromBook!.total)).toBe(true);
  });

  it('are named in evidence as the user may see them', async () => {
    const [invoice] = await withBytes('invoices.csv', `${HEADER}\nG1,2026-09-30,EUR,10.00,invoice\n`, (path) =>
      readInvoices(path, path, 'shown.csv'),
    );
    expect(invoice!.source.file).toBe('shown.csv');
  });

  it('are no doubles of themselves where the file is read again with another order of day and month', async () => {
    const found = await read(`${HEADER}\nG1,05/06/2026,EUR,1.00,invoice\nG2,30/06/2026,EUR,2.00,invoice\n`);
    expect(found.map(({ invoiceDay }) => isoDay(invoiceDay))).toEqual(['2026-06-05', '2026-06-30']);
  });

  it.each([
    [
      'a number twice, whatever its case',
      `${HEADER}\nG1,2026-09-30,EUR,1,invoice\n g1,2026-09-30,EUR,1,invoice\n`,
      3,
      'stands on row 2 already',
    ],
    ['an empty number', `${HEADER}\n,2026-09-30,EUR,1,invoice\n`, 2, 'column "Invoice Number": the cell is empty'],
    ['a number that lost digits', `${HEADER}\n1.23E+11,2026-09-30,EUR,1,invoice\n`, 2, 'dropped digits'],
    ['a currency of four letters', `${HEADER}\nG1,2026-09-30,EURO,1,invoice\n`, 2, '"EURO" is no currency code'],
    ['a credit note above 0', `${HEADER}\nC1,2026-09-30,EUR,1,credit-note\n`, 2, 'write it with a minus sign'],
    ['an unknown kind', `${HEADER}\nC1,2026-09-30,EUR,1,proforma\n`, 2, '"proforma" is none of invoice, credit-note'],
    ['a document that replaces itself', `${HEADER},Replaces\nG1,2026-09-30,EUR,1,invoice, g1\n`, 2, 'is the number of the document itself'],
    ['a payment before the invoice', `${HEADER},Paid On\nG1,2026-09-30,EUR,1,invoice,2026-09-29\n`, 2, 'is before the date of the invoice'],
  ])('refuse %s', async (_, text, row, found) => {
    const error = await knownErrorFrom(read(text));
    expect(error).toMatchObject({ code: 'side-input-cell', place: { file: 'invoices.csv', row } });
    expect(error.found).toContain(found);
  });

  it('may have a tax above the total: an untaxed credit may take more off than the charges leave', async () => {
    const rows = await read(
      `${HEADER},Tax,Adjustments\nG1,2026-09-30,EUR,21,invoice,21,\nD1,2026-09-30,EUR,11,invoice,21,-110\nG2,2026-09-30,EUR,11,invoice,21,\n`,
    );
    expect(rows.map(({ tax }) => tax?.toString())).toEqual(['21', '21', '21']);
  });

  it('may be paid on their own day', async () => {
    const [invoice] = await read(`${HEADER},Paid On\nG1,2026-09-30,EUR,1,invoice,2026-09-30\n`);
    expect(invoice!.paidOn).toBe(invoice!.invoiceDay);
  });
});
