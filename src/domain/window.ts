import { addDays, type Day } from './days.ts';

/** A moment as the files tell it: the UTC day, and the second of that day where the hour is known. */
export interface Moment {
  readonly day: Day;
  readonly second: number | null;
}

/** A period counted in calendar days (day 0 is the day of the purchase, the last day ends with its UTC day) or in hours from an instant. */
export interface Window {
  readonly length: number;
  readonly unit: 'calendar-days' | 'hours';
}

/** inside and outside are certain; boundary is inside only by the lenient reading. */
export type Verdict = 'inside' | 'boundary' | 'outside';

const DAY_SECONDS = 86_400;

export function showWindow(window: Window): string {
  return window.unit === 'hours' ? `${window.length} hours` : `${window.length} calendar days`;
}

/**
 * Whether a moment lies inside a window. Calendar days: before day N inside, on day N boundary (whether day N of "within N days" counts is
 * left open by the sources). Hours: exact where both hours are known (the very second the window ends is the boundary); else inside or
 * outside only where every hour of the day gives the same answer.
 */
export function verdictAt(start: Moment, at: Moment, window: Window): Verdict {
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
}

/**
 * The end of a window: calendar days end with their day; hours end on the day of the last hour where the hour of the purchase is known, else
 * the day before is the last certain one.
 */
export function endOf(start: Moment, window: Window): WindowEnd {
  if (window.unit === 'calendar-days') {
    const last = addDays(start.day, window.length);
    return { deadline: last, lenientLastDay: last, hourText: null };
  }
  if (start.second === null) {
    const lenient = addDays(start.day, Math.floor(window.length / 24));
    return { deadline: addDays(lenient, -1), lenientLastDay: lenient, hourText: null };
  }
  const end = start.second + window.length * 3600;
  const last = addDays(start.day, Math.floor(end / DAY_SECONDS));
  const ofDay = end % DAY_SECONDS;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return { deadline: last, lenientLastDay: last, hourText: `${two(ofDay / 3600)}:${two((ofDay % 3600) / 60)} UTC` };
}
