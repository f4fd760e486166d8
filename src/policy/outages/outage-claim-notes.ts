import { isoDay, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { AssessedIncident } from './assess-incident.ts';
import { askAgainFrom } from './ask-again.ts';
import type { OutageSubject } from './outage-claims.ts';
import { useOf, valueOn } from '../parameter.ts';
import { outageExclusions } from '../parameters/outage-eligibility.ts';

/** What is said beside every claim that can be made, and the figures that it rests on. */
export interface ClaimNotes {
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

/** How long an answer may take, for a claim made on the as-of day; and what the contract leaves out, which no list of incidents tells. */
export function claimNotes({ assessed, holdings }: OutageSubject, asOf: Day): ClaimNotes {
  const ownTerms = holdings.chains[0]?.ownTerms ?? [];
  const again = askAgainFrom(asOf, ownTerms);
  const leftOut = valueOn(outageExclusions, assessed.firstDay, ownTerms);
  return {
    working: [
      ...(again === null
        ? []
        : [
            `Microsoft aims to process a claim within ${again.days} days of its receipt: filed on ${isoDay(asOf)}, escalate it from ${isoDay(again.day)} on`,
          ]),
      ...(leftOut === null
        ? []
        : [`the contract credits nothing for: ${outageExclusions.show(leftOut.value)}; the list does not tell, so look before filing`]),
    ],
    parametersUsed: [...(again === null ? [] : [again.use]), ...(leftOut === null ? [] : [useOf(outageExclusions, leftOut)])],
  };
}

/** By the other reading of an outage over a month's end its claim is due with the month it began in: the earlier day is safe by both. */
export function dueByBegin({ ofCustomer }: OutageSubject, filing: readonly AssessedIncident[], asOf: Day): readonly string[] {
  const begun = filing.flatMap(({ incident, month }) => {
    const first = ofCustomer.find((one) => one.assessed.incident === incident)?.assessed;
    return first === undefined || first.month.firstDay === month.firstDay ? [] : (first.deadline?.day ?? []);
  });
  if (begun.length === 0) return [];
  const day = Math.min(...begun) as Day;
  const reading = 'By the reading that an outage belongs to the month it began in, Microsoft';
  return [
    asOf > day
      ? `${reading} had to have the claim by ${isoDay(day)}.`
      : `${reading} must have the claim by ${isoDay(day)}: file it by then, which is in time by both.`,
  ];
}
