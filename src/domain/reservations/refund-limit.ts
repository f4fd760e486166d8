import { addDays, dayFromParts, isoDay, type Day } from '../calendar/days.ts';
import { sum, ZERO, type Decimal } from '../numbers/money.ts';

/** The days over which refunds are added up: a calendar year, or the 365 days that end with the day asked for. */
export type LimitPeriod = 'calendar-year' | 'rolling-365-days';

/** What one return counts against the limit. */
export interface CountedReturn {
  readonly day: Day;
  readonly dollars: Decimal;
}

const ROLLING_DAYS = 365;

/** The first day that still counts on `day`: (t − 365, t], so a return exactly 365 days before no longer does. */
export function firstCountedDay(day: Day, period: LimitPeriod): Day {
  if (period === 'rolling-365-days') return addDays(day, 1 - ROLLING_DAYS);
  return dayFromParts(yearOf(day), 1, 1) ?? day;
}

/** The returns that count on a day, that day's own among them. */
export function countedOn<T extends CountedReturn>(returns: readonly T[], day: Day, period: LimitPeriod): readonly T[] {
  const first = firstCountedDay(day, period);
  return returns.filter((one) => first <= one.day && one.day <= day);
}

/** The first day on which a return no longer counts. */
export function freedOn(day: Day, period: LimitPeriod): Day {
  return period === 'rolling-365-days' ? addDays(day, ROLLING_DAYS) : (dayFromParts(yearOf(day) + 1, 1, 1) ?? day);
}

/** What is left of the limit on a day, never below 0. */
export function roomOn(returns: readonly CountedReturn[], day: Day, period: LimitPeriod, limit: Decimal): Decimal {
  const room = limit.minus(sum(countedOn(returns, day, period).map((one) => one.dollars)));
  return room.isNegative() ? ZERO : room;
}

/**
 * The days on which room returns after `day`, with what is left of the limit from then on if nothing more is returned. All known returns count,
 * those after `day` too: two findings of one customer must tell the same room.
 */
export function roomReturns(
  returns: readonly CountedReturn[],
  day: Day,
  period: LimitPeriod,
  limit: Decimal,
): readonly { readonly day: Day; readonly room: Decimal }[] {
  const days = [
    ...new Set(
      returns
        .filter((one) => !one.dollars.isZero())
        .map((one) => freedOn(one.day, period))
        .filter((freed) => freed > day),
    ),
  ].sort((a, b) => a - b);
  return days.map((freed) => ({ day: freed, room: roomOn(returns, freed, period, limit) })).filter((one) => !one.room.isZero());
}

function yearOf(day: Day): number {
  return +isoDay(day).slice(0, 4);
}
