import type { LineHeading, ProductKind } from '../../domain/charges/charge-line.ts';
import { chargeKinds, columnKey, optional, required, type HeadingCells, type Layout, type RowTraits } from './layout.ts';

/**
 * The new commerce invoice reconciliation file: invoices G…, 38 columns in 2020 and 46 since 2021, one more in files of 2025.
 * What the file of 2018 or 2020 lacks is optional.
 */
export const newCommerce: Layout = {
  name: 'new-commerce',
  title: 'new commerce invoice reconciliation file',
  columns: {
    customerId: required('CustomerId'),
    customerName: optional('CustomerName', 'CustomerCompanyName'),
    customerDomain: optional('CustomerDomainName', 'DomainName'),
    partnerId: optional('PartnerId'),
    customerCountry: optional('CustomerCountry'),
    invoiceNumber: required('InvoiceNumber'),
    orderId: optional('OrderId'),
    orderDate: optional('OrderDate'),
    productId: required('ProductId'),
    skuId: required('SkuId'),
    skuName: optional('SkuName'),
    productName: optional('ProductName'),
    chargeType: required('ChargeType'),
    unitPrice: optional('UnitPrice'),
    quantity: required('Quantity'),
    subtotal: required('Subtotal'),
    tax: optional('TaxTotal', 'Tax'),
    total: optional('Total', 'TotalForCustomer'),
    currency: required('Currency'),
    priceAdjustment: optional('PriceAdjustmentDescription'),
    publisherName: optional('PublisherName'),
    publisherId: optional('PublisherId'),
    subscriptionDescription: optional('SubscriptionDescription'),
    subscriptionId: required('SubscriptionId'),
    chargeStart: required('ChargeStartDate'),
    chargeEnd: required('ChargeEndDate'),
    termText: optional('TermAndBillingCycle'),
    effectiveUnitPrice: optional('EffectiveUnitPrice'),
    billableQuantity: optional('BillableQuantity'),
    billingCycle: optional('BillingFrequency'),
    pricingCurrency: optional('PricingCurrency'),
    rate: optional('PCToBCExchangeRate'),
    rateDate: optional('PCToBCExchangeRateDate'),
    meter: optional('MeterDescription'),
    reservationOrderId: optional('ReservationOrderId'),
    creditReason: optional('CreditReasonCode'),
    termStart: optional('SubscriptionStartDate'),
    termEnd: optional('SubscriptionEndDate'),
    referenceId: optional('ReferenceId'),
    qualifiers: optional('ProductQualifiers'),
    promotionId: optional('PromotionId'),
  },
  unread: [
    'PartnerName',
    'MpnId',
    'MPNID',
    'Tier2MpnId',
    'ResellerMpnId',
    'Reseller MPNID',
    'AvailabilityId',
    'UnitType',
    'AlternateId',
    'ProductCategory',
    'DiscountDetails',
    'PublisherDiscount',
  ],
  headingFields: [
    'subscriptionId',
    'productId',
    'skuId',
    'customerId',
    'customerName',
    'customerDomain',
    'customerCountry',
    'partnerId',
    'orderId',
    'skuName',
    'productName',
    'publisherName',
    'publisherId',
    'subscriptionDescription',
    'currency',
    'pricingCurrency',
    'billingCycle',
    'termText',
    'qualifiers',
    'promotionId',
    'reservationOrderId',
  ],
  headingKeyFields: 3,
  amountField: 'subtotal',
  isTermEndExclusive: false,
  chargeKinds: chargeKinds({
    // The API maps Purchase and Refund of the oldest lines to New and Cancel; its own lines print either.
    purchase: ['new', 'purchase', 'extendTerm'],
    renewal: ['renew'],
    cycle: ['cycleCharge'],
    'seat-change': ['addQuantity', 'removeQuantity'],
    conversion: ['convert', 'moveQuantity'],
    cancellation: ['cancelImmediate', 'cancel', 'refund'],
    'plan-change': ['changeBillingPlan'],
    adjustment: ['customerCredit'],
  }),
  heading: newCommerceHeading,
};

