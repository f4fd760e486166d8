import { addDays, dayFromIso, isoDay } from '../../domain/calendar/days.ts';
import { invariant } from '../../domain/invariant.ts';
import type { DateSystem } from '../rows.ts';

/** Excel stores doubles and shows at most this many digits of them; what lies beyond is noise. */
const SHOWN_DIGITS = 15;
/** Below ten to this power a number is written with an exponent: no price is as small. */
const LEAST_EXPONENT = -20;

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The decimal text of a stored number, as Excel shows it: at most 15 significant digits. An integer that is longer has lost
 * digits already, and keeps an exponent (5.66890604832738E+17) so that nobody takes it for an identifier.
 */
export function numberText(stored: string): string {
  if (stored.length <= SHOWN_DIGITS && isPlainDecimal(stored)) return stored;
  const raw = stored.trim();
  if (!DECIMAL.test(raw)) return raw;
  if (isPlainDecimal(raw) && significantDigits(raw) <= SHOWN_DIGITS) return raw;
  const value = Number(raw);
  return Number.isFinite(value) ? shownText(value) : raw;
}

/** Digits with at most one point inside and a minus at most: text that can stand as it is. A loop, because every numeric cell passes here. */
function isPlainDecimal(text: string): boolean {
  let point = -1;
  const first = text.startsWith('-') ? 1 : 0;
  for (let index = first; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x2e) {
      if (point !== -1 || index === first || index === text.length - 1) return false;
      point = index;
    } else if (code < 0x30 || code > 0x39) return false;
  }
  return text.length > first;
}

/** Trailing zeros count: `566890604832738000` claims 18 digits, and a double cannot hold them. */
function significantDigits(plain: string): number {
  return plain.replace(/^-?[0.]*/, '').replace('.', '').length;
}

function shownText(value: number): string {
  const match = /^(-?)(\d)\.(\d+)e([+-]\d+)$/.exec(value.toExponential(SHOWN_DIGITS - 1));
  invariant(match !== null, 'toExponential prints a mantissa and an exponent');
  const [, sign = '', lead = '', fraction = '', power = ''] = match;
  const digits = (lead + fraction).replace(/0+$/, '');
  const exponent = Number(power);
  if (digits === '') return '0';
  if (exponent >= SHOWN_DIGITS || exponent < LEAST_EXPONENT) {
    const rest = digits.slice(1);
    return `${sign}${lead}${rest === '' ? '' : '.'}${rest}E${power}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const decimals = digits.slice(exponent + 1);
  return `${sign}${whole}${decimals === '' ? '' : '.'}${decimals}`;
}

/**
 * The numbers of built-in formats that show a day or a time of day (ECMA-376 part 1, 18.8.30). 27-36 and 50-58 are the dates
 * of East Asian editions, which write no format code for them. 46 is `[h]:mm:ss`: a duration, not a day.
 */
const BUILT_IN_DATES: ReadonlySet<number> = new Set([
  ...[14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 47],
  ...[27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58],
]);

export function isBuiltInDateFormat(formatId: number): boolean {
  return BUILT_IN_DATES.has(formatId);
}

/** Whether a format code shows a day or a time of day. Literals, colours, conditions and locales are no tokens; `[h]:mm` is a duration. */
export function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*("|$)|[\\_*][^]/g, '');
  if (/\[(h+|m+|s+)\]/i.test(bare)) return false;
  return /[ymdh]/i.test(bare.replace(/\[[^\]]*(\]|$)/g, ''));
}

function dayZero(iso: string): (serial: number) => string {
  const zero = dayFromIso(iso);
  invariant(zero !== null, 'the first day of a date system is a calendar day');
  return (serial) => isoDay(addDays(zero, serial));
}

const dayIn1904 = dayZero('1904-01-01');
const dayAfterLeapDay = dayZero('1899-12-30');
const dayBeforeLeapDay = dayZero('1899-12-31');

/** Excel's 1900 system has a 29 February 1900 (serial 60), which the calendar has not: the text says it, and no day parser accepts it. */
function dayIn1900(serial: number): string {
  if (serial === 60) return '1900-02-29';
  return serial > 60 ? dayAfterLeapDay(serial) : dayBeforeLeapDay(serial);
}

const DAY_SECONDS = 86_400;
/** 31 December 9999, the last day Excel knows, in each system. */
const LAST_SERIAL = { '1900': 2_958_465, '1904': 2_957_003 };

/** The ISO text of a day serial: a day, or an instant rounded to the second. A number that is no day stays a number. */
export function dateText(stored: string, system: NonNullable<DateSystem>): string {
  const serial = stored.trim() === '' ? NaN : Number(stored);
  const seconds = Math.round(serial * DAY_SECONDS);
  const day = Math.floor(seconds / DAY_SECONDS);
  if (!(serial >= 0 && day <= LAST_SERIAL[system])) return numberText(stored);
  const iso = system === '1900' ? dayIn1900(day) : dayIn1904(day);
  const time = seconds - day * DAY_SECONDS;
  return time === 0 ? iso : `${iso}T${clockText(time)}`;
}

function clockText(seconds: number): string {
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => Math.floor(part).toString().padStart(2, '0')).join(':');
}

/** A cell of type `d` holds ISO text already (strict workbooks); midnight and fractions of a second are dropped as for serials. */
export function isoCellText(stored: string): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z?)?$/.exec(stored.trim());
  if (match === null) return stored.trim();
  const [, day = '', time = '00:00:00'] = match;
  const full = time.length === 5 ? `${time}:00` : time;
  return full === '00:00:00' ? day : `${day}T${full}`;
}

/** Strings write characters that XML has no place for as `_x000D_`, and an underscore that would look like one as `_x005F_`. */
export function unescapedText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** Excel drops the outer white space of a text that does not ask to preserve it. */
export function trimmedText(text: string): string {
  let first = 0;
  let after = text.length;
  while (first < after && isXmlSpace(text.charCodeAt(first))) first += 1;
  while (after > first && isXmlSpace(text.charCodeAt(after - 1))) after -= 1;
  return text.slice(first, after);
}

function isXmlSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** To how many digits a format fills whole numbers up with zeros (`0000` to 4); 0 for every other format, one of a single digit among them. */
export function zeroWidthOf(code: string): number {
  return /^0{2,30}$/.test(code) ? code.length : 0;
}
