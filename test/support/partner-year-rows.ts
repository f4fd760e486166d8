import { type CaseLayout, type CaseLine } from './case-rows.ts';
import {
  countDays,
  cutUnitPrice,
  effectivePrice,
  halfUp,
  legacyAmount,
  monthOf,
  plusDays,
  seatAmount,
  toCents,
  toText,
  type Part,
  type Period,
} from './partner-year-figures.ts';

/** One row of the year with the month in whose file it stands. */
export interface YearRow {
  readonly layout: CaseLayout;
  readonly month: number;
  readonly line: CaseLine;
}

/** One entry of the partner's own record, every value as a file would print it. */
export interface YearEvent {
  readonly subscription: string;
  readonly event: string;
  readonly at: string;
  readonly quantity?: string;
  readonly requestedOn?: string;
}

/** What one customer brings to the year. */
export interface Course {
  readonly rows: readonly YearRow[];
  readonly events?: readonly YearEvent[];
}

/** A subscription. Its customer's id, domain and order follow from the customer's name; the first day is its printed start. */
export interface Subscription {
  readonly customer: string;
  readonly domain?: string;
  readonly id: string;
  readonly product: string;
  /** For one licence and one charge cycle. */
  readonly price: string;
  readonly start: string;
  /** Last day of the term, included. */
  readonly end: string;
  readonly billing?: 'Monthly' | 'Annual';
  /** New commerce: how TermAndBillingCycle names the term. */
  readonly term?: string;
}

/** What a row is about; what is not said is a whole cycle at the subscription's price. */
export interface RowFacts {
  readonly type: string;
  readonly cycle: Period;
  /** The days charged or credited, where they are not the whole cycle. */
  readonly days?: Partial<Period>;
  readonly seats: number;
  readonly isCredit?: boolean;
  /** The month of its file, where it is not the one in which its days begin (new commerce: in which it was ordered). */
  readonly month?: number;
  /** New commerce: the day of the billing event. */
  readonly ordered?: string;
  readonly price?: string;
  /** Cells printed otherwise than they follow from the rest. */
  readonly cells?: CaseLine;
}

const TAX_PERCENT = 21n;

function taxOn(amount: bigint): string {
  const magnitude = halfUp((amount < 0n ? -amount : amount) * TAX_PERCENT, 100n);
  return toText(amount < 0n ? -magnitude : magnitude);
}

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

/** What the rows of one subscription share. */
function headingOf({ customer, domain, id, product }: Subscription): CaseLine {
  const slug = slugOf(customer);
  return { customer: slug, name: customer, domain: domain ?? `${slug}.example`, subscription: id, order: `order-${id}`, product };
}

function partOf({ price }: Subscription, facts: RowFacts, period: Period): Part {
  return { price: toCents(facts.price ?? price), seats: facts.seats, days: countDays(period), of: countDays(facts.cycle) };
}

function signed(amount: bigint, { isCredit = false }: RowFacts): bigint {
  return isCredit ? -amount : amount;
}

/** A row of the legacy file: the term's end is printed as the day after, prorated rows print the cut unit price. */
export function legacyRow(subscription: Subscription, facts: RowFacts): YearRow {
  const period = { ...facts.cycle, ...facts.days };
  const part = partOf(subscription, facts, period);
  const amount = signed(legacyAmount(part), facts);
  const line: CaseLine = {
    ...headingOf(subscription),
    offer: `offer-${slugOf(subscription.product)}`,
    internal: `us-${subscription.id}`,
    start: subscription.start,
    end: plusDays(subscription.end, 1),
    ...period,
    type: facts.type,
    price: toText(cutUnitPrice(part)),
    seats: String(facts.seats),
    amount: toText(amount),
    tax: taxOn(amount),
    billing: subscription.billing === 'Annual' ? 'Annually' : 'Monthly',
    ...facts.cells,
  };
  return { layout: 'legacy-licence', month: facts.month ?? monthOf(period.from), line };
}

/** A row of the new-commerce file: UnitPrice is the price of the whole cycle, EffectiveUnitPrice that of the days billed. */
export function modernRow(subscription: Subscription, facts: RowFacts): YearRow {
  const period = { ...facts.cycle, ...facts.days };
  const part = partOf(subscription, facts, period);
  const amount = signed(seatAmount(part), facts);
  const ordered = facts.ordered ?? period.from;
  const month = facts.month ?? monthOf(ordered);
  const line: CaseLine = {
    ...headingOf(subscription),
    productId: `CFQ7TTC-${slugOf(subscription.product)}`,
    invoice: invoiceOf(month),
    start: subscription.start,
    end: subscription.end,
    ...period,
    type: facts.type,
    ordered,
    price: toText(part.price),
    effective: `${facts.isCredit === true ? '-' : ''}${effectivePrice(part)}`,
    seats: String(facts.seats),
    amount: toText(amount),
    tax: taxOn(amount),
    term: subscription.term ?? `One-Year commitment for ${subscription.billing === 'Annual' ? 'yearly' : 'monthly/yearly'} billing`,
    billing: subscription.billing ?? 'Monthly',
    ...facts.cells,
  };
  return { layout: 'new-commerce', month, line };
}

export function invoiceOf(month: number): string {
  return `G0240${String(month).padStart(2, '0')}000`;
}

/** Both halves of a new-commerce seat change: the quantity before is taken back from that day on, the one after is charged. */
export function seatChange(subscription: Subscription, cycle: Period, on: string, before: number, after: number): readonly YearRow[] {
  const type = after > before ? 'addQuantity' : 'removeQuantity';
  const shared = { type, cycle, days: { from: on }, ordered: on, cells: { reference: `${subscription.id} ${on}` } };
  return [modernRow(subscription, { ...shared, seats: before, isCredit: true }), modernRow(subscription, { ...shared, seats: after })];
}

/** The rows of a legacy seat change, in arrears: the cycle is taken back and charged again in two parts. */
export function splitCycle(
  subscription: Subscription,
  cycle: Period,
  on: string,
  before: number,
  after: number,
  month: number,
): readonly YearRow[] {
  const shared = { type: 'Cycle instance prorate', cycle, month };
  return [
    legacyRow(subscription, { ...shared, seats: before, isCredit: true }),
    legacyRow(subscription, { ...shared, seats: before, days: { to: plusDays(on, -1) } }),
    legacyRow(subscription, { ...shared, seats: after, days: { from: on } }),
  ];
}
