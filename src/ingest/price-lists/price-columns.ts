import { KnownError } from '../../domain/known-error.ts';
import { recogniseHeader } from '../layouts/bind-header.ts';
import type { HeaderPlace } from '../layouts/header-place.ts';
import { columnKey, optional, required, type ColumnNames } from '../layouts/layout.ts';

/** What a column of a price list means, whatever its name there. */
export type PriceField =
  | 'productId'
  | 'skuId'
  | 'offerId'
  | 'productName'
  | 'termDuration'
  | 'billingPlan'
  | 'purchaseUnit'
  | 'market'
  | 'currency'
  | 'segment'
  | 'agreementType'
  | 'secondaryType'
  | 'customerType'
  | 'unitPrice'
  | 'retailPrice'
  | 'tierFrom'
  | 'tierTo'
  | 'starts'
  | 'ends'
  | 'tags'
  | 'meterIds'
  | 'change';

export type PriceLayoutName = 'new-commerce-prices' | 'legacy-licence-prices';

/** One layout of price lists. */
export interface PriceLayout {
  readonly name: PriceLayoutName;
  readonly title: string;
  readonly columns: Readonly<Partial<Record<PriceField, ColumnNames>>>;
  /** Columns the lists are known to have and that no price needs. */
  readonly unread: readonly string[];
}

/**
 * The price sheets of new commerce (licences with and without Segment, current, history and future; software; Azure plan): one set of names, of
 * which each sheet has its own. Source: Get a price sheet, Partner Center developer documentation.
 */
const newCommercePrices: PriceLayout = {
  name: 'new-commerce-prices',
  title: 'price sheet of new commerce',
  columns: {
    productName: optional('ProductTitle'),
    productId: required('ProductId'),
    skuId: required('SkuId'),
    termDuration: required('TermDuration'),
    billingPlan: optional('BillingPlan'),
    market: required('Market'),
    currency: required('Currency'),
    segment: optional('Segment'),
    unitPrice: required('UnitPrice', 'Unit Price'),
    retailPrice: optional('ERP Price', 'ERPPrice'),
    tierFrom: optional('PricingTierRangeMin'),
    tierTo: optional('PricingTierRangeMax'),
    starts: required('EffectiveStartDate'),
    ends: required('EffectiveEndDate'),
    tags: optional('Tags'),
    meterIds: optional('MeterIds', 'MeterId'),
  },
  unread: ['SkuTitle', 'Publisher', 'SkuDescription', 'UnitOfMeasure', 'MeterType', 'ChangeIndicator', 'PreviousValues', 'AvailabilityId'],
};

/** The licence-based list of the legacy offers: a workbook with a flag of change, by DurableOfferId. Source: Pricing and offers, Partner Center. */
const legacyLicencePrices: PriceLayout = {
  name: 'legacy-licence-prices',
  title: 'licence-based price list of legacy offers',
  columns: {
    change: optional('A/C/D/U', 'ADD / CHG / DEL / UNC', 'ADD/CHG/DEL/UNC', 'Flag', 'Change'),
    starts: required('Valid From Date', 'Effective Start Date', 'Start Date', 'Valid From'),
    ends: optional('Valid To Date', 'Effective End Date', 'End Date', 'Valid To'),
    productName: optional('Offer Display Name', 'Offer Name'),
    offerId: required('Offer ID', 'Durable Offer ID'),
    agreementType: optional('License Agreement Type'),
    purchaseUnit: required('Purchase Unit'),
    secondaryType: optional('Secondary License Type'),
    customerType: optional('End Customer Type'),
    unitPrice: required('List Price'),
    retailPrice: optional('ERP Price'),
    currency: optional('Currency'),
  },
  unread: ['Material', 'Offer Type', 'Product'],
};

const priceLayouts: readonly PriceLayout[] = [newCommercePrices, legacyLicencePrices];

