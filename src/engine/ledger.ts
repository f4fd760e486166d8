import type { ChargeKind, ChargeLine, LineHeading, ParsedLine, SourceRef } from '../domain/charge-line.ts';
import type { Day } from '../domain/days.ts';
import { invariant } from '../domain/invariant.ts';
import { ZERO, type Decimal, type PrintedNumber } from '../domain/money.ts';
import { IntColumn, NumberColumn } from './column.ts';
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
const TEXTS = ['chargeType', 'invoiceNumber', 'referenceId', 'priceAdjustment', 'creditReason', 'meter'] as const;
const DAYS = ['orderDay', 'orderSecond', 'firstDay', 'lastDay', 'termFirstDay', 'termLastDay', 'rateDay'] as const;
const NUMBERS = ['unitPrice', 'effectiveUnitPrice', 'quantity', 'amount', 'discount', 'subtotal', 'tax', 'total', 'rate'] as const;
type TextName = (typeof TEXTS)[number];
type DayName = (typeof DAYS)[number];
type NumberName = (typeof NUMBERS)[number];

const NO_DAY = -0x80000000;

function columns<N extends string, C>(names: readonly N[], make: () => C): Readonly<Record<N, C>> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<N, C>;
}

/**
 * All lines of all files, column by column in typed arrays: about 150 bytes a line outside the JavaScript heap, where objects
 * with decimals would take a kilobyte. Lines come out again as `ChargeLine` views, a customer at a time.
 */
export class Ledger {
  readonly #tables: LedgerTable[] = [];
  readonly #headings: LineHeading[] = [];
  readonly #headingNumbers = new Map<LineHeading, number>();
  readonly #pool = new TextPool();
  readonly #texts = columns(TEXTS, () => new IntColumn());
  readonly #days = columns(DAYS, () => new IntColumn());
  readonly #numbers = columns(NUMBERS, () => new NumberColumn());
  readonly #heading = new IntColumn();
  readonly #table = new IntColumn();
  readonly #row = new IntColumn();
  readonly #kind = new IntColumn();
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
    this.#addTexts(index, line);
    this.#addDays(index, line);
    this.#addNumbers(index, line);
    this.#heading.set(index, this.#numberOfHeading(line.heading));
    this.#table.set(index, this.#tables.length - 1);
    this.#row.set(index, line.row);
    this.#kind.set(index, KINDS.indexOf(line.kind));
  }

  /** Forgets every line from `length` on: their table is read again with another dialect. */
  truncate(length: number): void {
    this.#length = length;
    for (const name of NUMBERS) this.#numbers[name].truncate(length);
  }

  line(index: number): ChargeLine {
    return new LedgerLine(this, index);
  }

  heading(index: number): LineHeading {
    const heading = this.#headings[this.#heading.get(index)];
    invariant(heading !== undefined, 'every line has a heading');
    return heading;
  }

  /** Equal for lines of one heading. */
  headingNumber(index: number): number {
    return this.#heading.get(index);
  }

  /** The headings of all lines, each once. */
  headings(): Iterable<LineHeading> {
    const used = new Set<LineHeading>();
    for (let index = 0; index < this.#length; index += 1) used.add(this.heading(index));
    return used;
  }

  table(index: number): LedgerTable {
    const table = this.#tables[this.#table.get(index)];
    invariant(table !== undefined, 'every line has a table');
    return table;
  }

  row(index: number): number {
    return this.#row.get(index);
  }

  kind(index: number): ChargeKind {
    return KINDS[this.#kind.get(index)] ?? 'other';
  }

  text(name: TextName, index: number): string {
    return this.#pool.text(this.#texts[name].get(index));
  }

  day(name: DayName, index: number): Day | null {
    const value = this.#days[name].get(index);
    return value === NO_DAY ? null : (value as Day);
  }

  decimal(name: NumberName, index: number): Decimal | null {
    return this.#numbers[name].get(index);
  }

  printed(name: NumberName, index: number): PrintedNumber | null {
    return this.#numbers[name].printed(index);
  }

  // Column by column and not in a loop over names: properties named in the program are read several times faster.
  #addTexts(index: number, line: ParsedLine): void {
    const texts = this.#texts;
    const pool = this.#pool;
    texts.chargeType.set(index, pool.numberOf(line.chargeType));
    texts.invoiceNumber.set(index, pool.numberOf(line.invoiceNumber));
    texts.referenceId.set(index, pool.numberOf(line.referenceId));
    texts.priceAdjustment.set(index, pool.numberOf(line.priceAdjustment));
    texts.creditReason.set(index, pool.numberOf(line.creditReason));
    texts.meter.set(index, pool.numberOf(line.meter));
  }

  #addDays(index: number, line: ParsedLine): void {
    const days = this.#days;
    days.orderDay.set(index, line.orderDay ?? NO_DAY);
    days.orderSecond.set(index, line.orderSecond ?? NO_DAY);
    days.firstDay.set(index, line.firstDay ?? NO_DAY);
    days.lastDay.set(index, line.lastDay ?? NO_DAY);
    days.termFirstDay.set(index, line.termFirstDay ?? NO_DAY);
    days.termLastDay.set(index, line.termLastDay ?? NO_DAY);
    days.rateDay.set(index, line.rateDay ?? NO_DAY);
  }

  #addNumbers(index: number, line: ParsedLine): void {
    const numbers = this.#numbers;
    numbers.unitPrice.set(index, line.unitPrice);
    numbers.effectiveUnitPrice.set(index, line.effectiveUnitPrice);
    numbers.quantity.set(index, line.quantity);
    numbers.amount.set(index, line.amount);
    numbers.discount.set(index, line.discount);
    numbers.subtotal.set(index, line.subtotal);
    numbers.tax.set(index, line.tax);
    numbers.total.set(index, line.total);
    numbers.rate.set(index, line.rate);
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
  private keptTax: Decimal | undefined = undefined;
  private keptTotal: Decimal | undefined = undefined;
  private keptRate: Decimal | null | undefined = undefined;
  private keptSign: -1 | 0 | 1 | undefined = undefined;
  readonly index: number;
  readonly kind: ChargeKind;
  readonly heading: LineHeading;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  readonly orderDay: Day | null;

  constructor(ledger: Ledger, index: number) {
    this.ledger = ledger;
    this.index = index;
    this.kind = ledger.kind(index);
    this.heading = ledger.heading(index);
    this.firstDay = ledger.day('firstDay', index);
    this.lastDay = ledger.day('lastDay', index);
    this.orderDay = ledger.day('orderDay', index);
  }

  get isAudited(): boolean {
    return this.ledger.table(this.index).isAudited;
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
  get tax(): Decimal {
    return (this.keptTax ??= this.ledger.decimal('tax', this.index) ?? ZERO);
  }
  get total(): Decimal {
    return (this.keptTotal ??= this.ledger.decimal('total', this.index) ?? ZERO);
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
