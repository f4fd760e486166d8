import type { PrintedNumber } from '../../domain/numbers/money.ts';
import type { DecimalMark } from './dialect.ts';
import { halfWidth } from '../text/half-width.ts';

/** A number's text taken apart: sign, the digits with their separators, and the power of ten. */
export interface NumberParts {
  readonly isNegative: boolean;
  /** Digits, `.`, `,` and `'` (standing for spaces and apostrophes of any kind), beginning with a digit or a mark. */
  readonly body: string;
  /** Null where the number is not in exponent form, in which no digits are ever grouped. */
  readonly exponent: number | null;
  /** The ISO code of a currency printed beside the number, '' without one. */
  readonly currency: string;
}

/** What the separators of a number tell: which one is the decimal mark, that it is open, that there is none, or that they make no sense. */
export type MarkEvidence = DecimalMark | 'open' | 'none' | 'invalid';

/** Beyond this many digits or this power of ten a cell is no amount. */
const MAX_DIGITS = 100;

const NUMBER = /^([-+]?)([\d.,' ]*\d)(?:[eE]([-+]?\d{1,3}))?([-+]?)$/;
/** Signs that stand for a currency without being its code; `\p{Sc}` has the rest. */
const CURRENCY_SIGN = /^(?:\p{Sc}|kr\.?|zł|Kč|Ft|lei|лв\.?|Fr\.?|R\$|US\$|A\$|C\$|NZ\$|S\$|HK\$|NT\$|R)$/iu;

/** Null where the text is no number in any dialect. */
export function takeApart(cell: string): NumberParts | null {
  let text = halfWidth(cell)
    .replace(/[\u00a0\u202f\u2009\t]/g, ' ')
    .replace(/[\u2212\ufe63]/g, '-')
    .replace(/[\u2019\u02bc]/g, "'")
    .trim();
  if (text.startsWith("'")) text = text.slice(1).trim();
  const bracketed = /^([^\d()]*)\(([^()]*)\)([^\d()]*)$/.exec(text);
  const isNegative = bracketed !== null;
  if (bracketed !== null) text = bracketed.slice(1).join('').trim();
  const bare = withoutCurrency(text);
  const match = NUMBER.exec(bare.text);
  if (match === null) return null;
  const signs = bare.sign + (match[1] ?? '') + (match[4] ?? '');
  if (signs.length > 1 || (isNegative && signs !== '')) return null;
  const body = (match[2] ?? '').replaceAll(' ', "'");
  if (body.startsWith("'") || body.includes("''") || body.length > MAX_DIGITS) return null;
  const exponent = match[3] === undefined ? null : +match[3];
  if (exponent !== null && Math.abs(exponent) > MAX_DIGITS) return null;
  return { isNegative: isNegative || signs === '-', body, exponent, currency: bare.currency };
}

/** Takes a currency's sign or code from before or after a number; a minus may stand before it (`-$5.00`). */
function withoutCurrency(text: string): { text: string; sign: string; currency: string } {
  const before = /^([-+]?)\s*([^\d\s.,+'-][^\d\s,+'-]{0,3}?)\s*([-+\d.,].*)$/u.exec(text);
  if (before?.[2] !== undefined) {
    return isCurrency(before[2])
      ? { text: before[3] ?? '', sign: before[1] ?? '', currency: codeOf(before[2]) }
      : { text: '', sign: '', currency: '' };
  }
  const after = /^(.*[\d+-])\s*([^\d\s.,+'-]{1,3}\.?)$/u.exec(text);
  if (after?.[2] !== undefined && isCurrency(after[2])) return { text: after[1] ?? '', sign: '', currency: codeOf(after[2]) };
  return { text, sign: '', currency: '' };
}

function isCurrency(text: string): boolean {
  return /^[A-Z]{3}$/i.test(text) || CURRENCY_SIGN.test(text);
}

function codeOf(text: string): string {
  return /^[A-Z]{3}$/i.test(text) ? text.toUpperCase() : '';
}

/** Reads the decimal mark off a number's own shape, without any assumption. */
export function markEvidence(parts: NumberParts): MarkEvidence {
  const { body } = parts;
  const points = count(body, '.');
  const commas = count(body, ',');
  if (points + commas === 0) return hasGroups(body, "'") ? 'none' : 'invalid';
  if (points > 0 && commas > 0) {
    const mark = body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ',';
    return splits(body, mark) ? mark : 'invalid';
  }
  const separator = points > 0 ? '.' : ',';
  const other = points > 0 ? ',' : '.';
  if (points + commas > 1) return splits(body, other) ? other : 'invalid';
  if (!splits(body, separator)) return 'invalid';
  const [whole = '', fraction = ''] = body.split(separator);
  const isGroup = fraction.length === 3 && whole.length >= 1 && whole.length <= 3 && !whole.startsWith('0');
  return isGroup && parts.exponent === null ? 'open' : separator;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Whether the number makes sense with this decimal mark: at most one, digits alone behind it, groups of three before it. */
function splits(body: string, mark: DecimalMark): boolean {
  const [whole = '', fraction, ...more] = body.split(mark);
  if (more.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) return false;
  if (whole === '') return fraction !== undefined;
  const separator = /[^\d]/.exec(whole)?.[0];
  return separator === undefined || hasGroups(whole, separator);
}

/** `1'234'567` by one and the same separator; a number without any is one group of its own. */
function hasGroups(whole: string, separator: string): boolean {
  const groups = whole.split(separator);
  if (!groups.every((group) => /^\d+$/.test(group))) return false;
  return groups.length === 1 || ((groups[0]?.length ?? 0) <= 3 && groups.slice(1).every((group) => group.length === 3));
}

/** The number under a decimal mark, or null where it makes no sense under it. */
export function assemble(parts: NumberParts, mark: DecimalMark): PrintedNumber | null {
  if (!splits(parts.body, mark)) return null;
  const [whole = '', fraction = ''] = parts.body.split(mark);
  let digits = whole.replace(/\D/g, '') + fraction;
  let scale = fraction.length - (parts.exponent ?? 0);
  if (scale < 0) {
    digits += '0'.repeat(-scale);
    scale = 0;
  }
  return toPrinted(parts.isNegative, digits, scale);
}

/** `scale` keeps the printed decimals unless trailing zeros must go for the digits to fit a safe integer. */
function toPrinted(isNegative: boolean, allDigits: string, printedScale: number): PrintedNumber {
  const digits = allDigits.replace(/^0+/, '');
  if (digits === '') return { units: 0, scale: printedScale, exact: null };
  let scale = printedScale;
  let units = BigInt(digits);
  while (units > MAX_SAFE && scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale--;
  }
  const sign = isNegative ? '-' : '';
  if (units <= MAX_SAFE) return { units: isNegative ? -Number(units) : Number(units), scale, exact: null };
  const padded = digits.padStart(printedScale + 1, '0');
  const point = padded.length - printedScale;
  const exact = printedScale === 0 ? padded : `${padded.slice(0, point)}.${padded.slice(point)}`;
  return { units: 0, scale: printedScale, exact: sign + exact };
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
