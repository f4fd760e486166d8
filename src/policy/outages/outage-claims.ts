import type { Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { ClaimantRole, ClaimantSettings, ServiceIncident } from '../../domain/partner/service-incident.ts';
import type { AuditedLine, CustomerHoldings } from '../../domain/charges/subjects.ts';
import { outageCredit, type OutageOutcome } from './outage-credit.ts';
import { outageDeadline, type OutageDeadline } from './outage-deadline.ts';
import { isHourUnknown, spansMonthEnd, type Month } from './outage-downtime.ts';
import { creditsNaming } from './outage-receipts.ts';
import { monthOf, serviceMonth, type ServiceMonth } from './outage-month.ts';
import { nameKey, serviceOf, type OutageService } from './outage-services.ts';
import { useOf, valueOn } from '../parameter.ts';
import { outageAdvisories, outageClaimants } from '../parameters/outage-eligibility.ts';

/** Why no claim can be granted, whoever files it. */
export type OutageBlocker = 'advisory-rejected' | 'advisory-unlikely' | 'not-through-csp' | 'not-held';

/** open: a claim can still be made · claimed: one was made in time · expired: none was, and none can be · claimed-late: one was made too late. */
export type OutageState = 'open' | 'claimed' | 'expired' | 'claimed-late';

/** One incident with all that is known of its claim. */
export interface AssessedIncident {
  readonly incident: ServiceIncident;
  readonly service: OutageService;
  readonly month: Month;
  readonly serviceMonth: ServiceMonth;
  /** null where no text of its time is known. */
  readonly deadline: OutageDeadline | null;
  readonly blockers: readonly OutageBlocker[];
  readonly state: OutageState;
  readonly claimedOn: Day | null;
  /** As the row or the configuration says; null where neither does. */
  readonly role: ClaimantRole | null;
  readonly mayFile: boolean;
  /** Something that the claim rests on is not said by any source or by the partner. */
  readonly isDoubtful: boolean;
  readonly credits: readonly AuditedLine[];
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

/** What the incidents of one service and month earn together: one credit. */
export interface ServiceClaim {
  readonly open: readonly AssessedIncident[];
  readonly claimed: readonly AssessedIncident[];
  readonly expired: readonly AssessedIncident[];
  /** Of open and claimed ones together; of the claimed ones alone; of the expired ones alone. */
  readonly together: OutageOutcome;
  readonly ofClaimed: OutageOutcome;
  readonly ofExpired: OutageOutcome;
}

/** What a rule about outages is shown: one incident, and the claim it is a part of. */
export interface OutageSubject {
  readonly holdings: CustomerHoldings;
  readonly assessed: AssessedIncident;
  readonly claim: ServiceClaim;
}

/** Every incident of a customer that began on or before a day, in the order of their beginning. */
export function outageSubjects(holdings: CustomerHoldings, asOf: Day, claimant: ClaimantSettings): readonly OutageSubject[] {
  const months = new Map<string, ServiceMonth>();
  const assessed = holdings.incidents
    .filter(({ startedAt }) => startedAt.day <= asOf)
    .map((incident) => assess(incident, holdings, { asOf, claimant, months }));
  const groups = new Map<string, AssessedIncident[]>();
  for (const one of assessed) groups.set(groupKey(one), [...(groups.get(groupKey(one)) ?? []), one]);
  const claims = new Map([...groups].map(([key, members]) => [key, claimOf(members, assessed, holdings)]));
  return assessed.flatMap((one) => {
    const claim = claims.get(groupKey(one));
    return claim === undefined ? [] : [{ holdings, assessed: one, claim }];
  });
}

function groupKey({ service, month }: AssessedIncident): string {
  return `${service.key} ${month.firstDay}`;
}

interface Assessing {
  readonly asOf: Day;
  readonly claimant: ClaimantSettings;
  readonly months: Map<string, ServiceMonth>;
}

function assess(incident: ServiceIncident, holdings: CustomerHoldings, { asOf, claimant, months }: Assessing): AssessedIncident {
  const ownTerms = holdings.chains[0]?.ownTerms ?? [];
  const service = serviceOf(incident, ownTerms) ?? unnamed(incident);
  const month = monthOf(incident.startedAt.day);
  const key = `${service.key} ${incident.startedAt.day}`;
  const ofMonth = months.get(key) ?? serviceMonth(service, month, incident.startedAt.day, holdings);
  months.set(key, ofMonth);
  const deadline = outageDeadline(incident.startedAt.day, service.isAzure, ofMonth, ownTerms);
  const claimedOn = incident.claimedOn !== null && incident.claimedOn <= asOf ? incident.claimedOn : null;
  const credits = creditsNaming(incident, holdings);
  const isClaimed = claimedOn !== null || incident.creditReceived !== null || credits.length > 0;
  const state = stateOf(isClaimed, claimedOn, deadline?.day ?? null, asOf);
  // The day the claim is made on, or the last on which it could be.
  const requestDay = claimedOn ?? (Math.min(asOf, deadline?.day ?? asOf) as Day);
  const advisory = incident.classification === 'advisory' ? valueOn(outageAdvisories, requestDay, ownTerms) : null;
  const claimants = valueOn(outageClaimants, requestDay, ownTerms);
  const role = incident.claimantRole ?? claimant.role;
  const isHeldUnknown = !ofMonth.isHeld && ofMonth.unknownSuites.length > 0;
  const isAdvisoryOpen = incident.classification === 'advisory' && advisory === null;
  return {
    incident,
    service,
    month,
    serviceMonth: ofMonth,
    deadline,
    blockers: [
      ...(advisory === null ? [] : [advisory.value === 'reject' ? ('advisory-rejected' as const) : ('advisory-unlikely' as const)]),
      ...(incident.isBoughtThroughCsp === false ? ['not-through-csp' as const] : []),
      ...(ofMonth.isMonthGiven && !ofMonth.isHeld && !isHeldUnknown ? ['not-held' as const] : []),
    ],
    state,
    claimedOn,
    role,
    mayFile: role === null || claimants === null || claimants.value.includes(role),
    isDoubtful: isAdvisoryOpen || incident.isBoughtThroughCsp === null || !ofMonth.isMonthGiven || isHeldUnknown,
    credits,
    working: [
      ...(deadline?.working ?? []),
      ...(isAdvisoryOpen ? ['an advisory: the texts of that time say nothing of advisories'] : []),
      ...(incident.isBoughtThroughCsp === null ? ['whether it was bought through CSP is not said; the claim must say so'] : []),
      ...(isHeldUnknown
        ? [
            `which services ${ofMonth.unknownSuites.join(', ')} holds is in no table here: look up whether ${service.name} is one (--policy can say its share)`,
          ]
        : []),
      ...(ofMonth.isMonthGiven
        ? []
        : ['no given file has a charge of the customer for that month, so whether the service was held is not known']),
    ],
    parametersUsed: [
      ...(deadline?.parametersUsed ?? []),
      ...(advisory === null ? [] : [useOf(outageAdvisories, advisory)]),
      ...(claimants === null || role === null || claimants.value.includes(role) ? [] : [useOf(outageClaimants, claimants)]),
    ],
  };
}

/** Neither a name nor an id that begins with a known service's letters: only the deadline and the proof can be looked at. */
function unnamed({ incidentId }: ServiceIncident): OutageService {
  const name = 'a service that is not named';
  const key = `${nameKey(name)} ${incidentId.toLowerCase()}`;
  return { name, key, isAzure: false, isMicrosoft365: false, hasPrice: false, standalone: [], notStandalone: [], part: name };
}

function stateOf(isClaimed: boolean, claimedOn: Day | null, deadline: Day | null, asOf: Day): OutageState {
  if (deadline === null) return isClaimed ? 'claimed' : 'open';
  if (claimedOn !== null && claimedOn > deadline) return 'claimed-late';
  if (isClaimed) return 'claimed';
  return asOf > deadline ? 'expired' : 'open';
}

function claimOf(members: readonly AssessedIncident[], all: readonly AssessedIncident[], holdings: CustomerHoldings): ServiceClaim {
  const counted = members.filter(({ blockers }) => blockers.length === 0);
  const inState = (state: OutageState): readonly AssessedIncident[] => counted.filter((one) => one.state === state);
  const [open, claimed, expired] = [inState('open'), inState('claimed'), inState('expired')];
  const [first] = members;
  // Minutes of an incident that began in the month before lower this month's uptime too.
  const carriedOver = all.filter(
    (one) =>
      one.service.key === first?.service.key &&
      one.month.firstDay < first.month.firstDay &&
      one.blockers.length === 0 &&
      !isHourUnknown(one.incident) &&
      spansMonthEnd(one.incident),
  );
  const outcomeOf = (ones: readonly AssessedIncident[]): OutageOutcome => {
    const [one] = ones;
    if (one === undefined) return { kind: 'none' };
    const incidents = [...carriedOver, ...ones].map(({ incident }) => incident);
    return outageCredit({ service: one.service, month: one.month, serviceMonth: one.serviceMonth, holdings, incidents });
  };
  return {
    open,
    claimed,
    expired,
    together: outcomeOf([...open, ...claimed]),
    ofClaimed: outcomeOf(claimed),
    ofExpired: outcomeOf(expired),
  };
}
