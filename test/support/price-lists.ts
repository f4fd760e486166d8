import { readFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { expandInputs } from '../../src/ingest/open-input.ts';
import { readPriceList, type PriceTable, type StatedPriceDialect } from '../../src/ingest/price-lists/read-price-list.ts';
import { withBytes } from './side-files.ts';

/** Wants every row there is. */
export const EVERYTHING = { wants: (): boolean => true };

export const licenceSheet = readFileSync(new URL('../../fixtures/layouts/price-lists/licence.csv', import.meta.url), 'utf8');

/** The column names of a published sheet. */
export function sheetHeader(name: 'software' | 'azure-plan'): readonly string[] {
  return readFileSync(new URL(`../../fixtures/layouts/price-lists/${name}.csv`, import.meta.url), 'utf8')
    .trim()
    .split(',');
}

const SHEET = {
  ProductTitle: 'Advanced Communications',
  ProductId: 'CFQ7TTC0HDK0',
  SkuId: '0001',
  TermDuration: 'P1Y',
  BillingPlan: 'Annual',
  Market: 'US',
  Currency: 'USD',
  UnitPrice: '115.2',
  EffectiveStartDate: '2/1/2019 12:00:00 AM',
  EffectiveEndDate: '12/31/9999 11:59:59 PM',
  Tags: 'License',
} as const;
export type SheetCells = Partial<Record<keyof typeof SHEET | 'Segment', string>>;

/** Rows of a licence sheet that say what a test is about, as the text of a CSV file. */
export function sheetText(rows: readonly SheetCells[], delimiter = ','): string {
  const columns = [...new Set([...Object.keys(SHEET), ...rows.flatMap((row) => Object.keys(row))])];
  const cells = rows.map((row) => columns.map((column) => ({ ...SHEET, ...row })[column as keyof SheetCells] ?? ''));
  return stringify([columns, ...cells], { delimiter });
}

export async function tablesAt(
  path: string,
  wanted: { wants(product: string): boolean } = EVERYTHING,
  stated: StatedPriceDialect = {},
): Promise<readonly PriceTable[]> {
  const [file] = await expandInputs([path]);
  return readPriceList(file!, wanted, { stated });
}

export async function readText(
  text: string | Buffer,
  wanted: { wants(product: string): boolean } = EVERYTHING,
  stated: StatedPriceDialect = {},
): Promise<PriceTable> {
  const [table] = await withBytes('prices.csv', text, (path) => tablesAt(path, wanted, stated));
  return table!;
}
