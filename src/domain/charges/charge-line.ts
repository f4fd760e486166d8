import type { Day } from '../calendar/days.ts';
import { Decimal, type PrintedNumber } from '../numbers/money.ts';

/** The export layouts whose lines are audited. */
export const LAYOUT_NAMES = ['legacy-licence', 'new-commerce', 'legacy-usage', 'daily-usage'] as const;
export type LayoutName = (typeof LAYOUT_NAMES)[number];

/** Where a line stands in the input. `row` is the number a spreadsheet shows: the header is row 1. */
export interface SourceRef {
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
}

/**
 * What a charge type means for the audit, whatever its spelling. `adjustment` is money given back outside the
 * licence arithmetic (customerCredit, one-time refunds); `other` is a charge type no source describes.
 */
export type ChargeKind =
  'purchase' | 'renewal' | 'cycle' | 'seat-change' | 'conversion' | 'plan-change' | 'cancellation' | 'adjustment' | 'other';

/** What is sold: only licences are prorated by days; usage has its own formula; the rest is left to its own rules. */
export type ProductKind = 'licence' | 'usage' | 'reservation' | 'savings-plan' | 'software' | 'marketplace';

/** The facts that the lines of one subscription share; one object stands behind all of them. Texts are as printed, '' where absent. */
export interface LineHeading {
  readonly layout: LayoutName;
  readonly productKind: ProductKind;
  readonly customerId: string;
  readonly customerName: string;
  readonly customerDomain: string;
  /** Two letters, the market of the price lists; '' where the file does not tell. */
  readonly customerCountry: string;
  /** The partner's own tenant, one a location; '' where the export has no such column, or it is not read. */
  readonly partnerId: string;
  /** The portal's subscription id (legacy: SyndicationPartnerSubscriptionNumber). */
  readonly subscriptionId: string;
  /** Legacy licence files also print an internal id; in daily usage the Azure subscription (EntitlementId); '' elsewhere. */
  readonly internalSubscriptionId: string;
  readonly orderId: string;
  readonly productId: string;
  /** Four digits, re-padded where a spreadsheet took the zeros. */
  readonly skuId: string;
  /** Legacy: DurableOfferId, the id of the price list; legacy usage: ResourceGuid. */
  readonly offerId: string;
  readonly productName: string;
  readonly currency: string;
  readonly pricingCurrency: string;
  /** Months of a charge cycle as the file states it; null where it does not. */
  readonly cycleMonths: number | null;
  readonly termText: string;
  readonly isTrial: boolean;
  readonly promotionId: string;
  readonly reservationOrderId: string;
}

/** What a charge line says beside its numbers. Days are UTC; null where the cell is empty. */
export interface LineFacts {
  readonly heading: LineHeading;
  readonly chargeType: string;
  readonly kind: ChargeKind;
  readonly invoiceNumber: string;
  readonly referenceId: string;
  readonly priceAdjustment: string;
  readonly creditReason: string;
  readonly meter: string;
  readonly orderDay: Day | null;
  /** Seconds after midnight UTC of the order; null where only the day is known. */
  readonly orderSecond: number | null;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  readonly termFirstDay: Day | null;
  /** Inclusive in every layout: legacy's exclusive SubscriptionEndDate is brought back by a day. */
  readonly termLastDay: Day | null;
  readonly rateDay: Day | null;
}

/** A line as a layout reads it from a row, before the ledger keeps it. */
export interface ParsedLine extends LineFacts {
  readonly row: number;
  readonly unitPrice: PrintedNumber | null;
  readonly effectiveUnitPrice: PrintedNumber | null;
  readonly quantity: PrintedNumber;
  /** The amount that the conventions speak of: legacy Amount (before discount), new commerce Subtotal. */
  readonly amount: PrintedNumber;
  readonly discount: PrintedNumber | null;
  readonly subtotal: PrintedNumber;
  /** Null where the export has no such column: the basic attribute set of the API lacks some. */
  readonly tax: PrintedNumber | null;
  readonly total: PrintedNumber | null;
  readonly rate: PrintedNumber | null;
  /** Only lines of the usage layouts have it. */
  readonly usage?: ParsedUsage;
}

