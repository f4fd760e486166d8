import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type ExcelJS from 'exceljs';
import { CLAIM_STATUSES, type RegisterEntry } from '../../domain/partner/claims-register.ts';
import { KnownError } from '../../domain/known-error.ts';
import { guardedText, REGISTER_HEADERS, USER_FIELDS, type RegisterField } from '../../domain/partner/register-columns.ts';
import { REGISTER_BAND, REGISTER_README, REGISTER_README_SHEET, REGISTER_README_TITLE } from '../../domain/partner/register-readme.ts';
import { day, money, type SheetCell } from './cells.ts';
import { linesTaken, widthOfLine } from './text-width.ts';
import { ColumnGauge, openSheet, setWidths } from './sheet.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type CellStyle, DAY, TEXT, TITLE, WRAPPED } from './styles.ts';

/** What Excel keeps of a text. */
const LONGEST_TEXT = 32_767;
const LINE_POINTS = 15;
const HIGHEST_ROW_POINTS = 409;
const HEADER_POINTS = 32;
const MARGIN_CHARS = 3;
const HEADER_ROW = 2;
const FROZEN_COLUMNS = 2;
const README_WIDTH = 110;
/** exceljs types paper sizes as a constant enumeration, which single-file compilers cannot read. */
const A4 = 9;

const LEFT = { vertical: 'top', horizontal: 'left', indent: 1 } as const;
const MIDDLE = { vertical: 'middle', horizontal: 'left', indent: 1, wrapText: true } as const;
const RULED: Partial<ExcelJS.Borders> = { bottom: { style: 'medium', color: { argb: 'FF7F7F7F' } } };
const GREY: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFD9D9D9' } };
const WHITE: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFFFFF' } };
const DARK = { name: 'Calibri', family: 2, size: 11, color: { argb: 'FF262626' } } as const;

const OUR_BAND: CellStyle = {
  font: { ...DARK, italic: true },
  fill: GREY,
  alignment: { vertical: 'middle', horizontal: 'left', indent: 1 },
};
const YOUR_BAND: CellStyle = { ...OUR_BAND, fill: WHITE };
const OUR_HEADER: CellStyle = { font: { ...DARK, bold: true }, fill: GREY, alignment: MIDDLE, border: RULED };
/** As text, or a user's header such as `2026-01` would become a date once it is edited. */
const YOUR_HEADER: CellStyle = { ...OUR_HEADER, fill: WHITE, numFmt: '@' };
/**
 * The user's cells are formatted as text: what is typed into one stays what it is, be it a ticket number of 16 digits, of which a number
 * would lose the last, or a text that begins with an equals sign.
 */
const YOURS: CellStyle = { numFmt: '@', alignment: LEFT };
const YOURS_WRAPPED: CellStyle = { numFmt: '@', alignment: { ...LEFT, wrapText: true } };

interface RegisterColumn {
  readonly header: string;
  readonly isYours: boolean;
  /** The widest a text makes the column, in characters. */
  readonly widest: number;
  /** Folded behind a [+]: needed by the next run, seldom by people. */
  readonly isFolded: boolean;
  readonly cell: (entry: RegisterEntry) => SheetCell;
}

/** Writes register.xlsx, which `readRegister` reads back. The same entries and day give the same bytes. */
export async function writeRegister(path: string, entries: readonly RegisterEntry[], asOf: string): Promise<void> {
  const columns = [...ourColumns(), ...yourColumns(), ...addedColumns(entries)];
  refuseLongTexts(columns, entries);
  // exceljs takes a quarter of a second to load: only runs that write a workbook wait for it.
  const { SteadyWorkbook } = await import('./steady-workbook.ts');
  const output = createWriteStream(path);
  const workbook = new SteadyWorkbook(output, new Date(`${asOf}T00:00:00Z`));
  try {
    // Whichever fails first ends the wait: a broken output would otherwise leave a sheet waiting for it for ever.
    await Promise.all([finished(output), writeSheets(workbook, columns, entries)]);
  } finally {
    output.destroy();
  }
}

async function writeSheets(workbook: SteadyWorkbook, columns: readonly RegisterColumn[], entries: readonly RegisterEntry[]): Promise<void> {
  await writeRegisterSheet(workbook, columns, entries);
  writeReadme(workbook);
  await workbook.commit();
}

