import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/findings/finding.ts';
import { carryForward, type CreditRow } from '../../src/engine/findings/claims-ledger.ts';
import { claimText } from '../../src/report/claim-text.ts';
import { caseFile, type CaseLine } from '../support/case-rows.ts';
import { incidentOf } from '../support/rule-cases.ts';
import { auditFiles } from '../support/run-audit.ts';

const CUSTOMER = '11111111-2222-4333-8444-555555555555';
const SEPTEMBER: CaseLine = {
  customer: CUSTOMER,
  product: 'Exchange Online (Plan 1)',
  from: '2026-09-01',
  to: '2026-09-30',
  start: '2026-01-01',
  price: '4.00',
  seats: '250',
  amount: '1000.00',
};
const october = (amount: string, reason: string): CaseLine => ({
  ...SEPTEMBER,
  type: 'customerCredit',
  from: '2026-10-20',
  to: '2026-10-20',
  seats: '1',
  price: amount,
  amount,
  reason,
  invoice: 'G000000002',
});

type Row = Parameters<typeof incidentOf>[0];

async function audit(asOf: string, lines: readonly CaseLine[], row: Row, history: readonly CaseLine[] = []) {
  const files = [{ name: `${asOf}.csv`, text: caseFile('new-commerce', lines) }];
  const context = history.length === 0 ? [] : [{ name: 'history.csv', text: caseFile('new-commerce', history), isContext: true }];
  return auditFiles([...files, ...context], { asOf, incidents: [incidentOf(row, 0)] });
}

const ledger = (
  asOf: string,
  findings: readonly Finding[],
  credits: readonly CreditRow[],
  previous: Parameters<typeof carryForward>[0]['previous'],
) => carryForward({ previous, findings, credits, asOf, nextBilling: () => 'not-yet' });

/** The claim as October's run registers it, and what November's run makes of it. */
async function november(credit: CaseLine, row: Row = { claimed: '2026-10-10' }) {
  const first = await audit('2026-10-05', [SEPTEMBER], {});
  const registered = ledger('2026-10-05', first.findings, first.credits, null).entries;
  expect(registered).toMatchObject([{ rule: 'SL01', amount: '250.00', status: 'open', subscriptionId: '', deadline: '2026-10-31' }]);
  const second = await audit('2026-11-05', [credit], row, [SEPTEMBER]);
  return { entries: ledger('2026-11-05', second.findings, second.credits, registered).entries, findings: second.findings };
}

