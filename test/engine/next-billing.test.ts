import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayFromIso, isoDay } from '../../src/domain/calendar/days.ts';
import { caseFile, type CaseLayout } from '../support/case-rows.ts';
import { auditFiles } from '../support/run-audit.ts';

const CLAIM = { invoiceNumber: 'G1', currency: 'EUR' };
const LEGACY = { invoiceNumber: '', currency: 'EUR' };

/** One monthly cycle a day named, each in new commerce on the invoice of its month; those behind `|` are audited, those before it context. */
async function answered(layout: CaseLayout, days: string, claim: typeof CLAIM, askedOn: string): Promise<unknown> {
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
  const { nextBilling } = await auditFiles([file('context.csv', context, true), file('audited.csv', audited, false)]);
  return nextBilling(claim, askedOn);
}

describe('the invoice that should carry a granted credit', () => {
  it.each([
    ['2024-05-20 | 2024-06-20', '2024-06-08', 'come'],
    ['2024-05-20 | 2024-06-08', '2024-06-08', 'not-yet'],
    ['2024-06-20 | 2024-07-20', '2024-06-25', 'come'],
    ['2024-05-20 | 2024-07-20', '2024-06-08', { missingMonth: '2024-06' }],
    ['2024-06-05 | 2024-08-20', '2024-06-08', { missingMonth: '2024-07' }],
    // What lies behind the very next invoice hides nothing.
    ['2024-06-20 | 2024-09-20', '2024-06-08', 'come'],
    // A context month is no news.
    ['2024-06-20 | 2024-05-20', '2024-06-08', 'not-yet'],
  ])('new commerce, %s, asked for on %s: %j', async (days, askedOn, wanted) => {
    expect(await answered('new-commerce', days, CLAIM, askedOn)).toEqual(wanted);
  });

  it.each([
    ['2024-05-13 | 2024-06-13 2024-07-13', '2024-06-08', 'come'],
    // Billed ahead on a file that may be dated before the day.
    ['2024-05-13 | 2024-06-13', '2024-06-08', 'not-yet'],
    ['2024-05-13 | 2024-07-13', '2024-06-08', { missingMonth: '2024-06' }],
    ['2024-05-31 2024-06-30 | 2024-07-30', '2024-06-08', 'come'],
  ])('legacy, %s, asked for on %s: %j', async (days, askedOn, wanted) => {
    expect(await answered('legacy-licence', days, LEGACY, askedOn)).toEqual(wanted);
  });

  it('is one of new commerce for a claim without a number where no legacy file is given, and none in another currency', async () => {
    expect(await answered('new-commerce', '2024-05-20 | 2024-06-20', LEGACY, '2024-06-08')).toBe('come');
    expect(await answered('new-commerce', '2024-05-20 | 2024-06-20', { ...CLAIM, currency: 'USD' }, '2024-06-08')).toBe('not-yet');
  });
});
