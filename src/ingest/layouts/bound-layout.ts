import type { ColumnMapping } from './column-mapping.ts';
import type { Field, Layout } from './layout.ts';

/** A layout with the places its columns have in one table. */
export interface BoundLayout {
  readonly layout: Layout;
  /** The names as the file prints them. */
  readonly header: readonly string[];
  /** Where a field stands, counted from 0; no entry where the table has no such column. */
  readonly places: ReadonlyMap<Field, number>;
  /** Columns of the table that the layout does not know; they are kept aside. */
  readonly extraColumns: readonly string[];
  /** What the user said of its headings; null where they are known. */
  readonly mapping: ColumnMapping | null;
}

/** The column of every field, -1 where there is none: a plain record of fixed shape, for it is asked for every cell. */
export function columnsOf(bound: BoundLayout): Readonly<Record<Field, number>> {
  const at = (field: Field): number => bound.places.get(field) ?? -1;
  return {
    customerId: at('customerId'),
    customerName: at('customerName'),
    customerDomain: at('customerDomain'),
    customerCountry: at('customerCountry'),
    partnerId: at('partnerId'),
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
