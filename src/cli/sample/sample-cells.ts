import { createHash } from 'node:crypto';
import { addDays, dayFromIso, isoDay } from '../../domain/calendar/days.ts';
import { invariant } from '../../domain/invariant.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import type { Company } from './companies.ts';
import type { SampleLine, Subscription } from './sample-line.ts';
import { dailyUsageCells, legacyUsageCells, type Cells, type UsageTexts } from './usage-cells.ts';

const INVOICES = {
  september: 'G104857610',
  august: 'G104857609',
  legacy: '',
  legacyUsage: 'D0300A1B2C',
  dailyUsage: 'G104857610',
} as const;
const TAX_RATE = '0.21';
const PARTNER = 'partner of the sample';

/** The cells of a row by the names of its columns, in the order of the file. */
export function cellsOf(line: SampleLine): Cells {
  switch (line.file) {
    case 'legacy':
      return legacyCells(line);
    case 'legacyUsage':
      return legacyUsageCells(line, usageTexts(line));
    case 'dailyUsage':
      return dailyUsageCells(line, usageTexts(line));
    case 'september':
    case 'august':
      return newCommerceCells(line);
  }
}

/** The 28 columns of an indirect provider. Term ends are printed as the day after, charge ends as the last day. */
function legacyCells(line: SampleLine): Cells {
  const { subscription } = line;
  const { company, product, price } = subscription;
  const amount = amountOf(line);
  const money = moneyCells(line.subtotal ?? amount, line.total);
  return {
    PartnerId: guid(PARTNER),
    CustomerId: customerIdOf(company),
    CustomerName: company.name,
    MpnId: '4390934',
    Tier2MpnId: '0',
    OrderId: digits(subscriptionKey(subscription), 18),
    SubscriptionId: `us${hash(subscriptionKey(subscription)).slice(0, 14)}`,
    SyndicationPartnerSubscriptionNumber: guid(subscriptionKey(subscription)),
    OfferId: guid(`${product} offer`),
    DurableOfferId: guid(product),
    OfferName: product,
    SubscriptionStartDate: `${printedDay(subscription.termFrom)} 0:00`,
    SubscriptionEndDate: `${printedDay(subscription.termTo, 1)} 0:00`,
    ChargeStartDate: `${printedDay(line.from)} 0:00`,
    ChargeEndDate: `${printedDay(line.to)} 23:59`,
    ChargeType: line.type,
    UnitPrice: line.unit ?? price,
    Quantity: line.seats,
    Amount: amount,
    TotalOtherDiscount: line.discount ?? '0',
    Subtotal: money.subtotal,
    Tax: money.tax,
    TotalForCustomer: money.total,
    Currency: 'EUR',
    DomainName: company.domain,
    SubscriptionName: product,
    SubscriptionDescription: product,
    BillingCycleType: subscription.billing === 'Monthly' ? 'Monthly' : 'Annually',
  };
}

/** The 47 columns of an indirect provider since 2025. */
function newCommerceCells(line: SampleLine): Cells {
  const { subscription } = line;
  const { company, product, price } = subscription;
  const key = subscriptionKey(subscription);
  const money = moneyCells(amountOf(line), line.total);
  const ordered = line.ordered ?? line.from;
  const isPlan = subscription.isAzurePlan === true;
  const isSeatChange = line.type === 'addQuantity' || line.type === 'removeQuantity';
  return {
    PartnerId: guid(PARTNER),
    CustomerId: customerIdOf(company),
    CustomerName: company.name,
    CustomerDomainName: company.domain,
    CustomerCountry: 'NL',
    InvoiceNumber: line.invoice ?? INVOICES[line.file],
    MpnId: '4390934',
    Tier2MpnId: '0',
    OrderId: hash(`${key} order`).slice(0, 12),
    OrderDate: printedDay(ordered),
    ProductId: isPlan ? azureProductId(product) : sampleProductId(product),
    SkuId: '0001',
    AvailabilityId: `CFQ7TTC0${hash(`${product} availability`).slice(0, 4).toUpperCase()}`,
    SkuName: product,
    ProductName: product,
    ChargeType: line.type,
    UnitPrice: line.unit ?? price,
    Quantity: line.seats,
    Subtotal: money.subtotal,
    TaxTotal: money.tax,
    Total: money.total,
    Currency: line.currency ?? 'EUR',
    PriceAdjustmentDescription: subscription.adjustment ?? '',
    PublisherName: 'Microsoft Corporation',
    PublisherId: '',
    SubscriptionDescription: isPlan ? 'Azure plan' : product,
    SubscriptionId: isPlan ? planIdOf(company) : guid(key),
    ChargeStartDate: printedDay(line.from),
    ChargeEndDate: printedDay(line.to),
    TermAndBillingCycle: termText(subscription),
    EffectiveUnitPrice: line.effective ?? line.unit ?? price,
    UnitType: line.meter === undefined ? 'Licenses' : '1 Hour',
    AlternateId: '',
    BillableQuantity: line.seats,
    BillingFrequency: subscription.term === 'trial' || subscription.term === 'reservation' ? '' : subscription.billing,
    PricingCurrency: line.rate === undefined ? (line.currency ?? 'EUR') : 'USD',
    PCToBCExchangeRate: line.rate ?? '1',
    PCToBCExchangeRateDate: line.rate === undefined ? '' : printedDay('2026-08-28'),
    MeterDescription: line.meter ?? '',
    ReservationOrderId: subscription.term === 'reservation' ? guid(`${key} reservation`) : '',
    CreditReasonCode: line.creditReason ?? '',
    SubscriptionStartDate: printedDay(subscription.termFrom),
    SubscriptionEndDate: printedDay(subscription.termTo),
    ReferenceId: isSeatChange ? guid(`${key} ${ordered}`) : '',
    ProductQualifiers: subscription.term === 'trial' ? '["Trial"]' : '',
    PromotionId: '',
    ProductCategory: '',
  };
}

