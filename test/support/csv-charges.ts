import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LayoutName, ParsedLine, ParsedRow, RowRejection } from '../../src/domain/charges/charge-line.ts';
import { KnownError } from '../../src/domain/known-error.ts';
import { HeadingPool } from '../../src/ingest/heading-pool.ts';
import { expandInputs } from '../../src/ingest/open-input.ts';
import { readCharges, type ReadOptions, type TableSummary } from '../../src/ingest/read-charges.ts';

/** A row by the names of its columns; columns that are not named are empty. */
export type Cells = Readonly<Record<string, string>>;

/** The header row of a fixture under fixtures/layouts. */
export async function headerOf(fixture: string): Promise<string[]> {
  const text = await readFile(new URL(`../../fixtures/layouts/${fixture}.csv`, import.meta.url), 'utf8');
  return text.trim().split(',');
}

export const LEGACY_CELLS: Cells = {
  PartnerId: 'p1',
  CustomerId: 'c1',
  CustomerName: 'Contoso, Ltd',
  OrderId: '566890604832738111',
  SubscriptionId: 'usCBMgAAAAAAAAIA',
  SyndicationPartnerSubscriptionNumber: 's1',
  OfferId: 'o1',
  DurableOfferId: 'd1',
  OfferName: 'Office 365 E3',
  SubscriptionStartDate: '2/1/2019 0:00',
  SubscriptionEndDate: '2/1/2020 0:00',
  ChargeStartDate: '2/13/2019 0:00',
  ChargeEndDate: '2/28/2019 23:59',
  ChargeType: 'Cycle fee',
  UnitPrice: '6.82',
  Quantity: '2',
  Amount: '13.32',
  TotalOtherDiscount: '2.32',
  Subtotal: '11',
  Tax: '0',
  TotalForCustomer: '11',
  Currency: 'EUR',
  DomainName: 'contoso.onmicrosoft.com',
  BillingCycleType: 'Monthly',
};

export const NEW_COMMERCE_CELLS: Cells = {
  PartnerId: 'p1',
  CustomerId: 'c1',
  CustomerName: 'Contoso',
  CustomerDomainName: 'contoso.onmicrosoft.com',
  InvoiceNumber: 'G002297372',
  OrderId: '6dc5c039750a',
  OrderDate: '2021-05-20T18:30:06.6045692Z',
  ProductId: 'CFQ7TTC0LH0R',
  SkuId: '0002',
  SkuName: 'Office 365 E3',
  ProductName: 'Office 365',
  ChargeType: 'cycleCharge',
  UnitPrice: '20.5',
  Quantity: '3',
  Subtotal: '61.5',
  TaxTotal: '0',
  Total: '61.5',
  Currency: 'EUR',
  PublisherName: 'Microsoft Corporation',
  SubscriptionId: 's1',
  ChargeStartDate: '5/13/2021',
  ChargeEndDate: '6/12/2021',
  TermAndBillingCycle: 'One-Year commitment for monthly/yearly billing',
  EffectiveUnitPrice: '20.5',
  BillableQuantity: '3',
  BillingFrequency: 'Monthly',
  PricingCurrency: 'EUR',
  PCToBCExchangeRate: '1',
  PCToBCExchangeRateDate: '5/1/2021',
  SubscriptionStartDate: '5/13/2021',
  SubscriptionEndDate: '5/12/2022',
  ReferenceId: 'r1',
};

export interface Writing {
  readonly delimiter?: string;
  readonly lineEnd?: string;
}

/** The text of a CSV file; cells are quoted where they must be. */
export function csvText(header: readonly string[], rows: readonly Cells[], { delimiter = ',', lineEnd = '\r\n' }: Writing = {}): string {
  const quote = (cell: string): string => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = [[...header], ...rows.map((row) => header.map((name) => row[name] ?? ''))];
  return lines.map((cells) => cells.map(quote).join(delimiter) + lineEnd).join('');
}

/** Everything a sink is told. */
export interface ReadResult {
  readonly begun: readonly { readonly sheet: string | null; readonly layout: LayoutName }[];
  readonly rows: readonly ParsedRow[];
  readonly lines: readonly ParsedLine[];
  readonly rejections: readonly RowRejection[];
  readonly summaries: readonly TableSummary[];
  readonly discards: number;
}

/** Reads bytes as the command line would read a file that holds them. */
export async function readBytes(bytes: string | Uint8Array, options: ReadOptions = {}, name = 'export.csv'): Promise<ReadResult> {
  return withFile(bytes, name, async (path) => {
    const [file] = await expandInputs([path]);
    if (file === undefined) throw new Error('the file is gone');
    return readFileCharges(file, options);
  });
}

export async function readFileCharges(
  file: Parameters<typeof readCharges>[0],
  options: ReadOptions = {},
  pool: HeadingPool = new HeadingPool(),
): Promise<ReadResult> {
  const begun: { sheet: string | null; layout: LayoutName }[] = [];
  const summaries: TableSummary[] = [];
  let kept: ParsedRow[] = [];
  let current: ParsedRow[] = [];
  let discards = 0;
  await readCharges(file, options, pool, {
    begin: (table) => {
      begun.push(table);
    },
    rows: (batch) => {
      current.push(...batch);
    },
    discard: () => {
      current = [];
      discards++;
    },
    end: (summary) => {
      kept = [...kept, ...current];
      current = [];
      summaries.push(summary);
    },
  });
  return {
    begun,
    rows: kept,
    lines: kept.flatMap((row) => (row.outcome === 'line' ? [row.line] : [])),
    rejections: kept.flatMap((row) => (row.outcome === 'rejected' ? [row.rejection] : [])),
    summaries,
    discards,
  };
}

/** Runs `use` with a file that holds the bytes and deletes it afterwards. */
export async function withFile<T>(bytes: string | Uint8Array, name: string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'csp-recon-test-'));
  try {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The known error that something ends in. */
export async function knownErrorOf(attempt: Promise<unknown>): Promise<KnownError> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof KnownError) return error;
    throw error;
  }
  throw new Error('nothing went wrong');
}
