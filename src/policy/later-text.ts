import { isoDay, type Day } from '../domain/calendar/days.ts';
import type { Citation } from '../domain/findings/finding.ts';
import { invariant } from '../domain/invariant.ts';
import { SOURCE_DATES } from './source-dates.ts';

/** The day a cited text is of; null where it is not dated, or is the partner’s own. */
export function dateOf({ id }: Citation): string | null {
  return (SOURCE_DATES as Readonly<Record<string, string | null>>)[id] ?? null;
}

/** Whether a text is of a later day than the case it is cited for. */
export function isLaterThan(citation: Citation, day: Day): boolean {
  const date = dateOf(citation);
  return date !== null && date > isoDay(day);
}

/** The same citation, saying of its text that no earlier one says it: policy is never extended backwards silently. */
export function markedAsLater(citation: Citation): Citation {
  return { ...citation, title: `${citation.title} (later than this case; no earlier text says it)` };
}

/** Of the texts that say one thing, in the order of their dates: the last that a case of a day can have followed, else the first of all. */
export function textOn(texts: readonly Citation[], day: Day): Citation {
  const found = texts.findLast((one) => !isLaterThan(one, day)) ?? texts[0];
  invariant(found !== undefined, 'a clause has a text');
  return found;
}
