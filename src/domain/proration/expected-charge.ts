import type { Convention, ProrationFacts } from './conventions.ts';
import type { Cycle } from '../calendar/cycles.ts';
import type { Decimal } from '../numbers/money.ts';
import type { NoListPrice } from '../prices/price-list.ts';

/** Where a full price comes from, as the working says it. */
export type PriceSource =
  | 'unit-price'
  | 'unit-price-after-adjustments'
  | 'effective-unit-price'
  | 'earlier-line-of-the-term'
  | 'full-period-line'
  | 'price-list'
  | 'amount-before-discount'
  | 'printed-effective-price';

export interface FullPrice {
  /** Price of one licence for one whole charge cycle, a magnitude in the pricing currency. */
  readonly amount: Decimal;
  readonly source: PriceSource;
}

/** A line whose amount could be worked out: one figure a convention, all magnitudes. */
export interface ExpectedCharge {
  readonly status: 'recalculated';
  readonly cycle: Cycle | null;
  /** Whole period: one figure, price × quantity. */
  readonly isWhole: boolean;
  readonly daysBilled: number;
  readonly price: FullPrice;
  readonly facts: ProrationFacts;
  /** The share of the full price that the effective price stands for: days of days, months of months for a changed billing plan. */
  readonly priceShare: { readonly billed: number; readonly whole: number };
  readonly figures: ReadonlyMap<Convention, Decimal>;
  /** The conventions whose figure equals the billed amount to the minor unit. */
  readonly fits: readonly Convention[];
  /** The convention that alone may judge this line (usage rows, billing-plan changes); null: the file's judged convention. */
  readonly fixedConvention: Convention | null;
  readonly lowest: Decimal;
  readonly highest: Decimal;
}

/** A legacy prorated line without a full price: its amount can only be held between two bounds. */
export interface BoundedCharge {
  readonly status: 'bounded';
  readonly cycle: Cycle;
  readonly daysBilled: number;
  /** Facts with P = printed unit price · D/d, from which `expected` is worked out. */
  readonly facts: ProrationFacts;
  readonly lowest: Decimal;
  readonly highest: Decimal;
}

/** The partner's own files that some rules cannot do without. */
export type SideInput = 'invoices' | 'prices' | 'incidents';

export type UncheckedReason =
  | 'cycle-unknown'
  | 'full-price-unknown'
  | 'not-a-licence-line'
  | 'charge-type-unknown'
  | 'adjustment-line'
  | 'dates-missing'
  | 'unit-price-missing'
  | 'exchange-rate-missing'
  | 'rate-date-missing'
  | 'effective-price-zero'
  | 'effective-price-missing'
  | 'charge-not-in-files'
  | 'price-varies-in-cycle'
  | 'purchase-day-unknown'
  | 'quantity-unknown'
  | 'hour-unknown'
  | 'next-invoice-not-given'
  | 'no-invoice-number'
  | 'no-events'
  | `no-${SideInput}`
  | 'assigned-users-unknown'
  | 'fixed-cost-currency'
  | 'fixed-cost-unknown'
  | 'subscription-not-in-files'
  | 'policy-unknown'
  | 'proration-not-published'
  | 'column-absent'
  | 'invoice-outside-files'
  | 'export-incomplete'
  | 'invoice-voided'
  | 'payment-unknown'
  | 'publication-day-unknown'
  | NoListPrice
  | 'term-or-plan-unknown'
  | 'adjustment-without-percentage'
  | 'billed-in-two-parts'
  | 'several-currencies'
  | 'usage-without-charge'
  | 'customer-unknown'
  | 'publisher-unknown'
  | 'earned-credit-not-given'
  | 'term-unknown'
  | 'return-day-unknown'
  | 'partner-country-unknown'
  | 'partner-country-of-several'
  | 'currency-of-country-unknown'
  | 'customer-country-unknown'
  | 'transfer-target-unknown'
  | 'pricing-currency-not-usd'
  | 'outage-claim-unanswered'
  | 'incident-after-as-of';

export interface UncheckedCharge {
  readonly status: 'unchecked';
  readonly reason: UncheckedReason;
  /** Known even where the price is not. */
  readonly cycle: Cycle | null;
}

export type Recalculation = ExpectedCharge | BoundedCharge | UncheckedCharge;
