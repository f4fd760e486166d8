import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/**
 * `tsx test/bench/duckdb-peer.ts legacy-licence|new-commerce FILE OUTDIR`: the same questions as the audit's, asked of DuckDB in exact
 * integers (its division of decimals yields doubles, which are wrong on 1 % of such lines). It writes `differing.csv`, the lines whose
 * amount is not the published convention's figure (`expected` empty: no cycle holds the line), and `duplicates.csv`, the later copies.
 * One file without imports of ours, so that the benchmark can run it in a plain node.
 */
interface PeerLayout {
  readonly columns: Readonly<
    Record<'subscription' | 'product' | 'type' | 'first_day' | 'last_day' | 'price' | 'quantity' | 'amount', string>
  >;
  readonly dateFormat: string;
  /** Charge types, in lower case, that open a cycle. */
  readonly opening: string;
  /** The published figure of a prorated line: p a price in cents, q a quantity, d of n the days. */
  readonly prorated: string;
}

const LAYOUTS: Readonly<Record<string, PeerLayout>> = {
  'legacy-licence': {
    columns: {
      subscription: 'SyndicationPartnerSubscriptionNumber',
      product: 'DurableOfferId',
      type: 'ChargeType',
      first_day: 'ChargeStartDate',
      last_day: 'ChargeEndDate',
      price: 'UnitPrice',
      quantity: 'Quantity',
      amount: 'Amount',
    },
    dateFormat: '%m/%d/%Y %H:%M',
    opening: `('purchase fee', 'cycle fee')`,
    prorated: 'half_up(half_up(p * q, n) * d, q) * q',
  },
  'new-commerce': {
    columns: {
      subscription: 'SubscriptionId',
      product: `ProductId || ':' || SkuId`,
      type: 'ChargeType',
      first_day: 'ChargeStartDate',
      last_day: 'ChargeEndDate',
      price: 'UnitPrice',
      quantity: 'BillableQuantity',
      amount: 'Subtotal',
    },
    dateFormat: '%m/%d/%Y',
    opening: `('new', 'cyclecharge')`,
    prorated: '((p * d) // n) * q',
  },
};

function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * `//` on BIGINT is exact, and DuckDB raises an error where a product would not fit; the generated files print two decimals at most. The
 * row number comes from the table's `rowid`, which follows the file's order: numbering the rows by a window function doubled the time of
 * reading, a peer made slow by us. Ids as UUID are another tenth faster than as text.
 */
async function readLines(connection: DuckDBConnection, layout: PeerLayout, file: string): Promise<void> {
  const { columns, dateFormat } = layout;
  await connection.run('create macro half_up(a, b) as (2 * a + b) // (2 * b)');
  await connection.run('create macro cents(t) as (t::decimal(18, 2) * 100)::bigint');
  await connection.run(`create temp table lines as
    select ${columns.subscription}::uuid as subscription, ${columns.product} as product, lower(${columns.type}) as type,
      strptime(${columns.first_day}, '${dateFormat}')::date as first_day, strptime(${columns.last_day}, '${dateFormat}')::date as last_day,
      abs(cents(${columns.price})) as price,
      ${columns.quantity}::bigint as quantity, cents(${columns.amount}) as amount
    from read_csv(${sqlText(file)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`);
}

/**
 * Full price and cycle days come from the subscription's whole-cycle line that holds the days, for a legacy row prints only a price that
 * is already prorated and cut.
 */
async function writeDiffering(connection: DuckDBConnection, layout: PeerLayout, target: string): Promise<void> {
  await connection.run(`create temp table cycles as
    select distinct subscription, product, first_day, last_day, price from lines
    where type in ${layout.opening} and (first_day + interval 1 month)::date = last_day + 1`);
  await connection.run(`copy (
    with terms as (
      select lines.rowid + 2 as row, lines.*, cycles.price as p, lines.quantity as q, lines.last_day - lines.first_day + 1 as d,
        cycles.last_day - cycles.first_day + 1 as n
      from lines left join cycles on lines.subscription = cycles.subscription and lines.product = cycles.product
        and lines.first_day >= cycles.first_day and lines.last_day <= cycles.last_day),
    judged as (select *, case when d = n then p * q else ${layout.prorated} end * sign(amount)::bigint as expected from terms)
    select row, subscription, type, first_day, last_day, price, quantity, amount, expected, amount - expected as difference
    from judged where amount is distinct from expected) to ${sqlText(target)} (header)`);
}

/** The first of equal lines is the charge, every later one a duplicate. */
async function writeDuplicates(connection: DuckDBConnection, target: string): Promise<void> {
  await connection.run(`copy (
    with copies as (
      select subscription, product, type, first_day, last_day, quantity, amount, min(rowid) + 2 as first_row
      from lines group by all having count(*) > 1)
    select lines.rowid + 2 as row, first_row, subscription, type, first_day, last_day, quantity, amount
    from lines join copies using (subscription, product, type, first_day, last_day, quantity, amount)
    where lines.rowid + 2 <> first_row) to ${sqlText(target)} (header)`);
}

async function main(): Promise<void> {
  const [name, file, folder] = process.argv.slice(2);
  const layout = LAYOUTS[name ?? ''];
  if (layout === undefined || file === undefined || folder === undefined) {
    throw new Error('usage: tsx test/bench/duckdb-peer.ts legacy-licence|new-commerce FILE OUTDIR');
  }
  mkdirSync(folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await readLines(connection, layout, file);
  await writeDiffering(connection, layout, join(folder, 'differing.csv'));
  await writeDuplicates(connection, join(folder, 'duplicates.csv'));
}

await main();
