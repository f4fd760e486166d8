import type { Random } from './random.ts';

/** A UTC day, counted from 1970-01-01. */
export type DayNumber = number;

const MILLISECONDS_A_DAY = 86_400_000;

/** Months past December run on into the next year. */
export function dayNumber(year: number, month: number, dayOfMonth: number): DayNumber {
  return Date.UTC(year, month, dayOfMonth) / MILLISECONDS_A_DAY;
}

/** Calendar months from January of `year`. */
export function monthsSince(year: number, day: DayNumber): number {
  const date = new Date(day * MILLISECONDS_A_DAY);
  return (date.getUTCFullYear() - year) * 12 + date.getUTCMonth();
}

const texts = new Map<DayNumber, string>();

/** M/D/YYYY, as the exports print it. */
export function dayText(day: DayNumber): string {
  let text = texts.get(day);
  if (text === undefined) {
    const date = new Date(day * MILLISECONDS_A_DAY);
    text = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
    texts.set(day, text);
  }
  return text;
}

export interface Course {
  readonly price: number;
  readonly firstDay: DayNumber;
  /** The day after the term of a year. */
  readonly termUntil: DayNumber;
  readonly cycles: readonly CourseCycle[];
}

export interface CourseCycle {
  readonly index: number;
  readonly firstDay: DayNumber;
  readonly lastDay: DayNumber;
  readonly quantity: number;
  readonly change: { readonly day: DayNumber; readonly to: number } | null;
  readonly cancelDay: DayNumber | null;
}

/** What partners of one commerce do; each figure is "one in so many". */
export interface Habits {
  readonly year: number;
  readonly changeOneIn: number;
  /** Of the changes, from the third cycle on; 0 where seats cannot be given back. */
  readonly decreaseOneIn: number;
  readonly cancelOneIn: number;
  /** The cycles in which one may cancel, and the days into them. */
  readonly cancelCycles: readonly [first: number, last: number];
  readonly cancelDays: readonly [first: number, last: number];
}

/** A subscription that is only billed, `cycles` times: what fills a file up to its number of rows. */
export function quietCourse(random: Random, year: number, cycles: number): Course {
  return course(random, { year, changeOneIn: 0, decreaseOneIn: 0, cancelOneIn: 0, cancelCycles: [0, -1], cancelDays: [0, 0] }, 0, cycles);
}

/** The life of one subscription within one year: billed every month from its purchase on, with the changes its owner made. */
export function courseOf(random: Random, habits: Habits): Course {
  const startMonth = random.oneIn(3) ? random.below(9) : 0;
  return course(random, habits, startMonth, Math.min(12 - startMonth, 3 + random.below(7)));
}

/**
 * Anchors stay on days 1 to 28: the published series of month ends contradict one another, and a benchmark is no place to choose.
 * Cancellations and decreases keep two cycles' distance from a change of seats: an increase has a refund window of its own, and inside it
 * the right credit would be another one.
 */
function course(random: Random, habits: Habits, startMonth: number, count: number): Course {
  const anchor = 1 + random.below(28);
  const price = 300 + random.below(5500);
  let quantity = random.oneIn(20) ? 1 + random.below(5000) : 1 + random.below(60);
  let changedAt = -3;
  const cycles: CourseCycle[] = [];
  for (let index = 0; index < count; index++) {
    const firstDay = dayNumber(habits.year, startMonth + index, anchor);
    const lastDay = dayNumber(habits.year, startMonth + index + 1, anchor) - 1;
    const isSettled = index - changedAt > 2;
    const mayCancel = isSettled && index >= habits.cancelCycles[0] && index <= habits.cancelCycles[1];
    const cancelDay = mayCancel && random.oneIn(habits.cancelOneIn) ? firstDay + between(random, habits.cancelDays) : null;
    const change =
      cancelDay === null && random.oneIn(habits.changeOneIn)
        ? changeOf(random, { firstDay, lastDay }, quantity, isSettled && index >= 2 ? habits.decreaseOneIn : 0)
        : null;
    cycles.push({ index, firstDay, lastDay, quantity, change, cancelDay });
    if (cancelDay !== null) break;
    if (change !== null) {
      quantity = change.to;
      changedAt = index;
    }
  }
  const firstDay = dayNumber(habits.year, startMonth, anchor);
  return { price, firstDay, termUntil: dayNumber(habits.year + 1, startMonth, anchor), cycles };
}

/** From the second day of the cycle to its last, so that days remain on both sides. */
function changeOf(
  random: Random,
  cycle: { readonly firstDay: DayNumber; readonly lastDay: DayNumber },
  from: number,
  decreaseOneIn: number,
): NonNullable<CourseCycle['change']> {
  const day = cycle.firstDay + 1 + random.below(cycle.lastDay - cycle.firstDay);
  const isDecrease = from > 1 && random.oneIn(decreaseOneIn);
  return { day, to: isDecrease ? 1 + random.below(from - 1) : from + 1 + random.below(10) };
}

function between(random: Random, [first, last]: readonly [number, number]): number {
  return first + random.below(last - first + 1);
}
