import { addDays, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import { useOf, valueOn } from '../parameter.ts';
import { outageProcessingTime } from '../parameters/outage-deadlines.ts';

/** When to ask again for a claim. */
export interface AskAgain {
  /** The first day after the time in which Microsoft aims to process it. */
  readonly day: Day;
  readonly days: number;
  readonly use: ParameterUse;
}

/** When to ask again for a claim made on a day; null where no text of that day is known. */
export function askAgainFrom(claimedOn: Day, ownTerms: readonly OwnTerm[]): AskAgain | null {
  const dated = valueOn(outageProcessingTime, claimedOn, ownTerms);
  if (dated === null) return null;
  const days = dated.value.length;
  return { day: addDays(claimedOn, days + 1), days, use: useOf(outageProcessingTime, dated) };
}
