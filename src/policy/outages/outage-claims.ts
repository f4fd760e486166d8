import type { Day } from '../../domain/calendar/days.ts';
import type { CustomerHoldings } from '../../domain/charges/subjects.ts';
import type { ClaimantSettings } from '../../domain/partner/service-incident.ts';
import { assessIncident, type AssessedIncident, type Assessing, type OutageState } from './assess-incident.ts';
import { monthsOf } from './calendar-months.ts';
import { NO_INCIDENT, outageCredit, type OutageOutcome } from './outage-credit.ts';
import type { ServiceMonth } from './outage-month.ts';
import type { MonthClaim, ServiceClaim } from './service-claim.ts';
import { settlementsOf, type Settlement } from './outage-settlement.ts';
import { answersOfRows, idOf, rowsById } from './row-answers.ts';

/** What a rule about outages is shown: one incident in one calendar month, and the claim it is a part of. */
export interface OutageSubject extends MonthClaim {
  readonly holdings: CustomerHoldings;
  /** The incident in each of its months, the shown one among them. */
  readonly ofIncident: readonly MonthClaim[];
  /** What came for the claim, with those that one credit may answer with it; null where nothing did. */
  readonly settlement: Settlement | null;
  /** All incidents of the customer in all of their months. */
  readonly ofCustomer: readonly MonthClaim[];
}

/**
 * Every incident of a customer in every calendar month that began on or before a day, in the order of their beginning; one that began after it
 * stands in its first month alone, as not looked at yet.
 */
export function outageSubjects(holdings: CustomerHoldings, asOf: Day, claimant: ClaimantSettings): readonly OutageSubject[] {
  const months = new Map<string, ServiceMonth>();
  const subjectsWith = (together: ReadonlySet<string>): readonly OutageSubject[] =>
    subjectsOf(holdings, { asOf, claimant, months, answers: answersOfRows(holdings, together) });
  const apart = subjectsWith(new Set());
  const together = [...rowsById(holdings)].flatMap(([id, rows]) => {
    if (id === '' || rows.length < 2 || isSettled(apart, id)) return [];
    return isSettled(subjectsWith(new Set([id])), id) ? [id] : [];
  });
  return together.length === 0 ? apart : subjectsWith(new Set(together));
}

/** Whether all that came for an incident of several services is right, or nothing came. */
function isSettled(subjects: readonly OutageSubject[], id: string): boolean {
  return subjects.every(({ assessed, settlement }) => idOf(assessed.incident) !== id || settlement === null || settlement.isRight);
}

function subjectsOf(holdings: CustomerHoldings, assessing: Assessing): readonly OutageSubject[] {
  const { asOf } = assessing;
  const assessed = holdings.incidents.flatMap((incident) =>
    monthsOf(incident)
      .filter(({ firstDay }, place) => place === 0 || firstDay <= asOf)
      .map((month) => assessIncident(incident, month, holdings, assessing)),
  );
  const groups = groupedBy(assessed, ({ service, month }) => `${service.key} ${month.firstDay}`);
  const claimOfOne = new Map<AssessedIncident, ServiceClaim>();
  for (const members of groups.values()) {
    const claim = claimOf(members, holdings);
    for (const one of members) claimOfOne.set(one, claim);
  }
  const all = assessed.flatMap((one) => {
    const claim = claimOfOne.get(one);
    return claim === undefined ? [] : [{ assessed: one, claim }];
  });
  const settlements = settlementsOf(all, holdings, asOf);
  const byIncident = groupedBy(all, (one) => one.assessed.incident);
  return all.map((one) => ({
    ...one,
    holdings,
    ofIncident: byIncident.get(one.assessed.incident) ?? [],
    settlement: settlements.get(one.claim) ?? null,
    ofCustomer: all,
  }));
}

function groupedBy<T, K>(all: readonly T[], keyOf: (one: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

function claimOf(members: readonly AssessedIncident[], holdings: CustomerHoldings): ServiceClaim {
  const counted = members.filter(({ blockers }) => blockers.length === 0);
  const inState = (state: OutageState): readonly AssessedIncident[] => counted.filter((one) => one.state === state);
  const [open, claimed, expired] = [inState('open'), inState('claimed'), inState('expired')];
  const outcomeOf = (ones: readonly AssessedIncident[]): OutageOutcome => {
    const [one] = ones;
    if (one === undefined) return NO_INCIDENT;
    const incidents = ones.map(({ incident }) => incident);
    return outageCredit({ service: one.service, month: one.month, serviceMonth: one.serviceMonth, holdings, incidents });
  };
  return {
    open,
    claimed,
    expired,
    outcomeOf,
    together: outcomeOf([...open, ...claimed]),
    ofClaimed: outcomeOf(claimed),
    ofExpired: outcomeOf(expired),
    ofAll: outcomeOf(members.filter((one) => counted.includes(one) && ['open', 'claimed', 'expired'].includes(one.state))),
  };
}
