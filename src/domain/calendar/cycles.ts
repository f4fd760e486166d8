import { addDays, addMonths, dayOfMonth, daysInMonth, daysInclusive, endOfMonth, monthsApart, type Day } from './days.ts';

/** A charge cycle: first and last day, both included. */
export interface Cycle {
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/** Days of a cycle, both ends included (28 Feb – 30 Mar is 31). */
export function cycleDays(cycle: Cycle): number {
  return daysInclusive(cycle.firstDay, cycle.lastDay);
}

/** Whether a cycle holds every day from first to last. */
export function holds(cycle: Cycle, firstDay: Day, lastDay: Day): boolean {
  return cycle.firstDay <= firstDay && lastDay <= cycle.lastDay;
}

/**
 * How the start of the cycles walks over months of different length. All three are published
 * (Partner Center, common billing scenarios for one-time and recurring charges):
 * `clamp` keeps the day of the month and holds it to the month's end; `month-end` stays on the last day;
 * `last-but-one` stays on the last day minus one (30 Jan, 27 Feb, 30 Mar, 29 Apr …).
 */
export type MonthEndSeries = 'clamp' | 'month-end' | 'last-but-one';

/** The series a subscription that starts on `anchor` may follow. */
export function seriesOf(anchor: Day): readonly MonthEndSeries[] {
  const fromEnd = daysInMonth(anchor) - dayOfMonth(anchor);
  if (fromEnd === 0) return ['clamp', 'month-end'];
  return fromEnd === 1 ? ['clamp', 'last-but-one'] : ['clamp'];
}

function startAt(anchor: Day, months: number, series: MonthEndSeries): Day {
  const clamped = addMonths(anchor, months);
  if (series === 'clamp') return clamped;
  return addDays(endOfMonth(clamped), series === 'month-end' ? 0 : -1);
}

/** The cycle of `months` months that holds `day`, counted from `anchor`; null before the anchor. */
export function cycleFromAnchor(anchor: Day, months: number, day: Day, series: MonthEndSeries): Cycle | null {
  if (day < anchor) return null;
  let step = Math.floor(monthsApart(anchor, day) / months);
  if (startAt(anchor, step * months, series) > day) step -= 1;
  if (startAt(anchor, (step + 1) * months, series) <= day) step += 1;
  return { firstDay: startAt(anchor, step * months, series), lastDay: addDays(startAt(anchor, (step + 1) * months, series), -1) };
}

/** Whether first to last is a whole cycle of `months` months by any published series, judged by its own shape alone. */
export function isWholeByShape(firstDay: Day, lastDay: Day, months: number): boolean {
  const next = addDays(lastDay, 1);
  return seriesOf(firstDay).some((series) => startAt(firstDay, months, series) === next);
}

/** Whole months from first to last day by the published series; null where the period is no whole number of months. */
export function wholeMonths(firstDay: Day, lastDay: Day): number | null {
  const next = addDays(lastDay, 1);
  const guess = monthsApart(firstDay, next);
  for (const series of seriesOf(firstDay)) if (guess > 0 && startAt(firstDay, guess, series) === next) return guess;
  return null;
}
