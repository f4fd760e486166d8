import type { LineHeading } from '../../domain/charges/charge-line.ts';
import { chargeKinds, optional, required, type HeadingCells, type Layout } from './layout.ts';

/**
 * The daily rated usage file of the Azure plan: a row for each meter, resource and day. 55 columns; the names of the first API are in camel case
 * and partly other words, the second export has a basic set of 29 attributes.
 */
export const dailyUsage: Layout = {
  name: 'daily-usage',
  title: 'daily rated usage file',
  usage: 'daily',
  columns: {
    customerId: required('CustomerId'),
    customerName: optional('CustomerName', 'CustomerCompanyName'),
    customerDomain: optional('CustomerDomainName', 'DomainName'),
    customerCountry: optional('CustomerCountry'),
    invoiceNumber: optional('InvoiceNumber'),
    productId: optional('ProductId'),
    skuId: optional('SkuId'),
    skuName: optional('SkuName'),
    productName: optional('ProductName'),
    publisherName: optional('PublisherName'),
    subscriptionId: required('SubscriptionId'),
    chargeStart: optional('ChargeStartDate'),
    chargeEnd: optional('ChargeEndDate'),
    usageDate: required('UsageDate'),
    meter: optional('MeterName'),
    chargeType: optional('ChargeType'),
    unitPrice: required('UnitPrice'),
    quantity: required('Quantity', 'ConsumedQuantity'),
    subtotal: required('BillingPreTaxTotal'),
    currency: required('BillingCurrency'),
    pricingCurrency: optional('PricingCurrency'),
    additionalInfo: optional('AdditionalInfo'),
    effectiveUnitPrice: optional('EffectiveUnitPrice'),
    rate: optional('PCToBCExchangeRate'),
    rateDate: optional('PCToBCExchangeRateDate'),
    entitlementId: optional('EntitlementId'),
    earnedCredit: optional('PartnerEarnedCreditPercentage', 'rateOfPartnerEarnedCredit'),
    customerCredit: optional('CreditPercentage', 'rateOfCredit'),
    creditType: optional('CreditType'),
    benefitOrderId: optional('BenefitOrderId'),
    benefitId: optional('BenefitId'),
    benefitType: optional('BenefitType'),
  },
  mayBeBlank: new Set(['customerId', 'chargeType']),
  unread: [
    'PartnerId',
    'PartnerName',
    'MpnId',
    'Tier2MpnId',
    'ResellerMpnId',
    'Reseller MPNID',
    'AvailabilityId',
    'PublisherId',
    'SubscriptionDescription',
    'MeterType',
    'MeterCategory',
    'MeterId',
    'MeterSubCategory',
    'MeterRegion',
    'Unit',
    'UnitOfMeasure',
    'UnitType',
    'ResourceLocation',
    'ConsumedService',
    'ResourceGroup',
    'ResourceURI',
    'PricingPreTaxTotal',
    'ServiceInfo1',
    'ServiceInfo2',
    'Tags',
    'EntitlementDescription',
    'InvoiceLineItemType',
    'BillingProvider',
    'Attributes',
  ],
  headingFields: [
    'subscriptionId',
    'entitlementId',
    'productId',
    'skuId',
    'customerId',
    'customerName',
    'customerDomain',
    'customerCountry',
    'skuName',
    'productName',
    'publisherName',
    'currency',
    'pricingCurrency',
  ],
  headingKeyFields: 4,
  amountField: 'subtotal',
  isTermEndExclusive: false,
  chargeKinds: chargeKinds({ purchase: ['new'], renewal: ['renew'], cycle: ['cycleCharge'], adjustment: ['customerCredit'] }),
  heading: dailyUsageHeading,
};

/** The API writes `org:` before a customer's id. */
const ID_PREFIX = /^org:/i;

function dailyUsageHeading(cell: HeadingCells): LineHeading {
  const skuId = cell('skuId');
  const entitlementId = cell('entitlementId');
  const publisher = cell('publisherName');
  return {
    layout: 'daily-usage',
    productKind: isMicrosoft(publisher) || publisher === '' ? 'usage' : 'marketplace',
    customerId: cell('customerId').replace(ID_PREFIX, ''),
    customerName: cell('customerName'),
    customerDomain: cell('customerDomain'),
    customerCountry: cell('customerCountry'),
    partnerId: '',
    // The plan's subscription; the Azure subscription below it stands in where it is blank.
    subscriptionId: cell('subscriptionId') === '' ? entitlementId : cell('subscriptionId'),
    internalSubscriptionId: entitlementId,
    orderId: '',
    productId: cell('productId'),
    skuId: /^\d{1,3}$/.test(skuId) ? skuId.padStart(4, '0') : skuId,
    offerId: '',
    productName: cell('skuName') === '' ? cell('productName') : cell('skuName'),
    currency: cell('currency').toUpperCase(),
    pricingCurrency: cell('pricingCurrency').toUpperCase(),
    cycleMonths: null,
    termText: '',
    isTrial: false,
    promotionId: '',
    reservationOrderId: '',
  };
}

/** `Microsoft` and `Microsoft Corporation` are the first party; any other name sells through the marketplace. */
export function isMicrosoft(publisherName: string): boolean {
  return /^microsoft\b/i.test(publisherName);
}
