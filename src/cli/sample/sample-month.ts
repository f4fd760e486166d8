import { stringify } from 'csv-stringify/sync';
import { cleanRows } from './clean-rows.ts';
import { invoiceRows } from './invoice-rows.ts';
import { plants } from './plants.ts';
import { usageCleanRows } from './usage-plants.ts';
import { cellsOf } from './sample-cells.ts';
import type { SampleFile, SampleLine } from './sample-line.ts';

/** Where the files of the sample stand below its folder. The month before lies in a folder of its own. */
export const SAMPLE_PATHS: Readonly<Record<SampleFile, string>> = {
  legacy: '2026-09-legacy-licence.csv',
  september: '2026-09-new-commerce.csv',
  legacyUsage: '2026-09-legacy-usage.csv',
  dailyUsage: '2026-09-daily-usage.csv',
  august: 'context/2026-08-new-commerce.csv',
};

/** The day on which the sample is best audited: the one on which its invoices would be at hand. */
export const SAMPLE_AS_OF = '2026-10-05';

/** The lines of a file in the order of its rows: by customer, for exports are not in the order of days. */
export function rowsOf(file: SampleFile): readonly SampleLine[] {
  const all = [...[...cleanRows, ...usageCleanRows, ...plants].flatMap((each) => each.lines), ...invoiceRows].filter(
    (line) => line.file === file,
  );
  const key = (line: SampleLine): string => [line.subscription.company.name, line.subscription.product].join(' ');
  return all
    .map((line, place) => ({ line, place }))
    .sort((a, b) => (key(a.line) < key(b.line) ? -1 : key(a.line) > key(b.line) ? 1 : a.place - b.place))
    .map(({ line }) => line);
}

/** Where a line of the sample stands: the row is the number a spreadsheet shows. */
export function placeOf(line: SampleLine): { readonly path: string; readonly row: number } {
  return { path: SAMPLE_PATHS[line.file], row: rowsOf(line.file).indexOf(line) + 2 };
}

/** A file of the sample as an export prints it. */
export function sampleCsv(file: SampleFile): string {
  const rows = rowsOf(file).map(cellsOf);
  return stringify([Object.keys(rows[0] ?? {}), ...rows.map((cells) => Object.values(cells))], { record_delimiter: 'windows' });
}

export function countRows(file: SampleFile): number {
  return rowsOf(file).length;
}
