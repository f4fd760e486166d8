import type { Finding } from '../domain/findings/finding.ts';
import { ExactSum } from '../domain/numbers/exact-sum.ts';
import { formatMoney, signOfPrinted } from '../domain/numbers/money.ts';
import type { CurrencyTotals } from '../domain/findings/report.ts';
import type { Ledger } from './lines/ledger.ts';
import type { UsageLedger } from './usage/usage-ledger.ts';
import { differencesOf } from './findings/listed-findings.ts';

interface Sums {
  lines: number;
  recalculated: number;
  readonly billed: ExactSum;
  readonly tax: ExactSum;
  readonly total: ExactSum;
  readonly creditsBilled: ExactSum;
  dailyLines: number;
  readonly dailyBilled: ExactSum;
}

/**
 * Control totals of the audited lines by currency: exact sums, context months left out. Daily usage rows repeat what the invoice file bills, so they have
 * sums of their own and the same money is never counted twice; legacy usage is billed by its own file and counts. Its daily part bills nothing.
 */
export class ControlTotals {
  readonly #sums = new Map<string, Sums>();

  constructor(ledger: Ledger, usage: UsageLedger) {
    this.#addUsage(usage);
    const ofHeading: Sums[] = [];
    for (let index = 0; index < ledger.length; index += 1) {
      if (!ledger.table(index).isAudited) continue;
      const sums = (ofHeading[ledger.headingNumber(index)] ??= this.#of(ledger.heading(index).currency));
      sums.lines += 1;
      sums.billed.add(ledger.printed('subtotal', index));
      sums.tax.add(ledger.printed('tax', index));
      sums.total.add(ledger.printed('total', index));
      const amount = ledger.printed('amount', index);
      if (amount !== null && signOfPrinted(amount) < 0) sums.creditsBilled.add(amount);
    }
  }

  #addUsage(usage: UsageLedger): void {
    const ofHeading: Sums[] = [];
    for (let index = 0; index < usage.length; index += 1) {
      if (!usage.table(index).isAudited || !usage.hasCharge(index)) continue;
      const heading = usage.heading(index);
      const sums = (ofHeading[usage.headingNumber(index)] ??= this.#of(heading.currency));
      const amount = usage.printed('amount', index);
      if (heading.layout === 'daily-usage') {
        sums.dailyLines += 1;
        sums.dailyBilled.add(amount);
        continue;
      }
      sums.lines += 1;
      sums.billed.add(amount);
      sums.tax.add(usage.printed('tax', index));
      sums.total.add(usage.printed('total', index));
      if (amount !== null && signOfPrinted(amount) < 0) sums.creditsBilled.add(amount);
    }
  }

  countRecalculated(currency: string): void {
    this.#of(currency).recalculated += 1;
  }

  /** @param findings those the report lists; their differences are added by kind, currencies never together. */
  table(findings: readonly Finding[]): readonly CurrencyTotals[] {
    return [...this.#sums.keys()].sort().map((currency) => {
      const sums = this.#of(currency);
      return {
        currency,
        lines: sums.lines,
        billed: formatMoney(sums.billed.total, currency),
        tax: formatMoney(sums.tax.total, currency),
        total: formatMoney(sums.total.total, currency),
        recalculated: sums.recalculated,
        creditsBilled: formatMoney(sums.creditsBilled.total, currency),
        discrepancies: differencesOf(findings, currency, 'discrepancy'),
        claims: differencesOf(findings, currency, 'claim'),
        ...(sums.dailyLines === 0 ? {} : { dailyUsage: { lines: sums.dailyLines, billed: formatMoney(sums.dailyBilled.total, currency) } }),
      };
    });
  }

  #of(currency: string): Sums {
    let sums = this.#sums.get(currency);
    if (sums === undefined) {
      sums = {
        lines: 0,
        recalculated: 0,
        billed: new ExactSum(),
        tax: new ExactSum(),
        total: new ExactSum(),
        creditsBilled: new ExactSum(),
        dailyLines: 0,
        dailyBilled: new ExactSum(),
      };
      this.#sums.set(currency, sums);
    }
    return sums;
  }
}
