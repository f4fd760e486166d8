import type { Finding } from '../domain/finding.ts';
import { Decimal, decimalOf, formatMoney, ZERO } from '../domain/money.ts';
import type { CurrencyTotals } from '../domain/report.ts';
import type { Ledger } from './ledger.ts';

interface Sums {
  lines: number;
  recalculated: number;
  billed: Decimal;
  tax: Decimal;
  total: Decimal;
  creditsBilled: Decimal;
}

/** Control totals of the audited lines by currency: exact sums, context months left out. */
export class ControlTotals {
  readonly #sums = new Map<string, Sums>();

  constructor(ledger: Ledger) {
    for (let index = 0; index < ledger.length; index += 1) {
      if (!ledger.table(index).isAudited) continue;
      const sums = this.#of(ledger.heading(index).currency);
      sums.lines += 1;
      sums.billed = sums.billed.plus(value(ledger, 'subtotal', index));
      sums.tax = sums.tax.plus(value(ledger, 'tax', index));
      sums.total = sums.total.plus(value(ledger, 'total', index));
      const amount = value(ledger, 'amount', index);
      if (amount.isNegative()) sums.creditsBilled = sums.creditsBilled.plus(amount);
    }
  }

  countRecalculated(currency: string): void {
    this.#of(currency).recalculated += 1;
  }

  /** @param findings those the report lists; their differences are added by kind, currencies never together. */
  table(findings: readonly Finding[]): readonly CurrencyTotals[] {
    return [...this.#sums.keys()].sort().map((currency) => {
      const sums = this.#of(currency);
      const differences = (kind: string): string => {
        const own = findings.filter((one) => one.currency === currency && one.kind === kind && one.difference !== null);
        return formatMoney(
          own.reduce((all, one) => all.plus(one.difference ?? '0'), new Decimal(0)),
          currency,
        );
      };
      return {
        currency,
        lines: sums.lines,
        billed: formatMoney(sums.billed, currency),
        tax: formatMoney(sums.tax, currency),
        total: formatMoney(sums.total, currency),
        recalculated: sums.recalculated,
        creditsBilled: formatMoney(sums.creditsBilled, currency),
        discrepancies: differences('discrepancy'),
        claims: differences('claim'),
      };
    });
  }

  #of(currency: string): Sums {
    let sums = this.#sums.get(currency);
    if (sums === undefined) {
      sums = { lines: 0, recalculated: 0, billed: ZERO, tax: ZERO, total: ZERO, creditsBilled: ZERO };
      this.#sums.set(currency, sums);
    }
    return sums;
  }
}

function value(ledger: Ledger, name: 'subtotal' | 'tax' | 'total' | 'amount', index: number): Decimal {
  const printed = ledger.printed(name, index);
  return printed === null ? ZERO : decimalOf(printed);
}
