import {
  CREDIT_STANDINGS,
  type ChargeKind,
  type CreditStanding,
  type LineHeading,
  type ParsedLine,
  type ParsedUsage,
  type SourceRef,
  type UsageLine,
} from '../domain/charge-line.ts';
import { isoDay, type Day } from '../domain/days.ts';
import { invariant } from '../domain/invariant.ts';
import { Decimal, ZERO, type PrintedNumber } from '../domain/money.ts';
import type { LedgerTable } from './ledger.ts';
import { IntTable, NumberTable } from './line-table.ts';
import { TextPool } from './text-pool.ts';

const KINDS: readonly ChargeKind[] = ['purchase', 'renewal', 'cycle', 'adjustment', 'cancellation', 'other'];
const INTS = {
  heading: 0,
  table: 1,
  row: 2,
  kind: 3,
  firstDay: 4,
  lastDay: 5,
  usageDay: 6,
  rateDay: 7,
  chargeType: 8,
  invoiceNumber: 9,
  creditReason: 10,
  meter: 11,
  standing: 12,
  hasCharge: 13,
} as const;
const NUMBERS = {
  quantity: 0,
  amount: 1,
  unitPrice: 2,
  effectiveUnitPrice: 3,
  tax: 4,
  total: 5,
  rate: 6,
  consumed: 7,
  included: 8,
  earnedCredit: 9,
  customerCredit: 10,
} as const;
type TextName = 'chargeType' | 'invoiceNumber' | 'creditReason' | 'meter';
type DayName = 'firstDay' | 'lastDay' | 'usageDay' | 'rateDay';
type NumberName = keyof typeof NUMBERS;

const NO_DAY = -0x80000000;

/**
 * The lines of the usage layouts, apart from the licence lines: they have other columns, no cycles and no chains, and there are millions of them.
 * About 155 bytes a line outside the JavaScript heap.
 */
