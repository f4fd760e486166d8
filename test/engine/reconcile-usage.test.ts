import { describe, expect, it } from 'vitest';
import type { UsageReconciliation } from '../../src/domain/findings/report.ts';
import { readInvoices } from '../../src/ingest/side-inputs/invoices.ts';
import { Pseudonyms } from '../../src/report/redact/pseudonyms.ts';
import { redactedReport } from '../../src/report/redact/redact-report.ts';
import { identitiesOf, Redactor } from '../../src/report/redact/redactor.ts';
import { caseFile, type CaseLine } from '../support/case-rows.ts';
import { exampleReport } from '../support/example-report.ts';
import { auditFiles, type AuditedFiles, type TextFile } from '../support/run-audit.ts';
import { withBytes } from '../support/side-files.ts';

/** A usage line of the invoice file: its meter tells it from a licence. */
const BILLED: CaseLine = {
  invoice: 'G1',
  type: 'new',
  from: '2026-09-01',
  to: '2026-09-30',
  productId: 'DZH318Z0BQ3Q',
  product: 'D2s v3',
  meter: 'D2 v3/D2s v3',
  term: '',
  description: 'Azure plan',
  price: '0.10',
  seats: '30',
  amount: '3.00',
};
const DAY: CaseLine = { invoice: 'G1', used: '2026-09-14', price: '0.10', quantity: '30', amount: '3.00' };

interface Given {
  readonly daily: readonly CaseLine[];
  readonly billed: readonly CaseLine[];
  readonly context?: readonly CaseLine[];
}

function filesOf({ daily, billed, context = [] }: Given): TextFile[] {
  return [
    { name: 'daily.csv', text: caseFile('daily-usage', daily) },
    ...(billed.length === 0 ? [] : [{ name: 'invoice.csv', text: caseFile('new-commerce', billed) }]),
    ...(context.length === 0 ? [] : [{ name: 'august.csv', text: caseFile('new-commerce', context), isContext: true }]),
  ];
}

async function compare(given: Given): Promise<{ result: AuditedFiles; usage: readonly (UsageReconciliation & { invoice: string })[] }> {
  const result = await auditFiles(filesOf(given));
  const usage = result.reconciliation.flatMap((one) =>
    (one.usage ?? []).map((each) => ({ ...each, invoice: `${one.invoiceNumber} ${one.currency}` })),
  );
  return { result, usage };
}

function leftOf({ unchecked }: AuditedFiles): Readonly<Record<string, number>> {
  return Object.fromEntries(
    unchecked.filter(({ reason }) => /usage|invoice-quantity|invoice-id/.test(reason)).map((u) => [u.reason, u.lines]),
  );
}

