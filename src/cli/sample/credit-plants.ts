import { companies } from './companies.ts';
import { linesOf, monthly, yearly, type Plant } from './sample-line.ts';

/** The charge cycle most of the sample is billed for. */
const SEPTEMBER = { from: '2026-09-01', to: '2026-09-30' } as const;

const inSeptember = { termFrom: '2026-09-03', termTo: '2026-10-02' } as const;
const consolidated = monthly({ company: companies.consolidated, product: 'Project Plan 1', price: '14.70', ...inSeptember });
const vanArsdel = monthly({
  company: companies.vanArsdel,
  product: 'Microsoft 365 Business Basic',
  price: '6.80',
  termFrom: '2026-09-09',
  termTo: '2026-10-08',
});
const southridge = monthly({
  company: companies.southridge,
  product: 'Teams Essentials',
  price: '8.20',
  termFrom: '2026-09-04',
  termTo: '2026-10-03',
});
const bestForYou = monthly({
  company: companies.bestForYou,
  product: 'Microsoft 365 Apps for enterprise',
  price: '9.60',
  termFrom: '2026-09-10',
  termTo: '2026-10-09',
});
const nod = yearly({
  company: companies.nod,
  product: 'Dynamics 365 Team Members',
  price: '120.00',
  billing: 'Annual',
  termFrom: '2026-08-12',
  termTo: '2027-08-11',
});
const baldwin = monthly({
  company: companies.baldwin,
  product: 'Planner Plan 1',
  price: '15.00',
  termFrom: '2026-09-01',
  termTo: '2026-09-30',
});
const libertys = monthly({
  company: companies.libertys,
  product: 'Microsoft 365 Business Basic',
  price: '10.00',
  termFrom: '2026-09-30',
  termTo: '2026-10-29',
});
const contosoPharma = monthly({
  company: companies.contosoPharma,
  product: 'Power Automate Premium',
  price: '12.40',
  termFrom: '2026-08-17',
  termTo: '2026-09-16',
});
const residencesA1 = yearly({
  company: companies.fabrikamResidences,
  product: 'Microsoft 365 A1',
  price: '24.00',
  billing: 'Annual',
  termFrom: '2026-08-13',
  termTo: '2027-08-12',
});

