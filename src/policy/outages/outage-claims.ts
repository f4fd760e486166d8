import type { Day } from '../../domain/calendar/days.ts';
import type { CustomerHoldings } from '../../domain/charges/subjects.ts';
import type { ClaimantSettings } from '../../domain/partner/service-incident.ts';
import { assessIncident, type AssessedIncident, type OutageState } from './assess-incident.ts';
import { monthsOf } from './calendar-months.ts';
import { NO_INCIDENT, outageCredit, type OutageOutcome } from './outage-credit.ts';
import type { ServiceMonth } from './outage-month.ts';

/** What the incidents of one service and calendar month earn together: one credit. */
export interface ServiceClaim {
  readonly open: readonly AssessedIncident[];
  readonly claimed: readonly AssessedIncident[];
  readonly expired: readonly AssessedIncident[];
  /** Of open and claimed ones together; of the claimed ones alone; of the expired ones alone; of all, had the expired ones been claimed too. */
  readonly together: OutageOutcome;
  readonly ofClaimed: OutageOutcome;
  readonly ofExpired: OutageOutcome;
  readonly ofAll: OutageOutcome;
}

/** An incident in one calendar month, and the claim it is a part of there. */
export interface MonthClaim {
  readonly assessed: AssessedIncident;
  readonly claim: ServiceClaim;
}

/** What a rule about outages is shown: one incident in one calendar month, and the claim it is a part of. */
export interface OutageSubject extends MonthClaim {
  readonly holdings: CustomerHoldings;
  /** The incident in each of its months, the shown one among them. */
  readonly ofIncident: readonly MonthClaim[];
  /** All incidents of the customer in all of their months. */
  readonly ofCustomer: readonly MonthClaim[];
}

/**
 * Every incident of a customer in every calendar month that began on or before a day, in the order of their beginning; one that began after it
 * stands in its first month alone, as not looked at yet.
 */
export function outageSubjects(holdings: CustomerHoldings, asOf: Day, claimant: ClaimantSettings): readonly OutageSubject[] {
  const months = new Map<string, ServiceMonth>();
  const assessed = holdings.incidents.flatMap((incident) =>
    monthsOf(incident)
      .filter(({ firstDay }, place) => place === 0 || firstDay <= asOf)
      .map((month) => assessIncident(incident, month, holdings, { asOf, claimant, months })),
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
  const byIncident = groupedBy(all, (one) => one.assessed.incident);
  return all.map((one) => ({
    ...one,
    holdings,
    ofIncident: byIncident.get(one.assessed.incident) ?? [],
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
    together: outcomeOf([...open, ...claimed]),
    ofClaimed: outcomeOf(claimed),
    ofExpired: outcomeOf(expired),
    ofAll: outcomeOf(members.filter((one) => counted.includes(one) && ['open', 'claimed', 'expired'].includes(one.state))),
  };
}