describe('daily usage beside the invoice lines that bill it', () => {
  it('gives the gap as a number and accuses nobody', async () => {
    const { result, usage } = await compare({
      daily: [
        { ...DAY, quantity: '10.5', amount: '1.05' },
        { ...DAY, used: '2026-09-15', quantity: '19.5', amount: '1.95987' },
      ],
      billed: [BILLED],
    });
    expect(usage).toMatchObject([
      { invoice: 'G1 EUR', outcome: 'compared', dailyRows: 2, firstDay: '2026-09-14', lastDay: '2026-09-15', dailyTotal: '3.00987' },
    ]);
    expect(usage[0]).toMatchObject({ invoiceLines: 1, subtotal: '3.00', gap: '-0.00987', dailyQuantity: '30', invoiceQuantity: '30' });
    expect(usage[0]).toMatchObject({ customerName: 'Contoso', subscriptionId: 'subscription-1', productId: 'DZH318Z0BQ3Q', skuId: '0001' });
    expect(leftOf(result)).toEqual({});
    expect(result.findings.filter(({ rule }) => rule !== 'AR07')).toEqual([]);
  });

  it('adds up the price tiers, refunds and Azure subscriptions of one product, and leaves credits and covered rows out of the quantity', async () => {
    const { usage } = await compare({
      daily: [
        { ...DAY, entitlement: 'a', quantity: '20', amount: '2.00' },
        { ...DAY, entitlement: 'b', quantity: '15', amount: '1.50' },
        { ...DAY, entitlement: 'b', quantity: '5', amount: '-0.50' },
        { ...DAY, quantity: '99', amount: '0', benefitOrder: 'o', benefitType: 'SavingsPlan' },
        { ...DAY, type: 'customerCredit', creditType: 'Azure Credit Applied', credit: '100', quantity: '30', amount: '-1.00' },
      ],
      billed: [
        { ...BILLED, seats: '10', price: '0', amount: '0.00' },
        { ...BILLED, seats: '20', amount: '2.00' },
        { ...BILLED, type: 'customerCredit', seats: '30', amount: '-1.00', price: '-0.03' },
      ],
    });
    expect(usage).toMatchObject([
      { outcome: 'compared', dailyQuantity: '30', invoiceQuantity: '30', dailyTotal: '2.00', subtotal: '1.00', gap: '-1.00' },
    ]);
  });

  it.each([
    ['equal within one unit of the last digit printed', '30.000000', '29.999999', 'compared'],
    ['not beyond it', '30.000000', '29.999998', 'quantity-differs'],
    ['equal within two decimals at least, for zeros may be gone', '30', '29.99', 'compared'],
    ['not beyond those', '30', '29.98', 'quantity-differs'],
  ])('compares quantities: %s', async (_, billed, daily, outcome) => {
    const { usage } = await compare({ daily: [{ ...DAY, quantity: daily }], billed: [{ ...BILLED, seats: billed }] });
    expect(usage).toMatchObject([{ outcome }]);
  });

  it('marks a quantity that differs, and counts its daily rows as unchecked', async () => {
    const { result, usage } = await compare({ daily: [DAY, DAY], billed: [BILLED] });
    expect(usage).toMatchObject([{ outcome: 'quantity-differs', gap: '-3.00', dailyQuantity: '60', invoiceQuantity: '30' }]);
    expect(leftOf(result)).toEqual({ 'invoice-quantity-differs': 2 });
    expect(result.findings).toEqual([]);
  });

  it.each([
    ['the daily rows name no customer', { customer: '' }, {}, ['customer']],
    ['both name another customer', { customer: 'customer-9' }, {}, ['customer']],
    ['the daily rows name no product', { productId: '' }, {}, ['product']],
    ['the daily rows name no subscription of the plan', { subscription: '', entitlement: 'e-1' }, {}, ['subscription']],
    ['the invoice names no SKU', {}, { sku: '' }, ['SKU']],
    ['the daily rows name neither customer nor SKU', { customer: '', sku: '' }, {}, ['customer', 'SKU']],
  ])('compares all the same where %s, and marks it', async (_, daily, billed, names) => {
    const { result, usage } = await compare({ daily: [{ ...DAY, ...daily }], billed: [{ ...BILLED, ...billed }] });
    expect(usage).toMatchObject([
      { outcome: 'identifier-differs', gap: '0.00', text: `daily rows and invoice do not name the same ${names.join(', ')}` },
    ]);
    expect(leftOf(result)).toEqual({ 'invoice-identifier-differs': 1 });
  });

  it('does not guess between two lines that may be meant', async () => {
    const { usage } = await compare({
      daily: [{ ...DAY, productId: '' }],
      billed: [BILLED, { ...BILLED, productId: 'DZH318Z0AAAA' }],
    });
    expect(usage.map(({ outcome, gap }) => [outcome, gap])).toEqual([
      ['identifier-differs', null],
      ['no-daily-rows', null],
      ['no-daily-rows', null],
    ]);
    expect(usage[0]!.text).toBe('daily rows name no product, so no line of the invoice can be told to bill them');
  });

  it('never takes another product, SKU or subscription for the same', async () => {
    for (const other of [{ productId: 'DZH318Z0AAAA' }, { sku: '0002' }, { subscription: 'subscription-9' }]) {
      const { result, usage } = await compare({ daily: [DAY], billed: [{ ...BILLED, ...other }] });
      expect(usage.map(({ outcome }) => outcome).sort()).toEqual(['no-daily-rows', 'not-on-invoice']);
      expect(leftOf(result)).toEqual({ 'usage-not-on-invoice': 1, 'invoice-without-daily-usage': 1 });
    }
  });

  it('asks no invoice line for what is covered, and no daily rows for a line that charges nothing, a credit or a marketplace product', async () => {
    const { result, usage } = await compare({
      daily: [{ ...DAY, amount: '0', benefitOrder: 'o', benefitType: 'SavingsPlan' }],
      billed: [
        { ...BILLED, productId: 'DZH318Z0BPS6', price: '0', amount: '0.00' },
        { ...BILLED, productId: 'P2', type: 'customerCredit', amount: '-5.00' },
        {
          ...BILLED,
          productId: 'P3',
          publisher: 'Contoso Software',
          publisherId: '7',
          description: 'SaaS',
          meter: '',
          seats: '1',
          price: '9.00',
          amount: '9.00',
        },
      ],
    });
    expect(usage.map(({ outcome }) => outcome)).toEqual(['covered']);
    expect(leftOf(result)).toEqual({});
  });

  it('never adds two currencies', async () => {
    const { usage } = await compare({
      daily: [DAY, { ...DAY, currency: 'USD', amount: '3.50' }],
      billed: [BILLED, { ...BILLED, invoice: 'G2', currency: 'USD', amount: '3.40' }],
    });
    expect(usage.map(({ invoice, outcome, gap }) => [invoice, outcome, gap])).toEqual([
      ['G1 EUR', 'compared', '0.00'],
      ['G1 USD', 'not-on-invoice', null],
    ]);
  });
});

