import { companies } from './companies.ts';
import { linesOf, yearly, type Plant } from './sample-line.ts';

/** The charge cycle most of the sample is billed for. */
const SEPTEMBER = { from: '2026-09-01', to: '2026-09-30' } as const;

const lamna = yearly({ company: companies.lamna, product: 'Microsoft Entra ID P2', price: '9.90' });
const bellowsOld = yearly({ company: companies.bellows, product: 'Office 365 E1', price: '8.60' });
const bellowsNew = { ...bellowsOld, number: 2, termFrom: '2026-09-01', termTo: '2027-08-31' };
const suites = yearly({ company: companies.contosoSuites, product: 'Microsoft 365 F3', price: '7.50' });
const suitesMoved = { ...suites, company: companies.contosoSuitesMoved, termFrom: '2026-09-01', termTo: '2027-08-31' };
const firstUp = yearly({ company: companies.firstUp, product: 'Office 365 E3', price: '21.00' });
const firstUpMoved = { ...firstUp, number: 2, termFrom: '2026-09-01', termTo: '2027-08-31' };

/** Charges that are paid twice. */
export const duplicatePlants: readonly Plant[] = [
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
];
