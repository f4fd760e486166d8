import { companies } from './companies.ts';
import { linesOf, monthly, yearly, type Plant } from './sample-line.ts';

/** The charge cycle most of the sample is billed for. */
const SEPTEMBER = { from: '2026-09-01', to: '2026-09-30' } as const;

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

/** Cycles, quantities and prices that do not follow from what was billed before. */
export const cyclePlants: readonly Plant[] = [
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
];