describe('an outage claim in the register', () => {
  it('is granted by a credit that names its incident', async () => {
    const { entries } = await november(october('-250.00', 'SLA credit EX25194'));
    expect(entries).toMatchObject([{ rule: 'SL01', status: 'granted', received: '250.00', evidence: '2026-11-05.csv:2' }]);
  });

  it('is granted by a credit that names no incident and gives an outage as its reason', async () => {
    const { entries } = await november(october('-250.00', 'Service outage'));
    expect(entries).toMatchObject([{ rule: 'SL01', status: 'granted', received: '250.00' }]);
  });

  it('stays open for what is short; the finding of the shortfall is no second claim', async () => {
    const { entries, findings } = await november(october('-100.00', 'EX25194'));
    expect(findings.map(({ rule, difference }) => [rule, difference])).toContainEqual(['SL05', '150.00']);
    expect(entries).toMatchObject([{ rule: 'SL01', status: 'open', received: '100.00' }]);
    expect(entries[0]!.claim).toContain('150.00 still open');
  });

  it.each([
    ['that names another incident', 'SLA credit EX99999'],
    ['for something else', 'Wrong SKU ordered'],
  ])('is not answered by a credit %s', async (_, reason) => {
    const { entries } = await november(october('-250.00', reason));
    expect(entries).toMatchObject([{ rule: 'SL01', status: 'open', received: null }]);
  });

  it('over a month’s end is two entries, of which a credit answers the one that it is the amount of', async () => {
    const overMonthEnd: Row = { from: '2026-09-30T23:00', to: '2026-10-01T11:00', hit: '250' };
    const month: CaseLine = { ...SEPTEMBER, from: '2026-10-01', to: '2026-10-31', invoice: 'G000000002' };
    const first = await audit('2026-10-05', [SEPTEMBER, month], overMonthEnd);
    const registered = ledger('2026-10-05', first.findings, first.credits, null).entries;
    expect(registered.map(({ rule, amount, deadline, firstDay }) => [rule, amount, deadline, firstDay])).toEqual([
      ['SL01', '250.00', '2026-10-31', '2026-09-30'],
      ['SL01', '500.00', '2026-11-30', '2026-10-01'],
    ]);
    const credit: CaseLine = { ...october('-250.00', 'SLA credit EX25194'), from: '2026-11-20', to: '2026-11-20', invoice: 'G000000003' };
    const second = await audit('2026-12-05', [credit], { ...overMonthEnd, claimed: '2026-10-20' }, [SEPTEMBER, month]);
    const { entries } = ledger('2026-12-05', second.findings, second.credits, registered);
    expect(entries.map(({ amount, received }) => [amount, received])).toEqual([
      ['250.00', '250.00'],
      ['500.00', null],
    ]);
  });

  it('that was submitted and is not answered within 45 days stays that entry, and its finding says to escalate', async () => {
    const first = await audit('2026-10-05', [SEPTEMBER], {});
    const entries = ledger('2026-10-05', first.findings, first.credits, null).entries;
    const submitted = entries.map((one) => ({ ...one, status: 'submitted' as const, ticket: '2610100001', submittedOn: '2026-10-10' }));
    const december: CaseLine = { ...SEPTEMBER, from: '2026-11-01', to: '2026-11-30', invoice: 'G000000002' };
    const second = await audit('2026-12-05', [december], { claimed: '2026-10-10' }, [SEPTEMBER]);
    const after = ledger('2026-12-05', second.findings, second.credits, submitted);
    expect(after.findings.filter(({ rule }) => rule === 'SL01')).toMatchObject([
      {
        messageId: 'unanswered',
        kind: 'claim',
        deadline: null,
        difference: '250.00',
        status: 'submitted',
        fingerprint: entries[0]!.fingerprint,
      },
    ]);
    expect(after.entries).toMatchObject([{ rule: 'SL01', amount: '250.00', status: 'submitted', ticket: '2610100001', received: null }]);
  });

  it('for two incidents of which one is not answered stays one entry, with its rest open', async () => {
    const rows: readonly Row[] = [
      { id: 'EX25101', hit: '250' },
      { id: 'EX25102', hit: '250', from: '2026-09-22T08:00', to: '2026-09-22T14:00' },
    ];
    const run = async (asOf: string, lines: readonly CaseLine[], given: readonly Row[], history: readonly CaseLine[] = []) =>
      auditFiles(
        [
          { name: `${asOf}.csv`, text: caseFile('new-commerce', lines) },
          ...(history.length === 0 ? [] : [{ name: 'history.csv', text: caseFile('new-commerce', history), isContext: true }]),
        ],
        { asOf, incidents: given.map(incidentOf) },
      );
    const first = await run('2026-10-05', [SEPTEMBER], rows);
    const entries = ledger('2026-10-05', first.findings, first.credits, null).entries;
    expect(entries).toMatchObject([{ rule: 'SL01', amount: '500.00' }]);
    const claimed = [
      { ...rows[0]!, claimed: '2026-10-05' },
      { ...rows[1]!, claimed: '2026-10-06' },
    ];
    const second = await run('2026-12-05', [october('-250.00', 'SLA credit EX25101')], claimed, [SEPTEMBER]);
    expect(second.findings.filter(({ rule }) => rule.startsWith('SL'))).toMatchObject([
      { rule: 'SL01', messageId: 'unanswered', kind: 'claim', difference: '250.00', deadline: null },
    ]);
    const after = ledger('2026-12-05', second.findings, second.credits, entries);
    expect(after.entries).toMatchObject([{ rule: 'SL01', amount: '500.00', received: '250.00', status: 'open' }]);
  });

  it('for two services of one incident is two entries, each answered by the credit that it is the amount of', async () => {
    const sharePoint: CaseLine = {
      ...SEPTEMBER,
      subscription: 's-2',
      productId: 'P2',
      product: 'SharePoint (Plan 1)',
      price: '5.00',
      seats: '40',
      amount: '200.00',
    };
    const rows: readonly Row[] = [{ id: 'MO1234567' }, { id: 'MO1234567', service: 'SharePoint Online' }];
    const run = async (asOf: string, lines: readonly CaseLine[], given: readonly Row[], history: readonly CaseLine[] = []) =>
      auditFiles(
        [
          { name: `${asOf}.csv`, text: caseFile('new-commerce', lines) },
          ...(history.length === 0 ? [] : [{ name: 'history.csv', text: caseFile('new-commerce', history), isContext: true }]),
        ],
        { asOf, incidents: given.map(incidentOf) },
      );
    const first = await run('2026-10-05', [SEPTEMBER, sharePoint], rows);
    const entries = ledger('2026-10-05', first.findings, first.credits, null).entries;
    expect(entries.map(({ product, amount }) => [product, amount]).sort()).toEqual([
      ['Exchange Online', '250.00'],
      ['SharePoint Online', '50.00'],
    ]);
    const credits = [
      october('-250.00', 'SLA credit MO1234567'),
      { ...october('-50.00', 'SLA credit MO1234567'), from: '2026-10-21', to: '2026-10-21' },
    ];
    const claimed = rows.map((row) => ({ ...row, claimed: '2026-10-10' }));
    const second = await run('2026-11-05', credits, claimed, [SEPTEMBER, sharePoint]);
    expect(second.findings.filter(({ rule }) => rule === 'SL05')).toEqual([]);
    const after = ledger('2026-11-05', second.findings, second.credits, entries);
    expect(after.entries.map(({ product, status, received }) => [product, status, received]).sort()).toEqual([
      ['Exchange Online', 'granted', '250.00'],
      ['SharePoint Online', 'granted', '50.00'],
    ]);
  });

  it('of another customer is not touched', async () => {
    const { entries } = await november({ ...october('-250.00', 'SLA credit EX25194'), customer: 'another' });
    expect(entries).toMatchObject([{ rule: 'SL01', received: null }]);
  });
});

