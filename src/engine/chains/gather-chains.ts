import type { ChargeKind, ChargeLine, LineHeading } from '../../domain/charges/charge-line.ts';
import { addDays, type Day } from '../../domain/calendar/days.ts';
import { namedInRecord } from '../../domain/partner/named-in-record.ts';
import type { PartnerEvent } from '../../domain/partner/partner-event.ts';
import type { Decimal } from '../../domain/numbers/money.ts';
import type { Ledger } from '../lines/ledger.ts';
import type { VoidedLines } from '../invoices/voided-lines.ts';

/** The lines of one subscription and product, before anything is worked out. */
export interface LineGroup {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly productKey: string;
  readonly lines: readonly ChargeLine[];
}

const KIND_ORDER: Readonly<Record<ChargeKind, number>> = {
  purchase: 0,
  renewal: 1,
  cycle: 2,
  'plan-change': 3,
  conversion: 4,
  'seat-change': 5,
  cancellation: 6,
  adjustment: 7,
  other: 8,
};

/** What makes two lines the same product: ProductId and SkuId, else the offer of the price list, else the name. */
export function productKeyOf(heading: LineHeading): string {
  if (heading.productId !== '') return `${heading.productId}:${heading.skuId}`.toLowerCase();
  if (heading.offerId !== '') return heading.offerId.toLowerCase();
  return heading.productName.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Groups the ledger by customer, then by subscription and product, in an order that no file order can change. */
export class ChainIndex {
  readonly #ledger: Ledger;
  /** customer → subscription and product → line numbers */
  readonly #customers = new Map<string, Map<string, number[]>>();
  #sorted: readonly (readonly (readonly number[])[])[] | null = null;

  /** @param voided lines that belong to no group. */
  constructor(ledger: Ledger, voided: VoidedLines) {
    this.#ledger = ledger;
    const groupOfHeading: number[][] = [];
    for (let index = 0; index < ledger.length; index += 1) {
      if (voided.has(index)) continue;
      const heading = ledger.headingNumber(index);
      const group = (groupOfHeading[heading] ??= this.#groupFor(ledger.heading(index)));
      group.push(index);
    }
  }

  /** The ids of all customers, in lower case. */
  get customerIds(): ReadonlySet<string> {
    return new Set(this.#customers.keys());
  }

  /**
   * Customers in the order of their ids; each with its groups in the order of subscription and product.
   * @param step 1 for every customer, more for one in so many.
   */
  *customers(step = 1): Generator<readonly LineGroup[]> {
    this.#sorted ??= [...this.#customers]
      .sort(([a], [b]) => compareTexts(a, b))
      .map(([, groups]) => [...groups].sort(([a], [b]) => compareTexts(a, b)).map(([, indexes]) => indexes));
    for (const [place, groups] of this.#sorted.entries()) {
      if (place % step === 0) yield groups.flatMap((indexes) => splitTelcoPairs(this.#group(indexes)));
    }
  }

  /** The holdings of customers that share a domain, a domain at a time: only domains of more than one customer. */
  *sharedDomains(): Generator<readonly LineGroup[]> {
    for (const [, customers] of [...this.#customersOfDomains()].sort(([a], [b]) => compareTexts(a, b))) {
      if (customers.size < 2) continue;
      yield [...customers]
        .sort(compareTexts)
        .flatMap((customer) => [...(this.#customers.get(customer)?.values() ?? [])].map((indexes) => this.#group(indexes)));
    }
  }

  /**
   * Subscriptions that the partner's record tells were handed over, one at a time, with what other customers, of no shared domain, hold of
   * the product: what the record names or tells of too, and what begins from the day before on (legacy terms start the day after the order). Beside a
   * subscription that itself begins with the transfer also whoever holds as many licences.
   */
  *transfers(events: readonly PartnerEvent[]): Generator<readonly LineGroup[]> {
    const handedOver = transfersOf(events);
    if (handedOver.size === 0) return;
    const sharing = [...this.#customersOfDomains().values()];
    const groups = [...this.#customers]
      .sort(([a], [b]) => compareTexts(a, b))
      .flatMap(([customer, own]) => [...own].sort(([a], [b]) => compareTexts(a, b)).map(([, indexes]) => ({ customer, indexes })));
    for (const { customer, indexes } of groups) {
      const heading = this.#headingOf(indexes);
      const transfer = transferOf(heading, handedOver);
      if (heading === null || transfer === undefined) continue;
      const related = new Set(sharing.filter((customers) => customers.has(customer)).flatMap((customers) => [...customers]));
      const alike = groups.flatMap((other) => {
        const theirs = this.#headingOf(other.indexes);
        const isStranger = other.customer !== customer && !related.has(other.customer);
        return isStranger && theirs !== null && isNamedAlike(heading, theirs) ? [{ ...other, heading: theirs }] : [];
      });
      const named = new Set(namedInRecord(transfer.text, [...new Set(alike.map((other) => other.heading))], heading));
      const earliest = addDays(transfer.day, -1);
      const isReceived = this.#beginsFrom(indexes, earliest);
      const others = alike.filter((other) => {
        if (named.has(other.heading) || transferOf(other.heading, handedOver) !== undefined) return true;
        return this.#beginsFrom(other.indexes, earliest) || (isReceived && this.#hasAsMany(indexes, other.indexes));
      });
      if (others.length > 0) yield [indexes, ...others.map((other) => other.indexes)].map((each) => this.#group(each));
    }
  }

  #customersOfDomains(): ReadonlyMap<string, ReadonlySet<string>> {
    const customersOf = new Map<string, Set<string>>();
    for (const { customerDomain, customerId } of this.#ledger.headings()) {
      const domain = customerDomain.trim().toLowerCase();
      if (domain !== '') customersOf.set(domain, (customersOf.get(domain) ?? new Set()).add(customerId.toLowerCase()));
    }
    return customersOf;
  }

  #headingOf([first]: readonly number[]): LineHeading | null {
    return first === undefined ? null : this.#ledger.heading(first);
  }

  #beginsFrom(indexes: readonly number[], earliest: Day): boolean {
    return indexes.every((index) => (this.#ledger.day('firstDay', index) ?? earliest) >= earliest);
  }

  #hasAsMany(indexes: readonly number[], others: readonly number[]): boolean {
    const own = new Set(indexes.map((index) => this.#ledger.line(index).quantity.abs().toString()));
    return others.some((index) => own.has(this.#ledger.line(index).quantity.abs().toString()));
  }

  #groupFor(heading: LineHeading): number[] {
    const customer = heading.customerId.toLowerCase();
    let groups = this.#customers.get(customer);
    if (groups === undefined) {
      groups = new Map();
      this.#customers.set(customer, groups);
    }
    // Reservation rows are judged by rules of their own, so they never share a chain with others.
    const isReservation = heading.productKind === 'reservation';
    const key = [heading.subscriptionId.toLowerCase(), productKeyOf(heading), heading.currency, isReservation ? 'reservation' : ''].join(
      '\u0000',
    );
    let group = groups.get(key);
    if (group === undefined) {
      group = [];
      groups.set(key, group);
    }
    return group;
  }

  #group(indexes: readonly number[]): LineGroup {
    const lines = indexes.map((index) => this.#ledger.line(index)).sort(compareLines);
    const first = lines[0]?.heading;
    // Nearly always one heading stands behind all lines of a group.
    const headings = lines.every((line) => line.heading === first) ? lines.slice(0, 1) : lines;
    return {
      customerId: leastText(headings.map((line) => line.heading.customerId)),
      subscriptionId: leastText(headings.map((line) => line.heading.subscriptionId)),
      productKey: first === undefined ? '' : productKeyOf(first),
      lines,
    };
  }
}

interface Transfer {
  readonly day: Day;
  readonly text: string;
}

/** The first transfer of each subscription, by its id in lower case: the one that DU03 rests on. */
function transfersOf(events: readonly PartnerEvent[]): ReadonlyMap<string, Transfer> {
  const transfers = new Map<string, Transfer>();
  for (const { kind, subscriptionId, day, reason, note } of events) {
    const id = subscriptionId.toLowerCase();
    const known = transfers.get(id);
    if (kind === 'transfer' && (known === undefined || day < known.day)) transfers.set(id, { day, text: `${reason} ${note}` });
  }
  return transfers;
}

/** As record and files name a subscription: by the portal's id, in legacy files by the internal one too. */
function transferOf(heading: LineHeading | null, transfers: ReadonlyMap<string, Transfer>): Transfer | undefined {
  if (heading === null) return undefined;
  return transfers.get(heading.subscriptionId.toLowerCase()) ?? transfers.get(heading.internalSubscriptionId.toLowerCase());
}

/** Whether two headings may be of one product; the rule looks closer. */
function isNamedAlike(one: LineHeading, other: LineHeading): boolean {
  const bare = ({ productName }: LineHeading): string => productName.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return productKeyOf(one) === productKeyOf(other) || bare(one) === bare(other);
}

/** Ids may be printed in different case; the report prints the spelling that sorts first, whatever the order of the files. */
function leastText(texts: readonly string[]): string {
  return texts.reduce((least, text) => (compareTexts(text, least) < 0 ? text : least), texts[0] ?? '');
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Days first, then what the line is, then its own values; file and row only tell apart lines that are equal in all else. */
export function compareLines(a: ChargeLine, b: ChargeLine): number {
  return (
    (a.firstDay ?? 0) - (b.firstDay ?? 0) ||
    (a.lastDay ?? 0) - (b.lastDay ?? 0) ||
    (a.orderDay ?? 0) - (b.orderDay ?? 0) ||
    KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
    b.sign - a.sign ||
    a.quantity.comparedTo(b.quantity) ||
    a.amount.comparedTo(b.amount) ||
    compareTexts(a.chargeType, b.chargeType) ||
    compareTexts(a.referenceId, b.referenceId) ||
    compareTexts(a.invoiceNumber, b.invoiceNumber) ||
    (a.isAudited === b.isAudited ? 0 : a.isAudited ? -1 : 1) ||
    compareTexts(otherValues(a), otherValues(b)) ||
    compareTexts(a.source.file, b.source.file) ||
    compareTexts(a.source.sheet ?? '', b.source.sheet ?? '') ||
    a.source.row - b.source.row
  );
}

/** All else that a line says, for the few that are equal in what matters: a name or a price that differs must not be ordered by files. */
function otherValues(line: ChargeLine): string {
  const days = [line.termFirstDay, line.termLastDay, line.orderSecond, line.rateDay];
  const numbers = [line.unitPrice, line.effectiveUnitPrice, line.discount, line.subtotal, line.tax, line.total, line.rate];
  const texts = [line.priceAdjustment, line.creditReason, line.meter, ...Object.values<unknown>({ ...line.heading })];
  // A spreadsheet drops trailing zeros, so the digits printed come last.
  return [...days, ...numbers, ...texts, line.unitPriceDigits, line.effectiveDigits].map(String).join('\u0000');
}

/**
 * Microsoft bills E5 suites as two lines, a telephony and a non-telephony part: the same subscription, period and quantity at two
 * prices, always as a pair. Taken as one subscription they would look billed twice; each part is a chain of its own.
 */
function splitTelcoPairs(group: LineGroup): readonly LineGroup[] {
  if (group.lines.length < 2 || !group.lines.every((line) => /\bE5\b/i.test(line.heading.productName))) return [group];
  const pairs = new Map<string, ChargeLine[]>();
  for (const line of group.lines) {
    const key = [line.kind, line.sign, line.firstDay, line.lastDay, line.quantity.abs().toString(), line.invoiceNumber].join(' ');
    pairs.set(key, [...(pairs.get(key) ?? []), line]);
  }
  const lower: ChargeLine[] = [];
  const higher: ChargeLine[] = [];
  const alone: ChargeLine[] = [];
  for (const [first, second, ...more] of pairs.values()) {
    if (first === undefined || more.length > 0) return [group];
    if (second === undefined) {
      alone.push(first);
      continue;
    }
    const difference = partPrice(first).comparedTo(partPrice(second));
    if (difference === 0) return [group];
    lower.push(difference < 0 ? first : second);
    higher.push(difference < 0 ? second : first);
  }
  // A line without its other half belongs to the part whose price it has.
  for (const line of alone) {
    const parts = [lower, higher].filter((part) => part.some((one) => !alone.includes(one) && partPrice(one).eq(partPrice(line))));
    const [part] = parts;
    if (part === undefined || parts.length > 1) return [group];
    part.push(line);
  }
  return [
    { ...group, lines: lower.sort(compareLines) },
    { ...group, lines: higher.sort(compareLines) },
  ];
}

function partPrice(line: ChargeLine): Decimal {
  return line.unitPrice?.abs() ?? line.amount.abs();
}
