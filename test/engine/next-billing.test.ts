import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayFromIso, isoDay } from '../../src/domain/calendar/days.ts';
import type { InvoiceHeader } from '../../src/domain/invoices/invoice-header.ts';
import { Decimal } from '../../src/domain/numbers/money.ts';
import { caseFile, type CaseLayout } from '../support/case-rows.ts';
import { auditFiles } from '../support/run-audit.ts';

const CLAIM = { invoiceNumber: 'G1', currency: 'EUR' };
const LEGACY = { invoiceNumber: '', currency: 'EUR' };

/** One monthly cycle a day named, each in new commerce on the invoice of its month; those behind `|` are audited, those before it context. */
async function answered(
  layout: CaseLayout,
  days: string,
  claim: typeof CLAIM,
  askedOn: string,
  dated: readonly (readonly [string, string])[] = [],
): Promise<unknown> {
  const [context = '', audited = ''] = days.split('|');
  const file = (name: string, list: string, isContext: boolean) => ({
    name,
    isContext,
    text: caseFile(
      layout,
      list
        .trim()
        .split(' ')
        .filter((day) => day !== '')
        .map((from) => ({
          subscription: `s-${from}`,
          start: '2010-01-01',
          from,
          to: isoDay(addDays(addMonths(dayFromIso(from)!, 1), -1)),
          price: '1.00',
          amount: '1.00',
          ...(layout === 'new-commerce' ? { invoice: `G-${from.slice(0, 7)}` } : {}),
        })),
    ),
  });
  const invoices = dated.map(([invoiceNumber, on], index) => headerOf(invoiceNumber, on, index + 2));
  const { nextBilling } = await auditFiles(
    [file('context.csv', context, true), file('audited.csv', audited, false)],
    invoices.length === 0 ? {} : { invoices },
  );
  return nextBilling(claim, askedOn);
}

function headerOf(invoiceNumber: string, on: string, row: number): InvoiceHeader {
  return {
    source: { file: 'invoices.csv', sheet: null, row },
    invoiceNumber,
    invoiceDay: dayFromIso(on)!,
    currency: 'EUR',
    total: new Decimal('1.00'),
    tax: null,
    adjustments: null,
    kind: 'invoice',
    status: 'active',
    replaces: '',
    paidOn: null,
    hasPaidOn: false,
    publishedOn: null,
  };
}

describe('the invoice that should carry a granted credit', () => {
  it.each([
    ['2024-05-20 | 2024-06-20', '2024-06-08', 'come'],
    // An invoice comes after the month that it bills, on whatever day of it charges begin.
    ['2024-05-20 | 2024-06-01', '2024-06-08', 'come'],
    ['2024-05-20 | 2024-06-01', '2024-06-30', 'come'],
    ['2024-05-20 | 2024-06-30', '2024-07-01', 'not-yet'],
    ['2024-05-20 | 2024-07-01', '2024-06-30', { missingMonth: '2024-06' }],
    ['2024-06-20 | 2024-07-20', '2024-06-25', 'come'],
    ['2024-05-20 | 2024-07-20', '2024-06-08', { missingMonth: '2024-06' }],
    ['2024-06-05 | 2024-08-20', '2024-06-08', 'come'],
    ['2024-06-05 | 2024-08-20', '2024-07-01', { missingMonth: '2024-07' }],
    // What lies behind the very next invoice hides nothing.
    ['2024-06-20 | 2024-09-20', '2024-06-08', 'come'],
    // A context month is no news.
    ['2024-06-20 | 2024-05-20', '2024-06-08', 'not-yet'],
  ])('new commerce, %s, asked for on %s: %j', async (days, askedOn, wanted) => {
    expect(await answered('new-commerce', days, CLAIM, askedOn)).toEqual(wanted);
  });

  it.each([
    ['2024-05-13 | 2024-06-13 2024-07-13', '2024-06-08', 'come'],
    // Billed ahead on a file that may be dated before the day, or not: the next one tells.
    ['2024-05-13 | 2024-06-13', '2024-06-08', { missingMonth: '2024-07' }],
    ['2024-05-03 | 2024-06-03', '2024-06-08', { missingMonth: '2024-07' }],
    ['2024-04-13 | 2024-05-13', '2024-06-08', 'not-yet'],
    // The file that tells is a context month: what is audited is given again.
    ['2024-05-13 2024-07-13 | 2024-06-13', '2024-06-08', 'not-yet'],
    ['2024-05-13 | 2024-07-13', '2024-06-08', { missingMonth: '2024-06' }],
    ['2024-05-31 2024-06-30 | 2024-07-30', '2024-06-08', 'come'],
  ])('legacy, %s, asked for on %s: %j', async (days, askedOn, wanted) => {
    expect(await answered('legacy-licence', days, LEGACY, askedOn)).toEqual(wanted);
  });

  // G-2024-06 in the file of June, dated as the list says.
  it.each([
    ['2024-05-20 | 2024-06-20', '2024-07-04', [['G-2024-06', '2024-07-05']], 'come'],
    ['2024-05-20 | 2024-06-20', '2024-07-05', [['G-2024-06', '2024-07-05']], 'not-yet'],
    // Dated before the month it bills is over.
    ['2024-05-20 | 2024-06-20', '2024-06-28', [['G-2024-06', '2024-06-25']], 'not-yet'],
    // The list names an invoice of June, dated after the day, whose file is not given.
    [
      '2024-05-20 | 2024-07-20',
      '2024-07-04',
      [
        ['G-2024-06', '2024-07-05'],
        ['G-2024-07', '2024-08-05'],
      ],
      { missingMonth: '2024-06' },
    ],
    // That one is dated on the day.
    [
      '2024-05-20 | 2024-07-20',
      '2024-07-05',
      [
        ['G-2024-06', '2024-07-05'],
        ['G-2024-07', '2024-08-05'],
      ],
      'come',
    ],
  ] as const)('new commerce, %s, asked for on %s, dated by %j: %j', async (days, askedOn, dated, wanted) => {
    expect(await answered('new-commerce', days, CLAIM, askedOn, dated)).toEqual(wanted);
  });

  it('is one of new commerce for a claim without a number where no legacy file is given, and none in another currency', async () => {
    expect(await answered('new-commerce', '2024-05-20 | 2024-06-20', LEGACY, '2024-06-08')).toBe('come');
    expect(await answered('new-commerce', '2024-05-20 | 2024-06-20', { ...CLAIM, currency: 'USD' }, '2024-06-08')).toBe('not-yet');
  });
});
