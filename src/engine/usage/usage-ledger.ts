import {
  CREDIT_STANDINGS,
  type CreditStanding,
  type ParsedLine,
  type ParsedUsage,
  type UsageLine,
} from '../../domain/charges/charge-line.ts';
import { isoDay, type Day } from '../../domain/calendar/days.ts';
import { Decimal, ZERO } from '../../domain/numbers/money.ts';
import { LineStore, NO_DAY, SHARED_INTS } from '../lines/line-store.ts';
import { StoredLine } from '../lines/stored-line.ts';

const INTS = {
  ...SHARED_INTS,
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

/** The lines of the usage layouts, apart from the licence lines: they have other columns, no cycles and no chains, and there are millions of them. */
export class UsageLedger extends LineStore<TextName, DayName, NumberName> {
  constructor() {
    super(INTS, NUMBERS);
  }

  add(line: ParsedLine, usage: ParsedUsage): void {
    const index = this.addLine(line);
    const { ints, pool } = this;
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

  line(index: number): UsageLine {
    return new UsageLedgerLine(this, index);
  }

  standing(index: number): CreditStanding {
    return CREDIT_STANDINGS[this.ints.get(index, INTS.standing)] ?? 'unknown';
  }

  hasCharge(index: number): boolean {
    return this.ints.get(index, INTS.hasCharge) === 1;
  }

  #addNumbers(index: number, line: ParsedLine, usage: ParsedUsage): void {
    const numbers = this.numbers;
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
}

const ONE = new Decimal(1);

/** A percentage is above 1; the first API prints the same as a rate. */
function percentOf(printed: Decimal | null): Decimal | null {
  return printed === null || printed.isZero() || printed.abs().gt(ONE) ? printed : printed.times(100);
}

/** A usage line as the rules see it; decimals are made when asked for. */
class UsageLedgerLine extends StoredLine<UsageLedger> implements UsageLine {
  readonly orderDay = null;
  readonly orderSecond = null;
  readonly termFirstDay = null;
  readonly termLastDay = null;
  readonly priceAdjustment = '';
  readonly discount = null;

  /** Usage rows have none: what tells a day's row from another day's stands for it. */
  get referenceId(): string {
    return `${this.usageDay === null ? '' : isoDay(this.usageDay)} ${this.meter}`.trim();
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
  get unitPrice(): Decimal | null {
    return this.ledger.decimal('unitPrice', this.index);
  }
  get effectiveUnitPrice(): Decimal | null {
    return this.ledger.decimal('effectiveUnitPrice', this.index);
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
