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
    for (const name of TEXTS) this.#texts[name].set(index, this.#pool.numberOf(line[name]));
    for (const name of DAYS) this.#days[name].set(index, line[name] ?? NO_DAY);
    for (const name of NUMBERS) this.#numbers[name].set(index, line[name]);
    this.#heading.set(index, this.#headingNumber(line.heading));
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

  #headingNumber(heading: LineHeading): number {
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
  readonly #ledger: Ledger;
  /** By the place of the number's name; made when asked for. */
  readonly #decimals: (Decimal | null | undefined)[] = [];
  readonly index: number;
  readonly kind: ChargeKind;
  readonly heading: LineHeading;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  readonly orderDay: Day | null;

  constructor(ledger: Ledger, index: number) {
    this.#ledger = ledger;
    this.index = index;
    this.kind = ledger.kind(index);
    this.heading = ledger.heading(index);
    this.firstDay = ledger.day('firstDay', index);
    this.lastDay = ledger.day('lastDay', index);
    this.orderDay = ledger.day('orderDay', index);
  }

  get isAudited(): boolean {
    return this.#ledger.table(this.index).isAudited;
  }
  get source(): SourceRef {
    const { file, sheet } = this.#ledger.table(this.index);
    return { file, sheet, row: this.#ledger.row(this.index) };
  }
  get chargeType(): string {
    return this.#ledger.text('chargeType', this.index);
  }
  get invoiceNumber(): string {
    return this.#ledger.text('invoiceNumber', this.index);
  }
  get referenceId(): string {
    return this.#ledger.text('referenceId', this.index);
  }
  get priceAdjustment(): string {
    return this.#ledger.text('priceAdjustment', this.index);
  }
  get creditReason(): string {
    return this.#ledger.text('creditReason', this.index);
  }
  get meter(): string {
    return this.#ledger.text('meter', this.index);
  }
  get orderSecond(): number | null {
    return this.#ledger.day('orderSecond', this.index);
  }
  get termFirstDay(): Day | null {
    return this.#ledger.day('termFirstDay', this.index);
  }
  get termLastDay(): Day | null {
    return this.#ledger.day('termLastDay', this.index);
  }
  get rateDay(): Day | null {
    return this.#ledger.day('rateDay', this.index);
  }
  get unitPrice(): Decimal | null {
    return this.#decimal(0, 'unitPrice');
  }
  get unitPriceDigits(): number {
    return this.#ledger.printed('unitPrice', this.index)?.scale ?? 0;
  }
  get effectiveUnitPrice(): Decimal | null {
    return this.#decimal(1, 'effectiveUnitPrice');
  }
  get effectiveDigits(): number {
    return this.#ledger.printed('effectiveUnitPrice', this.index)?.scale ?? 0;
  }
  get quantity(): Decimal {
    return this.#decimal(2, 'quantity') ?? ZERO;
  }
  get amount(): Decimal {
    return this.#decimal(3, 'amount') ?? ZERO;
  }
  get discount(): Decimal | null {
    return this.#decimal(4, 'discount');
  }
  get subtotal(): Decimal {
    return this.#decimal(5, 'subtotal') ?? ZERO;
  }
  get tax(): Decimal {
    return this.#decimal(6, 'tax') ?? ZERO;
  }
  get total(): Decimal {
    return this.#decimal(7, 'total') ?? ZERO;
  }
  get rate(): Decimal | null {
    return this.#decimal(8, 'rate');
  }

  get sign(): -1 | 0 | 1 {
    for (const value of [this.amount, this.effectiveUnitPrice, this.quantity, this.unitPrice]) {
      if (value !== null && !value.isZero()) {
        // A zero amount of a positive price and quantity is a charge of nothing; only a minus sign tells a credit.
        if (value.isNegative()) return -1;
        if (value === this.amount) return 1;
      }
    }
    return this.quantity.isZero() || this.unitPrice?.isZero() === true ? 0 : 1;
  }

  #decimal(place: number, name: NumberName): Decimal | null {
    let value = this.#decimals[place];
    if (value === undefined) {
      value = this.#ledger.decimal(name, this.index);
      this.#decimals[place] = value;
    }
    return value;
  }
}
