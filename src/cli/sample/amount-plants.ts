import { companies } from './companies.ts';
import { linesOf, monthly, yearly, type Plant, type Subscription } from './sample-line.ts';

/** The charge cycle most of the sample is billed for. */
const SEPTEMBER = { from: '2026-09-01', to: '2026-09-30' } as const;

const adventureWorks = yearly({
  company: companies.adventureWorks,
  product: 'Office 365 E3',
  price: '11.70',
  termFrom: '2026-01-18',
  termTo: '2027-01-17',
});
const blueYonder = yearly({ company: companies.blueYonder, product: 'Enterprise Mobility + Security E3', price: '12.40' });
const phoneCompany = yearly({ company: companies.phoneCompany, product: 'Microsoft 365 Apps for business', price: '10.90' });
const treyResearch = yearly({ company: companies.treyResearch, product: 'Microsoft 365 Business Standard', price: '10.30' });
const relecloud: Subscription = {
  company: companies.relecloud,
  product: 'Azure plan',
  price: '0',
  termFrom: '',
  termTo: '',
  term: 'usage',
  billing: 'Monthly',
  adjustment: '["15.0% Partner earned credit for services managed"]',
};
const graphicDesign = yearly({
  company: companies.graphicDesign,
  product: 'Microsoft 365 Business Premium',
  price: '22.00',
  adjustment: '["10.0% Promotion"]',
});
const inSeptember = { termFrom: '2026-09-03', termTo: '2026-10-02' } as const;
const margies = monthly({ company: companies.margies, product: 'Power BI Pro', price: '12.60', ...inSeptember });
const rate = '0.861';

/** Amounts, rates and prices that do not compute. */
export const amountPlants: readonly Plant[] = [
  {
    rule: 'AR01',
    why: 'Two licences were added on 27 August, so the cycle is taken back and charged again for 9 and for 22 of 31 days. The second part is billed at the price of a whole month, 16 × 11.70; for 22 days the published formula gives R(16 × 11.70 / 31) = 6.04 a day, R(6.04 × 22 / 16) = 8.31 a licence.',
    lines: linesOf(
      'legacy',
      adventureWorks,
      { type: 'Cycle fee', from: '2026-08-18', to: '2026-09-17', seats: '14' },
      { type: 'Cycle instance prorate', from: '2026-08-18', to: '2026-09-17', seats: '14', unit: '-11.70', amount: '-163.80' },
      { type: 'Cycle instance prorate', from: '2026-08-18', to: '2026-08-26', seats: '14', unit: '3.39', amount: '47.46' },
      { type: 'Cycle instance prorate', from: '2026-08-27', to: '2026-09-17', seats: '16', unit: '11.70', amount: '187.20' },
    ),
    about: 3,
    billed: '187.20',
    expected: '132.96',
    difference: '54.24',
  },
  {
    rule: 'AR02',
    why: 'Both halves of the seat change of 12 September follow a published formula, but not the same one: 45 licences for 19 of 30 days are 293.40 by the formula of licences, which the rest of the file follows, and 293.55 by that of usage. Nothing to claim.',
    lines: linesOf(
      'september',
      treyResearch,
      { type: 'cycleCharge', ...SEPTEMBER, seats: '40' },
      { type: 'addQuantity', from: '2026-09-12', to: '2026-09-30', seats: '40', effective: '-6.523333', amount: '-260.80' },
      { type: 'addQuantity', from: '2026-09-12', to: '2026-09-30', seats: '45', effective: '6.523333', amount: '293.55' },
    ),
    about: 2,
    billed: '293.55',
    expected: '293.40',
    difference: '0.15',
  },
  {
    rule: 'AR03',
    why: 'A discount of 158.10 is printed and not taken off.',
    lines: linesOf('legacy', blueYonder, {
      type: 'Cycle fee',
      ...SEPTEMBER,
      seats: '85',
      amount: '1054.00',
      discount: '158.10',
      subtotal: '1054.00',
    }),
    about: 0,
    billed: '1054.00',
    expected: '895.90',
    difference: '158.10',
  },
  {
    rule: 'AR04',
    why: 'Subtotal 196.20 and tax 41.20 are 237.40; the total says 247.40.',
    lines: linesOf('legacy', phoneCompany, { type: 'Cycle fee', ...SEPTEMBER, seats: '18', total: '247.40' }),
    about: 0,
    billed: '247.40',
    expected: '237.40',
    difference: '10.00',
  },
  {
    rule: 'AR05',
    why: 'The rows of the invoice turn dollars into euro at 0.861, one at 0.916 on the same rate date. At 0.861 its 320.30 dollars are 275.77.',
    lines: linesOf(
      'september',
      relecloud,
      { type: 'new', ...SEPTEMBER, seats: '720', unit: '0.192', effective: '0.1632', rate, meter: 'D4s v5', amount: '101.16' },
      { type: 'new', ...SEPTEMBER, seats: '1440.5', unit: '0.0208', effective: '0.01768', rate, meter: 'B2s', amount: '21.92' },
      { type: 'new', ...SEPTEMBER, seats: '512.25', unit: '0.12', effective: '0.102', rate, meter: 'Premium SSD', amount: '44.97' },
      {
        type: 'new',
        ...SEPTEMBER,
        seats: '20480',
        unit: '0.0184',
        effective: '0.01564',
        rate: '0.916',
        meter: 'Hot LRS',
        amount: '293.39',
      },
    ),
    about: 3,
    billed: '293.39',
    expected: '275.77',
    difference: '17.62',
  },
  {
    rule: 'AR06',
    why: 'A promotion of 10 % is stated and the amount is right for it (19.80 × 10), but the effective unit price still shows 22.00. Whoever bills on from that cell bills too much.',
    lines: linesOf('september', graphicDesign, { type: 'cycleCharge', ...SEPTEMBER, seats: '10', effective: '22.00', amount: '198.00' }),
    about: 0,
    billed: null,
    expected: null,
    difference: null,
  },
  {
    rule: 'AR08',
    why: 'Cancelled on the fifth day; the credit for the 26 days left is right, and a fee of 25.00 is charged on top. Cancelling a licence costs nothing.',
    lines: linesOf(
      'september',
      margies,
      { type: 'new', from: '2026-09-03', to: '2026-10-02', seats: '14' },
      { type: 'cancelImmediate', from: '2026-09-07', to: '2026-10-02', seats: '14', effective: '-10.92', amount: '-152.88' },
      {
        type: 'cancelImmediate',
        from: '2026-09-03',
        to: '2026-10-02',
        ordered: '2026-09-07',
        seats: '1',
        unit: '25.00',
        effective: '25.00',
        amount: '25.00',
      },
    ),
    about: 2,
    billed: '25.00',
    expected: '0.00',
    difference: '25.00',
  },
];
