import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { ServiceIncident } from '../../domain/partner/service-incident.ts';
import type { CustomerHoldings } from '../../domain/charges/subjects.ts';
import { isHourUnknown } from './outage-downtime.ts';
import type { OutageService } from './outage-services.ts';
import { useOf, valueOn } from '../parameter.ts';
import { EVIDENCE_ITEMS, outageEmailDomain, outageEvidence, outagePrefixes, type EvidenceItem } from '../parameters/outage-eligibility.ts';

/** How the proof of an incident stands. */
export interface EvidenceCheck {
  /** Required and not there, in words. */
  readonly missing: readonly string[];
  /** The host of an e-mail that is of no domain of the tenant; null where it is, or where there is none. */
  readonly foreignHost: string | null;
  /** The letters of an id that the published table does not have. */
  readonly unknownPrefix: string | null;
  /** Asked for where it applies, and not there. */
  readonly advised: readonly string[];
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

const GUID = /^\{?[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?$/i;
const INCIDENT_ID = /^[A-Z]{2}\d+$/i;
/** Mail that anybody can open: never a tenant's, whatever the list of domains says. */
const PERSONAL_MAIL = new Set(
  [
    'outlook.com',
    'hotmail.com',
    'live.com',
    'msn.com',
    'gmail.com',
    'googlemail.com',
    'yahoo.com',
    'icloud.com',
    'me.com',
    'aol.com',
  ].concat(['gmx.de', 'gmx.net', 'web.de', 'proton.me', 'protonmail.com', 'mail.com', 'ziggo.nl', 'kpnmail.nl', 'telia.com', 'yandex.com']),
);
/** Domains under which every tenant has its own. */
const SHARED_DOMAINS = new Set(['onmicrosoft.com', 'mail.onmicrosoft.com', 'sharepoint.com']);

/**
 * Checks an incident's proof against the published list; null where no list of its time is known.
 *
 * @param of names the incident in the working where several are told of: ` for EX25194`; '' elsewhere.
 */
export function checkEvidence(
  incident: ServiceIncident,
  service: OutageService | null,
  holdings: CustomerHoldings,
  of: string,
): EvidenceCheck | null {
  const ownTerms = holdings.chains[0]?.ownTerms ?? [];
  const { day } = incident.startedAt;
  const dated = valueOn(outageEvidence, day, ownTerms);
  if (dated === null) return null;
  const isAzure = service?.isAzure === true;
  const host = hostOf(incident.customerEmail);
  const lacking = dated.value.filter((item) => lacks(incident, item, isAzure, host));
  const isMisshapen = lacking.includes('incident') && incident.incidentId !== '';
  const isForeign = host !== null && !isOfTenant(host, domainsOf(incident, holdings));
  const sender = isForeign ? valueOn(outageEmailDomain, day, ownTerms) : null;
  const foreignHost = sender === null ? null : host;
  const prefixes = isAzure || !INCIDENT_ID.test(incident.incidentId) ? null : valueOn(outagePrefixes, day, ownTerms);
  const letters = incident.incidentId.slice(0, 2).toUpperCase();
  const unknownPrefix = prefixes !== null && prefixes.value[letters] === undefined ? letters : null;
  const missing = lacking.map((item) => textOf(incident, item, isMisshapen));
  const present = dated.value.filter((item) => !lacking.includes(item)).map((item) => EVIDENCE_ITEMS[item]);
  const advised = advisedOf(incident);
  return {
    missing,
    foreignHost,
    unknownPrefix,
    advised,
    working: [
      `evidence at hand${of}: ${present.length === 0 ? 'none' : present.join(', ')}`,
      ...(missing.length === 0 ? [] : [`evidence missing${of}: ${missing.join(', ')}`]),
      ...(advised.length === 0 ? [] : [`also asked for${of}, where it applies: ${advised.join(', ')}`]),
      ...(host === null
        ? []
        : [`e-mail from ${host}${of}, domains of the tenant: ${domainsOf(incident, holdings).join(', ') || 'none given'}`]),
      ...(isForeign && sender === null ? ['e-mail from elsewhere: the texts of that time do not say of which domain it must be'] : []),
    ],
    parametersUsed: [
      useOf(outageEvidence, dated),
      ...(sender === null ? [] : [useOf(outageEmailDomain, sender)]),
      ...(prefixes === null ? [] : [useOf(outagePrefixes, prefixes)]),
    ],
  };
}

function lacks(incident: ServiceIncident, item: EvidenceItem, isAzure: boolean, host: string | null): boolean {
  switch (item) {
    case 'tenant':
      return !GUID.test(incident.customerId);
    case 'incident':
      // Azure's Service Health has tracking ids of another form.
      return isAzure ? incident.incidentId === '' : !INCIDENT_ID.test(incident.incidentId);
    case 'service':
      return incident.service === '';
    case 'csp':
      return incident.isBoughtThroughCsp === null;
    case 'duration':
      return isHourUnknown(incident);
    case 'email':
      return host === null;
    case 'domains':
      return incident.tenantDomains.length === 0;
    case 'requested':
      return incident.creditRequestedOn === null;
    case 'ticket':
      return incident.supportTicket === '';
    case 'contact':
      return incident.contactDetails === '';
  }
}

function textOf({ incidentId, customerEmail }: ServiceIncident, item: EvidenceItem, isMisshapen: boolean): string {
  if (item === 'incident' && isMisshapen) return `${EVIDENCE_ITEMS.incident} as two letters and digits ("${incidentId}" is none)`;
  if (item === 'email' && customerEmail !== '') return `${EVIDENCE_ITEMS.email} ("${customerEmail}" is no address)`;
  return EVIDENCE_ITEMS[item];
}

function advisedOf({ affectedUsers, userLocations, resolutionAttempts }: ServiceIncident): readonly string[] {
  return [
    ...(affectedUsers === null ? ['the number of users hit'] : []),
    ...(userLocations === '' ? ['where they are'] : []),
    ...(resolutionAttempts === '' ? ['what was tried at the time'] : []),
  ];
}

/** The host of an address such as `anna@contoso.com` or `Anna <anna@contoso.com>`. */
function hostOf(email: string): string | null {
  const match = /(?:^|<|\s)[^\s<>@]+@([^\s<>@]+\.[^\s<>@.]+)>?\s*$/.exec(email);
  return match?.[1]?.toLowerCase() ?? null;
}

/** As the row lists them; a file prints one of them beside every charge. */
function domainsOf({ tenantDomains }: ServiceIncident, holdings: CustomerHoldings): readonly string[] {
  const domains = [...tenantDomains, ...holdings.chains.map(({ customerDomain }) => customerDomain)];
  return [
    ...new Set(
      domains
        .map((domain) =>
          domain
            .trim()
            .toLowerCase()
            .replace(/^[@*.]+/, ''),
        )
        .filter((domain) => domain !== ''),
    ),
  ].sort();
}

/**
 * A domain of the tenant, or one below it: who has a domain has those below it. (`contoso.onmicrosoft.com` is the tenant's, `onmicrosoft.com`
 * is everybody's.)
 */
function isOfTenant(host: string, domains: readonly string[]): boolean {
  if (PERSONAL_MAIL.has(host)) return false;
  return domains.some(
    (domain) => !SHARED_DOMAINS.has(domain) && (host === domain || host.endsWith(`.${domain}`) || isRouted(host, domain)),
  );
}

/** `contoso.mail.onmicrosoft.com` is the routing domain of `contoso.onmicrosoft.com`. */
function isRouted(host: string, domain: string): boolean {
  return host.endsWith('.mail.onmicrosoft.com') && host.replace('.mail.', '.') === domain;
}
