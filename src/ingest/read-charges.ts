import type { HeadingPool } from './heading-pool.ts';
import type { InputFile } from './input-file.ts';
import type { ChargeSink, ReadOptions } from './read-table.ts';
import { readText } from './text/read-text.ts';
import { readWorkbook } from './xlsx/read-workbook.ts';

export type { ChargeSink, ReadOptions, TableSummary } from './read-table.ts';

/** Reads the charges of one file, table by table, into the sink. */
export async function readCharges(file: InputFile, options: ReadOptions, pool: HeadingPool, sink: ChargeSink): Promise<void> {
  if (file.kind === 'workbook') await readWorkbook({ file, options, pool, sink });
  else await readText({ file, options, pool, sink });
}
