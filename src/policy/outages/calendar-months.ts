import { addDays, dayOfMonth, endOfMonth, type Day } from '../../domain/calendar/days.ts';
import type { ServiceIncident } from '../../domain/partner/service-incident.ts';

/** A calendar month, both days included, UTC. */
export interface Month {
  readonly firstDay: Day;
  readonly lastDay: Day;
}

export function monthOf(day: Day): Month {
  return { firstDay: addDays(day, 1 - dayOfMonth(day)), lastDay: endOfMonth(day) };
}

/**
 * The calendar months in which an incident went on, in their order. Uptime is a calendar month's (SLA general terms), so each of them is a
 * claim of its own. An incident that ends at midnight ended the day before; one without any hour may have gone on into the day it ended on.
 */
export function monthsOf({ startedAt, endedAt }: ServiceIncident): readonly Month[] {
  const hasHour = startedAt.second !== null || endedAt.second !== null;
  const endsAtMidnight = hasHour && (endedAt.second ?? 0) === 0 && endedAt.day > startedAt.day;
  const last = endsAtMidnight ? addDays(endedAt.day, -1) : endedAt.day;
  const months = [monthOf(startedAt.day)];
  for (let month = months[0]; month !== undefined && month.lastDay < last;) {
    month = monthOf(addDays(month.lastDay, 1));
    months.push(month);
  }
  return months;
}
