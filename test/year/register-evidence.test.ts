import { describe, expect, it } from 'vitest';
import { carryForward, type CreditRow } from '../../src/engine/findings/claims-ledger.ts';
import { EXAMPLE_ENTRY } from '../support/register-entries.ts';

/** Whoever saves every month's export under one name has two credits in the same place. */
describe('evidence in files of one name', () => {
  const first = {
    ...EXAMPLE_ENTRY,
    fingerprint: 'first',
    subscriptionId: 'subscription-1',
    firstDay: '2024-03-01',
    lastDay: '2024-03-31',
    amount: '70.00',
    received: '70.00',
    evidence: 'recon.csv:5',
    status: 'granted' as const,
  };
  const second = {
    ...first,
    fingerprint: 'second',
    subscriptionId: 'subscription-2',
    amount: '30.00',
    received: null,
    evidence: '',
    status: 'open' as const,
  };
  const credit: CreditRow = {
    subscriptionId: 'subscription-2',
    customerId: first.customerId,
    firstDay: '2024-03-10',
    lastDay: '2024-03-31',
    amount: '-30.00',
    currency: first.currency,
    file: 'recon.csv',
    row: 5,
    invoiceNumber: '',
    text: '',
  };
  const run = (credits: readonly CreditRow[]) =>
    carryForward({ previous: [first, second], findings: [], credits, asOf: '2024-06-08', nextBilling: () => 'not-yet' }).entries;

  it('is no reason to pass over the credit of another claim', () => {
    expect(run([credit])[1]).toMatchObject({ received: '30.00', evidence: 'recon.csv:5', status: 'granted' });
  });

  it('is not counted again for the claim that has it', () => {
    const [again] = run([{ ...credit, subscriptionId: 'subscription-1', amount: '-70.00' }]);
    expect(again).toMatchObject({ received: '70.00', evidence: 'recon.csv:5' });
  });
});
