import type { LineHeading } from '../../domain/charges/charge-line.ts';
import { dayOfMonth, addDays, type Day } from '../../domain/calendar/days.ts';
import { ExactSum } from '../../domain/numbers/exact-sum.ts';
import { invoiceKey } from '../../domain/invoices/invoice.ts';
import { negatedPrinted, signOfPrinted, type PrintedNumber } from '../../domain/numbers/money.ts';
import type { Ledger } from '../lines/ledger.ts';
import type { Gathered } from '../gathered.ts';
import type { UsageLedger } from './usage-ledger.ts';

/** What daily rows and invoice lines have in common to tell what they bill; '' where a file leaves it blank. The Azure subscription is on daily rows alone. */
export interface UsageIds {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly productId: string;
  readonly skuId: string;
}

/** One side of a comparison: what its rows add up to. */
export class UsageSide {
  rows = 0;
  auditedRows = 0;
  /** Rows that bill units: credits are left out, and what a reservation or savings plan covers at no cost. */
  unitRows = 0;
  /** Rows whose quantity has so many decimals that it was itself rounded for print. */
  roundedRows = 0;
  firstDay: Day | null = null;
  lastDay: Day | null = null;
  readonly amount = new ExactSum();
  readonly quantity = new ExactSum();

  addDay(day: Day | null): void {
    if (day === null) return;
    if (this.firstDay === null || day < this.firstDay) this.firstDay = day;
    if (this.lastDay === null || day > this.lastDay) this.lastDay = day;
  }

  /** @param sign of the amount: refunds print a positive quantity beside a negative amount */
  addUnits(quantity: PrintedNumber | null, sign: number): void {
    if (quantity === null) return;
    this.unitRows += 1;
    if (quantity.scale >= QUOTIENT_DIGITS) this.roundedRows += 1;
    this.quantity.add(sign < 0 && signOfPrinted(quantity) > 0 ? negatedPrinted(quantity) : quantity);
  }
}

/** What several sides add up to together. */
export function sidesTogether(sides: readonly (UsageSide | null)[]): UsageSide | null {
  const all = sides.filter((side) => side !== null);
  if (all.length === 0) return null;
  const together = new UsageSide();
  for (const side of all) {
    together.rows += side.rows;
    together.auditedRows += side.auditedRows;
    together.unitRows += side.unitRows;
    together.roundedRows += side.roundedRows;
    together.addDay(side.firstDay);
    together.addDay(side.lastDay);
    together.amount.addSum(side.amount);
    together.quantity.addSum(side.quantity);
  }
  return together;
}

/** Daily rows and invoice lines of one invoice, currency, customer, plan subscription, product and SKU. */
export interface UsageGroup {
  /** `invoiceKey` of the number; '' where the rows carry none, and then the month tells them apart. */
  readonly invoice: string;
  readonly invoiceNumber: string;
  readonly currency: string;
  /** First day of the month of the rows without an invoice number; null elsewhere. */
  readonly month: Day | null;
  readonly ids: UsageIds;
  customerName: string;
  product: string;
  daily: UsageSide | null;
  billed: UsageSide | null;
  /** Months in which the charges of its invoice lines begin, by their first day. */
  readonly billedMonths: Set<Day>;
  /** Whether one of its invoice lines is Azure usage: those have daily rows, marketplace charges need not. */
  isUsage: boolean;
}

/** From here on a printed quantity is a rounded quotient. */
const QUOTIENT_DIGITS = 10;
/** Trailing zeros of a quantity may be gone. */
const LEAST_DIGITS = 2;

/** All daily usage rows and the invoice lines that may bill them, summed by invoice and product over the columns of both ledgers. */
export class UsageGroups {
  readonly #groups = new Map<string, UsageGroup>();
  readonly #digits = new Map<string, number>();
  /** Every numbered invoice that new-commerce lines are given of. */
  readonly #given = new Set<string>();
  readonly #hasDaily: boolean;
  readonly #hasInvoices: boolean;

