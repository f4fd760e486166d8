import { companies } from './companies.ts';
import { linesOf, monthly, yearly, type CleanRows } from './sample-line.ts';

const AUGUST = { from: '2026-08-01', to: '2026-08-31' } as const;
const SEPTEMBER = { from: '2026-09-01', to: '2026-09-30' } as const;

const contoso = yearly({ company: companies.contoso, product: 'Microsoft 365 Business Premium', price: '20.50' });
const visio = yearly({ company: companies.contoso, product: 'Visio Plan 2', price: '13.10' });
const fabrikam = yearly({
  company: companies.fabrikam,
  product: 'Microsoft 365 Business Standard',
  price: '132.00',
  billing: 'Annual',
  termFrom: '2026-09-08',
  termTo: '2027-09-07',
});
const northwind = { company: companies.northwind, product: 'Office 365 E1', price: '8.60' };
const tailspin = yearly({
  company: companies.tailspin,
  product: 'Exchange Online (Plan 1)',
  price: '11.40',
  termFrom: '2026-01-31',
  termTo: '2027-01-30',
});
const woodgrove = yearly({ company: companies.woodgrove, product: 'Microsoft 365 E5', price: '31.80' });
const wideWorld = yearly({
  company: companies.wideWorld,
  product: 'Microsoft 365 E3',
  price: '30.00',
  adjustment: '["15.0% Promotion"]',
  termFrom: '2026-09-03',
  termTo: '2027-09-02',
});
const litware = {
  company: companies.litware,
  product: 'Project Plan 3',
  price: '0',
  term: 'trial',
  billing: 'Monthly',
  termFrom: '2026-09-06',
  termTo: '2026-10-05',
} as const;
const proseware = monthly({
  company: companies.proseware,
  product: 'Microsoft 365 Business Basic',
  price: '7.45',
  termFrom: '2026-09-02',
  termTo: '2026-10-01',
});
const adatum = monthly({
  company: companies.adatum,
  product: 'Visio Plan 1',
  price: '31.20',
  termFrom: '2026-09-11',
  termTo: '2026-10-10',
});
const lucerne = yearly({ company: companies.lucerne, product: 'Power BI Pro', price: '11.00' });
const alpine = yearly({
  company: companies.alpineSkiHouse,
  product: 'Office 365 E3',
  price: '19.70',
  termFrom: '2026-03-10',
  termTo: '2027-03-09',
});
const coho = yearly({
  company: companies.cohoWinery,
  product: 'Exchange Online (Plan 1)',
  price: '3.40',
  termFrom: '2026-02-15',
  termTo: '2027-02-14',
});
const humongous = yearly({ company: companies.humongous, product: 'Microsoft 365 Business Basic', price: '5.60' });
const humongousVisio = yearly({ company: companies.humongous, product: 'Visio Online Plan 1', price: '4.30' });
const munsons = yearly({
  company: companies.munsons,
  product: 'Office 365 F3',
  price: '3.50',
  termFrom: '2026-04-05',
  termTo: '2027-04-04',
});

