import { stringify } from 'csv-stringify/sync';
import { addDays, dayFromIso, isoDay } from '../../domain/calendar/days.ts';
import { invariant } from '../../domain/invariant.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import { cleanRows } from './clean-rows.ts';
import { invoiceRows } from './invoice-rows.ts';
import { plants } from './plants.ts';
import { plantedListPrices } from './price-plants.ts';
import { sampleProductId } from './sample-cells.ts';
import type { Subscription } from './sample-line.ts';

/** The price list of the sample, in a folder of its own: it is given with `--prices`. */
export const SAMPLE_PRICES_PATH = 'prices/2026-09-licence-prices.csv';

/** The sheet publishes a price for each of them; where the sample has several prices of one product and day, they are theirs. */
const SEGMENTS = ['Commercial', 'Education', 'Charity', 'Government'] as const;
const HEADER = [
  'ProductTitle',
  'ProductId',
  'SkuId',
  'SkuTitle',
  'Publisher',
  'SkuDescription',
  'UnitOfMeasure',
  'TermDuration',
  'BillingPlan',
  'Market',
  'Currency',
  'UnitPrice',
  'PricingTierRangeMin',
  'PricingTierRangeMax',
  'EffectiveStartDate',
  'EffectiveEndDate',
  'Tags',
  'ERP Price',
  'Segment',
];
/** What customers are asked above the partner's price. */
const RETAIL = '1.25';

type Plan = 'Monthly' | 'Annual';

interface ListRow {
  readonly product: string;
  readonly term: 'P1M' | 'P1Y';
  readonly plan: Plan;
  readonly price: Decimal;
  readonly segment: string;
  readonly from: string;
  /** The day on which the next price begins; '' for none. */
  readonly until: string;
}

/** The licence sheet of September 2026 with the history of its prices, as the portal prints it. */
export function samplePriceList(): string {
  const rows = [...listRows(), ...plantedRows()];
  return stringify([HEADER, ...rows.map(cellsOf)], { record_delimiter: 'windows', quoted: true });
}

export function countPrices(): number {
  return listRows().length + plantedRows().length;
}

function plantedRows(): readonly ListRow[] {
  return plantedListPrices.map(({ subscription: { product, termFrom }, plan, price }) => {
    return { product, term: 'P1Y', plan, price: new Decimal(price), segment: SEGMENTS[0], from: termFrom, until: '' };
  });
}

/** A price for every licence that the sample bills, from the day on which it was bought until the next price of the product. */
function listRows(): readonly ListRow[] {
  return [...pricesByKey().values()].flatMap(({ subscription, days }) => {
    const inOrder = [...days.keys()].sort();
    return inOrder.flatMap((from, place) => {
      const prices = pricesOn(subscription.product, days.get(from) ?? []);
      return prices.map((price, number) => ({
        product: subscription.product,
        term: subscription.term === 'one-month' ? ('P1M' as const) : ('P1Y' as const),
        plan: subscription.billing,
        price: isYearByTheMonth(subscription) ? price.times(12) : price,
        segment: SEGMENTS[number] ?? '',
        from,
        until: inOrder[place + 1] ?? '',
      }));
    });
  });
}

function isYearByTheMonth({ term, billing }: Subscription): boolean {
  return term === 'one-year' && billing === 'Monthly';
}

/** An E5 suite has one price in the list and is billed as two lines that share it. */
function pricesOn(product: string, prices: readonly string[]): readonly Decimal[] {
  const different = [...new Set(prices)].map((price) => new Decimal(price)).sort((a, b) => a.comparedTo(b));
  return /\bE5\b/.test(product) ? [different.reduce((sum, price) => sum.plus(price))] : different;
}

interface KeyPrices {
  readonly subscription: Subscription;
  /** By the day of purchase. */
  readonly days: Map<string, string[]>;
}

function pricesByKey(): ReadonlyMap<string, KeyPrices> {
  const found = new Map<string, KeyPrices>();
  const planted = plants.filter((plant) => plant.needsPrices !== true);
  for (const { file, subscription } of [...[...cleanRows, ...planted].flatMap(({ lines }) => lines), ...invoiceRows]) {
    const { product, term, billing, price, termFrom } = subscription;
    if (file === 'legacy' || price === '0' || (term !== 'one-month' && term !== 'one-year')) continue;
    const key = `${product} ${term} ${billing}`;
    const known = found.get(key) ?? { subscription, days: new Map<string, string[]>() };
    known.days.set(termFrom, [...(known.days.get(termFrom) ?? []), price]);
    found.set(key, known);
  }
  return found;
}

function cellsOf({ product, term, plan, price, segment, from, until }: ListRow): string[] {
  const names = [product, sampleProductId(product), '0001', product, 'Microsoft Corporation', product, ''];
  const money = ['NL', 'EUR', price.toFixed(2), '', ''];
  const retail = price.times(RETAIL).toDecimalPlaces(2).toFixed(2);
  return [...names, term, plan, ...money, `${from}T00:00:00.0000000Z`, endText(until), 'License', retail, segment];
}

function endText(until: string): string {
  if (until === '') return '9999-12-31T23:59:59.0000000Z';
  const day = dayFromIso(until);
  invariant(day !== null, `${until} is no day`);
  return `${isoDay(addDays(day, -1))}T23:59:59.0000000Z`;
}
