import type { PriceRow, Second } from '../../domain/prices/price-list.ts';

/**
 * The rows in force at some time between two seconds, both included. Lists are published again every month, so rows overlap: of the rows of
 * one key the newest start counts, for software the latest end (policy of the price list pages). Rows of one key that this does not settle, with
 * different prices, are a contradiction.
 */
export function pricesInForce(rows: readonly PriceRow[], from: Second, until: Second): readonly PriceRow[] | 'contradictory' {
  const found = new Set<PriceRow>();
  for (const alike of byKey(rows.filter((row) => row.from <= until && row.until >= from)).values()) {
    for (const second of turningPoints(alike, from, until)) {
      const counting = countingAt(alike, second);
      const [first, ...others] = counting;
      if (first === undefined) continue;
      if (others.some((row) => !row.price.eq(first.price))) return 'contradictory';
      for (const row of counting) found.add(row);
    }
  }
  return [...found];
}

/** What a query may leave open parts the rows that stand for different prices from those that stand for one. */
function byKey(rows: readonly PriceRow[]): ReadonlyMap<string, readonly PriceRow[]> {
  const groups = new Map<string, PriceRow[]>();
  for (const row of rows) {
    const tier = [row.tierFrom?.toString() ?? '', row.tierTo?.toString() ?? ''];
    const key = [row.kind, row.market, row.segment, row.termMonths, row.planMonths, row.pricedMonths, ...tier].join('\u0000');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/** The seconds at which another row may begin to count. */
function turningPoints(rows: readonly PriceRow[], from: Second, until: Second): ReadonlySet<Second> {
  const points = new Set<Second>([from]);
  for (const row of rows) {
    if (row.from > from && row.from <= until) points.add(row.from);
    if (row.until >= from && row.until < until) points.add(row.until + 1);
  }
  return points;
}

function countingAt(rows: readonly PriceRow[], second: Second): readonly PriceRow[] {
  const inForce = rows.filter((row) => row.from <= second && row.until >= second);
  const isSoftware = inForce.some((row) => row.kind === 'software');
  const settled = isSoftware ? most(inForce, (row) => row.until) : inForce;
  return most(settled, (row) => row.from);
}

function most(rows: readonly PriceRow[], of: (row: PriceRow) => Second): readonly PriceRow[] {
  const greatest = rows.reduce((value, row) => Math.max(value, of(row)), -Infinity);
  return rows.filter((row) => of(row) === greatest);
}
