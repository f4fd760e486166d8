import type { LayoutName } from '../../domain/charge-line.ts';
import { KnownError } from '../../domain/known-error.ts';
import { layouts } from './index.ts';
import { columnKey, type ColumnNames, type Field, type Layout } from './layout.ts';

/** A layout with the places its columns have in one table. */
export interface BoundLayout {
  readonly layout: Layout;
  /** The names as the file prints them. */
  readonly header: readonly string[];
  /** Where a field stands, counted from 0; no entry where the table has no such column. */
  readonly places: ReadonlyMap<Field, number>;
  /** Columns of the table that the layout does not know; they are kept aside. */
  readonly extraColumns: readonly string[];
}

/** Where a header stands. */
export interface HeaderPlace {
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
}

/** The column of every field, -1 where there is none: a plain record of fixed shape, for it is asked for every cell. */
export function columnsOf(bound: BoundLayout): Readonly<Record<Field, number>> {
  const at = (field: Field): number => bound.places.get(field) ?? -1;
  return {
    customerId: at('customerId'),
    customerName: at('customerName'),
    customerDomain: at('customerDomain'),
    customerCountry: at('customerCountry'),
    subscriptionId: at('subscriptionId'),
    internalSubscriptionId: at('internalSubscriptionId'),
    orderId: at('orderId'),
    productId: at('productId'),
    skuId: at('skuId'),
    offerId: at('offerId'),
    plainOfferId: at('plainOfferId'),
    skuName: at('skuName'),
    productName: at('productName'),
    publisherName: at('publisherName'),
    publisherId: at('publisherId'),
    subscriptionDescription: at('subscriptionDescription'),
    currency: at('currency'),
    pricingCurrency: at('pricingCurrency'),
    billingCycle: at('billingCycle'),
    termText: at('termText'),
    qualifiers: at('qualifiers'),
    promotionId: at('promotionId'),
    reservationOrderId: at('reservationOrderId'),
    chargeType: at('chargeType'),
    invoiceNumber: at('invoiceNumber'),
    referenceId: at('referenceId'),
    priceAdjustment: at('priceAdjustment'),
    creditReason: at('creditReason'),
    meter: at('meter'),
    orderDate: at('orderDate'),
    chargeStart: at('chargeStart'),
    chargeEnd: at('chargeEnd'),
    termStart: at('termStart'),
    termEnd: at('termEnd'),
    rateDate: at('rateDate'),
    unitPrice: at('unitPrice'),
    effectiveUnitPrice: at('effectiveUnitPrice'),
    quantity: at('quantity'),
    billableQuantity: at('billableQuantity'),
    amount: at('amount'),
    discount: at('discount'),
    subtotal: at('subtotal'),
    tax: at('tax'),
    total: at('total'),
    rate: at('rate'),
    usageDate: at('usageDate'),
    consumedQuantity: at('consumedQuantity'),
    includedQuantity: at('includedQuantity'),
    serviceName: at('serviceName'),
    resourceName: at('resourceName'),
    entitlementId: at('entitlementId'),
    additionalInfo: at('additionalInfo'),
    earnedCredit: at('earnedCredit'),
    customerCredit: at('customerCredit'),
    creditType: at('creditType'),
    benefitOrderId: at('benefitOrderId'),
    benefitId: at('benefitId'),
    benefitType: at('benefitType'),
  };
}

interface Match {
  readonly bound: BoundLayout;
  /** Required columns that the header lacks. */
  readonly missing: readonly string[];
  /** How many of its names the layout knows. */
  readonly known: number;
  /** Two columns that mean the same. */
  readonly duplicate: readonly [number, number] | null;
}

/** The layout of a header, or null where it is none that is audited. `only` restricts the choice. */
export function recogniseHeader(header: readonly string[], place: HeaderPlace, only?: LayoutName): BoundLayout | null {
  const fitting = candidates(only)
    .map((layout) => match(layout, header))
    .filter((each) => each.missing.length === 0);
  const best = bestOf(fitting);
  if (best === null) return null;
  if (best.duplicate !== null) throw duplicateColumn(header, best.duplicate, place);
  return best.bound;
}

/** How many columns of a header the layout that fits best knows. */
export function countKnownNames(header: readonly string[]): number {
  return Math.max(...candidates().map((layout) => match(layout, header).known));
}

/** How many cells of a row are names of the layout's columns. */
export function countColumnNames(layout: Layout, cells: readonly string[]): number {
  return match(layout, cells).known;
}