/** Cancellations, what was credited for them, and what still can be. */
export const creditPlants: readonly Plant[] = [
  {
    rule: 'CR01',
    why: 'Cancelled on the fifth day, inside the window of seven, and credited with nothing: 26 of 30 days, T(9.60 × 26/30) × 8, are due.',
    lines: linesOf(
      'september',
      bestForYou,
      { type: 'new', from: '2026-09-10', to: '2026-10-09', seats: '8' },
      { type: 'cancelImmediate', from: '2026-09-14', to: '2026-10-09', seats: '8', effective: '0', amount: '0.00' },
    ),
    about: 1,
    billed: '0.00',
    expected: '-66.56',
    difference: '66.56',
  },
  {
    rule: 'CR02',
    why: 'Cancelled on 7 September, credited from the 8th. The day of cancellation is credited too: 26 of 30 days, T(14.70 × 26/30) × 9 = 114.66.',
    lines: linesOf(
      'september',
      consolidated,
      { type: 'new', from: '2026-09-03', to: '2026-10-02', seats: '9' },
      {
        type: 'cancelImmediate',
        from: '2026-09-08',
        to: '2026-10-02',
        ordered: '2026-09-07',
        seats: '9',
        effective: '-12.25',
        amount: '-110.25',
      },
    ),
    about: 1,
    billed: '-110.25',
    expected: '-114.66',
    difference: '4.41',
  },
  {
    rule: 'CR03',
    why: 'Bought and cancelled on 9 September. On the day of purchase the whole charge comes back; a day was kept.',
    lines: linesOf(
      'september',
      vanArsdel,
      { type: 'new', from: '2026-09-09', to: '2026-10-08', seats: '15' },
      {
        type: 'cancelImmediate',
        from: '2026-09-10',
        to: '2026-10-08',
        ordered: '2026-09-09',
        seats: '15',
        effective: '-6.573333',
        amount: '-98.55',
      },
    ),
    about: 0,
    billed: '-98.55',
    expected: '-102.00',
    difference: '3.45',
  },
  {
    rule: 'CR04',
    why: 'A legacy year bought on 11 August and cancelled on its 32nd day, after the month in which the refund is automatic. 52.25 of it stay charged, and can be asked for until 9 November, 90 days after purchase.',
    lines: linesOf(
      'legacy',
      nod,
      { type: 'Purchase fee', from: '2026-08-12', to: '2027-08-11', seats: '5' },
      { type: 'Cancel fee', from: '2026-09-12', to: '2027-08-11', seats: '5', unit: '-109.80', amount: '-547.75' },
    ),
    about: 0,
    billed: '52.25',
    expected: '0.00',
    difference: '52.25',
    later: 'after 9 November it is CR09, a claim that came too late',
  },
  {
    rule: 'CR05',
    why: 'Bought on 1 September, cancelled on the 20th and credited, although the window closed after seven days. Keep the proof of what was granted.',
    lines: linesOf(
      'september',
      baldwin,
      { type: 'new', ...SEPTEMBER, seats: '6' },
      { type: 'cancelImmediate', from: '2026-09-20', to: '2026-09-30', seats: '6', effective: '-5.50', amount: '-33.00' },
    ),
    about: 1,
    billed: '-33.00',
    expected: '0.00',
    difference: '-33.00',
  },
  {
    rule: 'CR06',
    why: 'Charged 164.00, taken back in full on the same day, and 24.60 credited once more: expect Microsoft to ask for it.',
    lines: linesOf(
      'september',
      southridge,
      { type: 'new', from: '2026-09-04', to: '2026-10-03', seats: '20' },
      { type: 'cancelImmediate', from: '2026-09-04', to: '2026-10-03', seats: '20', effective: '-8.20', amount: '-164.00' },
      {
        type: 'customerCredit',
        from: '2026-09-04',
        to: '2026-10-03',
        seats: '20',
        effective: '-1.23',
        amount: '-24.60',
        creditReason: 'Price adjustment',
      },
    ),
    about: 2,
    billed: '-188.60',
    expected: '-164.00',
    difference: '-24.60',
  },
  {
    rule: 'CR07',
    why: 'Bought on 30 September: on 5 October the licences can still be given back for the 25 days left, T(10.00 × 25/30) × 12 = 99.96.',
    lines: linesOf('september', libertys, { type: 'new', from: '2026-09-30', to: '2026-10-29', seats: '12' }),
    about: 0,
    billed: '120.00',
    expected: '20.04',
    difference: '99.96',
    later: 'once the seven days are over there is nothing to say',
  },
  {
    rule: 'CR08',
    why: 'Cancelled on 20 August; the credit is not on the invoice of August but on that of September.',
    lines: [
      ...linesOf('september', contosoPharma, {
        type: 'cancelImmediate',
        from: '2026-08-20',
        to: '2026-09-16',
        seats: '4',
        effective: '-11.20',
        amount: '-44.80',
      }),
      ...linesOf('august', contosoPharma, { type: 'new', from: '2026-08-17', to: '2026-09-16', seats: '4' }),
    ],
    about: 0,
    billed: null,
    expected: null,
    difference: null,
    needsContext: true,
  },
  {
    rule: 'CR09',
    why: 'Microsoft 365 A1, cancelled on the 20th day: with no user assigned a full refund could have been asked for within 30 days of purchase. Nobody did.',
    lines: linesOf(
      'legacy',
      residencesA1,
      { type: 'Purchase fee', from: '2026-08-13', to: '2027-08-12', seats: '10' },
      { type: 'Cancel fee', from: '2026-09-02', to: '2027-08-12', seats: '10', unit: '-22.68', amount: '-227.70' },
    ),
    about: 0,
    billed: '12.30',
    expected: '0.00',
    difference: '12.30',
  },
];
