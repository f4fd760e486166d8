import { daysInclusive, isoDay, type Day } from '../../domain/calendar/days.ts';
import type { AuditedLine, CustomerHoldings } from '../../domain/charges/subjects.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { ClaimantRole, ClaimantSettings, ServiceIncident } from '../../domain/partner/service-incident.ts';
import type { Month } from './calendar-months.ts';
import { outageDeadline, type OutageDeadline } from './outage-deadline.ts';
import { serviceMonth, type ServiceMonth } from './outage-month.ts';
import { nameKey, serviceOf, type OutageService } from './outage-services.ts';
import type { RowAnswer } from './row-answers.ts';
import { nearestUse, useOf, valueOn } from '../parameter.ts';
import { outageAdvisories, outageClaimants, outagePurchases } from '../parameters/outage-eligibility.ts';

/** Why no claim can be granted, whoever files it. */
export type OutageBlocker = 'advisory-rejected' | 'advisory-unlikely' | 'not-through-csp' | 'not-held' | 'not-held-then';

/** later: it begins after the as-of day, and is not looked at · open: a claim can still be made · claimed: one was made in time · expired: none was, and none can be · claimed-late: one was made too late. */
export type OutageState = 'later' | 'open' | 'claimed' | 'expired' | 'claimed-late';

