import { describe, expect, it } from 'vitest';
import { addDays, dayFromIso, endOfMonth, isoDay } from '../../src/domain/calendar/days.ts';
import { readOwnTerms } from '../../src/policy/own-terms.ts';
import { parameters } from '../../src/policy/parameters/index.ts';
import { caseFile, type CaseLine } from '../support/case-rows.ts';
import { incidentOf } from '../support/rule-cases.ts';
import { auditFiles, type AuditedFiles } from '../support/run-audit.ts';

/**
 * The published clauses on outage credits, each on both sides of the day it is first known on, and the published examples. Sources are named by
 * the ids of `src/policy/citations.ts`.
 */
const CUSTOMER = '11111111-2222-4333-8444-555555555555';
type Row = Parameters<typeof incidentOf>[0];

const dayOf = (text: string) => dayFromIso(text)!;
const plus = (text: string, days: number) => isoDay(addDays(dayOf(text), days));

/** A month's charge of 1,000.00 for 250 users of a product. */
function monthOf(day: string, line: CaseLine = {}): CaseLine {
  const first = `${day.slice(0, 7)}-01`;
  const shared = { customer: CUSTOMER, product: 'Exchange Online (Plan 1)', type: 'cycleCharge', start: `${day.slice(0, 4)}-01-01` };
  return { ...shared, from: first, to: isoDay(endOfMonth(dayOf(day))), price: '4.00', seats: '250', amount: '1000.00', ...line };
}

const AZURE: CaseLine = { product: 'Azure plan', description: 'Azure plan', meter: 'Azure Front Door base', unit: '1 Hour', term: '' };
const AZURE_ROW: Row = { id: 'VN11-JD8', service: 'Azure Front Door' };

async function audit(
  day: string,
  row: Row,
  { asOf = plus(day, 20), line = {}, terms = [] }: { asOf?: string; line?: CaseLine; terms?: readonly unknown[] } = {},
) {
  const reading = readOwnTerms({ terms }, parameters);
  const hours = { from: `${day}T08:00`, to: `${day}T14:00` };
  return auditFiles([{ name: 'month.csv', text: caseFile('new-commerce', [monthOf(day, line)]) }], {
    asOf,
    incidents: [incidentOf({ ...hours, ...row }, 0)],
    ownTerms: 'mistake' in reading ? [] : reading.terms,
  });
}

const of = ({ findings }: AuditedFiles, rule: string) => findings.find((one) => one.rule === rule);

describe('the deadline of a claim', () => {
  it.each([
    // request-credit-2019
    ['2019-06-21', '2019-07-31', 'request-credit-2019'],
    ['2019-12-31', '2020-01-31', 'request-credit-2019'],
    ['2020-01-31', '2020-02-29', 'request-credit-2019'],
    ['2020-02-15', '2020-03-31', 'request-credit-2019'],
    ['2020-02-29', '2020-03-31', 'request-credit-2019'],
    ['2021-02-15', '2021-03-31', 'request-credit-2019'],
    ['2021-03-30', '2021-04-30', 'request-credit-2019'],
    // sla-credit-2021, whose example is 15 February, by 31 March
    ['2021-03-31', '2021-04-30', 'sla-credit-2021'],
    ['2021-04-01', '2021-05-31', 'sla-credit-2021'],
    ['2022-02-15', '2022-03-31', 'sla-credit-2021'],
    ['2023-02-15', '2023-03-31', 'sla-credit-2021'],
    ['2023-05-03', '2023-06-30', 'sla-credit-2021'],
    // request-credit-2023 beside the contract, the earlier of both
    ['2023-05-04', '2023-06-30', 'request-credit-2023'],
    ['2023-05-05', '2023-06-30', 'request-credit-2023'],
    ['2024-01-31', '2024-02-29', 'request-credit-2023'],
    ['2024-02-15', '2024-03-31', 'request-credit-2023'],
    ['2024-02-29', '2024-03-31', 'request-credit-2023'],
    ['2025-12-01', '2026-01-31', 'request-credit-2023'],
    ['2026-02-15', '2026-03-31', 'request-credit-2023'],
    ['2026-09-01', '2026-10-31', 'request-credit-2023'],
    ['2026-09-30', '2026-10-31', 'request-credit-2023'],
  ])('of an incident of %s is %s, by %s', async (day, deadline, source) => {
    const claim = of(await audit(day, {}), 'SL01');
    expect(claim).toMatchObject({ deadline, kind: 'claim', expected: '-250.00' });
    expect(claim!.citations.map(({ id }) => id)).toContain(source);
    expect(claim!.working.join('\n')).toContain(`is ${deadline}`);
  });

  it('of the day before the first text is not known', async () => {
    const result = await audit('2019-06-20', {});
    expect(of(result, 'SL01')).toBeUndefined();
    expect(of(result, 'PO01')).toMatchObject({ messageId: 'incident-not-known' });
    expect(result.unchecked).toContainEqual({ rule: 'SL01', reason: 'policy-unknown', lines: 1 });
  });

  it.each([
    ['2023-05-03', '2023-06-30', null],
    ['2023-05-04', '2023-07-31', '2023-07-30'],
    ['2023-05-05', '2023-07-31', '2023-07-30'],
    ['2024-02-29', '2024-04-30', '2024-04-29'],
    ['2025-12-31', '2026-02-28', null],
  ])('of an Azure service down on %s is %s, a distributor’s %s', async (day, deadline, distributor) => {
    const claim = of(await audit(day, AZURE_ROW, { line: AZURE }), 'SL01');
    expect(claim).toMatchObject({ messageId: 'amount-unknown', deadline });
    const text = claim!.working.join('\n');
    if (distributor === null) expect(text).not.toContain('a distributor takes');
    else expect(text).toContain(`a distributor takes such claims until ${distributor} only`);
  });

  it.each([
    ['2026-03-30', 'SL01'],
    ['2026-03-31', 'SL01'],
    ['2026-04-01', 'SL02'],
  ])('15 February, by 31 March: on %s it is %s', async (asOf, rule) => {
    expect(of(await audit('2026-02-15', {}, { asOf }), rule)).toMatchObject({ deadline: '2026-03-31' });
  });
});

