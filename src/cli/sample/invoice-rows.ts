import { companies } from './companies.ts';
import { linesOf, yearly, type SampleLine } from './sample-line.ts';

const SEPTEMBER = { type: 'cycleCharge', from: '2026-09-01', to: '2026-09-30' } as const;

/** Numbers of the sample's invoices, by what is the matter with them. */
export const NUMBERS = {
  legacy: 'D0200A1F7K',
  august: 'G104857609',
  september: 'G104857610',
  lucerneNote: 'G104857611',
  lucerneRebilled: 'G104857612',
  withoutLines: 'G104857613',
  voided: 'G104857620',
  replacement: 'G104857621',
  noteOfUnknown: 'G104857630',
  unknown: 'G104850017',
  twoCurrencies: 'G104857640',
} as const;

const defender = yearly({ company: companies.contoso, product: 'Microsoft Defender for Business', price: '2.80' });
const intune = yearly({ company: companies.northwind, product: 'Microsoft Intune Suite', price: '9.30' });
const copilot = yearly({ company: companies.northwind, product: 'Microsoft 365 Copilot', price: '28.10' });

/** The same charge on a voided invoice and on the one that replaces it. */
export const rebilledRows: readonly SampleLine[] = linesOf(
  'september',
  defender,
  { ...SEPTEMBER, seats: '25', invoice: NUMBERS.voided },
  { ...SEPTEMBER, seats: '25', invoice: NUMBERS.replacement },
);

/** Two charges of one invoice, in euro and in dollars. */
export const mixedRows: readonly SampleLine[] = [
  ...linesOf('september', intune, { ...SEPTEMBER, seats: '10', invoice: NUMBERS.twoCurrencies }),
  ...linesOf('september', copilot, { ...SEPTEMBER, seats: '4', invoice: NUMBERS.twoCurrencies, currency: 'USD' }),
];

/** Rows that only the list of invoices makes sense of. */
export const invoiceRows: readonly SampleLine[] = [...rebilledRows, ...mixedRows];