/** One incident in one of the calendar months in which it went on, with all that is known of the claim for that month. */
export interface AssessedIncident {
  readonly incident: ServiceIncident;
  readonly service: OutageService;
  /** Why it is not certain which service is meant; null where it is. */
  readonly serviceDoubt: string | null;
  readonly month: Month;
  /** Its days down in the month, both included. */
  readonly firstDay: Day;
  readonly lastDay: Day;
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
  /** Something came for it, or the list says that nothing will. */
  readonly isAnswered: boolean;
  /** What came is held against the other services of the incident too. */
  readonly isWithOthers: boolean;
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

export interface Assessing {
  readonly asOf: Day;
  readonly claimant: ClaimantSettings;
  /** What the files tell of a service in a month, kept for the customer's other incidents. */
  readonly months: Map<string, ServiceMonth>;
  readonly answers: ReadonlyMap<ServiceIncident, RowAnswer>;
}

const NOTHING_CAME: RowAnswer = { credits: [], isWithOthers: false };

export function assessIncident(
  incident: ServiceIncident,
  month: Month,
  holdings: CustomerHoldings,
  { asOf, claimant, months, answers }: Assessing,
): AssessedIncident {
  const ownTerms = holdings.chains[0]?.ownTerms ?? [];
  const named = serviceOf(incident, ownTerms);
  const service = named?.service ?? unnamed(incident);
  const serviceDoubt = named?.doubt ?? null;
  const firstDay = Math.max(incident.startedAt.day, month.firstDay) as Day;
  const key = `${service.key} ${firstDay}`;
  const ofMonth = months.get(key) ?? serviceMonth(service, month, firstDay, holdings);
  months.set(key, ofMonth);
  const deadline = outageDeadline(firstDay, service.isAzure, ofMonth, ownTerms);
  const claimedOn = recordedClaim(incident.claimedOn, firstDay, asOf);
  const { credits, isWithOthers } = answers.get(incident) ?? NOTHING_CAME;
  const isAnswered = incident.creditReceived !== null || credits.length > 0 || isWithOthers;
  const isClaimed = claimedOn !== null || isAnswered;
  const state = incident.startedAt.day > asOf ? 'later' : stateOf(isClaimed, claimedOn, deadline?.day ?? null, asOf);
  // The day the claim is made on, or the last on which it could be.
  const requestDay = claimedOn ?? (Math.min(asOf, deadline?.day ?? asOf) as Day);
  const advisory = incident.classification === 'advisory' ? valueOn(outageAdvisories, requestDay, ownTerms) : null;
  const claimants = valueOn(outageClaimants, requestDay, ownTerms);
  const role = incident.claimantRole ?? claimant.role;
  const isPurchaseOpen = incident.isBoughtThroughCsp === false && valueOn(outagePurchases, requestDay, ownTerms) === null;
  const isAdvisoryOpen = incident.classification === 'advisory' && advisory === null;
  const isHeldUnknown = !ofMonth.isHeld && ofMonth.unknownSuites.length > 0;
  const lastDay = Math.min(incident.endedAt.day, month.lastDay) as Day;
  const notHeld = ofMonth.notHeldDays(firstDay, lastDay);
  return {
    incident,
    service,
    serviceDoubt,
    month,
    firstDay,
    lastDay,
    serviceMonth: ofMonth,
    deadline,
    blockers: blockersOf(incident, advisory?.value ?? null, ofMonth, isNeverHeld(notHeld, firstDay, lastDay)),
    state,
    claimedOn,
    role,
    mayFile: role === null || claimants === null || claimants.value.includes(role),
    isDoubtful:
      isAdvisoryOpen ||
      isPurchaseOpen ||
      incident.isBoughtThroughCsp === null ||
      !ofMonth.isMonthGiven ||
      isHeldUnknown ||
      notHeld.length > 0 ||
      serviceDoubt !== null,
    credits,
    isAnswered,
    isWithOthers,
    working: [
      ...(deadline?.working ?? []),
      ...(serviceDoubt === null ? [] : [serviceDoubt]),
      ...eligibilityWorking(incident, isAdvisoryOpen, isPurchaseOpen),
      ...heldWorking(service, ofMonth, isHeldUnknown),
      ...notHeldWorking(service, notHeld, isNeverHeld(notHeld, firstDay, lastDay)),
    ],
    parametersUsed: [
      ...(deadline?.parametersUsed ?? []),
      ...(named?.use == null ? [] : [named.use]),
      ...(advisory === null ? [] : [useOf(outageAdvisories, advisory)]),
      ...(incident.isBoughtThroughCsp === false ? [nearestUse(outagePurchases, requestDay, ownTerms)] : []),
      ...(claimants === null || role === null || claimants.value.includes(role) ? [] : [useOf(outageClaimants, claimants)]),
    ],
  };
}

/** A claim made before the month began cannot be for it. */
function recordedClaim(recorded: Day | null, firstDay: Day, asOf: Day): Day | null {
  return recorded !== null && recorded >= firstDay && recorded <= asOf ? recorded : null;
}

function isNeverHeld(notHeld: readonly Day[], firstDay: Day, lastDay: Day): boolean {
  return notHeld.length === daysInclusive(firstDay, lastDay);
}

function blockersOf(
  { isBoughtThroughCsp }: ServiceIncident,
  advisory: string | null,
  { isMonthGiven, isHeld, unknownSuites }: ServiceMonth,
  isNever: boolean,
): readonly OutageBlocker[] {
  return [
    ...(advisory === null ? [] : [advisory === 'reject' ? ('advisory-rejected' as const) : ('advisory-unlikely' as const)]),
    ...(isBoughtThroughCsp === false ? ['not-through-csp' as const] : []),
    ...(isMonthGiven && !isHeld && unknownSuites.length === 0 ? ['not-held' as const] : []),
    ...(isNever ? ['not-held-then' as const] : []),
  ];
}

function eligibilityWorking(incident: ServiceIncident, isAdvisoryOpen: boolean, isPurchaseOpen: boolean): readonly string[] {
  return [
    ...(isAdvisoryOpen ? ['an advisory: the texts of that time say nothing of advisories'] : []),
    ...(incident.classification === null
      ? [
          'assumption: the cell classification is empty, so an incident; look it up on the Service Health page, for an advisory earns no credit',
        ]
      : []),
    ...(isPurchaseOpen ? ['the texts of that time do not say which purchases are credited; the nearest one is taken'] : []),
    ...(incident.isBoughtThroughCsp === null ? ['whether it was bought through CSP is not said; the claim must say so'] : []),
  ];
}

function heldWorking(service: OutageService, { unknownSuites, isMonthGiven }: ServiceMonth, isHeldUnknown: boolean): readonly string[] {
  const suites = unknownSuites.join(', ');
  return [
    ...(isHeldUnknown
      ? [`which services ${suites} holds is in no table here: look up whether ${service.name} is one (--policy can say its share)`]
      : []),
    ...(isMonthGiven ? [] : ['no given file has a charge of the customer for that month, so whether the service was held is not known']),
  ];
}

function notHeldWorking(service: OutageService, notHeld: readonly Day[], isNever: boolean): readonly string[] {
  const [first] = notHeld;
  const last = notHeld.at(-1);
  if (first === undefined || last === undefined) return [];
  const days = first === last ? isoDay(first) : `${isoDay(first)} to ${isoDay(last)}`;
  return [
    isNever
      ? `by the charges the customer did not hold ${service.name} on ${days}: it was bought later, or had been cancelled`
      : `by the charges the customer held ${service.name} on a part of the outage’s days only, and not on ${notHeld.map(isoDay).join(', ')}: look whether its users were hit on the others`,
  ];
}

/** Neither a name nor an id that begins with a known service's letters: only the deadline and the proof can be looked at. */
function unnamed({ incidentId }: ServiceIncident): OutageService {
  const name = 'a service that is not named';
  const key = `${nameKey(name)} ${incidentId.toLowerCase()}`;
  return { name, key, isAzure: false, isMicrosoft365: false, aliases: [], hasPrice: false, standalone: [], notStandalone: [], part: name };
}

function stateOf(isClaimed: boolean, claimedOn: Day | null, deadline: Day | null, asOf: Day): OutageState {
  if (deadline === null) return isClaimed ? 'claimed' : 'open';
  if (claimedOn !== null && claimedOn > deadline) return 'claimed-late';
  if (isClaimed) return 'claimed';
  return asOf > deadline ? 'expired' : 'open';
}

/** `2026-09`. */
export function monthText({ firstDay }: Month): string {
  return isoDay(firstDay).slice(0, 7);
}
