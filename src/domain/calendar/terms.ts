import type { ChargeLine } from '../charges/charge-line.ts';
import { addDays, addMonths, monthsApart, type Day } from './days.ts';

/** The commitment of a licence: prices and windows belong to one term. Both days included. */
export interface Term {
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/**
 * An extended service term: what runs on, month by month, after a term that was not renewed. Files have no charge type for it that a source
 * names; it is recognised by the name of the product or the term, which the SKUs of their own carry.
 */
export function isExtendedServiceTerm({ heading }: ChargeLine): boolean {
  return /\bextended service\b/i.test(`${heading.termText} ${heading.productName}`) || /\bEST\b/.test(heading.termText);
}

/** Months of the commitment as the term text tells them; null where it tells none. */
export function statedTermMonths(line: ChargeLine): number | null {
  const text = line.heading.termText;
  if (/\bP1M\b|\b(?:one|1)[ -]month\b/i.test(text)) return 1;
  if (/\bP3Y\b|\b(?:three|3)[ -](?:3 )?year|trienn/i.test(text)) return 36;
  return /\bP1Y\b|\b(?:one|1)[ -]year/i.test(text) ? 12 : null;
}

/** A year, unless the term text tells of a month or of three years. */
function termMonths(line: ChargeLine): number {
  return statedTermMonths(line) ?? 12;
}

/**
 * The term that a line's first day belongs to: the printed one; else, where no end is printed or the subscription was renewed since, counted
 * from the printed start by whole terms. Null where no start is printed.
 */
export function termOf(line: ChargeLine): Term | null {
  const { firstDay, termFirstDay, termLastDay } = line;
  if (firstDay === null || termFirstDay === null || firstDay < termFirstDay) return null;
  if (termLastDay !== null && firstDay <= termLastDay) return { firstDay: termFirstDay, lastDay: termLastDay };
  const months = termMonths(line);
  const guess = Math.floor(monthsApart(termFirstDay, firstDay) / months);
  const passed = addMonths(termFirstDay, guess * months) > firstDay ? guess - 1 : guess;
  return {
    firstDay: addMonths(termFirstDay, passed * months),
    lastDay: addDays(addMonths(termFirstDay, (passed + 1) * months), -1),
  };
}
