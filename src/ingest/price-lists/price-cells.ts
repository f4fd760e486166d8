import { addDays, type Day } from '../../domain/calendar/days.ts';
import { endOfDay, startOfDay, type PriceListKind, type Second } from '../../domain/prices/price-list.ts';
import type { DayReading } from '../cells/day-text.ts';
import type { DateSystem } from '../rows.ts';
import { columnKey } from '../layouts/layout.ts';

/** What a term or plan is that no charge is ever billed by: it stands in the list and is never asked for. */
const OTHER_MONTHS = -1;

/** Months of a TermDuration such as `P1Y`; 0 for `OneTime`, null for none. */
export function termMonthsOf(text: string): number | null {
  const cell = text.trim();
  if (cell === '') return null;
  if (/^one[ -]?time$/i.test(cell)) return 0;
  return durationOf(/^P(\d{1,3})([MY])$/i.exec(cell) ?? /^(\d{1,3})\s*(m|y)(?:onth|ear)s?$/i.exec(cell));
}

const PLAN_MONTHS: ReadonlyMap<string, number> = new Map([
  ['monthly', 1],
  ['annual', 12],
  ['annually', 12],
  ['yearly', 12],
  ['triennial', 36],
  ['3year', 36],
  ['none', 0],
  ['onetime', 0],
]);

/** Months of a charge cycle by a BillingPlan; 0 for `None` (trials), null where the cell is blank. */
export function planMonthsOf(text: string): number | null {
  return text.trim() === '' ? null : (PLAN_MONTHS.get(columnKey(text)) ?? OTHER_MONTHS);
}

/** Months that a legacy list's price pays for: `1 Month(s)`, `1 Year(s)`. */
export function unitMonthsOf(text: string): number | null {
  const months = durationOf(/^(\d{1,3})?\s*(m|y)(?:onth|ear)(?:\(s\)|s)?$/i.exec(text.trim()));
  return months === OTHER_MONTHS ? null : months;
}

function durationOf(match: RegExpExecArray | null): number {
  if (match === null) return OTHER_MONTHS;
  return +(match[1] ?? '1') * (/y/i.test(match[2] ?? '') ? 12 : 1);
}

/** What a row of a new-commerce sheet sells, by its tags and, where it has none, by the columns of its sheet. */
export function kindOf(tags: string, termMonths: number | null, hasMeters: boolean): PriceListKind {
  if (/software|perpetual/i.test(tags)) return 'software';
  if (/license|licence/i.test(tags)) return 'licence';
  if (hasMeters || /azure|consumption|reservation/i.test(tags)) return 'azure-plan';
  return termMonths === 0 ? 'software' : 'licence';
}

/** A price begins at the second that is printed, or with its day. */
export function startOf(reading: DayReading | null): Second {
  return reading === null ? -Infinity : startOfDay(reading.day) + (reading.second ?? 0);
}

/**
 * The last second of a price. An end at midnight stands for its day, as the days of this API do: where a new price begins on that day, the
 * newer start counts anyway. Year 9999 and an empty cell are an open end.
 */
export function endOf(reading: DayReading | null): Second {
  if (reading === null || reading.day >= OPEN_FROM) return Infinity;
  return reading.second === null ? endOfDay(reading.day) : startOfDay(reading.day) + reading.second;
}

const EPOCH_OF_9999 = 2_932_532;
/** Some lists end a day or an hour before the end of 9999; nothing is priced in the centuries before. */
const OPEN_FROM: Day = addDays(EPOCH_OF_9999 as Day, -366 * 1000);

/** The number by which a workbook counts a day of the year 9999 (2,958,465 is its last); the cells of charges never need it. */
export function isOpenSerial(text: string, system: DateSystem): boolean {
  return system !== null && /^29[56]\d{4}(\.\d+)?$/.test(text);
}
