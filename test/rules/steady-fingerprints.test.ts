import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../src/domain/calendar/days.ts';
import type { PartnerEvent } from '../../src/domain/partner/partner-event.ts';
import { caseFile, type CaseLine } from '../support/case-rows.ts';
import { auditFiles } from '../support/run-audit.ts';

const CANCELLED: PartnerEvent = {
  subscriptionId: 'subscription-1',
  kind: 'cancel',
  day: dayFromIso('2022-04-20')!,
  second: null,
  quantity: null,
  orderId: '',
  offerId: '',
  requestedOn: null,
  assignedUsers: null,
  reason: '',
  note: '',
  row: 2,
};

/** The findings of a rule when some lines are the month that is audited and others are history. */
async function found(
  rule: string,
  audited: readonly CaseLine[],
  context: readonly CaseLine[],
  asOf: string,
  events?: readonly PartnerEvent[],
) {
  const files = [
    { name: 'audited.csv', text: caseFile('legacy-licence', audited) },
    ...(context.length === 0 ? [] : [{ name: 'context.csv', text: caseFile('legacy-licence', context), isContext: true }]),
  ];
  const { findings } = await auditFiles(files, events === undefined ? { asOf } : { asOf, events });
  return findings.filter((one) => one.rule === rule);
}

const shared = { start: '2022-03-02', billing: 'Annually' };
const bought = { ...shared, type: 'Purchase fee', from: '2022-03-02', to: '2023-03-01', price: '365.00', amount: '365.00' };
// 316 of 365 days are left on 20 April.
const credited = { ...shared, type: 'Cancel fee', from: '2022-04-20', to: '2023-03-01', price: '-316.00', amount: '-316.00' };

describe('a refund keeps its fingerprint while its credits come', () => {
  it('CR04: from the recorded cancellation to the credit of a later month', async () => {
    const [first] = await found('CR04', [bought], [], '2022-04-30', [CANCELLED]);
    const [second] = await found('CR04', [credited], [bought], '2022-05-15', [CANCELLED]);
    expect(first!.difference).toBe('365.00');
    expect(second!.difference).toBe('49.00');
    expect(second!.fingerprint).toBe(first!.fingerprint);
  });

  it('CR03: with one credit, and with an earlier part that came later', async () => {
    // Cancelled on day 20; of 365.00 first 345.00 and then 10.00 came back.
    const part = { ...credited, from: '2022-03-21', price: '-345.00', amount: '-345.00' };
    const rest = { ...credited, from: '2022-03-20', to: '2022-03-30', price: '-10.00', amount: '-10.00' };
    const [first] = await found('CR03', [bought, part], [], '2022-04-01');
    const [whole] = await found('CR03', [bought, part, rest], [], '2022-04-01');
    expect(first!.difference).toBe('20.00');
    expect(whole!.difference).toBe('10.00');
    expect(whole!.fingerprint).toBe(first!.fingerprint);
    // The month that brings the second credit says what is open now; a month without a credit says nothing again.
    const [later] = await found('CR03', [rest], [bought, part], '2022-05-01');
    expect(later).toMatchObject({ fingerprint: first!.fingerprint, difference: '10.00' });
    const other = { ...bought, subscription: 'subscription-2' };
    expect(await found('CR03', [other], [bought, part, rest], '2022-06-01')).toEqual([]);
  });
});
