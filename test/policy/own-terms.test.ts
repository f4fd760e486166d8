import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../src/domain/calendar/days.ts';
import type { OwnTerm } from '../../src/domain/partner/own-term.ts';
import { readOwnTerms } from '../../src/policy/own-terms.ts';
import { useOf, valueOn } from '../../src/policy/parameter.ts';
import { legacyAutomaticFullRefund } from '../../src/policy/parameters/legacy-automatic-full-refund.ts';
import { parameters } from '../../src/policy/parameters/index.ts';
import { caseFile } from '../support/case-rows.ts';
import { auditFiles } from '../support/run-audit.ts';

const day = (text: string) => dayFromIso(text)!;

function termsOf(...terms: readonly unknown[]): readonly OwnTerm[] {
  const reading = readOwnTerms({ terms }, parameters);
  if ('mistake' in reading) throw new Error(reading.mistake);
  return reading.terms;
}

const SIXTY = {
  parameter: 'legacy.automatic-full-refund',
  since: '2022-01-01',
  until: '2022-12-31',
  value: { length: 60, unit: 'calendar-days' },
  source: 'Agreement of December 2021',
};

describe('own terms', () => {
  it('replace the published figure from their first to their last day, both included, and say whose they are', () => {
    const terms = termsOf(SIXTY);
    const lengthOn = (text: string) => valueOn(legacyAutomaticFullRefund, day(text), terms)?.value.length;
    expect(['2021-12-31', '2022-01-01', '2022-12-31', '2023-01-01'].map(lengthOn)).toEqual([30, 60, 60, 30]);
    const dated = valueOn(legacyAutomaticFullRefund, day('2022-06-01'), terms)!;
    expect(useOf(legacyAutomaticFullRefund, dated).value).toBe('60 calendar days (own terms: Agreement of December 2021)');
  });

  it('change what a rule finds: a cancellation on day 45 is inside the agreed sixty days', async () => {
    const given = { start: '2022-01-13', billing: 'Annually' };
    const lines = [
      { ...given, type: 'Purchase fee', from: '2022-01-13', to: '2023-01-12', price: '48.00', amount: '48.00' },
      { ...given, type: 'Cancel fee', from: '2022-02-26', to: '2023-01-12', price: '-41.73', amount: '-41.73' },
    ];
    const files = [{ name: 'audited.csv', text: caseFile('legacy-licence', lines) }];
    const rulesOf = async (ownTerms: readonly OwnTerm[]) => (await auditFiles(files, { ownTerms })).findings.map((one) => one.rule);
    expect(await rulesOf([])).not.toContain('CR03');
    expect(await rulesOf(termsOf(SIXTY))).toContain('CR03');
  });

  it('hold for software and marketplace too: an agreed refund in full is due on day 3 of a software subscription', async () => {
    const given = { price: '366.00', product: 'SQL Server Standard subscription', term: '1 Year Subscription', billing: '' };
    const lines = [{ ...given, type: 'new', from: '2024-03-01', to: '2025-02-28', ordered: '2024-03-01', amount: '366.00' }];
    const files = [{ name: 'audited.csv', text: caseFile('new-commerce', lines) }];
    const staysWith = async (ownTerms: readonly OwnTerm[]) =>
      (await auditFiles(files, { ownTerms, asOf: '2024-03-04' })).findings.map((one) => [one.rule, one.expected, one.deadline]);
    // 362 of 365 days are left: 366.00 − T(366.00 × 362 / 365).
    expect(await staysWith([])).toEqual([['CR07', '3.01', '2024-03-07']]);
    const agreed = { since: '2024-01-01', source: 'Agreement of December 2023' };
    const terms = termsOf(
      { ...agreed, parameter: 'software.subscription-refund', value: 'in-full' },
      { ...agreed, parameter: 'software.subscription-return', value: { length: 10, unit: 'calendar-days' } },
    );
    expect(await staysWith(terms)).toEqual([['CR07', '0.00', '2024-03-11']]);
  });

  it('change what counts against the limit, and whether a fee is charged for a reservation', async () => {
    const given = { term: '1 Year Reservation', product: 'Reserved VM Instance', currency: 'USD', billing: '', reservation: 'order-1' };
    const days = { start: '2021-01-01', end: '2021-12-31', to: '2021-12-31' };
    const lines = [
      { ...given, ...days, type: 'new', from: '2021-01-01', price: '3650.00', amount: '3650.00' },
      { ...given, ...days, type: 'cancelImmediate', from: '2021-06-14', ordered: '2021-06-14', price: '3650.00', amount: '-1768.80' },
    ];
    const files = [{ name: 'audited.csv', text: caseFile('new-commerce', lines) }];
    const rulesOf = async (ownTerms: readonly OwnTerm[]) => (await auditFiles(files, { ownTerms })).findings.map((one) => one.rule);
    expect(await rulesOf([])).toEqual(['RS02']);
    const fee = { parameter: 'reservation.charged-fee', since: '2021-01-01', value: '0.12', source: 'Agreement' };
    expect(await rulesOf(termsOf(fee))).toEqual([]);
    const value = { dollars: '1000', period: 'rolling-365-days', measure: 'refund', doExchangesCount: true };
    expect(await rulesOf(termsOf(fee, { parameter: 'reservation.refund-limit', since: '2021-01-01', value, source: 'Agreement' }))).toEqual(
      ['RS03'],
    );
  });

  it.each([
    ['a word that the figure does not know', { ...SIXTY, parameter: 'software.subscription-refund', value: 'half' }, /must be like/],
    ['a number that is none', { ...SIXTY, parameter: 'extended-service-term.uplift', value: 'three' }, /must be like/],
    ['a limit that lacks a member', { ...SIXTY, parameter: 'reservation.refund-limit', value: { dollars: '1000' } }, /must be like/],
    ['a list of other things', { ...SIXTY, parameter: 'reservation.never-refundable', value: [1] }, /must be like/],
    ['an unknown figure', { ...SIXTY, parameter: 'legacy.nothing' }, /no policy figure/],
    ['a value of another kind', { ...SIXTY, value: '60' }, /must be like/],
    ['a formula', { ...SIXTY, parameter: 'legacy.proration-formula', value: 'exact-once' }, /--rounding/],
    ['a day that is none', { ...SIXTY, since: '2022-02-30' }, /must be a day/],
    ['a missing source', { ...SIXTY, source: '' }, /source/],
  ])('refuse %s', (_, term, mistake) => {
    const reading = readOwnTerms({ terms: [term] }, parameters);
    expect('mistake' in reading ? reading.mistake : '').toMatch(mistake);
  });
});
