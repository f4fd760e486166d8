import type { ChargeLine, ParsedLine } from '../../domain/charges/charge-line.ts';
import type { Day } from '../../domain/calendar/days.ts';
import { ZERO, type Decimal } from '../../domain/numbers/money.ts';
import { LineStore, NO_DAY, SHARED_INTS } from './line-store.ts';
import { StoredLine } from './stored-line.ts';

/** The places of a line's integers: texts by their number in the pool, days, and where the line comes from. */
const INTS = {
  ...SHARED_INTS,
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

/** All lines of licence and invoice files. Lines come out again as `ChargeLine` views, a customer at a time. */
export class Ledger extends LineStore<TextName, DayName, NumberName> {
  constructor() {
    super(INTS, NUMBERS);
  }

  add(line: ParsedLine): void {
    const index = this.addLine(line);
    this.#addTexts(index, line);
    this.#addDays(index, line);
    this.#addNumbers(index, line);
  }

  line(index: number): ChargeLine {
    return new LedgerLine(this, index);
  }

  // One after the other and not in a loop over names: properties named in the program are read several times faster.
  #addTexts(index: number, line: ParsedLine): void {
    const ints = this.ints;
    const pool = this.pool;
    ints.set(index, INTS.chargeType, pool.numberOf(line.chargeType));
    ints.set(index, INTS.invoiceNumber, pool.numberOf(line.invoiceNumber));
    ints.set(index, INTS.referenceId, pool.numberOf(line.referenceId));
    ints.set(index, INTS.priceAdjustment, pool.numberOf(line.priceAdjustment));
    ints.set(index, INTS.creditReason, pool.numberOf(line.creditReason));
    ints.set(index, INTS.meter, pool.numberOf(line.meter));
  }

  #addDays(index: number, line: ParsedLine): void {
    const ints = this.ints;
    ints.set(index, INTS.orderDay, line.orderDay ?? NO_DAY);
    ints.set(index, INTS.orderSecond, line.orderSecond ?? NO_DAY);
    ints.set(index, INTS.firstDay, line.firstDay ?? NO_DAY);
    ints.set(index, INTS.lastDay, line.lastDay ?? NO_DAY);
    ints.set(index, INTS.termFirstDay, line.termFirstDay ?? NO_DAY);
    ints.set(index, INTS.termLastDay, line.termLastDay ?? NO_DAY);
    ints.set(index, INTS.rateDay, line.rateDay ?? NO_DAY);
  }

  #addNumbers(index: number, line: ParsedLine): void {
    const numbers = this.numbers;
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
}

/** A line of the ledger as the rules see it; decimals are made when asked for and then kept. */
class LedgerLine extends StoredLine<Ledger> implements ChargeLine {
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
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  readonly orderDay: Day | null;

  constructor(ledger: Ledger, index: number) {
    super(ledger, index);
    this.firstDay = ledger.day('firstDay', index);
    this.lastDay = ledger.day('lastDay', index);
    this.orderDay = ledger.day('orderDay', index);
  }

  get referenceId(): string {
    return this.ledger.text('referenceId', this.index);
  }
  get priceAdjustment(): string {
    return this.ledger.text('priceAdjustment', this.index);
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
  get unitPrice(): Decimal | null {
    if (this.keptUnitPrice === undefined) this.keptUnitPrice = this.ledger.decimal('unitPrice', this.index);
    return this.keptUnitPrice;
  }
  get effectiveUnitPrice(): Decimal | null {
    if (this.keptEffectiveUnitPrice === undefined) this.keptEffectiveUnitPrice = this.ledger.decimal('effectiveUnitPrice', this.index);
    return this.keptEffectiveUnitPrice;
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
