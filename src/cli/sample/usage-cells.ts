import type { SampleLine } from './sample-line.ts';

export type Cells = Readonly<Record<string, string>>;

/** Ids, days and money of a usage row as they are printed. */
export interface UsageTexts {
  readonly partner: string;
  readonly customer: string;
  readonly subscription: string;
  readonly entitlement: string;
  readonly order: string;
  readonly resource: string;
  readonly product: string;
  readonly invoice: string;
  readonly from: string;
  readonly to: string;
  readonly used: string;
  readonly subtotal: string;
  readonly tax: string;
  readonly total: string;
}

/** The 35 columns of the billed part for an indirect provider. */
export function legacyUsageCells(line: SampleLine, texts: UsageTexts): Cells {
  const { company, product, price } = line.subscription;
  const [service = '', resource = ''] = product.split(', ');
  return {
    PartnerId: texts.partner,
    PartnerName: 'Sample partner',
    PartnerBillableAccountId: '1010578050',
    CustomerCompanyName: company.name,
    MpnId: '4390934',
    Tier2MpnId: '0',
    InvoiceNumber: texts.invoice,
    ChargeStartDate: texts.from,
    ChargeEndDate: texts.to,
    SubscriptionId: texts.subscription,
    SubscriptionName: 'Microsoft Azure',
    SubscriptionDescription: 'Microsoft Azure',
    OrderId: texts.order,
    ServiceName: service,
    ServiceType: '',
    ResourceGuid: texts.resource,
    ResourceName: resource,
    Region: '',
    Sku: '7UD-00001',
    DetailLineItemId: '1',
    ConsumedQuantity: line.consumed ?? line.seats,
    IncludedQuantity: line.included ?? '0',
    OverageQuantity: line.seats,
    ListPrice: line.unit ?? price,
    PretaxCharges: texts.subtotal,
    TaxAmount: texts.tax,
    PostTaxTotal: texts.total,
    Currency: 'EUR',
    PretaxEffectiveRate: line.unit ?? price,
    PostTaxEffectiveRate: '',
    ChargeType: line.type,
    CustomerId: texts.customer,
    DomainName: company.domain,
    BillingCycleType: 'Monthly',
    Unit: '1 Hour',
  };
}

/** The 55 columns. */
export function dailyUsageCells(line: SampleLine, texts: UsageTexts): Cells {
  const { company, product, price } = line.subscription;
  const amount = line.amount ?? texts.subtotal;
  const earned = line.earned ?? '0';
  return {
    PartnerId: texts.partner,
    PartnerName: 'Sample partner',
    CustomerId: texts.customer,
    CustomerName: company.name,
    CustomerDomainName: company.domain,
    CustomerCountry: 'NL',
    MpnId: '4390934',
    Tier2MpnId: '0',
    InvoiceNumber: texts.invoice,
    ProductId: texts.product,
    SkuId: '0001',
    AvailabilityId: texts.product,
    SkuName: product,
    ProductName: product,
    PublisherName: 'Microsoft',
    PublisherId: '',
    SubscriptionDescription: 'Azure plan',
    SubscriptionId: texts.subscription,
    ChargeStartDate: texts.from,
    ChargeEndDate: texts.to,
    UsageDate: texts.used,
    MeterType: '1 Hour',
    MeterCategory: product,
    MeterId: texts.resource,
    MeterSubCategory: '',
    MeterName: line.meter ?? product,
    MeterRegion: 'EU West',
    Unit: '1 Hour',
    ResourceLocation: 'westeurope',
    ConsumedService: '',
    ResourceGroup: 'production',
    ResourceURI: `/subscriptions/${texts.entitlement}/resourceGroups/production`,
    ChargeType: line.type,
    UnitPrice: line.unit ?? price,
    Quantity: line.seats,
    UnitType: '1 Hour',
    BillingPreTaxTotal: amount,
    BillingCurrency: 'EUR',
    PricingPreTaxTotal: amount,
    PricingCurrency: 'EUR',
    ServiceInfo1: '',
    ServiceInfo2: '',
    Tags: '',
    AdditionalInfo: '',
    EffectiveUnitPrice: line.effective ?? line.unit ?? price,
    PCToBCExchangeRate: '1',
    PCToBCExchangeRateDate: texts.from,
    EntitlementId: texts.entitlement,
    EntitlementDescription: 'Azure subscription',
    PartnerEarnedCreditPercentage: earned,
    CreditPercentage: earned,
    CreditType: earned === '0' ? 'Credit Not Applied' : 'Partner Earned Credit Applied',
    BenefitOrderId: line.benefitOrder ?? '',
    BenefitId: '',
    BenefitType: line.benefitOrder === undefined ? 'Charge' : 'SavingsPlan',
  };
}
