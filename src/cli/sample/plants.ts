import { companies } from './companies.ts';
import { outagePlants } from './outage-plants.ts';
import { pricePlants } from './price-plants.ts';
import { reservationPlants } from './reservation-plants.ts';
import { linesOf, monthly, yearly, type Plant, type Subscription } from './sample-line.ts';
import { usagePlants } from './usage-plants.ts';

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
const fourthCoffee = yearly({ company: companies.fourthCoffee, product: 'Exchange Online (Plan 2)', price: '9.30' });
const cityPower = yearly({ company: companies.cityPower, product: 'Microsoft Defender for Business', price: '6.10' });
const wingtip = yearly({ company: companies.wingtip, product: 'Microsoft 365 Business Standard', price: '12.00' });
const fineArt = yearly({
  company: companies.schoolOfFineArt,
  product: 'Visio Plan 2',
  price: '21.00',
  termFrom: '2025-10-01',
  termTo: '2026-09-30',
});
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
const lamna = yearly({ company: companies.lamna, product: 'Microsoft Entra ID P2', price: '9.90' });
const bellowsOld = yearly({ company: companies.bellows, product: 'Office 365 E1', price: '8.60' });
const bellowsNew = { ...bellowsOld, number: 2, termFrom: '2026-09-01', termTo: '2027-08-31' };

const fincher = yearly({
  company: companies.fincher,
  product: 'Visio Plan 1',
  price: '11.20',
  termFrom: '2026-02-10',
  termTo: '2027-02-09',
});
const tailwind = yearly({ company: companies.tailwind, product: 'Microsoft Intune Plan 1', price: '20.00' });
const parnell = { company: companies.parnell, product: 'Power Apps Premium', price: '14.00' };
const parnellAugust = monthly({ ...parnell, termFrom: '2026-08-05', termTo: '2026-09-04' });
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
  termFrom: '2026-08-13',
  termTo: '2027-08-12',
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
const suites = yearly({ company: companies.contosoSuites, product: 'Microsoft 365 F3', price: '7.50' });
const suitesMoved = { ...suites, company: companies.contosoSuitesMoved, termFrom: '2026-09-01', termTo: '2027-08-31' };
const firstUp = yearly({ company: companies.firstUp, product: 'Office 365 E3', price: '21.00' });
const firstUpMoved = { ...firstUp, number: 2, termFrom: '2026-09-01', termTo: '2027-08-31' };

const rate = '0.861';