/** Rows that are right, some of which look as if they were not. */
export const cleanRows: readonly CleanRows[] = [
  {
    lookAlike: 'a change from 25 to 28 licences: the wipe of the 25 and the charge of the 28 are one event',
    lines: [
      ...linesOf('august', contoso, { type: 'cycleCharge', ...AUGUST, seats: '25' }),
      ...linesOf(
        'september',
        contoso,
        { type: 'cycleCharge', ...SEPTEMBER, seats: '25' },
        { type: 'addQuantity', from: '2026-09-12', to: '2026-09-30', seats: '25', effective: '-12.983333', amount: '-324.50' },
        { type: 'addQuantity', from: '2026-09-12', to: '2026-09-30', seats: '28', effective: '12.983333', amount: '363.44' },
      ),
    ],
  },
  {
    lines: [
      ...linesOf('august', visio, { type: 'cycleCharge', ...AUGUST, seats: '3' }),
      ...linesOf('september', visio, { type: 'cycleCharge', ...SEPTEMBER, seats: '3' }),
      ...linesOf('september', fabrikam, { type: 'renew', from: '2026-09-08', to: '2027-09-07', seats: '40' }),
      ...linesOf('august', monthly({ ...northwind, termFrom: '2026-08-05', termTo: '2026-09-04' }), {
        type: 'renew',
        from: '2026-08-05',
        to: '2026-09-04',
        seats: '12',
      }),
      ...linesOf('september', monthly({ ...northwind, termFrom: '2026-09-05', termTo: '2026-10-04' }), {
        type: 'renew',
        from: '2026-09-05',
        to: '2026-10-04',
        seats: '12',
      }),
      ...linesOf('september', wideWorld, {
        type: 'new',
        from: '2026-09-03',
        to: '2026-10-02',
        seats: '35',
        effective: '25.50',
        amount: '892.50',
      }),
      ...linesOf('september', litware, { type: 'new', from: '2026-09-06', to: '2026-10-05', seats: '25' }),
      ...linesOf(
        'september',
        adatum,
        { type: 'new', from: '2026-09-11', to: '2026-10-10', seats: '5' },
        { type: 'cancelImmediate', from: '2026-09-11', to: '2026-10-10', seats: '5', effective: '-31.20', amount: '-156.00' },
      ),
      ...linesOf('legacy', alpine, { type: 'Cycle fee', from: '2026-09-10', to: '2026-10-09', seats: '22' }),
      ...linesOf('legacy', humongous, { type: 'Cycle fee', ...SEPTEMBER, seats: '130' }),
      ...linesOf('legacy', humongousVisio, { type: 'Cycle fee', ...SEPTEMBER, seats: '4' }),
      ...linesOf('legacy', munsons, { type: 'Cycle fee', from: '2026-09-05', to: '2026-10-04', seats: '17' }),
    ],
  },
  {
    lookAlike: 'cycles from the last day of a month to the last day but one of the next: no gap, no overlap',
    lines: [
      ...linesOf('august', tailspin, { type: 'cycleCharge', from: '2026-08-31', to: '2026-09-29', seats: '9' }),
      ...linesOf('september', tailspin, { type: 'cycleCharge', from: '2026-09-30', to: '2026-10-30', seats: '9' }),
    ],
  },
  {
    lookAlike: 'an E5 suite, which is always billed as two lines: a telephony part and the rest',
    lines: [
      ...linesOf('august', woodgrove, { type: 'cycleCharge', ...AUGUST, seats: '60' }),
      ...linesOf('august', { ...woodgrove, price: '9.20' }, { type: 'cycleCharge', ...AUGUST, seats: '60' }),
      ...linesOf('september', woodgrove, { type: 'cycleCharge', ...SEPTEMBER, seats: '60' }),
      ...linesOf('september', { ...woodgrove, price: '9.20' }, { type: 'cycleCharge', ...SEPTEMBER, seats: '60' }),
    ],
  },
  {
    lookAlike: 'three of 30 licences given back three days after purchase, inside their window of seven days',
    lines: linesOf(
      'september',
      proseware,
      { type: 'new', from: '2026-09-02', to: '2026-10-01', seats: '30' },
      { type: 'removeQuantity', from: '2026-09-05', to: '2026-10-01', seats: '30', effective: '-6.705', amount: '-201.00' },
      { type: 'removeQuantity', from: '2026-09-05', to: '2026-10-01', seats: '27', effective: '6.705', amount: '180.90' },
    ),
  },
  {
    lookAlike: 'a charge, its credit note and the invoice that replaces it: billed once in the end',
    lines: linesOf(
      'september',
      lucerne,
      { type: 'cycleCharge', ...SEPTEMBER, seats: '21' },
      { type: 'cycleCharge', ...SEPTEMBER, seats: '21', effective: '-11.00', amount: '-231.00', invoice: 'G104857611' },
      { type: 'cycleCharge', ...SEPTEMBER, seats: '21', invoice: 'G104857612' },
    ),
  },
  {
    lookAlike: 'a legacy change from 30 to 33 licences: unit price × quantity is not the amount, for prorated rows print a cut unit price',
    lines: linesOf(
      'legacy',
      coho,
      { type: 'Cycle fee', from: '2026-08-15', to: '2026-09-14', seats: '30' },
      { type: 'Cycle instance prorate', from: '2026-08-15', to: '2026-09-14', seats: '30', unit: '-3.40', amount: '-102.00' },
      { type: 'Cycle instance prorate', from: '2026-08-15', to: '2026-08-24', seats: '30', unit: '1.09', amount: '33.00' },
      { type: 'Cycle instance prorate', from: '2026-08-25', to: '2026-09-14', seats: '33', unit: '2.30', amount: '75.90' },
    ),
  },
];