/** A layout with the places its columns have in one table; -1 where the table has no such column. */
export interface BoundPriceHeader {
  readonly layout: PriceLayout;
  readonly header: readonly string[];
  readonly extraColumns: readonly string[];
  at(field: PriceField): number;
}

interface Match {
  readonly layout: PriceLayout;
  readonly places: ReadonlyMap<PriceField, number>;
  readonly missing: readonly string[];
  readonly extraColumns: readonly string[];
  readonly duplicate: readonly [number, number] | null;
}

/** How many names of a header the nearest price list knows: it decides between delimiters. */
export function countPriceNames(header: readonly string[]): number {
  return Math.max(...priceLayouts.map((layout) => match(layout, header).places.size));
}

/** The layout of a header, or null where it is none of a price list. */
export function recognisePriceHeader(header: readonly string[], place: HeaderPlace): BoundPriceHeader | null {
  const found = nearest(header);
  if (found.missing.length > 0) return null;
  if (found.duplicate !== null) throw duplicateColumn(header, found.duplicate, place);
  const { layout, places, extraColumns } = found;
  return { layout, header: [...header], extraColumns, at: (field) => places.get(field) ?? -1 };
}

/** Names what a header that is none of a price list lacks, or what it is instead. */
export function unknownPriceList(header: readonly string[], place: HeaderPlace): KnownError {
  const names = header.slice(0, 8).join(', ').slice(0, 200) + (header.length > 8 ? `, … (${header.length} columns)` : '');
  const { layout, places, missing } = nearest(header);
  const charges = recogniseHeader(header, place);
  if (charges !== null) {
    return new KnownError({
      code: 'price-list-is-export',
      place,
      found: `This is a ${charges.layout.title}, not a price list.`,
      expected: 'A price list as downloaded from the portal.',
      remedy: 'Give exports as <paths> or with --context, and price lists with --prices.',
    });
  }
  const lacks = places.size < 2 ? '' : ` The nearest is the ${layout.title}; it lacks ${missing.join(', ')}.`;
  return new KnownError({
    code: 'unknown-price-list',
    place,
    found: `The header is not that of a price list: ${names}.`,
    expected: `The header of a price sheet of new commerce or of a licence-based price list.${lacks}`,
    remedy: 'Give the price list itself, its columns under their English names.',
  });
}

function nearest(header: readonly string[]): Match {
  const matches = priceLayouts.map((layout) => match(layout, header));
  return matches.reduce((best, each) => (each.missing.length < best.missing.length ? each : best));
}

function match(layout: PriceLayout, header: readonly string[]): Match {
  const columns = Object.entries(layout.columns) as [PriceField, ColumnNames][];
  const fields = new Map(columns.flatMap(([field, { names }]) => names.map((name) => [columnKey(name), field] as const)));
  const unread = new Set(layout.unread.map(columnKey));
  const places = new Map<PriceField, number>();
  const extraColumns: string[] = [];
  let duplicate: Match['duplicate'] = null;
  header.forEach((name, column) => {
    const field = fields.get(columnKey(name));
    if (field === undefined) {
      if (name.trim() !== '' && !unread.has(columnKey(name))) extraColumns.push(name.trim());
      return;
    }
    const earlier = places.get(field);
    if (earlier === undefined) places.set(field, column);
    else duplicate ??= [earlier, column];
  });
  const missing = columns.filter(([field, { isRequired }]) => isRequired && !places.has(field)).map(([, { names }]) => names[0]);
  return { layout, places, missing, extraColumns, duplicate };
}

function duplicateColumn(header: readonly string[], [first, second]: readonly [number, number], place: HeaderPlace): KnownError {
  return new KnownError({
    code: 'header-duplicate-column',
    place,
    found: `Columns ${first + 1} ("${header[first] ?? ''}") and ${second + 1} ("${header[second] ?? ''}") of the header mean the same.`,
    expected: 'Every column once.',
    remedy: 'Download the price list again, or remove the column that was added.',
  });
}
