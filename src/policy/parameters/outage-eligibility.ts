import { CLAIMANT_ROLES, type ClaimantRole } from '../../domain/partner/service-incident.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export type AdvisoryPolicy = 'reject' | 'unlikely';

export const outageAdvisories: Parameter<AdvisoryPolicy> = {
  id: 'outage.advisory-eligibility',
  title: 'Whether an advisory earns an outage credit',
  datedBy: 'request',
  values: [
    {
      since: '2021-03-31',
      basis: 'first-seen',
      value: 'reject',
      citation: cite('sla-credit-2021', 'Advisory incidents are not eligible for credits.'),
    },
    {
      since: '2021-07-09',
      basis: 'first-seen',
      value: 'unlikely',
      citation: cite('request-credit-2021-07', 'Advisory incidents are generally not eligible for credits.'),
    },
    {
      since: '2023-05-04',
      basis: 'first-seen',
      value: 'unlikely',
      citation: cite('request-credit-2023', 'Advisory incidents are generally not eligible, in legacy and in new commerce.'),
    },
  ],
  show: (value) => (value === 'reject' ? 'advisories are not eligible' : 'advisories are generally not eligible'),
  accepts: (value) => value === 'reject' || value === 'unlikely',
};

export const outageClaimants: Parameter<readonly ClaimantRole[]> = {
  id: 'outage.claimants',
  title: 'Who may file an outage claim',
  datedBy: 'request',
  values: [
    {
      since: '2021-03-31',
      basis: 'first-seen',
      value: ['direct-bill-partner', 'indirect-provider'],
      citation: cite(
        'sla-credit-2021',
        'End customers and indirect resellers cannot file; the indirect provider or the direct-bill partner files for them.',
      ),
    },
  ],
  show: (value) => value.join(' or '),
  accepts: (value) => Array.isArray(value) && value.every((role) => (CLAIMANT_ROLES as readonly unknown[]).includes(role)),
};

export const outagePurchases: Parameter<string> = {
  id: 'outage.bought-through-csp',
  title: 'Which purchases an outage is credited for',
  datedBy: 'request',
  values: [
    {
      since: '2021-03-31',
      basis: 'first-seen',
      value: 'those made through CSP',
      citation: cite('sla-credit-2021', 'Only services that were bought through CSP are credited, and the claim must say so.'),
    },
    {
      since: '2023-05-04',
      basis: 'first-seen',
      value: 'those made through CSP',
      citation: cite('request-credit-2023', 'Outage credits are for what was bought through CSP, in legacy and in new commerce.'),
    },
  ],
  show: (value) => value,
};

/** What no list of incidents tells. It is said beside every claim and decides none. */
export const outageExclusions: Parameter<readonly string[]> = {
  id: 'outage.exclusions',
  title: 'What the contract credits no outage for',
  datedBy: 'incident',
  values: [
    {
      since: '2019-06-21',
      basis: 'secondary',
      value: [
        'causes outside Microsoft’s control',
        'the customer’s own network, equipment or software',
        'previews and trials',
        'licences reserved and not paid for',
        'misuse, or guidance that was ignored',
        'throttling at a quota',
        'times outside the support window',
        'a partner who does not comply with the agreement',
      ],
      citation: cite(
        'sla-general-terms',
        'What the contract leaves out. The text has no date; it is taken for every incident since claims have a known deadline.',
      ),
    },
  ],
  show: (value) => value.join('; '),
  accepts: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
};

export const outageEmailDomain: Parameter<string> = {
  id: 'outage.email-domain',
  title: 'From where the customer’s e-mail of an outage claim must be sent',
  datedBy: 'incident',
  values: [
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value: 'a domain of the affected tenant',
      citation: cite('request-credit-2021', 'The e-mail must be from a domain of the affected tenant; personal mail is not taken.'),
    },
  ],
  show: (value) => value,
};

/** What a claim must state. The first four are Microsoft's own list, the others its list of what proves the impact. */
export const EVIDENCE_ITEMS = {
  tenant: 'the GUID of the customer’s tenant',
  incident: 'the incident’s id',
  service: 'the service',
  csp: 'whether it was bought through CSP (yes or no)',
  duration: 'the hours at which the downtime began and ended',
  email: 'the e-mail in which the customer asks for support and then for credit',
  domains: 'the domains of the tenant',
  requested: 'the day on which the customer asked for credit',
  ticket: 'the number of the support ticket',
  contact: 'the details of the contact with the customer',
} as const;
export type EvidenceItem = keyof typeof EVIDENCE_ITEMS;

export const outageEvidence: Parameter<readonly EvidenceItem[]> = {
  id: 'outage.required-evidence',
  title: 'What an outage claim must hold to be processed',
  datedBy: 'incident',
  values: [
    {
      since: '2021-03-31',
      basis: 'first-seen',
      value: Object.keys(EVIDENCE_ITEMS) as EvidenceItem[],
      citation: cite(
        'sla-credit-2021',
        'Tenant GUID, incident id, proof of impact and of the customer’s request, whether bought through CSP. Proof: time and duration, number and place of the users where it applies, what was tried at the time, the customer’s e-mail, the support ticket with contact details. A customer’s name, tenant id, partner ticket and its time are not enough.',
      ),
    },
  ],
  show: (value) => value.map((item) => EVIDENCE_ITEMS[item]).join(', '),
  accepts: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string' && item in EVIDENCE_ITEMS),
};

/** Two letters of an incident's id and the service they stand for. The table is said to hold common ones, not all. */
export const outagePrefixes: Parameter<Readonly<Record<string, string>>> = {
  id: 'outage.incident-prefixes',
  title: 'The service abbreviations with which incident ids begin',
  datedBy: 'incident',
  values: [
    {
      since: '2021-03-31',
      basis: 'first-seen',
      value: {
        EX: 'Exchange Online',
        FO: 'Exchange Online Protection',
        SB: 'Skype for Business Online',
        OS: 'Office Subscription',
        PB: 'Power BI for Office 365',
        SP: 'SharePoint Online',
        YA: 'Yammer Enterprise',
        MO: 'Portal error',
      },
      citation: cite(
        'sla-credit-2021',
        'A number after two letters that name the service, as in EX25194; a table of common abbreviations follows.',
      ),
    },
  ],
  show: (value) =>
    Object.entries(value)
      .map(([prefix, service]) => `${prefix} ${service}`)
      .join(', '),
  accepts: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(([prefix, service]) => /^[A-Z]{2}$/.test(prefix) && typeof service === 'string'),
};
