import type { Company } from './companies.ts';
import { linesOf, yearly, type Plant, type Subscription } from './sample-line.ts';

const cohoVineyard: Company = { name: 'Coho Vineyard', domain: 'cohovineyard.onmicrosoft.com' };
const contosoElectronics: Company = { name: 'Contoso Electronics', domain: 'contosoelectronics.onmicrosoft.com' };

const teams = yearly({ company: cohoVineyard, product: 'Teams Premium', price: '7.40', termFrom: '2026-09-10', termTo: '2027-09-09' });
const viva = yearly({ company: contosoElectronics, product: 'Viva Suite', price: '12.10', termFrom: '2026-09-15', termTo: '2027-09-14' });

/** What the price list of the sample says where a plant departs from it: the price of a term, and the plan it is listed for. */
export const plantedListPrices: readonly {
  readonly subscription: Subscription;
  readonly plan: 'Monthly' | 'Annual';
  readonly price: string;
}[] = [
  { subscription: teams, plan: 'Monthly', price: '84.00' },
  { subscription: viva, plan: 'Annual', price: '138.00' },
];

/** Only a price list shows these. */
export const pricePlants: readonly Plant[] = [
  {
    rule: 'PR01',
    why: 'Twenty licences were bought on 10 September for a year billed by the month. The price list of the day has 84.00 a year, 7.00 a month; billed are 7.40.',
    lines: linesOf('september', teams, { type: 'new', from: '2026-09-10', to: '2026-10-09', seats: '20' }),
    about: 0,
    billed: '148.00',
    expected: '140.00',
    difference: '8.00',
    needsPrices: true,
  },
  {
    rule: 'PR02',
    why: 'Bought for a year billed by the month, and the price list has the product for a year paid at once only. Nobody can say what the month should cost.',
    lines: linesOf('september', viva, { type: 'new', from: '2026-09-15', to: '2026-10-14', seats: '6' }),
    about: 0,
    billed: null,
    expected: null,
    difference: null,
    needsPrices: true,
  },
];
