import type { PositionWatch } from '../reading-watch.ts';
import type { Row, Table } from '../rows.ts';
import { type XlsxLimits, xlsxLimits } from './xlsx-limits.ts';
import { wordsBesideCells, type WordsBesideCells } from './words-beside-cells.ts';
import { XlsxPackage } from './xlsx-package.ts';
import { readWorkbookParts, type SheetEntry, type WorkbookParts } from './xlsx-parts.ts';
import { SheetParser } from './xlsx-sheet.ts';
import { utf8Chunks } from './xml-encoding.ts';

/** An open workbook. Its shared texts are in memory, its sheets are streamed. */
export interface Workbook {
  /** The visible worksheets in the order of their tabs. A table can be read more than once, until the workbook is closed. */
  readonly tables: readonly Table[];
  /** Names of hidden or very hidden sheets, which are skipped and said. */
  readonly hiddenSheets: readonly string[];
  /** What stands in no cell of a visible sheet. */
  wordsBesideCells(): Promise<WordsBesideCells>;
  close(): Promise<void>;
}

/**
 * Opens an .xlsx workbook. It must be closed by the caller, unless opening it fails.
 * @param name the path as the user gave it, for error messages.
 * @param at is told how much of the file, packed as it is, has been read.
 */
export async function openWorkbook(path: string, name: string, limits: XlsxLimits = xlsxLimits, at?: PositionWatch): Promise<Workbook> {
  const source = await XlsxPackage.open(path, name, limits, at);
  try {
    const parts = await readWorkbookParts(source);
    const hiddenSheets = parts.sheets.filter(({ isHidden }) => isHidden).map((sheet) => sheet.name);
    return {
      tables: parts.sheets.filter(({ isHidden }) => !isHidden).map((sheet) => tableOf(source, parts, sheet)),
      hiddenSheets,
      wordsBesideCells: async () => ({ ...(await wordsBesideCells(source)), hiddenSheets }),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

function tableOf(source: XlsxPackage, parts: WorkbookParts, sheet: SheetEntry): Table {
  return {
    sheet: sheet.name,
    dateSystem: parts.dateSystem,
    batches: { [Symbol.asyncIterator]: () => readRows(source, parts, sheet) },
  };
}

async function* readRows(source: XlsxPackage, parts: WorkbookParts, sheet: SheetEntry): AsyncGenerator<readonly Row[], void, undefined> {
  const place = { ...source.place, sheet: sheet.name };
  const parser = new SheetParser(place, parts, source.limits);
  for await (const chunk of utf8Chunks(source.bytes(sheet.part, place), parser.failure)) {
    parser.push(chunk);
    while (parser.run()) yield parser.takeRows();
  }
  parser.end();
  const rest = parser.takeRows();
  if (rest.length > 0) yield rest;
}
