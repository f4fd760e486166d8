import { stringify } from 'csv-stringify/sync';
import type { CaseLine } from './case-rows.ts';
import type { TextFile } from './run-audit.ts';

type Column = readonly [column: string, key: string, fallback: string];

/** The columns of a licence sheet with Segment; without a word for it, every cell is one that the lines of a case ask for. */
const SHEET: readonly Column[] = [
  ['ProductTitle', 'title', 'Microsoft 365 Business Premium'],
  ['ProductId', 'productId', 'CFQ7TTC0LH0R'],
  ['SkuId', 'sku', '0001'],
  ['SkuTitle', 'title', 'Microsoft 365 Business Premium'],
  ['TermDuration', 'term', 'P1Y'],
  ['BillingPlan', 'plan', 'Monthly'],
  ['Market', 'market', 'NL'],
  ['Currency', 'currency', 'EUR'],
  ['UnitPrice', 'price', ''],
  ['PricingTierRangeMin', 'tierFrom', ''],
  ['PricingTierRangeMax', 'tierTo', ''],
  ['EffectiveStartDate', 'from', '2026-01-01T00:00:00.0000000Z'],
  ['EffectiveEndDate', 'to', '9999-12-31T23:59:59.0000000Z'],
  ['Tags', 'tags', 'License'],
  ['ERP Price', 'retail', ''],
  ['Segment', 'segment', 'Commercial'],
];

/** The columns of the legacy licence list; a row of it is told by its offer. */
const LEGACY: readonly Column[] = [
  ['A/C/D/U', 'change', 'UNC'],
  ['Valid From Date', 'from', '2018-01-01'],
  ['Valid To Date', 'to', '2099-12-31'],
  ['Offer Display Name', 'title', 'Microsoft 365 Business Premium'],
  ['Offer ID', 'offer', ''],
  ['License Agreement Type', 'agreement', 'Corporate'],
  ['Purchase Unit', 'unit', '1 Month(s)'],
  ['List Price', 'price', ''],
  ['Currency', 'currency', 'EUR'],
];

/**
 * The rows as the files of a price list: legacy rows in one of their own, and so those of each `list` that rows name, such as the list of a month.
 * An unknown word is a mistake of the case's author.
 */
export function casePriceLists(rows: readonly CaseLine[]): readonly TextFile[] {
  return [...new Set(rows.map(({ list }) => list ?? ''))].flatMap((name) => {
    const own = rows
      .filter(({ list }) => (list ?? '') === name)
      .map((row) => Object.fromEntries(Object.entries(row).filter(([word]) => word !== 'list')));
    const legacy = own.filter((row) => 'offer' in row);
    const sheet = own.filter((row) => !('offer' in row));
    return [
      ...(sheet.length === 0 ? [] : [{ name: `prices${name}.csv`, text: priceFile(SHEET, sheet) }]),
      ...(legacy.length === 0 ? [] : [{ name: `legacy-prices${name}.csv`, text: priceFile(LEGACY, legacy) }]),
    ];
  });
}

function priceFile(columns: readonly Column[], rows: readonly CaseLine[]): string {
  const words = new Set(columns.map(([, key]) => key));
  for (const word of rows.flatMap((row) => Object.keys(row))) {
    if (!words.has(word)) throw new Error(`unknown word in a row of a price list: ${word}`);
  }
  return stringify([columns.map(([column]) => column), ...rows.map((row) => columns.map(([, key, fallback]) => row[key] ?? fallback))]);
}
