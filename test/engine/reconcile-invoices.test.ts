import { describe, expect, it } from 'vitest';
import type { InvoiceReconciliation } from '../../src/domain/findings/report.ts';
import { auditFiles } from '../support/run-audit.ts';
import { caseFile, type CaseLayout, type CaseLine } from '../support/case-rows.ts';
import { readInvoices } from '../../src/ingest/side-inputs/invoices.ts';
import { withBytes } from '../support/side-files.ts';

const HEADER = 'invoiceNumber,invoiceDate,currency,total,tax,kind,status,replaces,adjustments';
const LINE: CaseLine = { invoice: 'G1', from: '2021-06-01', to: '2021-06-30', type: 'new', price: '100.00', amount: '100.00' };

async function reconcile(
  layout: CaseLayout,
  lines: readonly CaseLine[],
  list: readonly string[],
  context: readonly CaseLine[] = [],
): Promise<readonly InvoiceReconciliation[]> {
  const invoices = await withBytes('invoices.csv', [HEADER, ...list, ''].join('\n'), (path) => readInvoices(path, 'invoices.csv'));
  const files = [{ name: 'june.csv', text: caseFile(layout, lines) }];
  const history = context.length === 0 ? [] : [{ name: 'may.csv', text: caseFile(layout, context), isContext: true }];
  return (await auditFiles([...files, ...history], { asOf: '2021-07-05', invoices })).reconciliation;
}

describe('an invoice from its total to the sum of its lines', () => {
  it('has every step as a number', async () => {
    const [one, ...more] = await reconcile('new-commerce', [LINE], ['G1,2021-06-30,EUR,126.00,21.00,invoice,,']);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ invoiceNumber: 'G1', invoiceDate: '2021-06-30', kind: 'invoice', status: 'active', currency: 'EUR' });
    expect(one).toMatchObject({ outcome: 'unexplained', total: '126.00', unexplained: '-5.00', lines: 1, linesTotal: '100.00' });
    expect(one!.steps).toEqual([{ step: 'tax-removed', amount: '-21.00', text: 'tax that the lines do not carry' }]);
    expect(one!.details.map(({ step, amount }) => [step, amount])).toEqual([
      ['charges', '100.00'],
      ['credits', '0.00'],
      ['subtotal', '100.00'],
      ['tax', '0.00'],
    ]);
  });

  it('agrees where nothing is left, also below 0', async () => {
    const note = { ...LINE, invoice: 'C1', type: 'customerCredit', price: '-8.00', amount: '-8.00', subscription: 's-2', productId: 'P2' };
    const list = ['G1,2021-06-30,EUR,100.00,,invoice,,', 'C1,2021-06-30,EUR,-8.00,,credit-note,,G1'];
    expect((await reconcile('new-commerce', [LINE, note], list)).map(({ invoiceNumber, outcome }) => [invoiceNumber, outcome])).toEqual([
      ['C1', 'agrees'],
      ['G1', 'agrees'],
    ]);
  });

  it('shows a header without lines and lines without a header, and leaves context and other months', async () => {
    const rows = await reconcile(
      'new-commerce',
      [LINE, { ...LINE, invoice: 'G3', currency: 'USD' }],
      [
        'G0,2021-05-31,EUR,1.00,,invoice,,',
        'G1,2021-06-30,EUR,100.00,,invoice,,',
        'G2,2021-06-30,EUR,5.00,,invoice,,',
        'G9,2020-01-31,EUR,9.00,,invoice,,',
      ],
      [{ ...LINE, invoice: 'G0', from: '2021-05-01', to: '2021-05-31' }],
    );
    expect(
      rows.map(({ invoiceNumber, outcome, total, linesTotal, currency }) => [invoiceNumber, outcome, total, linesTotal, currency]),
    ).toEqual([
      ['G1', 'agrees', '100.00', '100.00', 'EUR'],
      ['G2', 'not-checked', '5.00', null, 'EUR'],
      ['G3', 'not-checked', null, '100.00', 'USD'],
    ]);
  });

  describe('of a legacy month, whose lines are those of its only invoice', () => {
    const legacy: CaseLine = { from: '2021-06-01', to: '2021-06-30', price: '100.00', amount: '100.00' };

    it('calls what no stated amount explains unexplained, and says that it may be adjustments', async () => {
      const [one] = await reconcile('legacy-licence', [legacy], ['D1,2021-06-12,EUR,87.50,,invoice,,']);
      expect(one).toMatchObject({ outcome: 'unexplained', total: '87.50', steps: [], unexplained: '12.50', linesTotal: '100.00' });
      expect(one!.hint).toContain('adjustments may be among it, which legacy files leave out');
    });

    it('takes the adjustments that the invoice prints for a step', async () => {
      const [one] = await reconcile('legacy-licence', [legacy], ['D1,2021-06-12,EUR,87.50,,invoice,,,-12.50']);
      expect(one).toMatchObject({ outcome: 'explained', total: '87.50', unexplained: '0.00', linesTotal: '100.00' });
      expect(one!.steps).toMatchObject([{ step: 'legacy-adjustments', amount: '12.50' }]);
      expect(one!.hint).toBeUndefined();
    });

    it('leaves a cent beside them unexplained, and any where the lines alone make the total', async () => {
      const [cent] = await reconcile('legacy-licence', [legacy], ['D1,2021-06-12,EUR,87.51,,invoice,,,-12.50']);
      expect(cent).toMatchObject({ outcome: 'unexplained', unexplained: '-0.01', steps: [{ amount: '12.50' }] });
      const [none] = await reconcile('legacy-licence', [legacy], ['D1,2021-06-12,EUR,100.00,,invoice,,,-12.50']);
      expect(none).toMatchObject({ outcome: 'unexplained', unexplained: '-12.50', steps: [{ amount: '12.50' }] });
    });

    it('tells removed tax from adjustments', async () => {
      const [one] = await reconcile('legacy-licence', [legacy], ['D1,2021-06-12,EUR,108.50,21.00,invoice,,,-12.50']);
      expect(one).toMatchObject({ outcome: 'explained', unexplained: '0.00' });
      expect(one!.steps.map(({ step, amount }) => [step, amount])).toEqual([
        ['legacy-adjustments', '12.50'],
        ['tax-removed', '-21.00'],
      ]);
    });

    it('agrees where the lines are the total', async () => {
      const [one] = await reconcile('legacy-licence', [legacy], ['D1,2021-06-12,EUR,100.00,,invoice,,,']);
      expect(one).toMatchObject({ outcome: 'agrees', steps: [], unexplained: '0.00' });
    });

    it('says nothing where two invoices may be meant', async () => {
      const two = await reconcile('legacy-licence', [legacy], ['D1,2021-06-12,EUR,87.50,,invoice,,', 'D2,2021-05-12,EUR,80.00,,invoice,,']);
      expect(two.map(({ linesTotal, unexplained }) => [linesTotal, unexplained])).toEqual([
        [null, null],
        [null, null],
      ]);
    });
  });

  it('is empty without a list', async () => {
    expect((await auditFiles([{ name: 'june.csv', text: caseFile('new-commerce', [LINE]) }])).reconciliation).toEqual([]);
  });
});