/** The CustomerId of a company, in exports and in the partner's own lists. */
export function customerIdOf({ domain, tenant }: Company): string {
  return guid(`${domain} ${tenant ?? 1}`);
}

/** The ProductId of a product, in exports and price lists alike. */
export function sampleProductId(product: string): string {
  return `CFQ7TTC0${hash(product).slice(0, 4).toUpperCase()}`;
}

/** The ProductId of a metered product, in daily usage and on the invoice. */
function azureProductId(product: string): string {
  return `DZH318Z0${hash(product).slice(0, 4).toUpperCase()}`;
}

/** A customer's Azure plan is one subscription, whatever it meters. */
function planIdOf({ domain }: Company): string {
  return guid(`${domain} azure`);
}

/** What the cells of a usage row are made of. */
function usageTexts(line: SampleLine): UsageTexts {
  const { company, product } = line.subscription;
  return {
    partner: guid(PARTNER),
    customer: guid(`${company.domain} ${company.tenant ?? 1}`),
    subscription: planIdOf(company),
    entitlement: guid(`${company.domain} azure ${line.entitlement ?? '1'}`),
    order: digits(`${company.domain} azure`, 18),
    resource: guid(product),
    product: azureProductId(product),
    invoice: line.invoice ?? INVOICES[line.file],
    from: printedDay(line.from),
    to: printedDay(line.to),
    used: printedDay(line.used ?? ''),
    ...moneyCells(amountOf(line), line.total),
  };
}

/** What tells subscriptions apart: a renewal or another price of the same one changes nothing. */
function subscriptionKey({ company, product, number = 1 }: Subscription): string {
  return `${company.domain} ${company.tenant ?? 1} ${product} ${number}`;
}

function amountOf(line: SampleLine): string {
  return line.amount ?? new Decimal(line.unit ?? line.subscription.price).times(line.seats).toFixed(2);
}

function moneyCells(subtotal: string, total: string | undefined): { subtotal: string; tax: string; total: string } {
  const tax = roundHalfUp(new Decimal(subtotal).times(TAX_RATE), 2);
  return { subtotal, tax: tax.toFixed(2), total: total ?? new Decimal(subtotal).plus(tax).toFixed(2) };
}

function termText({ term, billing }: Subscription): string {
  switch (term) {
    case 'one-month':
      return 'One-Month commitment for monthly billing';
    case 'one-year':
      return billing === 'Annual' ? 'One-Year commitment for yearly billing' : 'One-Year commitment for monthly/yearly billing';
    case 'trial':
      return 'One-Month commitment for trial';
    case 'usage':
      return '';
    case 'reservation':
      return '1 Year Reservation';
  }
}

/** `M/D/YYYY`, as the exports print days; nothing for a day that is not given. */
function printedDay(iso: string, later = 0): string {
  if (iso === '') return '';
  const day = dayFromIso(iso);
  invariant(day !== null, `${iso} is no day`);
  const [year = '', month = '', date = ''] = isoDay(addDays(day, later)).split('-');
  return `${+month}/${+date}/${year}`;
}

/** Ids that look like ids, the same in every sample. */
function hash(text: string): string {
  return createHash('sha256').update(`csp-recon sample ${text}`).digest('hex');
}

function guid(text: string): string {
  const hex = hash(text);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

function digits(text: string, length: number): string {
  return `5${(BigInt(`0x${hash(text)}`) % 10n ** BigInt(length - 1)).toString().padStart(length - 1, '0')}`;
}