export class UsageLedger {
  readonly #tables: LedgerTable[] = [];
  readonly #headings: LineHeading[] = [];
  readonly #headingNumbers = new Map<LineHeading, number>();
  readonly #pool = new TextPool();
  readonly #ints = new IntTable(Object.keys(INTS).length);
  readonly #numbers = new NumberTable(Object.keys(NUMBERS).length);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  beginTable(table: LedgerTable): void {
    this.#tables.push(table);
  }

  add(line: ParsedLine, usage: ParsedUsage): void {
    invariant(this.#tables.length > 0, 'a line needs a table');
    const index = this.#length;
    this.#length += 1;
    const ints = this.#ints;
    const pool = this.#pool;
    ints.set(index, INTS.heading, this.#numberOfHeading(line.heading));
    ints.set(index, INTS.table, this.#tables.length - 1);
    ints.set(index, INTS.row, line.row);
    ints.set(index, INTS.kind, KINDS.indexOf(line.kind));
    ints.set(index, INTS.firstDay, line.firstDay ?? NO_DAY);
    ints.set(index, INTS.lastDay, line.lastDay ?? NO_DAY);
    ints.set(index, INTS.usageDay, usage.usageDay ?? NO_DAY);
    ints.set(index, INTS.rateDay, line.rateDay ?? NO_DAY);
    ints.set(index, INTS.chargeType, pool.numberOf(line.chargeType));
    ints.set(index, INTS.invoiceNumber, pool.numberOf(line.invoiceNumber));
    ints.set(index, INTS.creditReason, pool.numberOf(line.creditReason));
    ints.set(index, INTS.meter, pool.numberOf(line.meter));
    ints.set(index, INTS.standing, CREDIT_STANDINGS.indexOf(usage.standing));
    ints.set(index, INTS.hasCharge, usage.hasCharge ? 1 : 0);
    this.#addNumbers(index, line, usage);
  }

  /** Forgets every line from `length` on: their table is read again with another dialect. */
  truncate(length: number): void {
    this.#length = length;
    this.#numbers.truncate(length);
  }

  line(index: number): UsageLine {
    return new UsageLedgerLine(this, index);
  }

  /** Every heading that was met, also of lines that were forgotten again. */
  headings(): readonly LineHeading[] {
    return this.#headings;
  }

  heading(index: number): LineHeading {
    const heading = this.#headings[this.headingNumber(index)];
    invariant(heading !== undefined, 'every line has a heading');
    return heading;
  }

  /** Equal for lines of one heading. */
  headingNumber(index: number): number {
    return this.#ints.get(index, INTS.heading);
  }

  table(index: number): LedgerTable {
    const table = this.#tables[this.#ints.get(index, INTS.table)];
    invariant(table !== undefined, 'every line has a table');
    return table;
  }

  row(index: number): number {
    return this.#ints.get(index, INTS.row);
  }

  kind(index: number): ChargeKind {
    return KINDS[this.#ints.get(index, INTS.kind)] ?? 'other';
  }

  standing(index: number): CreditStanding {
    return CREDIT_STANDINGS[this.#ints.get(index, INTS.standing)] ?? 'unknown';
  }

  hasCharge(index: number): boolean {
    return this.#ints.get(index, INTS.hasCharge) === 1;
  }

  text(name: TextName, index: number): string {
    return this.#pool.text(this.#ints.get(index, INTS[name]));
  }

  /** Equal for equal texts. */
  textNumber(name: TextName, index: number): number {
    return this.#ints.get(index, INTS[name]);
  }

  day(name: DayName, index: number): Day | null {
    const value = this.#ints.get(index, INTS[name]);
    return value === NO_DAY ? null : (value as Day);
  }

  decimal(name: NumberName, index: number): Decimal | null {
    return this.#numbers.get(index, NUMBERS[name]);
  }

  printed(name: NumberName, index: number): PrintedNumber | null {
    return this.#numbers.printed(index, NUMBERS[name]);
  }

  #addNumbers(index: number, line: ParsedLine, usage: ParsedUsage): void {
    const numbers = this.#numbers;
    numbers.set(index, NUMBERS.quantity, line.quantity);
    numbers.set(index, NUMBERS.amount, line.amount);
    numbers.set(index, NUMBERS.unitPrice, line.unitPrice);
    numbers.set(index, NUMBERS.effectiveUnitPrice, line.effectiveUnitPrice);
    numbers.set(index, NUMBERS.tax, line.tax);
    numbers.set(index, NUMBERS.total, line.total);
    numbers.set(index, NUMBERS.rate, line.rate);
    numbers.set(index, NUMBERS.consumed, usage.consumed);
    numbers.set(index, NUMBERS.included, usage.included);
    numbers.set(index, NUMBERS.earnedCredit, usage.earnedCredit);
    numbers.set(index, NUMBERS.customerCredit, usage.customerCredit);
  }

  #numberOfHeading(heading: LineHeading): number {
    let number = this.#headingNumbers.get(heading);
    if (number === undefined) {
      number = this.#headings.length;
      this.#headings.push(heading);
      this.#headingNumbers.set(heading, number);
    }
    return number;
  }
}

const ONE = new Decimal(1);

/** A percentage is above 1; the first API prints the same as a rate. */
function percentOf(printed: Decimal | null): Decimal | null {
  return printed === null || printed.isZero() || printed.abs().gt(ONE) ? printed : printed.times(100);
}

/** A usage line as the rules see it; decimals are made when asked for. */
class UsageLedgerLine implements UsageLine {
  private readonly ledger: UsageLedger;
  readonly index: number;
  readonly isAudited: boolean;
  readonly heading: LineHeading;
  readonly orderDay = null;
  readonly orderSecond = null;
  readonly termFirstDay = null;
  readonly termLastDay = null;
  readonly priceAdjustment = '';
  readonly discount = null;

  constructor(ledger: UsageLedger, index: number) {
    this.ledger = ledger;
    this.index = index;
    this.isAudited = ledger.table(index).isAudited;
    this.heading = ledger.heading(index);
  }

  get source(): SourceRef {
    const { file, sheet } = this.ledger.table(this.index);
    return { file, sheet, row: this.ledger.row(this.index) };
  }
  get kind(): ChargeKind {
    return this.ledger.kind(this.index);
  }
  get chargeType(): string {
    return this.ledger.text('chargeType', this.index);
  }
  get invoiceNumber(): string {
    return this.ledger.text('invoiceNumber', this.index);
  }
  /** Usage rows have none: what tells a day's row from another day's stands for it. */
  get referenceId(): string {
    return `${this.usageDay === null ? '' : isoDay(this.usageDay)} ${this.meter}`.trim();
  }
  get creditReason(): string {
    return this.ledger.text('creditReason', this.index);
  }
  get meter(): string {
    return this.ledger.text('meter', this.index);
  }
  get firstDay(): Day | null {
    return this.ledger.day('firstDay', this.index) ?? this.usageDay;
  }
  get lastDay(): Day | null {
    return this.ledger.day('lastDay', this.index) ?? this.usageDay;
  }
  get usageDay(): Day | null {
    return this.ledger.day('usageDay', this.index);
  }
  get rateDay(): Day | null {
    return this.ledger.day('rateDay', this.index);
  }
  get unitPrice(): Decimal | null {
    return this.ledger.decimal('unitPrice', this.index);
  }
  get unitPriceDigits(): number {
    return this.ledger.printed('unitPrice', this.index)?.scale ?? 0;
  }
  get effectiveUnitPrice(): Decimal | null {
    return this.ledger.decimal('effectiveUnitPrice', this.index);
  }
  get effectiveDigits(): number {
    return this.ledger.printed('effectiveUnitPrice', this.index)?.scale ?? 0;
  }
  get quantity(): Decimal {
    return this.ledger.decimal('quantity', this.index) ?? ZERO;
  }
  get quantityDigits(): number {
    return this.ledger.printed('quantity', this.index)?.scale ?? 0;
  }
  get amount(): Decimal {
    return this.ledger.decimal('amount', this.index) ?? ZERO;
  }
  get amountDigits(): number {
    return this.ledger.printed('amount', this.index)?.scale ?? 0;
  }
  get subtotal(): Decimal {
    return this.amount;
  }
  get tax(): Decimal {
    return this.ledger.decimal('tax', this.index) ?? ZERO;
  }
  get total(): Decimal {
    return this.ledger.decimal('total', this.index) ?? ZERO;
  }
  get rate(): Decimal | null {
    return this.ledger.decimal('rate', this.index);
  }
  get hasCharge(): boolean {
    return this.ledger.hasCharge(this.index);
  }
  get consumed(): Decimal | null {
    return this.ledger.decimal('consumed', this.index);
  }
  get included(): Decimal | null {
    return this.ledger.decimal('included', this.index);
  }
  get earnedCredit(): Decimal | null {
    return percentOf(this.ledger.decimal('earnedCredit', this.index));
  }
  get customerCredit(): Decimal | null {
    return percentOf(this.ledger.decimal('customerCredit', this.index));
  }
  get standing(): CreditStanding {
    return this.ledger.standing(this.index);
  }
  get sign(): -1 | 0 | 1 {
    const { amount } = this;
    return amount.isZero() ? 0 : amount.isNegative() ? -1 : 1;
  }
}
