import { addDays, endOfMonth, addMonths, isoDay, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import { monthsAfterEnd, type ServiceMonth } from './outage-month.ts';
import { useOf, valueOn, type Parameter } from '../parameter.ts';
import {
  outageClaimAzure,
  outageClaimAzureDistributor,
  outageClaimBillingMonth,
  outageClaimDeadline,
  type MonthsAfter,
} from '../parameters/outage-deadlines.ts';

/** The last day on which Microsoft must have the claim and all evidence; that day itself is in time. */
export interface OutageDeadline {
  readonly day: Day;
  /** The day up to which a distributor takes the claim, where that is earlier. */
  readonly distributorDay: Day | null;
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

/**
 * The deadline of an incident's calendar month: the earlier of the forms in force on its first day down in that month; Azure's own form
 * stands alone. null where no text of the time is known.
 *
 * @param startDay the day it began, or the first of a later month in which it went on.
 */
export function outageDeadline(
  startDay: Day,
  isAzure: boolean,
  month: Pick<ServiceMonth, 'billingMonthEnd'>,
  ownTerms: readonly OwnTerm[],
): OutageDeadline | null {
  const billingEnd = month.billingMonthEnd(startDay);
  const lastDayOf = ({ months, after }: MonthsAfter): Day =>
    after === 'incident-month' ? endOfMonth(addMonths(startDay, months)) : monthsAfterEnd(billingEnd, months);
  const formsOf = (...forms: readonly Parameter<MonthsAfter>[]) =>
    forms.flatMap((form) => {
      const dated = valueOn(form, startDay, ownTerms);
      return dated === null ? [] : [{ day: lastDayOf(dated.value), text: form.show(dated.value), use: useOf(form, dated) }];
    });
  const own = isAzure ? formsOf(outageClaimAzure) : [];
  const forms = own.length > 0 ? own : formsOf(outageClaimDeadline, ...(isAzure ? [] : [outageClaimBillingMonth]));
  if (forms.length === 0) return null;
  const day = Math.min(...forms.map((form) => form.day)) as Day;
  const distributor = own.length > 0 ? valueOn(outageClaimAzureDistributor, startDay, ownTerms) : null;
  const distributorDay = distributor === null ? null : addDays(billingEnd, distributor.value.length);
  const isWarned = distributorDay !== null && distributorDay < day;
  const billing = forms.some(({ use }) => use.id !== outageClaimDeadline.id) ? `, billing month to ${isoDay(billingEnd)}` : '';
  return {
    day,
    distributorDay: isWarned ? distributorDay : null,
    working: [
      `down from ${isoDay(startDay)}${billing}: ${forms.map((form) => `${form.text} is ${isoDay(form.day)}`).join('; ')}${forms.length > 1 ? '; the earlier day counts' : ''}, that day included`,
      ...(isWarned ? [`a distributor takes such claims until ${isoDay(distributorDay)} only`] : []),
    ],
    parametersUsed: [
      ...forms.map((form) => form.use),
      ...(isWarned && distributor !== null ? [useOf(outageClaimAzureDistributor, distributor)] : []),
    ],
  };
}
