import { companies, type Company } from './companies.ts';
import { linesOf, type CleanRows, type Plant, type Subscription } from './sample-line.ts';

const CYCLE = { type: 'Assess usage fee for current cycle', from: '2026-08-12', to: '2026-09-11' } as const;
const MONTH = { type: 'new', from: '2026-09-01', to: '2026-09-30' } as const;
const DAY = { type: 'new', from: '2026-09-01', to: '2026-09-30', used: '2026-09-14' } as const;

function usage(company: Company, product: string, price: string): Subscription {
  return { company, product, price, termFrom: '', termTo: '', term: 'usage', billing: 'Monthly', isAzurePlan: true };
}

const hours = usage(companies.lakeshore, 'Azure App Service, S1', '0.085');
const storage = usage(companies.lakeshore, 'Storage, LRS Data Stored', '0.0383');
const machines = usage(companies.zava, 'Virtual Machines Dsv3 Series', '0.40');
const disks = usage(companies.zava, 'Premium SSD Managed Disks', '1.25');

/** Usage rows that are right. */
export const usageCleanRows: readonly CleanRows[] = [
  {
    lookAlike: 'usage of which 100 of 150 units are included, and a row too small for a cent',
    lines: linesOf(
      'legacyUsage',
      storage,
      { ...CYCLE, consumed: '150', included: '100', seats: '50', unit: '0.10', amount: '5.00' },
      { ...CYCLE, seats: '0.000882', amount: '0.00' },
    ),
  },
  {
    lookAlike: 'daily usage whose total has more decimals than money, and a row that a savings plan covers at no cost',
    lines: linesOf(
      'dailyUsage',
      machines,
      { ...DAY, seats: '23.5', effective: '0.34', earned: '15', amount: '7.99' },
      { ...DAY, used: '2026-09-15', seats: '7.123456', effective: '0.34', earned: '15', amount: '2.42197504' },
      { ...DAY, used: '2026-09-15', seats: '16', amount: '0', benefitOrder: '5ea053d6-4a0d-46ef-bc82-15065b475d01' },
    ),
  },
  {
    lookAlike:
      'usage on the invoice that is a fraction of a cent less than its days, for an invoice line is cut to the cent; the quantity is the same',
    lines: [
      ...linesOf(
        'september',
        { ...machines, adjustment: '["15.0% Partner earned credit for services managed"]' },
        {
          ...MONTH,
          seats: '30.623456',
          effective: '0.34',
          amount: '10.41',
          meter: 'Virtual Machines Dsv3 Series',
        },
      ),
      ...linesOf('september', disks, { ...MONTH, seats: '32', amount: '40.00', meter: 'Premium SSD Managed Disks' }),
    ],
  },
];

export const usagePlants: readonly Plant[] = [
  {
    rule: 'AR07',
    why: '745 hours at 0.085 are 63.325, half-up 63.33; the row charges 64.33.',
    lines: linesOf('legacyUsage', hours, { ...CYCLE, seats: '745', amount: '64.33' }),
    about: 0,
    billed: '64.33',
    expected: '63.33',
    difference: '1.00',
  },
  {
    rule: 'AR09',
    why: 'On 14 September the machines carry 15 per cent of earned credit; the disks of the customer’s second Azure subscription are billed 40.00 at the full price, and 34.00 would be due.',
    lines: linesOf('dailyUsage', disks, { ...DAY, seats: '32', amount: '40.00', entitlement: '2' }),
    about: 0,
    billed: '40.00',
    expected: '34.00',
    difference: '6.00',
  },
];
