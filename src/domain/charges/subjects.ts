import type { ChargeLine, LayoutName, UsageLine } from './charge-line.ts';
import type { Convention } from '../proration/conventions.ts';
import type { Cycle } from '../calendar/cycles.ts';
import type { Day } from '../calendar/days.ts';
import type { Recalculation } from '../proration/expected-charge.ts';
import type { Decimal } from '../numbers/money.ts';
import type { OwnTerm } from '../partner/own-term.ts';
import type { PartnerEvent } from '../partner/partner-event.ts';
import type { LinePrice, NoListPrice, PriceQuery } from '../prices/price-list.ts';
import type { ServiceIncident } from '../partner/service-incident.ts';
import type { Moment } from '../calendar/window.ts';

/** The exchange rates that one invoice uses for one currency pair and rate date. */
export interface RateUse {
  /** How many different rates the lines print. */
  readonly distinct: number;
  /** The rate that more than half of the lines print; null without a majority. */
  readonly majority: Decimal | null;
}

/** A charge line with what the recalculation says of it. */
export interface AuditedLine {
  readonly line: ChargeLine;
  readonly recalculation: Recalculation;
  /** New commerce: the price that UnitPrice and its stated adjustments give; null where they give none, or an earlier line's price rules. */
  readonly listedPrice: Decimal | null;
  /** The convention that judges this line. */
  readonly judgedBy: Convention;
  readonly rateUse: RateUse | null;
  /** What the partner agreed with Microsoft in place of published policy figures. */
  readonly ownTerms: readonly OwnTerm[];
  /** What the price lists say; null where none were given, and for lines that have no price of a licence. */
  readonly listPrice: LinePrice | null;
}

/** One charge cycle of a subscription and SKU with the lines that belong to it. */
export interface BilledCycle {
  readonly cycle: Cycle;
  /** The charge that opens the cycle; null where no given file holds it. */
  readonly charge: AuditedLine | null;
  /** Both halves of the seat changes whose days lie in the cycle. */
  readonly changes: readonly AuditedLine[];
  readonly cancellations: readonly AuditedLine[];
  /** Money given back outside the licence arithmetic (customerCredit and the like). */
  readonly adjustments: readonly AuditedLine[];
  /** Every line whose days lie in the cycle, duplicates and reversals too. */
  readonly lines: readonly AuditedLine[];
  /** The day that the partner's own record gives for a seat change of the files: where the two tell different days, the event's counts. */
  readonly eventDays: ReadonlyMap<AuditedLine, Day>;
  /** Seat changes of the partner's record in this cycle that no line of the files matches, in the order of their days. */
  readonly looseEvents: readonly PartnerEvent[];
}

/** How a subscription came out of another one by a conversion. */
export interface ConversionOrigin {
  /** unknown: no given file holds the row that takes the licences away from the other subscription, or its licences are not known. */
  readonly kind: 'trial' | 'full-upgrade' | 'partial-upgrade' | 'unknown';
  /** The row that opened the subscription. */
  readonly charge: AuditedLine;
  readonly parent: SubscriptionChain | null;
}

/** Everything given about one subscription and product, in the order of its days. */
export interface SubscriptionChain {
  readonly customerId: string;
  readonly customerName: string;
  readonly subscriptionId: string;
  readonly layout: LayoutName;
  /** Equal for the lines of one product: ProductId and SkuId, or the offer id. */
  readonly productKey: string;
  readonly productName: string;
  readonly currency: string;
  readonly lines: readonly AuditedLine[];
  readonly cycles: readonly BilledCycle[];
  /** The day of purchase (see rules: Words); null where no file tells. */
  readonly purchaseDay: Day | null;
  /** The instant of the purchase where the hour is known. */
  readonly purchase: Moment | null;
  /** What the partner's own record says of the subscription, in the order of its days. */
  readonly events: readonly PartnerEvent[];
  readonly customerDomain: string;
  readonly ownTerms: readonly OwnTerm[];
  /** Credits of the same subscription that stand under another product, where nothing was charged for their days. */
  readonly creditsElsewhere: readonly AuditedLine[];
  /** New commerce: set where the subscription began with a conversion. */
  readonly conversion: ConversionOrigin | null;
}

/** All subscriptions of one customer. */
export interface CustomerHoldings {
  readonly customerId: string;
  readonly customerName: string;
  readonly chains: readonly SubscriptionChain[];
  /** Those of reservations, where `chains` is without them: what is said of licences holds for none of them. */
  readonly reservationChains: readonly SubscriptionChain[];
  /** What the partner's list says of services that were down for this customer, in the order of their beginning. */
  readonly incidents: readonly ServiceIncident[];
  /** The id of the customer who handed a subscription over, where customers are held together for that record alone; absent elsewhere. */
  readonly handedOverBy?: string;
}

/** Audited licence lines of all customers for which the price lists give no price: those of one key, or those that could not be looked up for one reason. */
export interface UnlistedLines {
  readonly verdict:
    | { readonly status: 'not-listed'; readonly query: PriceQuery }
    | { readonly status: 'unknown'; readonly reason: NoListPrice | 'term-or-plan-unknown' | 'purchase-day-unknown' };
  /** The first of them, by customer, subscription and day. */
  readonly lines: readonly [AuditedLine, ...AuditedLine[]];
  readonly lineCount: number;
  readonly customerCount: number;
}

/** A usage line as evidence: nothing about it is prorated. */
export interface AuditedUsageLine extends AuditedLine {
  readonly line: UsageLine;
}

export function isDailyUsage(one: AuditedLine): one is AuditedUsageLine {
  return one.line.heading.layout === 'daily-usage';
}

/** One line of a usage layout. */
export interface UsageSubject {
  readonly one: AuditedUsageLine;
  /**
   * The lines of the same meter, invoice and charge period, this one included: the price tiers of one consumption. Looked up only for a line that does
   * not add up by itself.
   */
  readonly tiers: () => readonly UsageLine[];
}

/** One customer's daily usage rows of one day and billing currency, as far as the partner earned credit is concerned. */
export interface UsageDay {
  readonly customerId: string;
  readonly day: Day;
  /** Audited rows that may earn the credit and whose EffectiveUnitPrice is the UnitPrice. */
  readonly without: readonly AuditedUsageLine[];
  /** Rows of the day that carry the credit: one of them, and the rate in per cent that most of them carry; null where none does. */
  readonly carrier: { readonly one: AuditedUsageLine; readonly percent: Decimal; readonly rows: number } | null;
}
