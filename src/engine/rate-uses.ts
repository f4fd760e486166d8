import type { ChargeLine } from '../domain/charge-line.ts';
import { Decimal } from '../domain/money.ts';
import type { RateUse } from '../domain/subjects.ts';
import type { Ledger } from './ledger.ts';

/** The exchange rates that each invoice prints for a currency pair and rate date, counted over all its lines. */
export class RateUses {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
    for (let index = 0; index < ledger.length; index += 1) {
      if (ledger.heading(index).layout === 'legacy-licence') continue;
      const printed = ledger.printed('rate', index);
      if (printed === null) continue;
      const key = this.#key(index);
      const counts = this.#counts.get(key) ?? new Map<string, number>();
      const rate = ledger.decimal('rate', index)?.toString() ?? '';
      counts.set(rate, (counts.get(rate) ?? 0) + 1);
      this.#counts.set(key, counts);
    }
  }

  of(line: ChargeLine): RateUse | null {
    const counts = this.#counts.get(this.#key(line.index));
    if (counts === undefined || line.rate === null) return null;
    const total = [...counts.values()].reduce((all, count) => all + count, 0);
    const winner = [...counts].find(([, count]) => count * 2 > total);
    return { distinct: counts.size, majority: winner === undefined ? null : new Decimal(winner[0]) };
  }

  #key(index: number): string {
    const { currency, pricingCurrency } = this.#ledger.heading(index);
    return [this.#ledger.text('invoiceNumber', index), pricingCurrency, currency, this.#ledger.day('rateDay', index) ?? ''].join(' ');
  }
}
