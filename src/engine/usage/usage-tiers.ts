import type { UsageLine } from '../../domain/charges/charge-line.ts';
import type { UsageLedger } from './usage-ledger.ts';

/** The billed legacy rows of one meter, invoice and charge period, found when a rule asks for the first time: nearly every file is never asked. */
export class TierIndex {
  readonly #ledger: UsageLedger;
  #groups: ReadonlyMap<string, readonly number[]> | null = null;

  constructor(ledger: UsageLedger) {
    this.#ledger = ledger;
  }

  /** The lines that share the consumption of a line, itself included, in the order of the ledger. */
  of(index: number): readonly UsageLine[] {
    this.#groups ??= this.#gather();
    return (this.#groups.get(this.#keyOf(index)) ?? [index]).map((each) => this.#ledger.line(each));
  }

  #gather(): ReadonlyMap<string, readonly number[]> {
    const groups = new Map<string, number[]>();
    for (let index = 0; index < this.#ledger.length; index += 1) {
      if (!this.#ledger.hasCharge(index) || this.#ledger.heading(index).layout !== 'legacy-usage') continue;
      const key = this.#keyOf(index);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [index]);
      else group.push(index);
    }
    return groups;
  }

  #keyOf(index: number): string {
    const ledger = this.#ledger;
    const { subscriptionId, offerId, currency } = ledger.heading(index);
    const consumed = ledger.decimal('consumed', index)?.toString() ?? '';
    const included = ledger.decimal('included', index)?.toString() ?? '';
    const texts = [ledger.textNumber('invoiceNumber', index), ledger.textNumber('meter', index), ledger.textNumber('chargeType', index)];
    const days = [ledger.day('firstDay', index), ledger.day('lastDay', index)];
    return [subscriptionId.toLowerCase(), offerId.toLowerCase(), currency, consumed, included, ...texts, ...days].join(' ');
  }
}
