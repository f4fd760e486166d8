import type ExcelJS from 'exceljs';
import type { Severity } from '../../domain/findings/finding.ts';

/** exceljs looks a style up by the object's identity: every style here is made once and shared, or large sheets would take minutes. */
export type CellStyle = Partial<ExcelJS.Style>;

const TOP = { vertical: 'top' } as const;
const RIGHT = { ...TOP, horizontal: 'right' } as const;
/** Indented, or a text would touch the digits of the column before it. */
const LEFT = { ...TOP, horizontal: 'left', indent: 1 } as const;

function solid(argb: string): ExcelJS.Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

const FACE = { name: 'Calibri', family: 2 } as const;

export const TITLE: CellStyle = { font: { ...FACE, size: 18, bold: true, color: { argb: 'FF1F3864' } }, alignment: LEFT };
export const SECTION: CellStyle = { font: { ...FACE, size: 13, bold: true, color: { argb: 'FF1F3864' } }, alignment: LEFT };
export const NOTE: CellStyle = { font: { ...FACE, size: 11, italic: true, color: { argb: 'FF595959' } }, alignment: LEFT };
export const LABEL: CellStyle = { font: { ...FACE, size: 11, bold: true }, alignment: LEFT };
export const HEADER: CellStyle = {
  font: { ...FACE, size: 11, bold: true, color: { argb: 'FFFFFFFF' } },
  fill: solid('FF1F3864'),
  alignment: { ...LEFT, vertical: 'middle', wrapText: true },
};
export const NUMERIC_HEADER: CellStyle = { ...HEADER, alignment: { ...RIGHT, vertical: 'middle', wrapText: true } };
/** Excel draws the filter's button over the right end of a header. */
export const FILTERED_NUMERIC_HEADER: CellStyle = { ...HEADER, alignment: { ...RIGHT, vertical: 'middle', wrapText: true, indent: 2 } };

export const TEXT: CellStyle = { alignment: LEFT };
export const WRAPPED: CellStyle = { alignment: { ...LEFT, wrapText: true } };
/** A number with more digits than a spreadsheet keeps stands there as text, in line with the others. */
export const NUMBER_AS_TEXT: CellStyle = { alignment: RIGHT };
/** A count or a row number: a label of its own, without separators that a search would miss. */
export const WHOLE: CellStyle = { numFmt: '0', alignment: RIGHT };
export const DAY: CellStyle = { numFmt: 'yyyy-mm-dd', alignment: LEFT };

const SEVERITY: Readonly<Record<Severity, CellStyle>> = {
  error: { font: { ...FACE, size: 11, bold: true, color: { argb: 'FF9C0006' } }, fill: solid('FFFFC7CE'), alignment: LEFT },
  warning: { font: { ...FACE, size: 11, bold: true, color: { argb: 'FF7F4F00' } }, fill: solid('FFFFE699'), alignment: LEFT },
  info: { font: { ...FACE, size: 11, bold: true, color: { argb: 'FF2F4B66' } }, fill: solid('FFD6DEE7'), alignment: LEFT },
};

export function severityStyle(severity: Severity): CellStyle {
  return SEVERITY[severity];
}

/** The row above a table's header, which adds up what the filter shows. */
const TOTAL_FONT = { ...FACE, size: 11, bold: true, color: { argb: 'FF1F3864' } } as const;
const TOTAL_FILL = solid('FFE8EEF7');
export const TOTAL: CellStyle = { font: { ...TOTAL_FONT, bold: false, italic: true }, fill: TOTAL_FILL, alignment: RIGHT };
export const TOTAL_LABEL: CellStyle = { numFmt: '#,##0" rows"', font: TOTAL_FONT, fill: TOTAL_FILL, alignment: LEFT };
/** A link to another sheet. */
export const LINK: CellStyle = { font: { ...FACE, size: 11, underline: true, color: { argb: 'FF0563C1' } }, alignment: LEFT };

const totalsByDecimals = new Map<number, CellStyle>();

export function totalStyle(decimals: number): CellStyle {
  const known = totalsByDecimals.get(decimals);
  if (known !== undefined) return known;
  const made = { ...decimalStyle(decimals), font: TOTAL_FONT, fill: TOTAL_FILL };
  totalsByDecimals.set(decimals, made);
  return made;
}

const byDecimals = new Map<number, CellStyle>();

/** A number with separators and so many decimals; below zero in red and with its sign. */
export function decimalStyle(decimals: number): CellStyle {
  let style = byDecimals.get(decimals);
  if (style === undefined) {
    const digits = decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
    style = { numFmt: `${digits};[Red]-${digits}`, alignment: RIGHT };
    byDecimals.set(decimals, style);
  }
  return style;
}