describe('the text of an outage claim', () => {
  it('has the service, the incident, the proof and what of it is missing, and no subscription', async () => {
    const { findings } = await audit('2026-10-05', [SEPTEMBER], { ticket: '' });
    const text = claimText(
      findings.find(({ rule }) => rule === 'SL01')!,
      [],
    );
    expect(text).toContain('Credit request: Service outage');
    expect(text).toContain(`Customer tenant id  ${CUSTOMER}`);
    expect(text).toContain('Service             Exchange Online');
    expect(text).toContain('Amount claimed      250.00 EUR before tax, an estimate');
    expect(text).toContain('To be received by   2026-10-31');
    expect(text).toContain('- evidence missing: the number of the support ticket');
    expect(text).toContain('incidents.csv');
    expect(text).not.toMatch(/Subscription id|Charge {3}/);
    // What is for whoever files it stays in the report.
    expect(text).not.toMatch(/Microsoft aims to process|look before filing/);
  });

  it('names every outage, from the first day to the last', async () => {
    const rows: readonly Row[] = [{ id: 'EX1' }, { id: 'EX2', from: '2026-09-22T08:00', to: '2026-09-23T14:00' }];
    const files = [{ name: 'month.csv', text: caseFile('new-commerce', [SEPTEMBER]) }];
    const { findings } = await auditFiles(files, { asOf: '2026-10-05', incidents: rows.map(incidentOf) });
    const text = claimText(
      findings.find(({ rule }) => rule === 'SL01')!,
      [],
    );
    expect(text).toContain('Downtime            2026-09-10 to 2026-09-23, 2 outages');
    expect(text).toContain(`${' '.repeat(20)}EX1: 2026-09-10 08:00 to 2026-09-10 14:00, 100 of 250 users hit`);
    expect(text).toContain(`${' '.repeat(20)}EX2: 2026-09-22 08:00 to 2026-09-23 14:00, `);
  });

  it('of a reseller asks the provider for it, with the amount and both days', async () => {
    const { findings } = await audit('2026-10-05', [SEPTEMBER], { role: 'indirect-reseller' });
    const claims = findings.filter(({ kind }) => kind === 'claim');
    expect(claims).toMatchObject([{ rule: 'SL01', difference: '250.00', deadline: '2026-10-24' }]);
    const text = claimText(claims[0]!, []);
    expect(text).toContain('To the provider     please file this claim with Microsoft');
    expect(text).toContain('Amount claimed      250.00 EUR before tax, an estimate');
    expect(text).toContain('Asked for by        2026-10-24');
    expect(text).toContain('who can until 2026-10-31');
    expect(text).toContain('- evidence at hand: the GUID');
  });
});
