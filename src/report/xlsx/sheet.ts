import type ExcelJS from 'exceljs';
import type { SheetCell } from './cells.ts';
import { linesTaken } from './text-width.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type CellStyle, HEADER, NUMBER_AS_TEXT, TEXT, WRAPPED } from './styles.ts';

/** What a column is made to fit. */
export interface ColumnFit {
  readonly header: string;
  readonly width: number;
  /** Its header then stands over the digits. */
  readonly isNumeric: boolean;
}

/** exceljs types paper sizes as a constant enumeration, which single-file compilers cannot read. */
const A4 = 9;
const LINE_POINTS = 15;
const HIGHEST_ROW_POINTS = 409;
const HEADER_LINES = 2;
const HEADER_POINTS = 32;
/** Room for a cell's margins and the indent of texts, and in a header for the filter's button. */
const MARGIN_CHARS = 3;
const FILTER_CHARS = 4;

/** Learns from every cell how wide a column must be: exceljs writes the widths before the rows. */
export class ColumnGauge {
  readonly #header: string;
  readonly #widest: number;
  #chars = 0;
  #isNumeric = false;

  /** `widest` is what texts are held to, in characters; numbers never are, as they would show as ####. */
  constructor(header: string, widest: number) {
    this.#header = header;
    this.#widest = widest;
  }

  add({ value, style, chars }: SheetCell): void {
    if (value === null) return;
    const isNumber = typeof value === 'number' || style === NUMBER_AS_TEXT;
    if (isNumber) this.#isNumeric = true;
    const wanted = isNumber ? chars : Math.min(chars, this.#widest);
    if (wanted > this.#chars) this.#chars = wanted;
  }

  get isEmpty(): boolean {
    return this.#chars === 0;
  }

  get fit(): ColumnFit {
    const longestWord = Math.max(...this.#header.split(' ').map((word) => word.length));
    const half = Math.ceil(this.#header.length / HEADER_LINES) + 2;
    const width = Math.max(
      Math.ceil(this.#chars) + MARGIN_CHARS,
      Math.max(longestWord, Math.min(half, this.#header.length)) + FILTER_CHARS,
    );
    return { header: this.#header, width, isNumeric: this.#isNumeric };
  }
}

export interface SheetOptions {
  readonly pagesAcross: number;
  readonly view: Partial<ExcelJS.WorksheetView>;
  /** Rows and columns that are printed on every page. */
  readonly titles: Partial<Pick<ExcelJS.PageSetup, 'printTitlesRow' | 'printTitlesColumn'>>;
}

/** A sheet set up for print: landscape, so many pages across and as many down as it takes. */
export function openSheet(workbook: SteadyWorkbook, name: string, { pagesAcross, view, titles }: SheetOptions): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet(name, {
    pageSetup: {
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: pagesAcross,
      fitToHeight: 0,
      pageOrder: 'overThenDown',
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
      ...titles,
    },
    headerFooter: { oddFooter: '&L&A&RPage &P of &N' },
    views: [view],
  });
  Object.assign(sheet.pageSetup, { paperSize: A4 });
  return sheet;
}

export function setWidths(sheet: ExcelJS.Worksheet, widths: readonly number[]): void {
  for (const [index, width] of widths.entries()) sheet.getColumn(index + 1).width = width;
}

/** The header of a table; over digits in `numericStyle`. */
export function addHeaderRow(sheet: ExcelJS.Worksheet, columns: readonly Omit<ColumnFit, 'width'>[], numericStyle: CellStyle): void {
  const row = sheet.addRow(columns.map(({ header }) => header));
  for (const [index, { isNumeric }] of columns.entries()) row.getCell(index + 1).style = isNumeric ? numericStyle : HEADER;
  row.height = HEADER_POINTS;
  row.commit();
}

/** LibreOffice shows the lines of a plain text as one where they fit it; those of a rich text never. */
function valueOf(value: Exclude<SheetCell['value'], null>, formula: string | undefined): ExcelJS.CellValue {
  if (formula !== undefined) return { formula, result: value };
  return typeof value === 'string' && value.includes('\n') ? { richText: [{ text: value }] } : value;
}

/**
 * Adds a row. A text wider than its column, or of several lines, is wrapped, and the row is made as high as the text needs: not every
 * spreadsheet works heights out when it opens a file.
 */
export function addCellRow(sheet: ExcelJS.Worksheet, cells: readonly SheetCell[], widths: readonly number[]): void {
  const row = sheet.addRow([]);
  let lines = 1;
  for (const [index, { value, style, chars, formula }] of cells.entries()) {
    if (value === null) continue;
    const target = row.getCell(index + 1);
    target.value = valueOf(value, formula);
    target.style = style;
    const room = (widths[index] ?? 0) - MARGIN_CHARS;
    if (style !== TEXT || typeof value !== 'string' || (chars <= room && !value.includes('\n'))) continue;
    target.style = WRAPPED;
    lines = Math.max(lines, linesTaken(value, room + 1));
  }
  if (lines > 1) row.height = Math.min(HIGHEST_ROW_POINTS, lines * LINE_POINTS);
  row.commit();
}
