import type { Day } from '../../domain/calendar/days.ts';
import { Decimal, ZERO } from '../../domain/numbers/money.ts';
import type { UsageDay } from '../../domain/charges/subjects.ts';
import { auditedUsage } from './audited-usage.ts';
import { compareLines, compareTexts } from '../chains/gather-chains.ts';
import type { VoidedLines } from '../invoices/voided-lines.ts';
import type { UsageLedger } from './usage-ledger.ts';

/** What is counted of one customer, day and billing currency. */
interface DayCount {
  readonly customerId: string;
  readonly day: Day;
  /** Rows that carry a credit by its rate in per cent. */
  readonly carriers: Map<string, number>;
  /** The first row that carries a credit, in the order that no file order changes. */
  carrier: number | null;
}

const ONE = new Decimal(1);
const PERCENT_DIGITS = 2;

/** The daily usage rows by customer, day and billing currency, as far as they tell of the earned credit. Rows are kept as numbers. */
export class UsageDays {
  readonly #ledger: UsageLedger;
  readonly #days = new Map<string, DayCount>();
  readonly #without = new Map<DayCount, number[]>();

  /** @param voided rows that are left. */
  constructor(ledger: UsageLedger, voided: VoidedLines) {
    this.#ledger = ledger;
    // Only days on which some row carries the credit, and rows that state one, are worth keeping the others of.
    for (let index = 0; index < ledger.length; index += 1) if (!voided.has(index)) this.#countCarrier(index);
    for (let index = 0; index < ledger.length; index += 1) if (!voided.has(index)) this.#keepWithout(index);
  }

  /** In the order of customers and days. */
  *subjects(): Generator<UsageDay> {
    const ordered = [...this.#days].sort(([a], [b]) => compareTexts(a, b));
    for (const [, count] of ordered) {
      const without = this.#without.get(count) ?? [];
      if (without.length === 0) continue;
      yield {
        customerId: count.customerId,
        day: count.day,
        without: without
          .map((index) => this.#ledger.line(index))
          .sort(compareLines)
          .map((line) => auditedUsage(line)),
        carrier: this.#carrierOf(count),
      };
    }
  }

  #carrierOf({ carriers, carrier }: DayCount): UsageDay['carrier'] {
    if (carrier === null) return null;
    const rates = [...carriers].sort(([a, rowsA], [b, rowsB]) => rowsB - rowsA || new Decimal(a).comparedTo(b));
    return {
      one: auditedUsage(this.#ledger.line(carrier)),
      percent: new Decimal(rates[0]?.[0] ?? '0'),
      rows: rates.reduce((all, [, rows]) => all + rows, 0),
    };
  }

  #countCarrier(index: number): void {
    const percent = this.#creditCarried(index);
    const count = percent === null ? null : this.#countOf(index);
    if (percent === null || count === null) return;
    const text = percent.toString();
    count.carriers.set(text, (count.carriers.get(text) ?? 0) + 1);
    if (count.carrier === null || compareLines(this.#ledger.line(index), this.#ledger.line(count.carrier)) < 0) count.carrier = index;
  }

  /** The credit in per cent by which a row's effective price lies below its unit price; null where it carries none, or may not. */
  #creditCarried(index: number): Decimal | null {
    const { unitPrice, effective } = this.#prices(index) ?? {};
    if (unitPrice === undefined || effective === undefined || effective.gte(unitPrice) || effective.isZero()) return null;
    const stated = this.#ledger.decimal('earnedCredit', index);
    if (stated !== null && stated.isZero()) return null;
    if (stated !== null) return stated.gt(ONE) ? stated : stated.times(100);
    return ONE.minus(effective.div(unitPrice)).times(100).toDecimalPlaces(PERCENT_DIGITS);
  }

  #keepWithout(index: number): void {
    if (!this.#ledger.table(index).isAudited) return;
    const { unitPrice, effective } = this.#prices(index) ?? {};
    if (unitPrice === undefined || effective?.eq(unitPrice) !== true) return;
    const stated = this.#ledger.decimal('earnedCredit', index);
    const mustAsk = stated === null || !stated.isZero();
    const count = this.#countOf(index, mustAsk);
    if (count === null || (count.carrier === null && !mustAsk)) return;
    const kept = this.#without.get(count);
    if (kept === undefined) this.#without.set(count, [index]);
    else kept.push(index);
  }

  /** Unit price and effective price of a row that charges something and may earn the credit. */
  #prices(index: number): { readonly unitPrice: Decimal; readonly effective: Decimal } | null {
    const ledger = this.#ledger;
    const standing = ledger.standing(index);
    if ((standing !== 'eligible' && standing !== 'unknown') || ledger.heading(index).layout !== 'daily-usage') return null;
    const unitPrice = ledger.decimal('unitPrice', index);
    const effective = ledger.decimal('effectiveUnitPrice', index);
    const amount = ledger.decimal('amount', index) ?? ZERO;
    if (unitPrice === null || effective === null || !unitPrice.isPositive() || unitPrice.isZero()) return null;
    return amount.isZero() || amount.isNegative() ? null : { unitPrice, effective };
  }

  #countOf(index: number, mayOpen = true): DayCount | null {
    const ledger = this.#ledger;
    const day = ledger.day('usageDay', index);
    if (day === null) return null;
    const { customerId, currency } = ledger.heading(index);
    const key = `${customerId.toLowerCase()} ${currency} ${String(day).padStart(8, '0')}`;
    let count = this.#days.get(key);
    if (count === undefined && mayOpen) {
      count = { customerId, day, carriers: new Map(), carrier: null };
      this.#days.set(key, count);
    }
    return count ?? null;
  }
}