describe('daily rows at the edges of a month', () => {
  const AUGUST = { ...BILLED, invoice: 'G0', from: '2026-08-01', to: '2026-08-31' };

  it('go with the invoice they name, whatever their day', async () => {
    const { usage } = await compare({
      daily: [
        { ...DAY, used: '2026-08-31', quantity: '10', amount: '1.00' },
        { ...DAY, used: '2026-10-01', quantity: '20', amount: '2.00' },
      ],
      billed: [BILLED],
      context: [AUGUST],
    });
    expect(usage).toMatchObject([{ invoice: 'G1 EUR', outcome: 'compared', dailyRows: 2, firstDay: '2026-08-31', lastDay: '2026-10-01' }]);
  });

  it('go with the invoice that bills their month where they name none, the first and the last day included', async () => {
    const { result, usage } = await compare({
      daily: ['2026-08-31', '2026-09-01', '2026-09-30', '2026-10-01'].map((used) => ({
        ...DAY,
        invoice: '',
        used,
        quantity: '15',
        amount: '1.50',
      })),
      billed: [BILLED],
      context: [AUGUST],
    });
    expect(usage.map(({ invoice, outcome, dailyRows, firstDay, lastDay }) => [invoice, outcome, dailyRows, firstDay, lastDay])).toEqual([
      [' EUR', 'not-checked', 1, '2026-10-01', '2026-10-01'],
      ['G0 EUR', 'quantity-differs', 1, '2026-08-31', '2026-08-31'],
      ['G1 EUR', 'compared', 2, '2026-09-01', '2026-09-30'],
    ]);
    expect(usage[0]!.text).toBe('the rows carry no invoice number, and no given invoice bills their products in 2026-10');
    expect(leftOf(result)).toEqual({ 'usage-invoice-unknown': 1, 'invoice-quantity-differs': 1 });
  });

  it('stay alone where two invoices bill their month, or other rows name its invoice', async () => {
    const unnamed = { ...DAY, invoice: '' };
    const two = await compare({ daily: [unnamed], billed: [BILLED, { ...BILLED, invoice: 'G2' }] });
    expect(two.usage.map(({ outcome, text }) => [outcome, text])).toContainEqual([
      'not-checked',
      'the rows carry no invoice number, and several invoices bill their products in 2026-09',
    ]);
    const named = await compare({ daily: [DAY, unnamed], billed: [BILLED] });
    expect(named.usage.map(({ invoice, outcome, dailyRows }) => [invoice, outcome, dailyRows])).toEqual([
      [' EUR', 'not-checked', 1],
      ['G1 EUR', 'compared', 1],
    ]);
  });

  it('are compared by month where neither file has numbers', async () => {
    const { usage } = await compare({ daily: [{ ...DAY, invoice: '' }], billed: [{ ...BILLED, invoice: '' }] });
    expect(usage).toMatchObject([{ invoice: ' EUR', outcome: 'compared', gap: '0.00' }]);
  });

  it('are one entry where their invoice is not given', async () => {
    const { result, usage } = await compare({
      daily: [
        { ...DAY, invoice: 'G7' },
        { ...DAY, invoice: 'G7', productId: 'P2' },
      ],
      billed: [{ ...BILLED, productId: 'P3' }],
    });
    expect(usage).toMatchObject([
      {
        invoice: 'G7 EUR',
        outcome: 'not-checked',
        dailyRows: 2,
        dailyTotal: '6.00',
        productId: '',
        text: 'the lines of this invoice are not given',
      },
    ]);
    expect(leftOf(result)).toEqual({ 'usage-invoice-unknown': 2 });
  });
});

