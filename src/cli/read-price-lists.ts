import { resolve } from 'node:path';
import type { InputReport, Rejection } from '../domain/findings/report.ts';
import type { Audit } from '../engine/audit.ts';
import type { InputFile } from '../ingest/input-file.ts';
import { expandInputs, releaseInputs } from '../ingest/open-input.ts';
import { readPriceList, type PriceTable } from '../ingest/price-lists/read-price-list.ts';
import type { AuditOptions } from './options.ts';
import type { Progress } from './progress.ts';

interface PriceInputs {
  readonly inputs: readonly InputReport[];
  readonly rejections: readonly Rejection[];
}

/** The files that `--prices` names. */
export async function findPriceLists({ prices, out }: AuditOptions, progress: Progress): Promise<readonly InputFile[]> {
  return prices.length === 0 ? [] : expandInputs(prices, undefined, resolve(out), progress);
}

/** Reads price lists into the audit, once all charges are there: only prices that they can ask for are kept. */
export async function readPriceLists(
  files: readonly InputFile[],
  { pricesDateOrder, pricesDecimalMark }: AuditOptions,
  audit: Audit,
  progress: Progress,
): Promise<PriceInputs> {
  const stated = { dateOrder: pricesDateOrder, decimalMark: pricesDecimalMark };
  if (files.length === 0) return { inputs: [], rejections: [] };
  const index = audit.beginPrices();
  const inputs: InputReport[] = [];
  const rejections: Rejection[] = [];
  const seen = new Map<string, string>();
  try {
    for (const file of files) {
      const earlier = seen.get(file.sha256);
      if (earlier !== undefined) {
        inputs.push(...inputs.filter((one) => one.path === earlier).map((one) => givenTwice(one, file)));
        progress.passOver(file.bytes);
        continue;
      }
      seen.set(file.sha256, file.name);
      for (const table of await readPriceList(file, index, { stated, at: progress.file(file.name) })) {
        for (const row of table.rows) index.add(row);
        for (const span of table.spans) index.addSpan(span);
        rejections.push(...table.rejections.map((one) => ({ file: file.name, sheet: table.sheet, ...one })));
        inputs.push(inputReport(file, table));
        progress.rows(table.read);
      }
    }
  } finally {
    await releaseInputs(files);
  }
  return { inputs, rejections };
}

/** Rows that no charge asks for are skipped, and counted. */
function inputReport(file: InputFile, table: PriceTable): InputReport {
  const { sheet, kind, layout, read, skippedBy, rows, rejections, extraColumns, notes, detected } = table;
  return {
    path: file.name,
    sheet,
    role: 'prices',
    kind,
    layout,
    sha256: file.sha256,
    bytes: file.bytes,
    container: file.container,
    rows: read,
    lines: rows.length,
    rejected: rejections.length,
    skipped: read - rows.length - rejections.length,
    skippedBy,
    extraColumns,
    notes: [...file.notes, ...notes],
    detected,
  };
}

function givenTwice(first: InputReport, file: InputFile): InputReport {
  const notes = [`the same bytes as ${first.path}: every row is skipped`];
  return {
    ...first,
    path: file.name,
    container: file.container,
    lines: 0,
    rejected: 0,
    skipped: first.rows,
    skippedBy: { 'file-given-twice': first.rows },
    notes,
  };
}