describe('the answer to a claim', () => {
  it.each([
    // Nothing is known of the time in which claims were processed before 21 June 2019.
    ['2019-06-20', '2019-09-01', false],
    ['2019-06-21', '2019-08-05', false],
    ['2019-06-21', '2019-08-06', true],
    ['2019-06-22', '2019-08-07', true],
    ['2024-01-16', '2024-03-01', false],
    ['2024-01-16', '2024-03-02', true],
  ])('to one of %s, looked at on %s, is missed: %s', async (day, asOf, isMissed) => {
    const result = await audit(day, { claimed: day }, { asOf });
    expect(of(result, 'SL01')?.messageId === 'unanswered').toBe(isMissed);
  });
});

describe('the amount of a credit', () => {
  it.each([
    // sla-training: strictly below 99.9 %, 99 % and 95 %. A month of 30 days has 43,200 minutes: 43.2, 432 and 2,160 of them.
    ['2026-09-10', '08:00', '08:43:12', null],
    ['2026-09-10', '08:00', '08:43:13', '-250.00'],
    ['2026-09-10', '08:00', '15:12:00', '-250.00'],
    ['2026-09-10', '08:00', '15:12:01', '-500.00'],
    // 44,640 minutes: 44.64 and 446.4.
    ['2026-10-10', '08:00', '08:44:38', null],
    ['2026-10-10', '08:00', '08:44:39', '-250.00'],
    ['2026-10-10', '08:00', '15:26:24', '-250.00'],
    ['2026-10-10', '08:00', '15:26:25', '-500.00'],
    // 29 and 28 days of February: 41,760 and 40,320 minutes.
    ['2024-02-10', '08:00', '08:41:45', null],
    ['2024-02-10', '08:00', '08:41:46', '-250.00'],
    ['2026-02-10', '08:00', '08:40:19', null],
    ['2026-02-10', '08:00', '08:40:20', '-250.00'],
  ])('of %s, all users down from %s to %s', async (day, from, to, expected) => {
    const result = await audit(day, { hit: '250', from: `${day}T${from}`, to: `${day}T${to}` });
    expect(of(result, 'SL01')?.expected ?? null).toBe(expected);
    expect(of(result, 'SL03')?.messageId ?? null).toBe(expected === null ? 'no-credit' : null);
  });

  it('is SharePoint’s part alone where SharePoint of an Office 365 suite was down (sla-credit-2021)', async () => {
    const claim = of(
      await audit('2026-09-10', { id: 'SP25194', service: 'SharePoint Online' }, { line: { product: 'Office 365 E3' } }),
      'SL01',
    );
    // A sixth of 1,000.00, 25 % of it.
    expect(claim).toMatchObject({ product: 'SharePoint Online', expected: '-41.67' });
  });

  it('of a service with a table of its own is by that: 10 % and 25 % (sla-general-terms, Azure API for FHIR; its thresholds agreed)', async () => {
    const tiers = [
      { below: '99.9', credit: '10' },
      { below: '99', credit: '25' },
    ];
    const terms = [{ parameter: 'outage.credit-tiers', since: '2026-01-01', value: { 'Azure API for FHIR': tiers }, source: 'contract' }];
    const line = { ...AZURE, product: 'Azure API for FHIR', description: 'Azure API for FHIR', meter: 'API for FHIR' };
    const expected = async (to: string) => {
      const row = { id: 'VN11-JD8', service: 'Azure API for FHIR', hit: '250', from: '2026-09-10T08:00', to };
      return of(await audit('2026-09-10', row, { line, terms }), 'SL01')?.expected;
    };
    expect(await expected('2026-09-10T14:00')).toBe('-100.00');
    expect(await expected('2026-09-10T15:12:01')).toBe('-250.00');
  });

  it.each([
    ['2021-03-30', false],
    ['2021-03-31', true],
    ['2021-04-01', true],
  ])('by the duration of an outage of %s is told: %s', async (day, isTold) => {
    const claim = of(await audit(day, {}), 'SL01')!;
    expect(claim.parametersUsed.some(({ id }) => id === 'outage.credit-by-duration')).toBe(isTold);
    expect(claim.working.join('\n').includes('the fees of the time down')).toBe(isTold);
  });
});

describe('the id of an incident', () => {
  it.each([
    // sla-credit-2021: its example and its table.
    ['EX25194', 'Exchange Online'],
    ['FO1', 'Exchange Online Protection'],
    ['SB1', 'Skype for Business Online'],
    ['OS1', 'Office Subscription'],
    ['PB1', 'Power BI for Office 365'],
    ['SP1', 'SharePoint Online'],
    ['YA1', 'Yammer Enterprise'],
    ['MO1', 'Portal error'],
  ])('%s names %s', async (id, service) => {
    const { findings } = await audit('2026-09-10', { id, service: '' });
    expect(new Set(findings.map(({ product }) => product))).toEqual(new Set([service]));
  });

  it.each(['2021-03-29', '2021-03-30'])('names nothing on %s, before the first table', async (day) => {
    const { findings } = await audit(day, { service: '' });
    expect(findings.every(({ product }) => product === 'a service that is not named')).toBe(true);
  });

  it('is told in small letters as well', async () => {
    expect(of(await audit('2026-09-10', { id: 'ex25194', service: '' }), 'SL01')).toMatchObject({ product: 'Exchange Online' });
  });
});
