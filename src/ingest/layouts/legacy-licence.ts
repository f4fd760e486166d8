import type { LineHeading } from '../../domain/charges/charge-line.ts';
import { chargeKinds, columnKey, optional, required, type HeadingCells, type Layout } from './layout.ts';

/** The licence-based reconciliation file of the legacy offers: invoices D…, 27 columns, 28 for indirect providers. */
export const legacyLicence: Layout = {
  name: 'legacy-licence',
  title: 'legacy licence-based reconciliation file',
  columns: {
    customerId: required('CustomerId'),
    customerName: optional('CustomerName', 'CustomerCompanyName'),
    customerDomain: optional('DomainName', 'CustomerDomainName'),
    orderId: required('OrderId'),
    internalSubscriptionId: required('SubscriptionId'),
    subscriptionId: required('SyndicationPartnerSubscriptionNumber'),
    plainOfferId: optional('OfferId'),
    offerId: optional('DurableOfferId'),
    productName: optional('OfferName'),
    termStart: optional('SubscriptionStartDate'),
    termEnd: optional('SubscriptionEndDate'),
    chargeStart: required('ChargeStartDate'),
    chargeEnd: required('ChargeEndDate'),
    chargeType: required('ChargeType'),
    unitPrice: required('UnitPrice'),
    quantity: required('Quantity'),
    amount: required('Amount'),
    discount: optional('TotalOtherDiscount'),
    subtotal: required('Subtotal'),
    tax: optional('Tax', 'TaxTotal'),
    total: optional('TotalForCustomer', 'Total'),
    currency: required('Currency'),
    billingCycle: optional('BillingCycleType'),
  },
  unread: [
    'PartnerId',
    'MpnId',
    'MPNID',
    'Tier2MpnId',
    'ResellerMpnId',
    'Reseller MPNID',
    'SubscriptionName',
    'SubscriptionDescription',
    'PartnerName',
  ],
  headingFields: [
    'subscriptionId',
    'internalSubscriptionId',
    'customerId',
    'customerName',
    'customerDomain',
    'orderId',
    'offerId',
    'plainOfferId',
    'productName',
    'currency',
    'billingCycle',
  ],
  headingKeyFields: 1,
  amountField: 'amount',
  isTermEndExclusive: true,
  chargeKinds: chargeKinds({
    purchase: [
      'Purchase fee',
      // As the API prints it (get-invoiceline-items, a free line).
      'New',
      'New purchase cycle fee',
      'Prorate fee when purchase',
      'Prorate fee when purchased',
      'Prorate fee when buy',
      'Prorate fee when buy/purchased',
      'Activation fee',
      'Prorate fee when activate',
    ],
    renewal: ['Renew fee', 'Prorate fee when renew'],
    cycle: ['Cycle fee'],
    'seat-change': ['Cycle instance prorate', 'Convert from instance prorate'],
    cancellation: ['Cancel fee', 'Prorate fee when cancel', 'Cancel instance prorate'],
    conversion: ['Prorate fee when convert away from current offering', 'Prorate fee when convert to a new offering'],
    adjustment: ['Offset a line item', 'One time refund'],
  }),
  heading: legacyHeading,
};

const CYCLE_MONTHS: ReadonlyMap<string, number> = new Map([
  ['monthly', 1],
  ['annual', 12],
  ['annually', 12],
  ['yearly', 12],
]);

/** The portal knows a subscription by SyndicationPartnerSubscriptionNumber; SubscriptionId is an internal number of its own. */
function legacyHeading(cell: HeadingCells): LineHeading {
  const internalSubscriptionId = cell('internalSubscriptionId');
  const subscriptionId = cell('subscriptionId');
  const durableOfferId = cell('offerId');
  const currency = cell('currency').toUpperCase();
  return {
    layout: 'legacy-licence',
    productKind: 'licence',
    customerId: cell('customerId'),
    customerName: cell('customerName'),
    customerDomain: cell('customerDomain'),
    customerCountry: '',
    partnerId: '',
    subscriptionId: subscriptionId === '' ? internalSubscriptionId : subscriptionId,
    internalSubscriptionId,
    orderId: cell('orderId'),
    productId: '',
    skuId: '',
    offerId: durableOfferId === '' ? cell('plainOfferId') : durableOfferId,
    productName: cell('productName'),
    currency,
    pricingCurrency: currency,
    cycleMonths: CYCLE_MONTHS.get(columnKey(cell('billingCycle'))) ?? null,
    termText: '',
    isTrial: false,
    promotionId: '',
    reservationOrderId: '',
  };
}
