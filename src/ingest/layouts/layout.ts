import type { ChargeKind, LayoutName, LineHeading } from '../../domain/charges/charge-line.ts';

/** What a column of an export means, whatever its name there. */
export type Field =
  | 'customerId'
  | 'customerName'
  | 'customerDomain'
  | 'customerCountry'
  | 'partnerId'
  | 'subscriptionId'
  | 'internalSubscriptionId'
  | 'orderId'
  | 'productId'
  | 'skuId'
  | 'offerId'
  | 'plainOfferId'
  | 'skuName'
  | 'productName'
  | 'publisherName'
  | 'publisherId'
  | 'subscriptionDescription'
  | 'currency'
  | 'pricingCurrency'
  | 'billingCycle'
  | 'termText'
  | 'qualifiers'
  | 'promotionId'
  | 'reservationOrderId'
  | 'chargeType'
  | 'invoiceNumber'
  | 'referenceId'
  | 'priceAdjustment'
  | 'creditReason'
  | 'meter'
  | 'orderDate'
  | 'chargeStart'
  | 'chargeEnd'
  | 'termStart'
  | 'termEnd'
  | 'rateDate'
  | 'unitPrice'
  | 'effectiveUnitPrice'
  | 'quantity'
  | 'billableQuantity'
  | 'amount'
  | 'discount'
  | 'subtotal'
  | 'tax'
  | 'total'
  | 'rate'
  | 'usageDate'
  | 'consumedQuantity'
  | 'includedQuantity'
  | 'serviceName'
  | 'resourceName'
  | 'entitlementId'
  | 'additionalInfo'
  | 'earnedCredit'
  | 'customerCredit'
  | 'creditType'
  | 'benefitOrderId'
  | 'benefitId'
  | 'benefitType';

/** A column as a layout knows it: the export's own name for it first, then its other spellings. */
export interface ColumnNames {
  readonly names: readonly [string, ...string[]];
  /** Without it there is nothing to audit. */
  readonly isRequired: boolean;
}

/** What a row tells of the product besides the cells of its heading. */
export interface RowTraits {
  readonly hasMeter: boolean;
  /** The billed quantity is no whole number: only usage is measured like that. */
  readonly isFractional: boolean;
  readonly hasChargeEnd: boolean;
}

/** The text of a heading cell, trimmed; '' where the export has no such column. */
export type HeadingCells = (field: Field) => string;

/** One export layout: its columns, how its headings are put together, its charge types. */
export interface Layout {
  readonly name: LayoutName;
  /** For people. */
  readonly title: string;
  readonly columns: Readonly<Partial<Record<Field, ColumnNames>>>;
  /** Columns the export is known to have and that no audit needs. */
  readonly unread: readonly string[];
  /** The cells that decide a heading: rows in which all of them are equal share one. */
  readonly headingFields: readonly Field[];
  /** How many of them, from the first on, tell most headings apart. The first is the subscription. */
  readonly headingKeyFields: number;
  /** The field whose column bears the amount the conventions speak of. */
  readonly amountField: 'amount' | 'subtotal';
  /** Sets of columns of which one must be whole, beside the required ones. */
  readonly oneSetOf?: readonly (readonly Field[])[];
  /** Columns whose cells may be blank although a row of another layout without them is refused. */
  readonly mayBeBlank?: ReadonlySet<Field>;
  /** How the rows of a usage layout are read; absent for the others. */
  readonly usage?: 'legacy' | 'daily';
  /** True where the export prints the first day after the term. */
  readonly isTermEndExclusive: boolean;
  /** Keyed as by `chargeTypeKey`. */
  readonly chargeKinds: ReadonlyMap<string, ChargeKind>;
  heading(cells: HeadingCells, traits: RowTraits): LineHeading;
}

/** A header name as it is compared: without case, spaces and punctuation. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** A charge type as it is compared: without case, spaces and punctuation, `fees` like `fee`. */
export function chargeTypeKey(text: string): string {
  return columnKey(text).replaceAll('fees', 'fee');
}

/** Keys by `chargeTypeKey`. */
export function chargeKinds(kinds: Readonly<Partial<Record<ChargeKind, readonly string[]>>>): ReadonlyMap<string, ChargeKind> {
  const map = new Map<string, ChargeKind>();
  for (const [kind, names] of Object.entries(kinds) as [ChargeKind, readonly string[]][]) {
    for (const name of names) map.set(chargeTypeKey(name), kind);
  }
  return map;
}

export function required(...names: [string, ...string[]]): ColumnNames {
  return { names, isRequired: true };
}

export function optional(...names: [string, ...string[]]): ColumnNames {
  return { names, isRequired: false };
}
