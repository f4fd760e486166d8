import type { Day } from '../domain/calendar/days.ts';
import type { OwnTerm } from '../domain/partner/own-term.ts';
import type { CreditRequestStep } from '../domain/findings/report.ts';
import { valueOn } from './parameter.ts';
import {
  creditRequestClaimants,
  creditRequestProcedure,
  creditRequestReasons,
  creditRequestRoles,
  outageRequestProcedure,
} from './parameters/credit-request.ts';

const FOR_ALL = [creditRequestClaimants, creditRequestRoles, creditRequestReasons];

/** How a credit is requested on a day, by the texts of that day: first what holds for all, then the way for outages and that for the rest. */
export function creditRequestSteps(day: Day, ownTerms: readonly OwnTerm[]): readonly CreditRequestStep[] {
  return [
    ...FOR_ALL.map((parameter) => ({ parameter, isFor: 'all' as const })),
    { parameter: outageRequestProcedure, isFor: 'outages' as const },
    { parameter: creditRequestProcedure, isFor: 'others' as const },
  ].flatMap(({ parameter, isFor }) => {
    const dated = valueOn(parameter, day, ownTerms);
    if (dated === null) return [];
    const { id, title } = parameter;
    return [{ id, title, isFor, value: parameter.show(dated.value), since: dated.since, source: dated.citation.title }];
  });
}
