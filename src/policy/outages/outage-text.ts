import { isoDay, type Day } from '../../domain/calendar/days.ts';
import type { Evidence, FindingSubject, ParameterUse } from '../../domain/findings/finding.ts';
import { formatMoney } from '../../domain/numbers/money.ts';
import type { ChargeLine } from '../../domain/charges/charge-line.ts';
import type { AssessedIncident } from './assess-incident.ts';
import type { OutageSubject } from './outage-claims.ts';
import type { OutageOutcome } from './outage-credit.ts';
import { isOfItsLetters } from './outage-services.ts';

/** What a finding about an outage is about: the customer, the service, the days; no subscription, for a service may be in several. */
export function aboutOutage({ holdings, assessed }: OutageSubject, currency?: string): FindingSubject {
  const { service } = assessed;
  return {
    customerId: holdings.customerId,
    customerName: holdings.customerName,
    subscriptionId: '',
    orderId: '',
    product: service.name,
    invoiceNumber: '',
    chargeType: '',
    firstDay: assessed.firstDay,
    lastDay: assessed.lastDay,
    currency: currency ?? holdings.chains[0]?.currency ?? '',
    key: keyOf(holdings, assessed),
  };
}

/** The incident's id; with the service where its letters name another one and the id stands in further rows, for other services. */
function keyOf({ incidents, chains }: OutageSubject['holdings'], { incident, service }: AssessedIncident): string {
  const id = incident.incidentId.trim().toLowerCase();
  const isShared = id !== '' && incidents.some((other) => other !== incident && other.incidentId.trim().toLowerCase() === id);
  return isShared && !isOfItsLetters(incident, service, chains[0]?.ownTerms ?? []) ? `${id} ${service.key}` : id;
}

/** The rows of the list, then the lines that figures rest on. Lines stand as rows: an outage says nothing against the charge itself. */
export function outageRows(
  incidents: readonly AssessedIncident[],
  lines: readonly ChargeLine[] = [],
  label = 'charge of the month',
): readonly Evidence[] {
  return [...incidentRows(incidents, 'incident'), ...lines.map(({ source }) => ({ source, label }))];
}

function incidentRows(incidents: readonly AssessedIncident[], label: string): readonly Evidence[] {
  return incidents.map(({ incident }) => ({ source: incident.source, label }));
}

/** The rows of a claim that is still to be made: its incidents, the others whose minutes count into the same uptime, the charges. */
export function claimRows(
  filing: readonly AssessedIncident[],
  { claim }: OutageSubject,
  lines: readonly ChargeLine[] = [],
): readonly Evidence[] {
  const others = [...claim.open, ...claim.claimed].filter((one) => !filing.includes(one));
  const ofClaimed = others.filter(({ state }) => state === 'claimed');
  const ofOpen = others.filter(({ state }) => state !== 'claimed');
  return [
    ...incidentRows(filing, 'incident'),
    ...incidentRows(ofOpen, 'incident whose minutes count as well'),
    ...incidentRows(ofClaimed, 'claimed incident whose minutes count as well'),
    ...outageRows([], lines),
  ];
}

/** `incident EX25194` or `incidents EX25194 and EX25201`. */
export function incidentsText(incidents: readonly AssessedIncident[]): string {
  const ids = incidents.map(({ incident }) => (incident.incidentId === '' ? 'without an id' : incident.incidentId));
  const text = ids.length < 2 ? ids.join('') : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1) ?? ''}`;
  return `${ids.length < 2 ? 'incident' : 'incidents'} ${text}`;
}

/** What a claim is worth, in words. */
export function worthText(outcome: OutageOutcome): string {
  if (outcome.kind === 'none') return 'nothing';
  if (outcome.kind === 'unknown') return `an amount that is not known (${outcome.text})`;
  return outcome.credits.map(({ amount, currency }) => `${formatMoney(amount, currency)} ${currency}`).join(' and ');
}

export function outcomeWorking(outcome: OutageOutcome): readonly string[] {
  return outcome.kind !== 'credits' ? outcome.working : outcome.credits.flatMap(({ working }) => working);
}

/** What a credit's amount rests on: the tiers, and the shares of suites. */
export function outcomeUses(outcome: OutageOutcome): readonly ParameterUse[] {
  return outcome.kind !== 'credits' ? outcome.parametersUsed : outcome.credits.flatMap(({ parametersUsed }) => parametersUsed);
}

/**
 * The day by which the provider is asked, so that the claim is filed in time: some days before the earliest deadline, a distributor's own among
 * them, for the provider is one. Once that day has passed, the as-of day, as long as Microsoft takes the claim.
 */
export function askBy(filing: readonly AssessedIncident[], leadDays: number, asOf: Day): Day {
  const deadlines = filing.flatMap(({ deadline }) => (deadline === null ? [] : [deadline]));
  const last = Math.min(...deadlines.map(({ day }) => day));
  const lastOfProvider = Math.min(last, ...deadlines.flatMap(({ distributorDay }) => distributorDay ?? []));
  return Math.max(lastOfProvider - leadDays, Math.min(asOf, last)) as Day;
}

export function untilText({ deadline }: AssessedIncident): string {
  return deadline === null ? 'an unknown day' : isoDay(deadline.day);
}

/** What Microsoft's deadline rests on; a distributor's own decides nothing there. */
export function deadlineUses({ parametersUsed }: AssessedIncident): readonly ParameterUse[] {
  return parametersUsed.filter(({ id }) => id.startsWith('outage.claim-deadline') && !id.endsWith('distributor'));
}

/** What the day to ask the provider rests on, for which a distributor's own deadline counts as well. */
export function askingUses({ parametersUsed }: AssessedIncident): readonly ParameterUse[] {
  return parametersUsed.filter(({ id }) => id.startsWith('outage.claim-deadline'));
}
