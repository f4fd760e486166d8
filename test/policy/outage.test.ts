import { describe, expect, it } from 'vitest';
import { readOwnTerms } from '../../src/policy/own-terms.ts';
import { parameters } from '../../src/policy/parameters/index.ts';
import { caseFile } from '../support/case-rows.ts';
import { incidentOf } from '../support/rule-cases.ts';
import { auditFiles } from '../support/run-audit.ts';

const CUSTOMER = '11111111-2222-4333-8444-555555555555';

function termsOf(parameter: string, value: unknown) {
  const reading = readOwnTerms({ terms: [{ parameter, since: '2026-01-01', value, source: 'our agreement' }] }, parameters);
  return 'mistake' in reading ? [] : reading.terms;
}

async function claimWith(parameter: string, value: unknown, row: Parameters<typeof incidentOf>[0] = {}) {
  const line = { customer: CUSTOMER, product: 'Office 365 E3', from: '2026-09-01', to: '2026-09-30', start: '2026-01-01' };
  const azure = { ...line, subscription: 's-2', productId: 'P2', product: 'Azure Front Door', price: '100.00', amount: '100.00' };
  const text = caseFile('new-commerce', [{ ...line, price: '20.00', seats: '50', amount: '1000.00' }, azure]);
  const settings = { asOf: '2026-10-05', incidents: [incidentOf(row, 0)], ownTerms: termsOf(parameter, value) };
  const { findings } = await auditFiles([{ name: 'september.csv', text }], settings);
  return findings.find(({ rule }) => rule === 'SL01');
}

describe('own terms for outages', () => {
  it('set a service’s share of a suite, and say whose it is', async () => {
    const claim = await claimWith('outage.suite-shares', { 'Office 365 E3': { 'Exchange Online': '0.4' } });
    // 25 % of 400.00.
    expect(claim).toMatchObject({ expected: '-100.00', confidence: 'likely' });
    expect(claim!.parametersUsed.map(({ value }) => value).join()).toContain('own terms: our agreement');
  });

  it('leave the services of a suite that they do not name what is left of it', async () => {
    const row = { id: 'SP12345', service: 'SharePoint Online' };
    // 0.6 for the other five of six; 25 % of 120.00.
    expect(await claimWith('outage.suite-shares', { 'Office 365 E3': { 'Exchange Online': '0.4' } }, row)).toMatchObject({
      expected: '-30.00',
      confidence: 'possible',
    });
    for (const shares of [{ 'Exchange Online': '1' }, { 'Exchange Online': '0.4', 'SharePoint Online': '0' }] as const) {
      expect(await claimWith('outage.suite-shares', { 'Office 365 E3': shares }, row)).toBeUndefined();
    }
  });

  it('leave the suites that they do not name in equal parts', async () => {
    const claim = await claimWith('outage.suite-shares', { 'Office 365 E1': { 'Exchange Online': '0.4' } });
    // A sixth of 1,000.00, 25 % of it.
    expect(claim).toMatchObject({ expected: '-41.67', confidence: 'possible' });
  });

  it('give the tiers of a service that no text gives, and leave the others', async () => {
    const row = { id: 'VN11-JD8', service: 'Azure Front Door' };
    const tiers = { 'Azure Front Door': [{ below: '99.99', credit: '10' }] };
    expect(await claimWith('outage.credit-tiers', tiers, row)).toMatchObject({ expected: '-10.00', deadline: '2026-11-30' });
    expect(await claimWith('outage.credit-tiers', tiers)).toMatchObject({ expected: '-41.67' });
  });

  it.each([
    ['outage.suite-shares', { 'Office 365 E3': { 'Exchange Online': 'a lot' } }],
    ['outage.credit-tiers', { 'Azure Front Door': [] }],
    ['outage.claim-deadline', { months: 0, after: 'incident-month' }],
    ['outage.advisory-eligibility', 'never'],
    ['outage.claimants', ['everybody']],
    ['outage.required-evidence', ['a note']],
    ['outage.exclusions', [1]],
    ['outage.bought-through-csp', 'all purchases'],
    ['outage.email-domain', 'anywhere'],
    ['outage.credit-measure', 'by hand'],
    ['outage.credit-by-duration', 'never'],
    ['outage.incident-prefixes', { EXO: 'Exchange Online' }],
  ])('of %s refuse a value of another kind', (parameter, value) => {
    const reading = readOwnTerms({ terms: [{ parameter, since: '2026-01-01', value, source: 'ours' }] }, parameters);
    expect('mistake' in reading ? reading.mistake : '').toContain(`${parameter}: the value must be like`);
  });
});
