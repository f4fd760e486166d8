import { Temporal } from 'temporal-polyfill';

/** A calendar day in UTC, counted from 1970-01-01 (day 0). A day is never an instant. */
export type Day = number & { readonly __day: true };

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const isoTexts = new Map<Day, string>();
const plainDates = new Map<Day, Temporal.PlainDate>();

function plainDate(day: Day): Temporal.PlainDate {
  let date = plainDates.get(day);
  if (date === undefined) {
    date = EPOCH.add({ days: day });
    keep(plainDates, day, date);
  }
  return date;
}

/** What calendar arithmetic asks of a day again and again; the getters of a PlainDate cost a microsecond each. */
interface CalendarPlace {
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
  readonly daysInMonth: number;
}

const places = new Map<Day, CalendarPlace>();

function placeOf(day: Day): CalendarPlace {
  let place = places.get(day);
  if (place === undefined) {
    const date = plainDate(day);
    place = { year: date.year, month: date.month, dayOfMonth: date.day, daysInMonth: date.daysInMonth };
    keep(places, day, place);
  }
  return place;
}

function dayOf(date: Temporal.PlainDate): Day {
  return EPOCH.until(date, { largestUnit: 'days' }).days as Day;
}

/** The day of a year, month (1–12) and day of the month, or null where the calendar has none. */
export function dayFromParts(year: number, month: number, dayOfMonth: number): Day | null {
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31) return null;
  const date = Temporal.PlainDate.from({ year, month, day: dayOfMonth }, { overflow: 'constrain' });
  return date.day === dayOfMonth ? dayOf(date) : null;
}

const isoDays = new Map<string, Day | null>();

/** The day of an ISO text `YYYY-MM-DD`; null where it is none. */
export function dayFromIso(text: string): Day | null {
  let day = isoDays.get(text);
  if (day === undefined) {
    const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
    day = match === null ? null : dayFromParts(+(match[1] ?? ''), +(match[2] ?? ''), +(match[3] ?? ''));
    keep(isoDays, text, day);
  }
  return day;
}

/** Calendar arithmetic costs microseconds; a month has few days, so results are kept, up to a limit. */
const MOST_KEPT = 100_000;

function keep<K, V>(kept: Map<K, V>, key: K, value: V): void {
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, value);
}

/** `YYYY-MM-DD`. */
export function isoDay(day: Day): string {
  let text = isoTexts.get(day);
  if (text === undefined) {
    text = plainDate(day).toString();
    keep(isoTexts, day, text);
  }
  return text;
}

/** `days` later (earlier where negative). */
export function addDays(day: Day, days: number): Day {
  return (day + days) as Day;
}

/** Days from first to last, both included: the same day is 1. */
export function daysInclusive(firstDay: Day, lastDay: Day): number {
  return lastDay - firstDay + 1;
}

/** `1 day`, `2 days`. */
export function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

/** Days in the month of a day. */
export function daysInMonth(day: Day): number {
  return placeOf(day).daysInMonth;
}

/** 1 to 31. */
export function dayOfMonth(day: Day): number {
  return placeOf(day).dayOfMonth;
}

/** The same day of the month `months` later, held to the month's end where the month is shorter. */
export function addMonths(day: Day, months: number): Day {
  const key = day * 4096 + months;
  let later = laterDays.get(key);
  if (later === undefined) {
    later = dayOf(plainDate(day).add({ months }));
    keep(laterDays, key, later);
  }
  return later;
}

const laterDays = new Map<number, Day>();

/** The last day of the month of a day. */
export function endOfMonth(day: Day): Day {
  return addDays(day, daysInMonth(day) - dayOfMonth(day));
}

/** Whole months from the month of one day to the month of another, whatever the days of the month. */
export function monthsApart(from: Day, to: Day): number {
  const a = placeOf(from);
  const b = placeOf(to);
  return (b.year - a.year) * 12 + b.month - a.month;
}