/** One discrepancy for every rule. To add one: a plant here, on a customer of its own, and what the report must say of it. */
export const plants: readonly Plant[] = [
  ...usagePlants,
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
  {
    rule: 'LC01',
    why: 'The change from 12 to 15 licences on 15 September charges the 15, and nothing takes back the 12. No amounts: the other half may stand in the next file.',
    lines: linesOf(
      'september',
      fourthCoffee,
      { type: 'cycleCharge', ...SEPTEMBER, seats: '12' },
      { type: 'addQuantity', from: '2026-09-15', to: '2026-09-30', seats: '15', effective: '4.96', amount: '74.40' },
    ),
    about: 1,
    billed: null,
    expected: null,
    difference: null,
  },
  {
    rule: 'LC02',
    why: 'August was billed for 30 licences and no change stands in either month, yet September bills 34. Only the month before shows it.',
    lines: [
      ...linesOf('september', cityPower, { type: 'cycleCharge', ...SEPTEMBER, seats: '34' }),
      ...linesOf('august', cityPower, { type: 'cycleCharge', from: '2026-08-01', to: '2026-08-31', seats: '30' }),
    ],
    about: 0,
    billed: '207.40',
    expected: '183.00',
    difference: '24.40',
    needsContext: true,
  },
  {
    rule: 'LC03',
    why: 'Six licences were added on 18 September and billed from the 11th. Both halves compute, but 20 licences for 30 days and 6 for 13 days are 678 seat-days, 271.20 at 12.00 a month.',
    lines: linesOf(
      'september',
      wingtip,
      { type: 'cycleCharge', ...SEPTEMBER, seats: '20' },
      {
        type: 'addQuantity',
        from: '2026-09-11',
        to: '2026-09-30',
        ordered: '2026-09-18',
        seats: '20',
        effective: '-8.00',
        amount: '-160.00',
      },
      {
        type: 'addQuantity',
        from: '2026-09-11',
        to: '2026-09-30',
        ordered: '2026-09-18',
        seats: '26',
        effective: '8.00',
        amount: '208.00',
      },
    ),
    about: 0,
    billed: '288.00',
    expected: '271.20',
    difference: '16.80',
  },
  {
    rule: 'LC04',
    why: 'September was billed as a cycle of the old term; the renewal of 15 September charges 16 of its days again. Its other 14 days are T(21.00 × 14/30) × 8 = 78.40.',
    lines: [
      ...linesOf('september', fineArt, { type: 'cycleCharge', ...SEPTEMBER, seats: '8' }),
      ...linesOf(
        'september',
        { ...fineArt, termFrom: '2026-09-15', termTo: '2027-09-14' },
        { type: 'renew', from: '2026-09-15', to: '2026-10-14', seats: '8' },
      ),
    ],
    about: 1,
    billed: '168.00',
    expected: '78.40',
    difference: '89.60',
  },
  {
    rule: 'LC05',
    why: 'Billed for the cycles before 10 August and from 10 September on; the cycle between has no charge. Nothing is wrong yet, but 7 × 11.20 will come.',
    lines: [
      ...linesOf('september', fincher, { type: 'cycleCharge', from: '2026-09-10', to: '2026-10-09', seats: '7' }),
      ...linesOf('august', fincher, { type: 'cycleCharge', from: '2026-07-10', to: '2026-08-09', seats: '7' }),
    ],
    about: 0,
    billed: '0.00',
    expected: '78.40',
    difference: '-78.40',
    needsContext: true,
  },
  {
    rule: 'LC06',
    why: 'Ten licences of a yearly term cost 20.00 each in August and 22.00 in September. Prices are guaranteed for the term.',
    lines: [
      ...linesOf('september', { ...tailwind, price: '22.00' }, { type: 'cycleCharge', ...SEPTEMBER, seats: '10' }),
      ...linesOf('august', tailwind, { type: 'cycleCharge', from: '2026-08-01', to: '2026-08-31', seats: '10' }),
    ],
    about: 0,
    billed: '220.00',
    expected: '200.00',
    difference: '20.00',
    needsContext: true,
  },
  {
    rule: 'LC07',
    why: 'Cancelled and credited in August, and renewed in September all the same.',
    lines: [
      ...linesOf('september', monthly({ ...parnell, termFrom: '2026-09-05', termTo: '2026-10-04' }), {
        type: 'renew',
        from: '2026-09-05',
        to: '2026-10-04',
        seats: '5',
      }),
      ...linesOf(
        'august',
        parnellAugust,
        { type: 'new', from: '2026-08-05', to: '2026-09-04', seats: '5' },
        { type: 'cancelImmediate', from: '2026-08-09', to: '2026-09-04', seats: '5', effective: '-12.193548', amount: '-60.95' },
      ),
    ],
    about: 0,
    billed: '70.00',
    expected: '0.00',
    difference: '70.00',
    needsContext: true,
  },
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
    why: 'A legacy year bought on 12 August and cancelled after the 30 days in which the refund is automatic. 50.60 of it stay charged, and can be asked for until 10 November, 90 days after purchase.',
    lines: linesOf(
      'legacy',
      nod,
      { type: 'Purchase fee', from: '2026-08-13', to: '2027-08-12', seats: '5' },
      { type: 'Cancel fee', from: '2026-09-12', to: '2027-08-12', seats: '5', unit: '-110.13', amount: '-549.40' },
    ),
    about: 0,
    billed: '50.60',
    expected: '0.00',
    difference: '50.60',
    later: 'after 10 November it is CR09, a claim that came too late',
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
  {
    rule: 'DU01',
    why: 'The same cycle of the same licences stands twice in the file.',
    lines: linesOf(
      'september',
      lamna,
      { type: 'cycleCharge', ...SEPTEMBER, seats: '18' },
      { type: 'cycleCharge', ...SEPTEMBER, seats: '18' },
    ),
    about: 1,
    billed: '178.20',
    expected: '0.00',
    difference: '178.20',
  },
  {
    rule: 'DU02',
    why: 'Fifty licences of one product are paid on a subscription of March and again on one bought on 1 September: same quantity, term and plan.',
    lines: [
      ...linesOf('september', bellowsNew, { type: 'new', ...SEPTEMBER, seats: '50' }),
      ...linesOf('september', bellowsOld, { type: 'cycleCharge', ...SEPTEMBER, seats: '50' }),
    ],
    about: 0,
    billed: '430.00',
    expected: '0.00',
    difference: '430.00',
  },
  {
    rule: 'DU03',
    why: 'Two tenants of one domain pay the same 24 licences for September: the old one since March, the new one since 1 September.',
    lines: [
      ...linesOf('september', suitesMoved, { type: 'new', ...SEPTEMBER, seats: '24' }),
      ...linesOf('september', suites, { type: 'cycleCharge', ...SEPTEMBER, seats: '24' }),
    ],
    about: 0,
    billed: '180.00',
    expected: '0.00',
    difference: '180.00',
  },
  {
    rule: 'DU04',
    why: 'Migrated on 1 September, but the legacy subscription was not ended: both are billed for the month.',
    lines: [
      ...linesOf('september', firstUpMoved, { type: 'new', ...SEPTEMBER, seats: '14' }),
      ...linesOf('legacy', firstUp, { type: 'Cycle fee', ...SEPTEMBER, seats: '14' }),
    ],
    about: 0,
    billed: '294.00',
    expected: '0.00',
    difference: '294.00',
  },
  ...pricePlants,
  ...outagePlants,
  ...reservationPlants,
];

/** Rules of which the sample has no plant, and why. */
export const notPlanted: ReadonlyMap<string, string> = new Map([
  ['PO01', 'it speaks of dates and readings that the sources leave open, beside other findings; this month has none'],
]);
