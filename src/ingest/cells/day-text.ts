import { addDays, dayFromParts, type Day } from '../../domain/calendar/days.ts';
import type { DateOrder } from './dialect.ts';
import { halfWidth } from '../text/half-width.ts';

/** A day as a cell has it, in UTC. `second` counts from midnight, null where the cell has no time or has midnight. */
export interface DayReading {
  readonly day: Day;
  readonly second: number | null;
}

/**
 * What the figures of a date tell of the order of day and month: one of the two orders, `open` where either is possible, `none` where the
 * form decides (year first). `dashed` is open as well, but no export writes it: it comes from places that put the day first.
 */
export type OrderEvidence = DateOrder | 'open' | 'dashed' | 'none';

/** A date's text taken apart. */
export interface DayParts {
  readonly year: number;
  /** In the order printed; month then day where `order` is `none`. */
  readonly first: number;
  readonly second: number;
  readonly evidence: OrderEvidence;
  /** Seconds after midnight, as printed. */
  readonly time: number;
  /** To be taken from the printed time to have UTC. */
  readonly offsetSeconds: number;
}

const DATE = /^(\d{1,4})([/.-])\s?(\d{1,2})\2\s?(\d{1,4})\.?(?:[\sT]+(.+))?$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([AP]\.?M\.?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const DAY_SECONDS = 86_400;

/** Null where the text is no date of four year digits; two-digit years are not guessed at. */
export function takeDayApart(text: string): DayParts | null {
  const match = DATE.exec(halfWidth(text));
  if (match === null) return null;
  const [, one = '', separator = '', two = '', three = '', timeText] = match;
  const time = timeText === undefined ? { seconds: 0, offsetSeconds: 0 } : readTime(timeText.trim());
  if (time === null) return null;
  const shared = { time: time.seconds, offsetSeconds: time.offsetSeconds };
  if (one.length === 4 && three.length <= 2) return { year: +one, first: +two, second: +three, evidence: 'none', ...shared };
  if (three.length !== 4 || one.length > 2) return null;
  return { year: +three, first: +one, second: +two, evidence: orderOf(+one, +two, separator), ...shared };
}

function orderOf(first: number, second: number, separator: string): OrderEvidence {
  if (separator === '.') return 'dmy';
  if (first > 12 && second <= 12) return 'dmy';
  if (second > 12 && first <= 12) return 'mdy';
  return separator === '-' ? 'dashed' : 'open';
}

function readTime(text: string): { seconds: number; offsetSeconds: number } | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  let hour = +(match[1] ?? '');
  const minute = +(match[2] ?? '');
  const second = +(match[3] ?? '0');
  const half = match[4]?.charAt(0).toUpperCase();
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'P' ? 12 : 0);
  }
  if (hour > 23 || minute > 59 || second > 59) return null;
  return { seconds: hour * 3600 + minute * 60 + second, offsetSeconds: offsetOf(match[5] ?? 'Z') };
}

function offsetOf(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (match === null) return 0;
  const seconds = +(match[2] ?? '') * 3600 + +(match[3] ?? '') * 60;
  return match[1] === '-' ? -seconds : seconds;
}

/** The sentinel of an empty date in .NET: the first day there is. */
export function isNoDate(parts: DayParts): boolean {
  return parts.year === 1 && parts.first === 1 && parts.second === 1;
}

/** The day in UTC under an order of day and month; null where the calendar has no such day. */
export function dayOf(parts: DayParts, order: DateOrder): DayReading | null {
  const isMonthFirst = parts.evidence === 'none' || order === 'mdy';
  const day = knownDay(parts.year, isMonthFirst ? parts.first : parts.second, isMonthFirst ? parts.second : parts.first);
  if (day === null || parts.year < FIRST_YEAR) return null;
  const seconds = parts.time - parts.offsetSeconds;
  const shift = Math.floor(seconds / DAY_SECONDS);
  const rest = seconds - shift * DAY_SECONDS;
  return { day: shift === 0 ? day : addDays(day, shift), second: rest === 0 ? null : rest };
}

/** The calendar costs microseconds; a file has few days and a million times. */
const knownDays = new Map<number, Day | null>();
const KNOWN_DAYS = 20_000;

function knownDay(year: number, month: number, dayOfMonth: number): Day | null {
  const key = (year * 100 + month) * 100 + dayOfMonth;
  let day = knownDays.get(key);
  if (day === undefined) {
    day = dayFromParts(year, month, dayOfMonth);
    if (knownDays.size >= KNOWN_DAYS) knownDays.clear();
    knownDays.set(key, day);
  }
  return day;
}

/** No charge is older than the company; an earlier year is a misread one. */
const FIRST_YEAR = 1975;
const LAST_SERIAL_YEARS = 225;

/** Days from the start of a workbook's count to 1970-01-01. Serials up to 60 are not used: Excel believes in a 29 February 1900. */
const EPOCH_SERIAL = { '1900': 25_569, '1904': 24_107 } as const;

/** A workbook's day serial such as `46113` or `46113.75`; null where the text is none, or none of our times. */
export function dayOfSerial(text: string, system: '1900' | '1904'): DayReading | null {
  if (!/^\d{4,6}(\.\d+)?$/.test(text)) return null;
  const serial = +text;
  const seconds = Math.round((serial - Math.floor(serial)) * DAY_SECONDS);
  const day = Math.floor(serial) - EPOCH_SERIAL[system] + (seconds === DAY_SECONDS ? 1 : 0);
  if (day < (FIRST_YEAR - 1970) * 365 || day > LAST_SERIAL_YEARS * 365) return null;
  return { day: day as Day, second: seconds === 0 || seconds === DAY_SECONDS ? null : seconds };
}
