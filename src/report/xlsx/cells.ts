import type { Severity } from '../../domain/findings/finding.ts';
import { minorDigits } from '../../domain/numbers/money.ts';
import { harmlessText } from '../harmless-text.ts';
import { visibleText } from '../visible-text.ts';
import { widthOfLine } from './text-width.ts';
import { type CellStyle, DAY, decimalStyle, LINK, NUMBER_AS_TEXT, severityStyle, TEXT, WHOLE } from './styles.ts';

export interface SheetCell {
  readonly value: string | number | Date | null;
  readonly style: CellStyle;
  /** How wide it is shown, in widths of a digit: what the column is made to fit. */
  readonly chars: number;
  /** The spreadsheet works the cell out by this, without `=`; `value` is what it gives. Only ours: no text of an input is ever part of one. */
  readonly formula?: string;
}

/** What Excel keeps of a text, and of a number. */
const LONGEST_TEXT = 32_767;
const SIGNIFICANT_DIGITS = 15;
/** Excel's custom formats hold at most 30 decimals; no figure of a bill has as many. */
const MOST_DECIMALS = 30;
const CUT_MARK = ' … (cut here: the whole text is in report.json)';
const DAY_CHARS = 10;
const SEVERITY_CHARS = 8;

export const EMPTY: SheetCell = { value: null, style: TEXT, chars: 0 };

function charsOf(value: string): number {
  return value.includes('\n') ? Math.max(...value.split('\n').map(widthOfLine)) : widthOfLine(value);
}

/**
 * A text. It is written as a string, never as a formula, so Excel would not run it as it stands; but it would run once the cell is
 * edited and left again, and once the sheet is saved as CSV and that is opened, which finance teams do daily. So it carries the same
 * apostrophe as in findings.csv, and the two files still match cell by cell.
 */
export function text(value: string | null): SheetCell {
  if (value === null || value === '') return EMPTY;
  // XML has no place for these two, and exceljs lets them through: Excel would call the file damaged.
  const safe = harmlessText(visibleText(value).replaceAll(/[\ufffe\uffff]/g, '\ufffd'));
  const kept = safe.length <= LONGEST_TEXT ? safe : `${safe.slice(0, LONGEST_TEXT - CUT_MARK.length)}${CUT_MARK}`;
  return { value: kept, style: TEXT, chars: charsOf(kept) };
}

/** A text that leads somewhere. */
export function linkText(value: string): SheetCell {
  return { ...text(value), style: LINK };
}

/** Several texts, each on a line of its own. */
export function lines(values: readonly string[]): SheetCell {
  return text(values.join('\n'));
}

/** A decimal as a number with its own decimals, at least `decimals` of them; as text where a spreadsheet would lose digits. */
export function decimal(value: string | null, decimals: number): SheetCell {
  if (value === null || value === '') return EMPTY;
  const parts = /^(-?)0*(\d+?)(?:\.(\d+))?$/.exec(value);
  if (parts === null) return text(value);
  const [, sign = '', whole = '0', fraction = ''] = parts;
  const shown = Math.max(decimals, fraction.length);
  const chars = sign.length + whole.length + Math.floor((whole.length - 1) / 3) + (shown === 0 ? 0 : shown + 1);
  const significant = `${whole}${fraction.replace(/0+$/, '')}`.replace(/^0+/, '').length;
  if (significant > SIGNIFICANT_DIGITS || shown > MOST_DECIMALS) return { value, style: NUMBER_AS_TEXT, chars: value.length };
  return { value: Number(value), style: decimalStyle(shown), chars };
}

/** Money with the digits of its currency, or more where the figure has more: nothing is rounded away. */
export function money(value: string | null, currency: string): SheetCell {
  return decimal(value, minorDigits(currency));
}

/** How many, with separators. */
export function count(value: number): SheetCell {
  return { ...decimal(String(value), 0), value };
}

/** A number that names something, a row above all. */
export function label(value: number): SheetCell {
  return { value, style: WHOLE, chars: String(value).length };
}

/** A day as a real date, at midnight UTC, which is what exceljs counts from: no time zone moves it. */
export function day(value: string | null): SheetCell {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value ?? '');
  if (parts === null) return text(value);
  const [, year = '', month = '', dayOfMonth = ''] = parts;
  return { value: new Date(Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth))), style: DAY, chars: DAY_CHARS };
}

export function severity(value: Severity): SheetCell {
  return { value, style: severityStyle(value), chars: SEVERITY_CHARS };
}
