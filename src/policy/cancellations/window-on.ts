import { addDays, addMonths, type Day } from '../../domain/calendar/days.ts';
import type { Window } from '../../domain/calendar/window.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import { useOf, valueOn, type Dated, type Parameter } from '../parameter.ts';
import { legacyAutomaticFullRefund } from '../parameters/legacy-automatic-full-refund.ts';
import { legacyRenewalFullRefund } from '../parameters/legacy-renewal-full-refund.ts';
import { legacyFirstMonth } from '../parameters/legacy-first-month.ts';

/** The windows that some texts call the first month. */
const BY_MONTH: ReadonlySet<string> = new Set([legacyAutomaticFullRefund.id, legacyRenewalFullRefund.id]);

/**
 * A window that begins on a day; null where no text of that time is known. Where the first month of a legacy full refund is longer than the
 * days of its window, it is another reading of the same time, for days that the two tell apart. The partner's own terms have no other reading.
 */
export function windowOn(parameter: Parameter<Window>, start: Day, at: Day, ownTerms: readonly OwnTerm[]): Dated<Window> | null {
  const dated = valueOn(parameter, start, ownTerms);
  if (
    dated === null ||
    at < addDays(start, dated.value.length) ||
    !BY_MONTH.has(parameter.id) ||
    dated.basis === 'agreed' ||
    valueOn(legacyFirstMonth, start, ownTerms) === null
  )
    return dated;
  const days = addMonths(start, 1) - start;
  if (days <= dated.value.length) return dated;
  return { ...dated, value: { ...dated.value, otherReading: { length: days, unit: 'calendar-days' } } };
}

/** The text on the first month, on the days that it alone counts. Windows of other products have another reading for other reasons. */
export function firstMonthUse(
  { id }: Parameter<Window>,
  start: Day,
  at: Day,
  window: Window,
  ownTerms: readonly OwnTerm[],
): readonly ParameterUse[] {
  const isByMonth = BY_MONTH.has(id) && window.otherReading !== undefined && at > addDays(start, window.length);
  const dated = isByMonth ? valueOn(legacyFirstMonth, start, ownTerms) : null;
  return dated === null ? [] : [useOf(legacyFirstMonth, dated)];
}
