import type { ChargeKind, ChargeLine, LineHeading, ParsedLine, SourceRef } from '../domain/charge-line.ts';
import type { Day } from '../domain/days.ts';
import { invariant } from '../domain/invariant.ts';
import { ZERO, type Decimal, type PrintedNumber } from '../domain/money.ts';
import { IntTable, NumberTable } from './line-table.ts';
import { TextPool } from './text-pool.ts';

/** A file or sheet as the ledger knows it. */
export interface LedgerTable {
  readonly file: string;
  readonly sheet: string | null;
  readonly isAudited: boolean;
}

const KINDS: readonly ChargeKind[] = [
  'purchase',
  'renewal',
  'cycle',
  'seat-change',
  'conversion',
  'plan-change',
  'cancellation',
  'adjustment',
  'other',
];
/** The places of a line's integers: texts by their number in the pool, days, and where the line comes from. */
const INTS = {
  heading: 0,
  table: 1,
  row: 2,
  kind: 3,
  firstDay: 4,
  lastDay: 5,
  orderDay: 6,
  orderSecond: 7,
  termFirstDay: 8,
  termLastDay: 9,
  rateDay: 10,
  chargeType: 11,
  invoiceNumber: 12,
  referenceId: 13,
  priceAdjustment: 14,
  creditReason: 15,
  meter: 16,
} as const;
const NUMBERS = {
  quantity: 0,
  amount: 1,
  unitPrice: 2,
  effectiveUnitPrice: 3,
  discount: 4,
  subtotal: 5,
  tax: 6,
  total: 7,
  rate: 8,
} as const;
type TextName = 'chargeType' | 'invoiceNumber' | 'referenceId' | 'priceAdjustment' | 'creditReason' | 'meter';
type DayName = 'orderDay' | 'orderSecond' | 'firstDay' | 'lastDay' | 'termFirstDay' | 'termLastDay' | 'rateDay';
type NumberName = keyof typeof NUMBERS;

const NO_DAY = -0x80000000;

/**
 * All lines of all files in typed arrays: about 150 bytes a line outside the JavaScript heap, where objects
 * with decimals would take a kilobyte. Lines come out again as `ChargeLine` views, a customer at a time.
 */
export class Ledger {
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

  /** Lines added from here on belong to this table. */
  beginTable(table: LedgerTable): void {
    this.#tables.push(table);
  }