describe('the reconciliation that daily usage stands in', () => {
  it('is none without invoice lines, and none of history alone', async () => {
    expect((await compare({ daily: [DAY], billed: [] })).result.reconciliation).toEqual([]);
    const history = filesOf({ daily: [DAY], billed: [BILLED] }).map((file) => ({ ...file, isContext: true }));
    const other = { name: 'other.csv', text: caseFile('new-commerce', [{ ...BILLED, invoice: 'G5', productId: 'P9' }]) };
    expect((await auditFiles([...history, other])).reconciliation).toEqual([]);
  });

  it('is that of the invoice, where a list has it too', async () => {
    const list = [
      'invoiceNumber,invoiceDate,currency,total,kind',
      'g1,2026-10-02,EUR,3.00,invoice',
      'G2,2026-10-02,EUR,9.00,invoice',
      '',
    ].join('\n');
    const invoices = await withBytes('invoices.csv', list, (path) => readInvoices(path, 'invoices.csv'));
    const { reconciliation } = await auditFiles(filesOf({ daily: [DAY], billed: [BILLED] }), { invoices });
    expect(reconciliation.map(({ invoiceNumber, outcome, usage }) => [invoiceNumber, outcome, usage?.length])).toEqual([
      ['g1', 'agrees', 1],
      ['G2', 'not-checked', undefined],
    ]);
  });

  describe('of an invoice that was voided and billed again', () => {
    const list = [
      'invoiceNumber,invoiceDate,currency,total,kind,status,replaces',
      'G1,2026-10-02,EUR,3.00,invoice,void,',
      'G2,2026-10-02,EUR,3.00,invoice,active,G1',
      '',
    ].join('\n');
    const again = { ...BILLED, invoice: 'G2' };
    const compared = async (daily: readonly CaseLine[], billed: readonly CaseLine[]) => {
      const invoices = await withBytes('invoices.csv', list, (path) => readInvoices(path, 'invoices.csv'));
      const result = await auditFiles(filesOf({ daily, billed }), { invoices });
      const usage = result.reconciliation.flatMap((one) => (one.usage ?? []).map(({ outcome }) => [one.invoiceNumber, outcome]));
      const voided = result.unchecked.filter(({ reason }) => reason === 'invoice-voided').map(({ rule, lines }) => [rule, lines]);
      return { usage, voided, total: result.totals(result.findings)[0]?.dailyUsage?.lines };
    };

    it('is the replacement’s alone', async () => {
      const { usage, voided, total } = await compared([DAY, { ...DAY, invoice: 'G2' }], [BILLED, again]);
      expect(usage).toEqual([['G2', 'compared']]);
      expect(voided).toEqual([
        ['AR01', 1],
        ['AR07', 1],
      ]);
      // The totals are of all that was read.
      expect(total).toBe(2);
    });

    it('leaves the voided lines where only the replacement has daily rows', async () => {
      const { usage, voided } = await compared([{ ...DAY, invoice: 'G2' }], [BILLED, again]);
      expect([usage, voided]).toEqual([[['G2', 'compared']], [['AR01', 1]]]);
    });

    it('compares the voided invoice where its daily rows are all there is', async () => {
      const { usage, voided } = await compared([DAY], [BILLED, again]);
      expect(usage).toEqual([['G1', 'compared']]);
      expect(voided).toEqual([['AR01', 1]]);
    });
  });

  it('does not depend on the order of rows and files', async () => {
    const given: Given = {
      daily: [
        { ...DAY, name: 'Contoso' },
        { ...DAY, name: 'CONTOSO', used: '2026-09-02', quantity: '1.0000000001', amount: '0.10000000001' },
        { ...DAY, invoice: '', used: '2026-08-31', quantity: '1', amount: '0.10' },
        { ...DAY, invoice: '', used: '2026-07-31', quantity: '2', amount: '0.20' },
        { ...DAY, customer: '', productId: 'P2' },
        { ...DAY, invoice: 'G8' },
        { ...DAY, invoice: 'G8', currency: 'USD' },
      ],
      billed: [
        BILLED,
        { ...BILLED, productId: 'P2' },
        { ...BILLED, invoice: 'G0', from: '2026-08-01' },
        { ...BILLED, invoice: 'G0', from: '2026-07-01' },
      ],
    };
    const told = (result: AuditedFiles): unknown => [result.reconciliation, result.unchecked];
    const straight = await auditFiles(filesOf(given));
    const reversed = await auditFiles(filesOf({ daily: [...given.daily].reverse(), billed: [...given.billed].reverse() }).reverse());
    expect(straight.reconciliation.length).toBeGreaterThan(3);
    expect(told(reversed)).toEqual(told(straight));
  });

  it('names no customer once it is redacted', async () => {
    const { reconciliation } = await auditFiles(
      filesOf({ daily: [{ ...DAY, name: 'Northwind', product: 'VM of Northwind' }], billed: [BILLED] }),
    );
    const report = { ...exampleReport, reconciliation };
    const { reconciliation: told } = redactedReport(report, new Redactor(new Pseudonyms(null), identitiesOf(report)));
    expect(JSON.stringify(told)).not.toMatch(/Northwind|customer-1/);
    expect(told[0]!.usage).toMatchObject([{ outcome: 'compared', subscriptionId: 'subscription-1' }]);
  });
});
