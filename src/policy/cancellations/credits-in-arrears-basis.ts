import type { Day } from '../../domain/calendar/days.ts';
import type { AuditedLine } from '../../domain/charges/subjects.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { cite } from '../citations.ts';
import { useOf, valueOn } from '../parameter.ts';
import { creditsInArrears } from '../parameters/credits-in-arrears.ts';

/** The clause by which cancellations and decreases are credited at all. */
export const UNUSED_DAYS_CREDITED = cite(
  'billing-overview-2021',
  'Cancellation credits and licence decreases are prorated for unused days and show on the next invoice.',
);

/** The figure by which a credit of a day stands on the next invoice; nothing where no text of the day is known. */
export function arrearsUses(charge: AuditedLine, day: Day): readonly ParameterUse[] {
  const dated = valueOn(creditsInArrears, day, charge.ownTerms);
  return dated === null ? [] : [useOf(creditsInArrears, dated)];
}
