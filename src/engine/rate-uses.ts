import { Decimal } from '../domain/money.ts';
import type { ChargeLine } from '../domain/charge-line.ts';
import type { RateUse } from '../domain/subjects.ts';
import type { Ledger } from './ledger.ts';

/** The exchange rates that each invoice prints for a currency pair and rate date, counted over all its lines. */
export class RateUses {
  /** One for each invoice, currency pair and rate date: how many lines print a rate. */
  readonly #counts: Map<string, number>[] = [];
  readonly #uses: (RateUse | undefined)[] = [];
  /** The place in `#counts` of every line; −1 where a line has no rate. */
  readonly #places: Int32Array;

  constructor(ledger: Ledger) {
    this.#places = new Int32Array(ledger.length).fill(-1);
    const places = new Map<string, number>();
    for (let index = 0; index < ledger.length; index += 1) {
      if (ledger.heading(index).layout === 'legacy-licence') continue;
      const rate = ledger.decimal('rate', index)?.toString();
      if (rate === undefined) continue;
      const key = keyOf(ledger, index);
      let place = places.get(key);
      if (place === undefined) {
        place = this.#counts.length;
        places.set(key, place);
        this.#counts.push(new Map());
      }
      const counts = this.#counts[place];
      counts?.set(rate, (counts.get(rate) ?? 0) + 1);
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

function keyOf(ledger: Ledger, index: number): string {
  const { currency, pricingCurrency } = ledger.heading(index);
  return `${ledger.text('invoiceNumber', index)} ${pricingCurrency} ${currency} ${ledger.day('rateDay', index) ?? ''}`;
}

function useOf(counts: ReadonlyMap<string, number>): RateUse {
  const total = [...counts.values()].reduce((all, count) => all + count, 0);
  const winner = [...counts].find(([, count]) => count * 2 > total);
  return { distinct: counts.size, majority: winner === undefined ? null : new Decimal(winner[0]) };
}
