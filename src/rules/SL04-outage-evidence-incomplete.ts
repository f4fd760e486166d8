import { cite } from '../policy/citations.ts';
import { uniqueUses } from '../policy/outages/outage-credit.ts';
import { checkEvidence, type EvidenceCheck } from '../policy/outages/outage-evidence.ts';
import { outageLines } from '../policy/outages/outage-needs.ts';
import { aboutOutage, incidentsText, outageRows, untilText } from '../policy/outages/outage-text.ts';
import { outageEmailDomain, outageEvidence, outagePrefixes } from '../policy/parameters/outage-eligibility.ts';
import type { MonthClaim } from '../policy/outages/service-claim.ts';
import type { Day } from '../domain/calendar/days.ts';
import { defineRule } from './rule.ts';

type Message = 'incomplete' | 'email-foreign' | 'service-unclear' | 'prefix-unknown';

export const outageEvidenceIncomplete = defineRule({
  code: 'SL04',
  name: 'outage-evidence-incomplete',
  title: 'An outage claim lacks proof that Microsoft asks for',
  scope: 'incident',
  severity: 'warning',
  needs: { input: 'incidents', looksAt: outageLines },
  citations: [
    cite('sla-credit-2021', 'All of the list must be in the request: a name, tenant id, partner ticket and its time are not enough.'),
  ],
  parameters: [outageEvidence, outageEmailDomain, outagePrefixes],
  docs: {
    checks:
      'Each incident that can still be claimed, or is claimed and not yet credited, until its deadline: the tenant’s GUID, the incident’s id (two letters and digits; Azure’s tracking ids are of another form), the service, whether it was bought through CSP, the hours of the downtime, the customer’s e-mail from a domain of the tenant or one below it, the domains, the day of the customer’s request, the support ticket and the contact. That the Service Health page shows an incident does not prove that the tenant was hit. The domain of the e-mail counts for incidents from 9 September 2021 on, when a text first names it. Letters that the published table does not have are named: the table is of common ones. So is a name that no table knows, for which the letters are taken, and one that the letters speak against, which is kept.',
    why: 'A claim without one of these is not processed, and it must be whole by the deadline.',
    example: 'EX25194 without a support ticket; an e-mail from gmail.com for the tenant contoso.com.',
    remedy: 'Get what is missing from the customer and complete the row before the claim is filed.',
  },
  messages: {
    incomplete: '{incidents}: the claim for {service}, due by {deadline}, lacks {items}',
    'email-foreign': '{incidents}: the customer’s e-mail is from {host}, which is no domain of the tenant',
    'service-unclear': '{incidents}: {doubt}; check the name and the id',
    'prefix-unknown': '{incidents}: the published table of services does not have {prefix}; check the id',
  },
  *check(subject, context) {
    const { assessed, holdings } = subject;
    // Once an incident, for the first of its months whose claim still needs the proof.
    if (subject.ofIncident.find((one) => isAwaited(one, context.asOf))?.assessed !== assessed) return;
    const check = checkEvidence(assessed.incident, assessed.service, holdings, '');
    if (check === null) {
      yield { unchecked: 'policy-unknown', line: null };
      return;
    }
    const { serviceDoubt } = assessed;
    const message = messageOf(check, serviceDoubt);
    if (message === null) return;
    yield {
      message,
      values: {
        incidents: incidentsText([assessed]),
        service: assessed.service.name,
        deadline: untilText(assessed),
        items: itemsOf(check, serviceDoubt).join('; '),
        host: check.foreignHost ?? '',
        prefix: check.unknownPrefix ?? '',
        doubt: serviceDoubt ?? '',
      },
      subject: aboutOutage(subject),
      evidence: outageRows([assessed]),
      amounts: null,
      working: [...check.working, ...assessed.working],
      confidence: isAboutId(message) ? 'possible' : 'certain',
      deadline: assessed.deadline?.day ?? null,
      nextAction: isAboutId(message)
        ? 'Compare the service and the id with the Service Health page; the claim is whole otherwise.'
        : `Get what is missing and complete the claim by ${untilText(assessed)}.`,
      parametersUsed: uniqueUses(check.parametersUsed),
    };
  },
});

/** Proof is worth having while a claim can still be made whole, and for a claim that is worth something. */
function isAwaited({ assessed, claim }: MonthClaim, asOf: Day): boolean {
  const { state, credits, incident, deadline, blockers } = assessed;
  if (blockers.length > 0 || (deadline !== null && deadline.day < asOf)) return false;
  if (state === 'open') return claim.together.kind !== 'none';
  return state === 'claimed' && credits.length === 0 && incident.creditReceived === null;
}

function isAboutId(message: Message): boolean {
  return message === 'service-unclear' || message === 'prefix-unknown';
}

/** One finding an incident: what is missing outright says the rest as well. */
function messageOf({ missing, foreignHost, unknownPrefix }: EvidenceCheck, serviceDoubt: string | null): Message | null {
  if (missing.length > 0) return 'incomplete';
  if (foreignHost !== null) return 'email-foreign';
  if (serviceDoubt !== null) return 'service-unclear';
  return unknownPrefix === null ? null : 'prefix-unknown';
}

function itemsOf({ missing, foreignHost, unknownPrefix }: EvidenceCheck, serviceDoubt: string | null): readonly string[] {
  return [
    ...missing,
    ...(foreignHost === null ? [] : [`an e-mail from a domain of the tenant (${foreignHost} is none)`]),
    ...(serviceDoubt === null ? [] : [`a service on which its name and id agree (${serviceDoubt})`]),
    ...(unknownPrefix === null ? [] : [`a known service in its id (the published table does not have ${unknownPrefix})`]),
  ];
}