/**
 * How a usage row stands to the partner earned credit, by its own cells: `benefit` is covered by a reservation or savings plan, `credited` carries
 * a customer credit; neither these, nor third-party products, nor Spot machines earn it. `unknown`: the row names no publisher.
 */
export const CREDIT_STANDINGS = ['eligible', 'benefit', 'third-party', 'spot', 'credited', 'unknown'] as const;
export type CreditStanding = (typeof CREDIT_STANDINGS)[number];

/** What the rows of the usage layouts say beside a charge line's own fields. */
export interface ParsedUsage {
  readonly usageDay: Day | null;
  /** False for the legacy daily part, which counts units and bills nothing. */
  readonly hasCharge: boolean;
  readonly consumed: PrintedNumber | null;
  readonly included: PrintedNumber | null;
  /** The earned credit as printed, a percentage (15) or a rate (0.15); null where the cell is empty or the file has no such column. */
  readonly earnedCredit: PrintedNumber | null;
  /** The customer's credit, likewise. */
  readonly customerCredit: PrintedNumber | null;
  readonly standing: CreditStanding;
}

/** One charge line of the ledger, with exact decimals. Numbers keep the sign the file prints. */
export interface ChargeLine extends LineFacts {
  /** Its place in the ledger: an identity within one run, nothing else. */
  readonly index: number;
  readonly isAudited: boolean;
  readonly source: SourceRef;
  readonly unitPrice: Decimal | null;
  readonly unitPriceDigits: number;
  readonly effectiveUnitPrice: Decimal | null;
  readonly effectiveDigits: number;
  readonly quantity: Decimal;
  readonly amount: Decimal;
  readonly discount: Decimal | null;
  readonly subtotal: Decimal;
  readonly tax: Decimal | null;
  readonly total: Decimal | null;
  readonly rate: Decimal | null;
  /** +1 for a charge, −1 for a credit, 0 for a line of no money and no sign: refunds carry it in the amount, the price or the quantity. */
  readonly sign: -1 | 0 | 1;
}

/**
 * The rate that a line can be worked out with, from its pricing to its billing currency: the printed one; 1 between equal currencies where none is
 * printed, or one that is no rate. Null where it is needed and there is none: money of one currency is never worth nothing in another (AR05 tells of 0).
 */
export function usableRate({ rate, heading }: Pick<ChargeLine, 'rate' | 'heading'>): Decimal | null {
  if (rate !== null && isRate(rate)) return rate;
  return heading.currency === heading.pricingCurrency ? new Decimal(1) : null;
}

/** Whether a printed exchange rate can be one at all. */
export function isRate(rate: Decimal): boolean {
  return rate.isPositive() && !rate.isZero();
}

/**
 * A line of a usage layout. In legacy usage the unit price is ListPrice, the quantity OverageQuantity, the amount PretaxCharges; in daily usage the
 * amount is BillingPreTaxTotal, and there is no tax.
 */
export interface UsageLine extends ChargeLine {
  readonly usageDay: Day | null;
  readonly hasCharge: boolean;
  readonly consumed: Decimal | null;
  readonly included: Decimal | null;
  /** In per cent: a rate of 0.15 is 15. */
  readonly earnedCredit: Decimal | null;
  readonly customerCredit: Decimal | null;
  readonly standing: CreditStanding;
  readonly quantityDigits: number;
  readonly amountDigits: number;
}

/** Why a row was not read as a line. `cell` is what stood there. */
export interface RowRejection {
  readonly row: number;
  readonly column: string;
  readonly cell: string;
  readonly code: string;
  readonly message: string;
}

/** What became of one row of a file: the three add up to the rows read. */
export type ParsedRow =
  | { readonly outcome: 'line'; readonly line: ParsedLine }
  | { readonly outcome: 'rejected'; readonly rejection: RowRejection }
  | { readonly outcome: 'skipped'; readonly row: number; readonly reason: SkipReason };

/** Rows of price lists: `product-not-billed` where no charge is of the product, `usage-price` where the price is that of metered usage. */
export const SKIP_REASONS = ['repeated-header', 'separator-line', 'file-given-twice', 'product-not-billed', 'usage-price'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];