  constructor({ ledger, usage, voided, voidedUsage }: Pick<Gathered, 'ledger' | 'usage' | 'voided' | 'voidedUsage'>) {
    this.#hasDaily = usage.headings().some(({ layout }) => layout === 'daily-usage');
    this.#hasInvoices = ledger.headings().some(({ layout }) => layout === 'new-commerce');
    if (!this.hasBoth) return;
    const ofDaily = new GroupPlaces(usage);
    for (let index = 0; index < usage.length; index += 1) {
      if (usage.heading(index).layout === 'daily-usage' && !voidedUsage.has(index)) this.#addDaily(usage, index, ofDaily);
    }
    const daily = new Set([...this.#groups.values()].map(({ invoice }) => invoice));
    const ofBilled = new GroupPlaces(ledger);
    for (let index = 0; index < ledger.length; index += 1) {
      if (ledger.heading(index).layout !== 'new-commerce') continue;
      // A voided invoice is compared only where its daily rows are all there is.
      if (voided.has(index) && !daily.has(invoiceKey(ledger.text('invoiceNumber', index)))) continue;
      this.#addBilled(ledger, index, ofBilled);
    }
  }

  /** Whether both kinds of file are given. */
  get hasBoth(): boolean {
    return this.#hasDaily && this.#hasInvoices;
  }

  all(): readonly UsageGroup[] {
    return [...this.#groups.values()];
  }

  isGiven({ invoice }: UsageGroup): boolean {
    return this.#given.has(invoice);
  }

  /** Decimals of the quantities that an invoice prints, the most of any line. */
  quantityDigits(invoice: string): number {
    return this.#digits.get(invoice) ?? LEAST_DIGITS;
  }

  #addDaily(usage: UsageLedger, index: number, places: GroupPlaces): void {
    const day = usage.day('usageDay', index) ?? usage.day('firstDay', index);
    const group = places.find(index, day, (number, month) => this.#groupOf(usage.heading(index), number, month));
    const side = (group.daily ??= new UsageSide());
    const amount = usage.printed('amount', index);
    const sign = amount === null ? 0 : signOfPrinted(amount);
    side.rows += 1;
    if (usage.table(index).isAudited) side.auditedRows += 1;
    side.addDay(day);
    side.amount.add(amount);
    const isCovered = usage.standing(index) === 'benefit' && sign === 0;
    const isCredit = usage.kind(index) === 'adjustment' || (usage.standing(index) === 'credited' && sign < 0);
    if (!isCovered && !isCredit) side.addUnits(usage.printed('quantity', index), sign);
  }

  #addBilled(ledger: Ledger, index: number, places: GroupPlaces): void {
    const heading = ledger.heading(index);
    const firstDay = ledger.day('firstDay', index);
    if (heading.productKind !== 'usage' && heading.productKind !== 'marketplace') {
      this.#given.add(invoiceKey(ledger.text('invoiceNumber', index)));
      return;
    }
    const group = places.find(index, firstDay, (number, month) => this.#groupOf(heading, number, month));
    this.#given.add(group.invoice);
    const side = (group.billed ??= new UsageSide());
    const amount = ledger.printed('subtotal', index);
    const quantity = ledger.printed('quantity', index);
    side.rows += 1;
    if (ledger.table(index).isAudited) side.auditedRows += 1;
    side.amount.add(amount);
    if (heading.productKind === 'usage') group.isUsage = true;
    if (firstDay !== null) group.billedMonths.add(monthOf(firstDay));
    if (ledger.kind(index) !== 'adjustment') side.addUnits(quantity, amount === null ? 0 : signOfPrinted(amount));
    this.#digits.set(group.invoice, Math.max(this.quantityDigits(group.invoice), quantity?.scale ?? 0));
  }

  #groupOf(heading: LineHeading, number: string, month: Day | null): UsageGroup {
    const { currency } = heading;
    const invoice = invoiceKey(number);
    const ids = idsOf(heading);
    const { customerId, subscriptionId, productId, skuId } = ids;
    const key = [invoice, currency, month ?? '', customerId, subscriptionId, productId, skuId].join('\n').toLowerCase();
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { invoice, invoiceNumber: number.trim(), currency, month, ids, ...UNKNOWN, billedMonths: new Set() };
      this.#groups.set(key, group);
    }
    // Names may be spelled in several ways: the one that sorts first, whatever the order of the files.
    group.customerName = firstName(group.customerName, heading.customerName);
    group.product = firstName(group.product, heading.productName);
    return group;
  }
}

/** The group of a row by numbers alone: a text put together for every row would cost more than the rest. */
class GroupPlaces {
  readonly #ledger: Ledger | UsageLedger;
  readonly #places: Map<number, UsageGroup>[] = [];

  constructor(ledger: Ledger | UsageLedger) {
    this.#ledger = ledger;
  }

  /** @param day tells the month of a row without an invoice number */
  find(index: number, day: Day | null, make: (invoiceNumber: string, month: Day | null) => UsageGroup): UsageGroup {
    const ledger = this.#ledger;
    const places = (this.#places[ledger.headingNumber(index)] ??= new Map());
    const number = ledger.textNumber('invoiceNumber', index);
    const text = ledger.text('invoiceNumber', index);
    const month = day === null || text.trim() !== '' ? null : monthOf(day);
    // Numbers of texts are 0 and above, so a month takes the place below.
    const place = month === null ? number : -1 - month;
    let group = places.get(place);
    if (group === undefined) {
      group = make(text, month);
      places.set(place, group);
    }
    return group;
  }
}

const UNKNOWN = { customerName: '', product: '', daily: null, billed: null, isUsage: false } as const;

function idsOf({ layout, customerId, subscriptionId, internalSubscriptionId, productId, skuId }: LineHeading): UsageIds {
  // Where a daily row leaves the plan's subscription blank, its Azure subscription stands there, which no invoice line names.
  const isBlank = layout === 'daily-usage' && subscriptionId === internalSubscriptionId;
  return { customerId, subscriptionId: isBlank ? '' : subscriptionId, productId, skuId };
}

export function monthOf(day: Day): Day {
  return addDays(day, 1 - dayOfMonth(day));
}

function firstName(one: string, other: string): string {
  return one === '' || (other !== '' && other < one) ? other : one;
}