  add(line: ParsedLine): void {
    invariant(this.#tables.length > 0, 'a line needs a table');
    const index = this.#length;
    this.#length += 1;
    this.#ints.set(index, INTS.heading, this.#numberOfHeading(line.heading));
    this.#ints.set(index, INTS.table, this.#tables.length - 1);
    this.#ints.set(index, INTS.row, line.row);
    this.#ints.set(index, INTS.kind, KINDS.indexOf(line.kind));
    this.#addTexts(index, line);
    this.#addDays(index, line);
    this.#addNumbers(index, line);
  }

  /** Forgets every line from `length` on: their table is read again with another dialect. */
  truncate(length: number): void {
    this.#length = length;
    this.#numbers.truncate(length);
  }

  line(index: number): ChargeLine {
    return new LedgerLine(this, index);
  }

  heading(index: number): LineHeading {
    const heading = this.#headings[this.#ints.get(index, INTS.heading)];
    invariant(heading !== undefined, 'every line has a heading');
    return heading;
  }

  /** Equal for lines of one heading. */
  headingNumber(index: number): number {
    return this.#ints.get(index, INTS.heading);
  }

  /** The headings of all lines, each once. */
  headings(): readonly LineHeading[] {
    const isUsed = new Uint8Array(this.#headings.length);
    for (let index = 0; index < this.#length; index += 1) isUsed[this.headingNumber(index)] = 1;
    return this.#headings.filter((_, number) => isUsed[number] === 1);
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

  // One after the other and not in a loop over names: properties named in the program are read several times faster.
  #addTexts(index: number, line: ParsedLine): void {
    const ints = this.#ints;
    const pool = this.#pool;
    ints.set(index, INTS.chargeType, pool.numberOf(line.chargeType));
    ints.set(index, INTS.invoiceNumber, pool.numberOf(line.invoiceNumber));
    ints.set(index, INTS.referenceId, pool.numberOf(line.referenceId));
    ints.set(index, INTS.priceAdjustment, pool.numberOf(line.priceAdjustment));
    ints.set(index, INTS.creditReason, pool.numberOf(line.creditReason));
    ints.set(index, INTS.meter, pool.numberOf(line.meter));
  }

  #addDays(index: number, line: ParsedLine): void {
    const ints = this.#ints;
    ints.set(index, INTS.orderDay, line.orderDay ?? NO_DAY);
    ints.set(index, INTS.orderSecond, line.orderSecond ?? NO_DAY);
    ints.set(index, INTS.firstDay, line.firstDay ?? NO_DAY);
    ints.set(index, INTS.lastDay, line.lastDay ?? NO_DAY);
    ints.set(index, INTS.termFirstDay, line.termFirstDay ?? NO_DAY);
    ints.set(index, INTS.termLastDay, line.termLastDay ?? NO_DAY);
    ints.set(index, INTS.rateDay, line.rateDay ?? NO_DAY);
  }

  #addNumbers(index: number, line: ParsedLine): void {
    const numbers = this.#numbers;
    numbers.set(index, NUMBERS.unitPrice, line.unitPrice);
    numbers.set(index, NUMBERS.effectiveUnitPrice, line.effectiveUnitPrice);
    numbers.set(index, NUMBERS.quantity, line.quantity);
    numbers.set(index, NUMBERS.amount, line.amount);
    numbers.set(index, NUMBERS.discount, line.discount);
    numbers.set(index, NUMBERS.subtotal, line.subtotal);
    numbers.set(index, NUMBERS.tax, line.tax);
    numbers.set(index, NUMBERS.total, line.total);
    numbers.set(index, NUMBERS.rate, line.rate);
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

/** A line of the ledger as the rules see it; decimals are made when asked for and then kept. */
class LedgerLine implements ChargeLine {
  private readonly ledger: Ledger;
  // Plain fields, for they are touched for every line; undefined until somebody asks.
  private keptUnitPrice: Decimal | null | undefined = undefined;
  private keptEffectiveUnitPrice: Decimal | null | undefined = undefined;
  private keptQuantity: Decimal | undefined = undefined;
  private keptAmount: Decimal | undefined = undefined;
  private keptDiscount: Decimal | null | undefined = undefined;
  private keptSubtotal: Decimal | undefined = undefined;
  private keptTax: Decimal | null | undefined = undefined;
  private keptTotal: Decimal | null | undefined = undefined;
  private keptRate: Decimal | null | undefined = undefined;
  private keptSign: -1 | 0 | 1 | undefined = undefined;
  readonly index: number;
  readonly isAudited: boolean;
  readonly kind: ChargeKind;
  readonly heading: LineHeading;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  readonly orderDay: Day | null;

  constructor(ledger: Ledger, index: number) {
    this.ledger = ledger;
    this.index = index;
    this.isAudited = ledger.table(index).isAudited;
    this.kind = ledger.kind(index);
    this.heading = ledger.heading(index);
    this.firstDay = ledger.day('firstDay', index);
    this.lastDay = ledger.day('lastDay', index);
    this.orderDay = ledger.day('orderDay', index);
  }

  get source(): SourceRef {
    const { file, sheet } = this.ledger.table(this.index);
    return { file, sheet, row: this.ledger.row(this.index) };
  }
  get chargeType(): string {
    return this.ledger.text('chargeType', this.index);
  }
  get invoiceNumber(): string {
    return this.ledger.text('invoiceNumber', this.index);
  }
  get referenceId(): string {
    return this.ledger.text('referenceId', this.index);
  }
  get priceAdjustment(): string {
    return this.ledger.text('priceAdjustment', this.index);
  }
  get creditReason(): string {
    return this.ledger.text('creditReason', this.index);
  }
  get meter(): string {
    return this.ledger.text('meter', this.index);
  }
  get orderSecond(): number | null {
    return this.ledger.day('orderSecond', this.index);
  }
  get termFirstDay(): Day | null {
    return this.ledger.day('termFirstDay', this.index);
  }
  get termLastDay(): Day | null {
    return this.ledger.day('termLastDay', this.index);
  }
  get rateDay(): Day | null {
    return this.ledger.day('rateDay', this.index);
  }
  get unitPrice(): Decimal | null {
    if (this.keptUnitPrice === undefined) this.keptUnitPrice = this.ledger.decimal('unitPrice', this.index);
    return this.keptUnitPrice;
  }
  get unitPriceDigits(): number {
    return this.ledger.printed('unitPrice', this.index)?.scale ?? 0;
  }
  get effectiveUnitPrice(): Decimal | null {
    if (this.keptEffectiveUnitPrice === undefined) this.keptEffectiveUnitPrice = this.ledger.decimal('effectiveUnitPrice', this.index);
    return this.keptEffectiveUnitPrice;
  }
  get effectiveDigits(): number {
    return this.ledger.printed('effectiveUnitPrice', this.index)?.scale ?? 0;
  }
  get quantity(): Decimal {
    return (this.keptQuantity ??= this.ledger.decimal('quantity', this.index) ?? ZERO);
  }
  get amount(): Decimal {
    return (this.keptAmount ??= this.ledger.decimal('amount', this.index) ?? ZERO);
  }
  get discount(): Decimal | null {
    if (this.keptDiscount === undefined) this.keptDiscount = this.ledger.decimal('discount', this.index);
    return this.keptDiscount;
  }
  get subtotal(): Decimal {
    return (this.keptSubtotal ??= this.ledger.decimal('subtotal', this.index) ?? ZERO);
  }
  get tax(): Decimal | null {
    if (this.keptTax === undefined) this.keptTax = this.ledger.decimal('tax', this.index);
    return this.keptTax;
  }
  get total(): Decimal | null {
    if (this.keptTotal === undefined) this.keptTotal = this.ledger.decimal('total', this.index);
    return this.keptTotal;
  }
  get rate(): Decimal | null {
    if (this.keptRate === undefined) this.keptRate = this.ledger.decimal('rate', this.index);
    return this.keptRate;
  }

  get sign(): -1 | 0 | 1 {
    return (this.keptSign ??= signOf(this));
  }
}

function signOf(line: ChargeLine): -1 | 0 | 1 {
  if (!line.amount.isZero()) return line.amount.isNegative() ? -1 : 1;
  // A zero amount of a positive price and quantity is a charge of nothing; only a minus sign tells a credit.
  for (const value of [line.effectiveUnitPrice, line.quantity, line.unitPrice]) {
    if (value !== null && !value.isZero() && value.isNegative()) return -1;
  }
  return line.quantity.isZero() || line.unitPrice?.isZero() === true ? 0 : 1;
}
