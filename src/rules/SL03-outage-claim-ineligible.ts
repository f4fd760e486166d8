import { isoDay } from '../domain/calendar/days.ts';
import { cite } from '../policy/citations.ts';
import { monthText } from '../policy/outages/assess-incident.ts';
import { uniqueUses } from '../policy/outages/outage-credit.ts';
import { outageLines } from '../policy/outages/outage-needs.ts';
import { aboutOutage, askBy, askingUses, incidentsText, outageRows, untilText } from '../policy/outages/outage-text.ts';
import {
  outageClaimAzure,
  outageClaimAzureDistributor,
  outageClaimBillingMonth,
  outageClaimDeadline,
} from '../policy/parameters/outage-deadlines.ts';
import { outageAdvisories, outageClaimants } from '../policy/parameters/outage-eligibility.ts';
import { defineRule } from './rule.ts';

const BLOCKED = {
  'advisory-rejected': 'an advisory, which earns no credit',
  'advisory-unlikely': 'an advisory, which in general earns no credit',
  'not-through-csp': 'not bought through CSP',
  'not-held': 'a service that the customer does not hold in the month',
} as const;

const THROUGH_CSP = cite('sla-credit-2021', 'Only services that were bought through CSP are credited, and the claim must say so.');
const AFFECTED_SERVICE = cite('sla-credit-2021', 'A credit is for the affected service alone, out of what was paid for it.');
/** That advisories earn none, and who may file, are dated figures. */
const CLAUSES = {
  'not-through-csp': [THROUGH_CSP],
  'not-held': [AFFECTED_SERVICE],
  'advisory-rejected': [],
  'advisory-unlikely': [],
} as const;

export const outageClaimIneligible = defineRule({
  code: 'SL03',
  name: 'outage-claim-ineligible',
  title: 'An outage earns no credit, or somebody else must claim it',
  scope: 'incident',
  severity: 'info',
  needs: { input: 'incidents', looksAt: outageLines },
  citations: [],
  caseCitations: [THROUGH_CSP, AFFECTED_SERVICE],
  parameters: [
    outageAdvisories,
    outageClaimants,
    outageClaimDeadline,
    outageClaimBillingMonth,
    outageClaimAzure,
    outageClaimAzureDistributor,
  ],
  docs: {
    checks:
      'Advisories (from 31 March 2021 not eligible, from 9 July 2021 generally not; before, the texts say nothing), services not bought through CSP, services that none of the customer’s charges of the month is for, and incidents that whoever holds the list may not claim: an indirect reseller or an end customer asks the provider, some days before the deadline (--provider-lead-days). The claim itself, with its amount, is SL01.',
    why: 'A claim that cannot be granted costs time and standing; one that only the provider may file is lost where nobody asks.',
    example: 'An advisory of 2 June: generally not eligible. A reseller’s incident of 2 June: ask the provider by 24 July.',
    remedy: 'Leave what is not eligible; ask the provider in time for what is.',
  },
  messages: {
    'advisory-rejected': '{incidents} for {service} is an advisory, which earns no credit',
    'advisory-unlikely': '{incidents} for {service} is an advisory, which in general earns no credit',
    'not-through-csp': '{incidents}: {service} was not bought through CSP, so Microsoft credits no CSP partner',
    'not-held': '{incidents}: no charge of {month} of this customer is for {service}',
    'may-not-file':
      '{incidents}: the {role} cannot claim the credit for {service} in {month}; the provider can until {deadline}, ask by {ask}',
  },
  *check(subject, context) {
    const { assessed, claim } = subject;
    const { blockers, deadline } = assessed;
    const [blocker] = blockers;
    const shared = {
      subject: aboutOutage(subject),
      evidence: outageRows([assessed]),
      amounts: null,
      parametersUsed: uniqueUses(assessed.parametersUsed.filter(({ id }) => id === outageAdvisories.id || id === outageClaimants.id)),
    };
    const values = { incidents: incidentsText([assessed]), service: assessed.service.name };
    if (!assessed.serviceMonth.isMonthGiven) yield { unchecked: 'charge-not-in-files', line: null };
    if (blocker !== undefined) {
      // Once an incident, though it may go on in several months.
      if (subject.ofIncident.find((one) => one.assessed.blockers[0] === blocker)?.assessed !== assessed) return;
      yield {
        message: blocker,
        values: { ...values, month: monthText(assessed.month) },
        ...shared,
        citations: CLAUSES[blocker],
        working: [`why: ${blockers.map((one) => BLOCKED[one]).join('; ')}`, ...assessed.working],
        confidence: blocker === 'advisory-unlikely' ? 'likely' : 'certain',
        nextAction:
          blocker === 'advisory-unlikely'
            ? 'File only with proof that this advisory was an outage in truth.'
            : 'Do not file a claim; correct the row where it is wrong.',
      };
      return;
    }
    const asking = claim.open.filter((one) => !one.mayFile && one.deadline !== null);
    if (asking[0] !== assessed || deadline === null || claim.together.kind === 'none') return;
    const ask = askBy(asking, context.claimant.providerLeadDays, context.asOf);
    yield {
      message: 'may-not-file',
      values: {
        incidents: incidentsText(asking),
        service: assessed.service.name,
        month: monthText(assessed.month),
        role: (assessed.role ?? '').replaceAll('-', ' '),
        deadline: untilText(assessed),
        ask: isoDay(ask),
      },
      ...shared,
      evidence: outageRows(asking),
      parametersUsed: uniqueUses([...shared.parametersUsed, ...asking.flatMap(askingUses)]),
      working: [...assessed.working, `the provider is asked ${context.claimant.providerLeadDays} days before (--provider-lead-days)`],
      confidence: 'likely',
      nextAction: `Ask the provider by ${isoDay(ask)} to file the claim, and hand over all the proof; SL01 has its amount and the text to send.`,
    };
  },
});
