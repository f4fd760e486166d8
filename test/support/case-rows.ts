import { stringify } from 'csv-stringify/sync';
import type { LayoutName } from '../../src/domain/charges/charge-line.ts';
import { fixed, from, total, type CaseLine, type Column } from './case-columns.ts';
import { USAGE_COLUMNS } from './usage-case-rows.ts';

export type CaseLayout = LayoutName;
export type { CaseLine } from './case-columns.ts';

const LEGACY: readonly Column[] = [
  ['PartnerId', 'partner', fixed('partner-1')],
  ['CustomerId', 'customer', fixed('customer-1')],
  ['CustomerName', 'name', fixed('Contoso')],
  ['MpnId', 'mpn', fixed('4390934')],
  ['Tier2MpnId', 'reseller', fixed('0')],
  ['OrderId', 'order', fixed('566890604832738111')],
  ['SubscriptionId', 'internal', from('subscription', 'subscription-1')],
  ['SyndicationPartnerSubscriptionNumber', 'subscription', fixed('subscription-1')],
  ['OfferId', 'offer', fixed('offer-1')],
  ['DurableOfferId', 'offer', fixed('offer-1')],
  ['OfferName', 'product', fixed('Microsoft 365 Business Premium')],
  ['SubscriptionStartDate', 'start', from('from', '')],
  ['SubscriptionEndDate', 'end', fixed('')],
  ['ChargeStartDate', 'from', fixed('')],
  ['ChargeEndDate', 'to', fixed('')],
  ['ChargeType', 'type', fixed('Cycle fee')],
  ['UnitPrice', 'price', fixed('')],
  ['Quantity', 'seats', fixed('1')],
  ['Amount', 'amount', fixed('')],
  ['TotalOtherDiscount', 'discount', fixed('0')],
  ['Subtotal', 'subtotal', from('amount', '')],
  ['Tax', 'tax', fixed('0')],
  ['TotalForCustomer', 'total', (line) => total(line, line['subtotal'] ?? line['amount'] ?? '0')],
  ['Currency', 'currency', fixed('EUR')],
  ['DomainName', 'domain', fixed('contoso.onmicrosoft.com')],
  ['SubscriptionName', 'product', fixed('Microsoft 365 Business Premium')],
  ['SubscriptionDescription', 'product', fixed('Microsoft 365 Business Premium')],
  ['BillingCycleType', 'billing', fixed('Monthly')],
];

const NEW_COMMERCE: readonly Column[] = [
  ['PartnerId', 'partner', fixed('partner-1')],
  ['CustomerId', 'customer', fixed('customer-1')],
  ['CustomerName', 'name', fixed('Contoso')],
  ['CustomerDomainName', 'domain', fixed('contoso.onmicrosoft.com')],
  ['CustomerCountry', 'country', fixed('NL')],
  ['InvoiceNumber', 'invoice', fixed('G000000001')],
  ['MpnId', 'mpn', fixed('4390934')],
  ['Tier2MpnId', 'reseller', fixed('0')],
  ['OrderId', 'order', fixed('6dc5c039750a')],
  ['OrderDate', 'ordered', from('from', '')],
  ['ProductId', 'productId', fixed('CFQ7TTC0LH0R')],
  ['SkuId', 'sku', fixed('0001')],
  ['AvailabilityId', 'availability', fixed('CFQ7TTC0K5RQ')],
  ['SkuName', 'product', fixed('Microsoft 365 Business Premium')],
  ['ProductName', 'product', fixed('Microsoft 365 Business Premium')],
  ['ChargeType', 'type', fixed('cycleCharge')],
  ['UnitPrice', 'price', fixed('')],
  ['Quantity', 'seats', fixed('1')],
  ['Subtotal', 'amount', fixed('')],
  ['TaxTotal', 'tax', fixed('0')],
  ['Total', 'total', (line) => total(line, line['amount'] ?? '0')],
  ['Currency', 'currency', fixed('EUR')],
  ['PriceAdjustmentDescription', 'adjustment', fixed('')],
  ['PublisherName', 'publisher', fixed('Microsoft Corporation')],
  ['PublisherId', 'publisherId', fixed('')],
  ['SubscriptionDescription', 'description', fixed('')],
  ['SubscriptionId', 'subscription', fixed('subscription-1')],
  ['ChargeStartDate', 'from', fixed('')],
  ['ChargeEndDate', 'to', fixed('')],
  ['TermAndBillingCycle', 'term', fixed('One-Year commitment for monthly/yearly billing')],
  ['EffectiveUnitPrice', 'effective', from('price', '')],
  ['UnitType', 'unit', fixed('Licenses')],
  ['AlternateId', 'alternate', fixed('')],
  ['BillableQuantity', 'seats', fixed('1')],
  ['BillingFrequency', 'billing', fixed('Monthly')],
  ['PricingCurrency', 'pricing', from('currency', 'EUR')],
  ['PCToBCExchangeRate', 'rate', fixed('1')],
  ['PCToBCExchangeRateDate', 'rateDate', fixed('')],
  ['MeterDescription', 'meter', fixed('')],
  ['ReservationOrderId', 'reservation', fixed('')],
  ['CreditReasonCode', 'reason', fixed('')],
  ['SubscriptionStartDate', 'start', from('from', '')],
  ['SubscriptionEndDate', 'end', fixed('')],
  ['ReferenceId', 'reference', fixed('')],
  ['ProductQualifiers', 'qualifiers', fixed('')],
  ['PromotionId', 'promotion', fixed('')],
];

const LAYOUTS: Readonly<Record<CaseLayout, readonly Column[]>> = {
  'legacy-licence': LEGACY,
  'new-commerce': NEW_COMMERCE,
  ...USAGE_COLUMNS,
};

/** The words a case may use, per layout; an unknown word in a case is a mistake of its author. */
export function caseWords(layout: CaseLayout): ReadonlySet<string> {
  return new Set(LAYOUTS[layout].map(([, key]) => key));
}

export function caseHeader(layout: CaseLayout): readonly string[] {
  return LAYOUTS[layout].map(([column]) => column);
}

/** One row of the layout's file. */
export function caseRow(layout: CaseLayout, line: CaseLine): readonly string[] {
  return LAYOUTS[layout].map(([, key, fallback]) => line[key] ?? fallback(line));
}

/** The lines as a reconciliation file. */
export function caseFile(layout: CaseLayout, lines: readonly CaseLine[]): string {
  return stringify([caseHeader(layout), ...lines.map((line) => caseRow(layout, line))].map((row) => [...row]));
}
