import { companies } from './companies.ts';
import { linesOf, reserved, type Plant } from './sample-line.ts';

/** Dollars to euro, as on the other rows of the invoice. */
const rate = '0.861';

const datum = reserved({
  company: companies.adatum,
  product: 'Reserved VM Instance, D4s v5, EU West',
  price: '4380.00',
  termFrom: '2026-09-01',
  termTo: '2027-08-31',
});
const proseware = reserved({
  company: companies.proseware,
  product: 'Reserved VM Instance, E4s v5, EU West',
  price: '2920.00',
  termFrom: '2026-09-01',
  termTo: '2027-08-31',
});
const woodgrove = reserved({
  company: companies.woodgrove,
  product: 'SQL Database Reserved Capacity, EU West',
  price: '54750.00',
  termFrom: '2026-09-01',
  termTo: '2027-08-31',
});
const tailwind = reserved({
  company: companies.tailwind,
  product: 'App Service Reserved Instance, P1 v3, EU West',
  price: '1095.00',
  termFrom: '2026-09-10',
  termTo: '2027-09-09',
});

/** The reservation rules, each with a reservation of its own. */
export const reservationPlants: readonly Plant[] = [
  {
    rule: 'RS01',
    why: 'Returned on 16 September: the day of return counts among those refunded, so 350 of 365 days come back, 4,200.00 dollars; the refund starts a day later.',
    lines: linesOf(
      'september',
      datum,
      { type: 'new', from: '2026-09-01', to: '2027-08-31', seats: '1', rate, amount: '3771.18' },
      {
        type: 'cancelImmediate',
        from: '2026-09-17',
        to: '2027-08-31',
        ordered: '2026-09-16',
        seats: '1',
        rate,
        effective: '-4188.00',
        amount: '-3605.86',
      },
    ),
    about: 1,
    billed: '-3605.86',
    expected: '-3616.20',
    difference: '10.34',
  },
  {
    rule: 'RS02',
    why: 'Returned on 21 September: 345 days are worth 2,760.00 dollars, 2,376.36 euro. The refund is short by exactly 12 %, the fee that Microsoft states and does not charge.',
    lines: linesOf(
      'september',
      proseware,
      { type: 'new', from: '2026-09-01', to: '2027-08-31', seats: '1', rate, amount: '2514.12' },
      { type: 'cancelImmediate', from: '2026-09-21', to: '2027-08-31', seats: '1', rate, effective: '-2428.80', amount: '-2091.20' },
    ),
    about: 1,
    billed: '-2091.20',
    expected: '-2376.36',
    difference: '285.16',
  },
  {
    rule: 'RS03',
    why: 'The refund is right to the cent, but at 52,050.00 dollars it is more than may be returned for one customer in 365 days. Its amounts are in dollars.',
    lines: linesOf(
      'september',
      woodgrove,
      { type: 'new', from: '2026-09-01', to: '2027-08-31', seats: '1', rate, amount: '47139.75' },
      { type: 'cancelImmediate', from: '2026-09-19', to: '2027-08-31', seats: '1', rate, effective: '-52050.00', amount: '-44815.05' },
    ),
    about: 1,
    billed: '52050.00',
    expected: '50000.00',
    difference: '2050.00',
  },
  {
    rule: 'RS04',
    why: 'Three units run since 10 September. Given back on 5 October, 340 of 365 days come back: 3 × 1,020.00 dollars.',
    lines: linesOf('september', tailwind, { type: 'new', from: '2026-09-10', to: '2027-09-09', seats: '3', rate, amount: '2828.37' }),
    about: 0,
    billed: '0.00',
    expected: '-2634.66',
    difference: '2634.66',
    later: 'each day its worth falls; after 9 September 2027 nothing is left of it',
  },
];
