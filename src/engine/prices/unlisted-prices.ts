import type { PriceQuery } from '../../domain/prices/price-list.ts';
import type { AuditedLine, UnlistedLines } from '../../domain/charges/subjects.ts';

/** Of the lines of one key this many are kept as evidence; all are counted. */
const KEPT_LINES = 10;

interface Gathered {
  readonly verdict: UnlistedLines['verdict'];
  readonly lines: [AuditedLine, ...AuditedLine[]];
  readonly customers: Set<string>;
  lineCount: number;
}

/**
 * The audited licence lines that the price lists have no price for, by the key of the lists: a product that a list lacks is one fact, however
 * many customers hold it. Lines come in the order of customers, subscriptions and days, so the first of each key are the same in every run.
 */
export class UnlistedPrices {
  readonly #gathered = new Map<string, Gathered>();

  add(one: AuditedLine): void {
    const { listPrice, line } = one;
    if (listPrice === null || !line.isAudited) return;
    const verdict = verdictOf(listPrice);
    if (verdict === null) return;
    const key = verdict.status === 'unknown' ? verdict.reason : keyOf(verdict.query);
    const known = this.#gathered.get(key);
    if (known === undefined) {
      this.#gathered.set(key, { verdict, lines: [one], customers: new Set([line.heading.customerId.toLowerCase()]), lineCount: 1 });
      return;
    }
    known.lineCount += 1;
    known.customers.add(line.heading.customerId.toLowerCase());
    if (known.lines.length < KEPT_LINES) known.lines.push(one);
  }

  *subjects(): Generator<UnlistedLines> {
    for (const key of [...this.#gathered.keys()].sort()) {
      const gathered = this.#gathered.get(key);
      if (gathered === undefined) continue;
      const { verdict, lines, customers, lineCount } = gathered;
      yield { verdict, lines, lineCount, customerCount: customers.size };
    }
  }
}

function verdictOf(listPrice: NonNullable<AuditedLine['listPrice']>): UnlistedLines['verdict'] | null {
  if (listPrice.query === null) return { status: 'unknown', reason: listPrice.reason };
  const { answer, query } = listPrice;
  if (answer.status === 'listed') return null;
  return answer.status === 'unknown' ? answer : { status: 'not-listed', query };
}

function keyOf({ kind, product, market, currency, termMonths, cycleMonths }: PriceQuery): string {
  return [kind, product, market, currency, termMonths, cycleMonths].join('\u0000');
}
