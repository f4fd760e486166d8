import { isRate, type ChargeLine, type LayoutName, type LineHeading } from '../../domain/charges/charge-line.ts';
import type { Day } from '../../domain/calendar/days.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import type { RateUse } from '../../domain/charges/subjects.ts';

/** What of a ledger tells which lines must share a rate: invoice lines, or daily usage rows. */
interface RatedLines {
  readonly length: number;
  heading(index: number): LineHeading;
  headingNumber(index: number): number;
  decimal(name: 'rate', index: number): Decimal | null;
  textNumber(name: 'invoiceNumber', index: number): number;
  day(name: 'rateDay', index: number): Day | null;
}

/** Layouts that print an exchange rate. */
const RATED: ReadonlySet<LayoutName> = new Set<LayoutName>(['new-commerce', 'daily-usage']);

/** The exchange rates that each invoice prints for a currency pair and rate date, counted over all its lines. */
export class RateUses {
  /** One for each invoice, currency pair and rate date: how many lines print a rate. */
  readonly #counts: Map<string, number>[] = [];
  readonly #uses: (RateUse | undefined)[] = [];
  /** The place in `#counts` of every line; −1 where a line has no rate. */
  readonly #places: Int32Array;

  constructor(ledger: RatedLines) {
    this.#places = new Int32Array(ledger.length).fill(-1);
    const placeOf = new RatePlaces(ledger, () => this.#counts.push(new Map()) - 1);
    for (let index = 0; index < ledger.length; index += 1) {
      if (!RATED.has(ledger.heading(index).layout)) continue;
      const rate = ledger.decimal('rate', index);
      if (rate === null) continue;
      const place = placeOf.line(index);
      const counts = this.#counts[place];
      const text = rate.toString();
      counts?.set(text, (counts.get(text) ?? 0) + 1);
      this.#places[index] = place;
    }
  }

  of(line: ChargeLine): RateUse | null {
    const place = this.#places[line.index] ?? -1;
    const counts = this.#counts[place];
    if (counts === undefined) return null;
    return (this.#uses[place] ??= useOf(counts));
  }
}

/** Numbers the invoices, currency pairs and rate dates by maps of numbers: a text put together for every line would cost more than the rest. */
class RatePlaces {
  readonly #ledger: RatedLines;
  readonly #newPlace: () => number;
  readonly #pairs = new Map<string, Map<number, Map<Day | null, number>>>();
  readonly #pairOfHeading: Map<number, Map<Day | null, number>>[] = [];

  constructor(ledger: RatedLines, newPlace: () => number) {
    this.#ledger = ledger;
    this.#newPlace = newPlace;
  }

  line(index: number): number {
    const ledger = this.#ledger;
    const invoices = (this.#pairOfHeading[ledger.headingNumber(index)] ??= this.#pairOf(ledger.heading(index)));
    const invoice = ledger.textNumber('invoiceNumber', index);
    let days = invoices.get(invoice);
    if (days === undefined) {
      days = new Map();
      invoices.set(invoice, days);
    }
    const day = ledger.day('rateDay', index);
    let place = days.get(day);
    if (place === undefined) {
      place = this.#newPlace();
      days.set(day, place);
    }
    return place;
  }

  #pairOf({ currency, pricingCurrency }: LineHeading): Map<number, Map<Day | null, number>> {
    const key = `${pricingCurrency} ${currency}`;
    let invoices = this.#pairs.get(key);
    if (invoices === undefined) {
      invoices = new Map();
      this.#pairs.set(key, invoices);
    }
    return invoices;
  }
}

function useOf(counts: ReadonlyMap<string, number>): RateUse {
  // What is no rate votes for none.
  const rates = [...counts].filter(([rate]) => isRate(new Decimal(rate)));
  const total = rates.reduce((all, [, count]) => all + count, 0);
  const winner = rates.find(([, count]) => count * 2 > total);
  return { distinct: counts.size, majority: winner === undefined ? null : new Decimal(winner[0]) };
}