/** The product is named by its SKU: ProductName is the family, and stands in only where the SKU has no name. */
function newCommerceHeading(cell: HeadingCells, traits: RowTraits): LineHeading {
  const subscriptionId = cell('subscriptionId');
  const skuId = cell('skuId');
  const termText = cell('termText');
  return {
    layout: 'new-commerce',
    productKind: productKind(cell, traits),
    customerId: cell('customerId'),
    customerName: cell('customerName'),
    customerDomain: cell('customerDomain'),
    customerCountry: cell('customerCountry').toUpperCase(),
    partnerId: cell('partnerId').toLowerCase(),
    // Perpetual software and the oldest files have no subscription: the order stands for it.
    subscriptionId: subscriptionId === '' ? cell('orderId') : subscriptionId,
    internalSubscriptionId: '',
    orderId: cell('orderId'),
    productId: cell('productId'),
    skuId: /^\d{1,3}$/.test(skuId) ? skuId.padStart(4, '0') : skuId,
    offerId: '',
    productName: cell('skuName') === '' ? cell('productName') : cell('skuName'),
    currency: cell('currency').toUpperCase(),
    pricingCurrency: cell('pricingCurrency').toUpperCase(),
    cycleMonths: cycleMonths(cell('billingCycle'), termText),
    termText,
    isTrial: /\btrial\b/i.test(cell('qualifiers')) || /\btrial\b/i.test(termText),
    promotionId: cell('promotionId'),
    reservationOrderId: cell('reservationOrderId'),
  };
}

const CYCLE_MONTHS: ReadonlyMap<string, number> = new Map([
  ['monthly', 1],
  ['annual', 12],
  ['annually', 12],
  ['yearly', 12],
  ['triennial', 36],
  ['triennially', 36],
]);

/** A blank frequency is a one-time payment, unless the term text says how it is billed and says one thing only. */
function cycleMonths(frequency: string, termText: string): number | null {
  if (frequency !== '') return CYCLE_MONTHS.get(columnKey(frequency)) ?? null;
  const billed = /\bfor\s+(.*?)\s+billing\b/i.exec(termText)?.[1] ?? /\b(\S+)\s+billing\b/i.exec(termText)?.[1] ?? '';
  if (/^(monthly)$/i.test(billed)) return 1;
  if (/^(yearly|annual)$/i.test(billed)) return 12;
  return /^(3|three) years$/i.test(billed) ? 36 : null;
}

/** Words of a term text that speak of a seat's commitment. */
const COMMITMENT = /month|year|annual|trienn|commitment|trial|\bp\d[my]\b/i;
/** Term texts of usage are measures: `1 Cache Instance Hour`, `10 GB`. */
const MEASURE = /\bhours?\b|\b[gtm]b\b|\bgib\b/i;

/**
 * What is sold, by the marks Microsoft names for it (common billing scenarios of the recon file): words of the term text, the
 * publisher, and blank cells. ReservationOrderId alone proves nothing: it is filled on seat lines as well.
 */
function productKind(cell: HeadingCells, traits: RowTraits): ProductKind {
  const term = cell('termText');
  if (/reservation/i.test(term)) return 'reservation';
  if (/savings?\s*plan/i.test(term)) return 'savings-plan';
  const isReserved = /\breserv(ed|ation)/i.test(`${cell('skuName')} ${cell('productName')}`);
  if (cell('reservationOrderId') !== '' && !traits.hasMeter && (isReserved || !COMMITMENT.test(term))) return 'reservation';
  const isAzure = columnKey(cell('subscriptionDescription')) === 'azureplan';
  if (traits.hasMeter || traits.isFractional || isAzure || (MEASURE.test(term) && !COMMITMENT.test(term))) return 'usage';
  if (isThirdParty(cell('publisherName'), cell('publisherId'))) return 'marketplace';
  if (/software|subscription/i.test(term) || /software/i.test(cell('skuName'))) return 'software';
  // A software subscription may say so in its SKU alone; the terms of licences speak of a commitment.
  if (/\bsubscription\b/i.test(cell('skuName')) && !/commitment/i.test(term)) return 'software';
  return term === '' && !traits.hasChargeEnd ? 'software' : 'licence';
}

function isThirdParty(publisherName: string, publisherId: string): boolean {
  const isNamed = !/^(na|n\/a)?$/i.test(publisherName) && !/^microsoft\b/i.test(publisherName);
  return isNamed && !/^(na|n\/a)?$/i.test(publisherId);
}
