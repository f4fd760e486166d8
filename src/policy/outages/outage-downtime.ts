import { addDays, daysInclusive, type Day } from '../../domain/calendar/days.ts';
import { Decimal, ZERO } from '../../domain/numbers/money.ts';
import type { ServiceIncident } from '../../domain/partner/service-incident.ts';
import type { CreditTier } from '../parameters/outage-credits.ts';
import type { Month } from './calendar-months.ts';

/** How long a service was down in a month, in seconds of users. */
export interface Downtime {
  readonly down: Decimal;
  /** By the other reading of incidents that overlap: their users are further ones, never more than all. Equals `down` elsewhere. */
  readonly downSideBySide: Decimal;
  /** Whether any two of the incidents overlap inside the month. */
  readonly isOverlapping: boolean;
  readonly whole: Decimal;
  /** The fewest that an incident names; null where their number is not known: then all of them count as hit. */
  readonly totalUsers: number | null;
  /** The same of the most users that an incident names; null where all name one number. */
  readonly withMostUsers: Pick<Downtime, 'down' | 'whole' | 'totalUsers'> | null;
  readonly isUsersAssumed: boolean;
}

const DAY_SECONDS = 86_400;

/** Neither hour is known: whether the service was down for minutes or for days cannot be told. */
export function isHourUnknown({ startedAt, endedAt }: ServiceIncident): boolean {
  return startedAt.second === null && endedAt.second === null;
}

/** Seconds since 1970. Where one of the two hours is known, a missing one is midnight: 18:00 to 00:00 is six hours. */
function secondsOf({ startedAt, endedAt }: ServiceIncident): { readonly from: number; readonly until: number } {
  const at = (moment: ServiceIncident['startedAt']): number => moment.day * DAY_SECONDS + (moment.second ?? 0);
  return { from: at(startedAt), until: at(endedAt) };
}

/**
 * The user-seconds of a month in which the service was down, and all of them. Incidents that overlap count once: at any moment as many users
 * are down as the largest of them hit, for whether the others were further users is not known. What lies outside the month does not count.
 * Where the incidents name different numbers of all users the fewest count: no credit that either reading yields is lost.
 * Source of the measure: SLA general terms (user minutes less downtime, a tenant and calendar month).
 */
export function downtimeIn(incidents: readonly ServiceIncident[], month: Month): Downtime {
  const totals = incidents.flatMap(({ totalUsers }) => (totalUsers === null ? [] : [totalUsers]));
  if (totals.length === 0) return downtimeAmong(incidents, month, null);
  const [fewest, most] = [Math.min(...totals), Math.max(...totals)];
  const downtime = downtimeAmong(incidents, month, fewest);
  return fewest === most ? downtime : { ...downtime, withMostUsers: downtimeAmong(incidents, month, most), isUsersAssumed: true };
}

/**
 * By the other reading of an outage over a month's end: the incidents that began in the month with all of their minutes, and none of those that
 * began before. Never more than the whole month.
 */
export function downtimeBegunIn(incidents: readonly ServiceIncident[], month: Month): Downtime {
  const begun = incidents.filter(({ startedAt }) => startedAt.day >= month.firstDay);
  const totals = incidents.flatMap(({ totalUsers }) => totalUsers ?? []);
  const last = Math.max(month.lastDay, ...begun.map(({ endedAt }) => endedAt.day)) as Day;
  const downtime = downtimeAmong(begun, month, totals.length === 0 ? null : Math.min(...totals), last);
  return { ...downtime, down: Decimal.min(downtime.down, downtime.whole) };
}

/** @param lastDay the last day whose minutes count, where that is not the month's. */
function downtimeAmong(
  incidents: readonly ServiceIncident[],
  month: Month,
  totalUsers: number | null,
  lastDay: Day = month.lastDay,
): Downtime {
  const users = totalUsers ?? 1;
  const hit = incidents.map((incident) => {
    const { affectedUsers } = incident;
    const isKnown = affectedUsers !== null && incident.totalUsers !== null;
    return { ...secondsOf(incident), users: isKnown ? Math.min(affectedUsers, users) : users, isKnown };
  });
  const first = month.firstDay * DAY_SECONDS;
  const until = addDays(lastDay, 1) * DAY_SECONDS;
  const inside = hit.map((one) => ({ ...one, from: Math.max(one.from, first), until: Math.min(one.until, until) }));
  const marks = [...new Set(inside.flatMap((one) => [one.from, one.until]))].sort((a, b) => a - b);
  let down = ZERO;
  let downSideBySide = ZERO;
  let isOverlapping = false;
  for (const [place, from] of marks.entries()) {
    const next = marks[place + 1];
    if (next === undefined) break;
    const active = inside.filter((one) => one.from <= from && one.until >= next);
    const most = active.reduce((all, one) => Math.max(all, one.users), 0);
    const together = active.reduce((all, one) => all + one.users, 0);
    down = down.plus(new Decimal(next - from).times(most));
    downSideBySide = downSideBySide.plus(new Decimal(next - from).times(Math.min(users, together)));
    isOverlapping ||= active.length > 1;
  }
  const seconds = daysInclusive(month.firstDay, month.lastDay) * DAY_SECONDS;
  const whole = new Decimal(seconds).times(users);
  return { down, downSideBySide, isOverlapping, whole, totalUsers, withMostUsers: null, isUsersAssumed: hit.some((one) => !one.isKnown) };
}

/** The uptime of a month in percent, exact. */
export function uptimeOf({ down, whole }: Pick<Downtime, 'down' | 'whole'>): Decimal {
  return whole.minus(down).times(100).div(whole);
}

/** The tier that a downtime earns, of tiers with the lowest threshold first; null for none. Strictly below, and nothing is rounded first. */
export function tierFor({ down, whole }: Pick<Downtime, 'down' | 'whole'>, tiers: readonly CreditTier[]): CreditTier | null {
  return tiers.find(({ below }) => whole.minus(down).times(100).lt(whole.times(below))) ?? null;
}
