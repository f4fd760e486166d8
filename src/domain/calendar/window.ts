import { addDays, type Day } from './days.ts';

/** A moment as the files tell it: the UTC day, and the second of that day where the hour is known. */
export interface Moment {
  readonly day: Day;
  readonly second: number | null;
}

interface Period {
  readonly length: number;
  readonly unit: 'calendar-days' | 'hours';
}

/** A period counted in calendar days (day 0 is the day of the purchase, the last day ends with its UTC day) or in hours from an instant. */
export interface Window extends Period {
  /** What another text of the same time says: what only one of the two allows is the boundary. */
  readonly otherReading?: Period;
}

/** inside and outside are certain; boundary is inside only by the lenient reading. */
export type Verdict = 'inside' | 'boundary' | 'outside';

const DAY_SECONDS = 86_400;

export function showWindow(window: Window): string {
  const text = ({ length, unit }: Period): string => (unit === 'hours' ? `${length} hours` : `${length} calendar days`);
  return window.otherReading === undefined ? text(window) : `${text(window)} (another text of that time: ${text(window.otherReading)})`;
}

/**
 * Whether a moment lies inside a window. Calendar days: before day N inside, on day N boundary (whether day N of "within N days" counts is
 * left open by the sources). Hours: exact where both hours are known (the very second the window ends is the boundary); else inside or
 * outside only where every hour of the day gives the same answer. Of two readings both must say inside, or both outside.
 */
export function verdictAt(start: Moment, at: Moment, window: Window): Verdict {
  const verdict = verdictOf(start, at, window);
  if (window.otherReading === undefined || verdictOf(start, at, window.otherReading) === verdict) return verdict;
  return 'boundary';
}

function verdictOf(start: Moment, at: Moment, window: Period): Verdict {
  const elapsedDays = at.day - start.day;
  if (window.unit === 'calendar-days')
    return elapsedDays < window.length ? 'inside' : elapsedDays === window.length ? 'boundary' : 'outside';
  const length = window.length * 3600;
  const shortest = elapsedDays * DAY_SECONDS + (at.second ?? 0) - (start.second ?? DAY_SECONDS - 1);
  const longest = elapsedDays * DAY_SECONDS + (at.second ?? DAY_SECONDS - 1) - (start.second ?? 0);
  if (longest < length) return 'inside';
  return shortest > length ? 'outside' : 'boundary';
}

export interface WindowEnd {
  /** The last UTC day on which acting is certainly in time. */
  readonly deadline: Day;
  /** The last UTC day on which acting may still be in time. */
  readonly lenientLastDay: Day;
  /** The hour at which the window closes on its last day, where it is known. */
  readonly hourText: string | null;
  /** Whether the deadline is day N of "within N days", which only the lenient reading counts. */
  readonly isLastDayOpen: boolean;
}

/**
 * The end of a window: calendar days end with their day; hours end on the day of the last hour where the hour of the purchase is known, else
 * the day before is the last certain one. Of two readings the earlier end is certain, the later one lenient.
 */
export function endOf(start: Moment, window: Window): WindowEnd {
  const end = endOfPeriod(start, window);
  if (window.otherReading === undefined) return end;
  const other = endOfPeriod(start, window.otherReading);
  const certain = other.deadline < end.deadline ? other : end;
  return { ...certain, lenientLastDay: other.lenientLastDay > end.lenientLastDay ? other.lenientLastDay : end.lenientLastDay };
}

function endOfPeriod(start: Moment, window: Period): WindowEnd {
  if (window.unit === 'calendar-days') {
    const last = addDays(start.day, window.length);
    return { deadline: last, lenientLastDay: last, hourText: null, isLastDayOpen: true };
  }
  if (start.second === null) {
    const lenient = addDays(start.day, Math.floor(window.length / 24));
    return { deadline: addDays(lenient, -1), lenientLastDay: lenient, hourText: null, isLastDayOpen: false };
  }
  const end = start.second + window.length * 3600;
  const last = addDays(start.day, Math.floor(end / DAY_SECONDS));
  const ofDay = end % DAY_SECONDS;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const hourText = `${two(ofDay / 3600)}:${two((ofDay % 3600) / 60)} UTC`;
  return { deadline: last, lenientLastDay: last, hourText, isLastDayOpen: false };
}