function ourColumns(): readonly RegisterColumn[] {
  const ours = (field: RegisterField, widest: number, cell: RegisterColumn['cell'], isFolded = false): RegisterColumn => ({
    header: REGISTER_HEADERS[field],
    isYours: false,
    widest,
    isFolded,
    cell,
  });
  const texts = (field: Exclude<RegisterField, 'amount' | 'received'>, widest: number, isFolded = false): RegisterColumn =>
    ours(field, widest, (entry) => ourText(entry[field] ?? ''), isFolded);
  const days = (field: 'deadline' | 'firstDay' | 'lastDay' | 'firstSeen' | 'lastSeen', isFolded = false): RegisterColumn =>
    ours(field, 12, (entry) => day(entry[field]), isFolded);
  return [
    days('deadline'),
    texts('customerName', 28),
    texts('product', 28),
    texts('claim', 50),
    ours('amount', 16, ({ amount, currency }) => money(amount, currency)),
    ours('received', 16, ({ received, currency }) => money(received, currency)),
    texts('currency', 8),
    texts('rule', 8, true),
    days('firstDay', true),
    days('lastDay', true),
    texts('invoiceNumber', 24, true),
    texts('subscriptionId', 38, true),
    texts('customerId', 38, true),
    days('firstSeen', true),
    days('lastSeen', true),
    texts('evidence', 40, true),
    texts('fingerprint', 24, true),
  ];
}

function yourColumns(): readonly RegisterColumn[] {
  const cells: Readonly<Record<(typeof USER_FIELDS)[number], readonly [number, RegisterColumn['cell']]>> = {
    status: [12, ({ status }) => yourText(status)],
    ticket: [28, ({ ticket }) => yourText(ticket)],
    submittedOn: [14, ({ submittedOn }) => ({ ...day(submittedOn), style: DAY })],
    note: [50, ({ note }) => yourText(note)],
  };
  return USER_FIELDS.map((field) => {
    const [widest, cell] = cells[field];
    return { header: REGISTER_HEADERS[field], isYours: true, widest, isFolded: false, cell };
  });
}

/** Every column that any entry has, in the order met. */
function addedColumns(entries: readonly RegisterEntry[]): readonly RegisterColumn[] {
  const headers = new Set(entries.flatMap(({ added }) => Object.keys(added)));
  return [...headers].map((header) => ({
    header,
    isYours: true,
    widest: 36,
    isFolded: false,
    cell: ({ added }) => yourText(Object.hasOwn(added, header) ? (added[header] ?? '') : ''),
  }));
}

function ourText(value: string): SheetCell {
  return textCell(guardedText(value), TEXT);
}

/** Without the apostrophe that makes texts of others harmless: these are the user's own words, and not one letter is added to them. */
function yourText(value: string): SheetCell {
  return textCell(value, YOURS);
}

function textCell(value: string, style: CellStyle): SheetCell {
  return { value: value === '' ? null : value, style, chars: Math.max(...value.split('\n').map(widthOfLine)) };
}

/** Excel would call the file damaged, and a text that is cut is a text that is lost. */
function refuseLongTexts(columns: readonly RegisterColumn[], entries: readonly RegisterEntry[]): void {
  for (const entry of entries) {
    for (const { header, cell } of columns) {
      const { value } = cell(entry);
      if (typeof value !== 'string' || value.length <= LONGEST_TEXT) continue;
      throw new KnownError({
        code: 'register-text-too-long',
        place: { file: 'register.xlsx' },
        found: `"${header}" of the claim ${entry.fingerprint} has ${value.length} characters, more than a cell of Excel holds.`,
        expected: 'Texts of at most 32,767 characters.',
        remedy: 'Shorten the text in the register that was given with --register; nothing was written.',
      });
    }
  }
}

async function writeRegisterSheet(
  workbook: SteadyWorkbook,
  columns: readonly RegisterColumn[],
  entries: readonly RegisterEntry[],
): Promise<void> {
  const sheet = openRegisterSheet(workbook);
  const widths = columns.map((column) => widthOf(column, entries));
  setWidths(sheet, widths);
  foldColumns(sheet, columns);
  sheet.autoFilter = { from: { row: HEADER_ROW, column: 1 }, to: { row: HEADER_ROW + entries.length, column: columns.length } };
  addBand(sheet, columns);
  addHeader(sheet, columns);
  for (const entry of entries) {
    addEntry(sheet, entry, columns, widths);
    if (workbook.mustDrain) await workbook.drained();
  }
  sheet.commit();
}

/** As `openSheet` does it, and with room for the [+] of the folded columns, which exceljs takes at the very start only. */
function openRegisterSheet(workbook: SteadyWorkbook): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet('Register', {
    properties: { outlineLevelCol: 1 },
    pageSetup: {
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
      printTitlesRow: `1:${HEADER_ROW}`,
    },
    headerFooter: { oddFooter: '&L&A&RPage &P of &N' },
    views: [{ state: 'frozen', xSplit: FROZEN_COLUMNS, ySplit: HEADER_ROW, topLeftCell: `C${HEADER_ROW + 1}` }],
  });
  Object.assign(sheet.pageSetup, { paperSize: A4 });
  return sheet;
}