/** Names the layout that comes nearest and what it lacks. `overrides` are options that state what is else detected: one of them may be wrong. */
export function unknownLayout(
  header: readonly string[],
  place: HeaderPlace,
  only?: LayoutName,
  overrides: readonly string[] = [],
): KnownError {
  const nearest = bestOf(candidates(only).map((layout) => match(layout, header)));
  const other = otherExports.find(({ marks }) => marks.every((mark) => header.some((name) => columnKey(name) === mark)));
  const names = header.slice(0, 8).join(', ').slice(0, 200) + (header.length > 8 ? `, … (${header.length} columns)` : '');
  const lacks =
    nearest === null || nearest.known === 0 || other !== undefined
      ? ''
      : ` The nearest is ${nearest.bound.layout.name} (${nearest.bound.layout.title}); it lacks ${nearest.missing.join(', ')}.`;
  const fitting = only === undefined ? null : bestOf(candidates().map((layout) => match(layout, header)));
  return new KnownError({
    code: 'unknown-layout',
    place,
    found:
      fitting?.missing.length === 0
        ? `The header is that of ${fitting.bound.layout.name}, not of ${only ?? ''} as --layout says.`
        : other === undefined
          ? `The header is not that of an audited export: ${names}.`
          : `This is ${other.title}, which is not audited.`,
    expected: `The header of ${candidates(only)
      .map(({ name }) => name)
      .join(', ')
      .replace(/, (?=[^,]*$)/, ' or ')}.${lacks}`,
    remedy:
      overrides.length > 0
        ? `Leave ${overrides.join(' and ')} out to have ${overrides.length === 1 ? 'it' : 'them'} detected.`
        : (other?.remedy ?? 'Give the reconciliation file itself, its header as the first row and the English column names unchanged.'),
  });
}

/** Exports of the same portal that are no reconciliation of licences, by columns that only they have. */
const PRICE_LIST = { title: 'a price list', remedy: 'Give price lists with --prices, and reconciliation files as <paths>.' };

const otherExports: readonly { readonly title: string; readonly marks: readonly string[]; readonly remedy?: string }[] = [
  { title: 'a list of invoices', marks: ['invoicedate', 'totalcharges'] },
  { title: 'a summary of invoices', marks: ['balanceamount', 'accountingdate'] },
  { ...PRICE_LIST, marks: ['producttitle', 'effectivestartdate'] },
  { ...PRICE_LIST, marks: ['offerid', 'listprice'] },
];

function candidates(only?: LayoutName): Layout[] {
  return only === undefined ? Object.values(layouts) : [layouts[only]];
}

/** Fewest columns missing, then most names known. */
function bestOf(matches: readonly Match[]): Match | null {
  let best: Match | null = null;
  for (const each of matches) {
    const fewer = best === null ? 1 : best.missing.length - each.missing.length;
    if (best === null || fewer > 0 || (fewer === 0 && each.known > best.known)) best = each;
  }
  return best;
}

function match(layout: Layout, header: readonly string[]): Match {
  const columns = Object.entries(layout.columns) as [Field, ColumnNames][];
  const fields = new Map(columns.flatMap(([field, { names }]) => names.map((name) => [columnKey(name), field] as const)));
  const unread = new Set(layout.unread.map(columnKey));
  const places = new Map<Field, number>();
  const met = new Map<string, number>();
  const extraColumns: string[] = [];
  let duplicate: readonly [number, number] | null = null;
  header.forEach((name, column) => {
    const key = columnKey(name);
    const field = fields.get(key);
    if (field === undefined && !unread.has(key)) {
      if (name.trim() !== '') extraColumns.push(name.trim());
      return;
    }
    const earlier = met.get(field ?? key);
    if (earlier !== undefined) duplicate ??= [earlier, column];
    met.set(field ?? key, column);
    if (field !== undefined) places.set(field, column);
  });
  const isAbsent = (field: Field): boolean => !places.has(field);
  const absent = columns.filter(([field, { isRequired }]) => isRequired && isAbsent(field)).map(([field]) => field);
  const sets = (layout.oneSetOf ?? []).map((set) => set.filter(isAbsent));
  const nearest = sets.reduce<readonly Field[] | null>((least, set) => (least === null || set.length < least.length ? set : least), null);
  absent.push(...(nearest ?? []));
  const missing = absent.map((field) => layout.columns[field]?.names[0] ?? field);
  return { bound: { layout, header: [...header], places, extraColumns }, missing, known: met.size, duplicate };
}

function duplicateColumn(header: readonly string[], [first, second]: readonly [number, number], place: HeaderPlace): KnownError {
  return new KnownError({
    code: 'header-duplicate-column',
    place,
    found: `Columns ${first + 1} ("${header[first] ?? ''}") and ${second + 1} ("${header[second] ?? ''}") of the header mean the same.`,
    expected: 'Every column once.',
    remedy: 'Download the export again, or remove the column that was added.',
  });
}