function widthOf({ header, widest, cell }: RegisterColumn, entries: readonly RegisterEntry[]): number {
  const gauge = new ColumnGauge(header.slice(0, widest), widest);
  for (const entry of entries) gauge.add(cell(entry));
  return gauge.fit.width;
}

function foldColumns(sheet: ExcelJS.Worksheet, columns: readonly RegisterColumn[]): void {
  for (const [index, { isFolded }] of columns.entries()) {
    if (isFolded) Object.assign(sheet.getColumn(index + 1), { outlineLevel: 1, hidden: true });
  }
}

/** Says above the headers whose columns these are. */
function addBand(sheet: ExcelJS.Worksheet, columns: readonly RegisterColumn[]): void {
  const row = sheet.addRow([]);
  const firstYours = columns.findIndex(({ isYours }) => isYours);
  for (const [index, { isYours }] of columns.entries()) row.getCell(index + 1).style = isYours ? YOUR_BAND : OUR_BAND;
  row.getCell(1).value = REGISTER_BAND.ours;
  row.getCell(firstYours + 1).value = REGISTER_BAND.yours;
  row.commit();
}

function addHeader(sheet: ExcelJS.Worksheet, columns: readonly RegisterColumn[]): void {
  const row = sheet.addRow([]);
  for (const [index, { header, isYours }] of columns.entries()) {
    const cell = row.getCell(index + 1);
    cell.value = exactText(header);
    cell.style = isYours ? YOUR_HEADER : OUR_HEADER;
  }
  row.height = HEADER_POINTS;
  row.commit();
}

function addEntry(sheet: ExcelJS.Worksheet, entry: RegisterEntry, columns: readonly RegisterColumn[], widths: readonly number[]): void {
  const row = sheet.addRow([]);
  let lines = 1;
  for (const [index, { header, cell, isFolded }] of columns.entries()) {
    const { value, style, chars } = cell(entry);
    const target = row.getCell(index + 1);
    if (value !== null) target.value = typeof value === 'string' ? exactText(value) : value;
    target.style = style;
    if (header === REGISTER_HEADERS.status) target.dataValidation = STATUS_LIST;
    const room = (widths[index] ?? 0) - MARGIN_CHARS;
    if (typeof value !== 'string' || isFolded || (chars <= room && !value.includes('\n'))) continue;
    if (style === TEXT) target.style = WRAPPED;
    if (style === YOURS) target.style = YOURS_WRAPPED;
    lines = Math.max(lines, linesTaken(value, room));
  }
  if (lines > 1) row.height = Math.min(HIGHEST_ROW_POINTS, lines * LINE_POINTS);
  row.commit();
}

const STATUS_LIST: ExcelJS.DataValidation = {
  type: 'list',
  allowBlank: true,
  formulae: [`"${CLAIM_STATUSES.join(',')}"`],
  showErrorMessage: true,
  errorStyle: 'stop',
  errorTitle: 'Status',
  error: `One of ${CLAIM_STATUSES.join(', ')}.`,
};

/** What XML has no place for or would change: control characters, a return, halves of pairs, and an underscore that would read as an escape. */
const NOT_AS_IT_IS = /(?![\t\n])\p{Cc}|\p{Cs}|[\ufffe\uffff]|_(?=x[0-9a-f]{4})/giu;

/**
 * A text that a spreadsheet reads back to the letter. As a run of rich text, because exceljs writes the white space around a plain one
 * in such a way that Excel drops it; with what XML lacks escaped as Excel does it (`_x000D_`), because exceljs leaves it out.
 */
function exactText(text: string): ExcelJS.CellRichTextValue {
  const escaped = text.replace(NOT_AS_IT_IS, (unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
  return { richText: [{ text: escaped }] };
}

function writeReadme(workbook: SteadyWorkbook): void {
  const sheet = openSheet(workbook, REGISTER_README_SHEET, { pagesAcross: 1, view: { showGridLines: false }, titles: {} });
  setWidths(sheet, [README_WIDTH]);
  const title = sheet.addRow([REGISTER_README_TITLE]);
  title.getCell(1).style = TITLE;
  title.height = HEADER_POINTS;
  title.commit();
  for (const sentence of REGISTER_README) {
    const row = sheet.addRow([sentence]);
    row.getCell(1).style = WRAPPED;
    row.height = (linesTaken(sentence, README_WIDTH - MARGIN_CHARS) + 1) * LINE_POINTS;
    row.commit();
  }
  sheet.commit();
}
