import { isoDay } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { cite } from '../policy/citations.ts';
import { monthText, type AssessedIncident, type OutageBlocker } from '../policy/outages/assess-incident.ts';
import { claimableReadings } from '../policy/outages/outage-answers.ts';
import { creditedOf } from '../policy/outages/outage-settlement.ts';
import type { OutageSubject } from '../policy/outages/outage-claims.ts';
import type { ServiceClaim } from '../policy/outages/service-claim.ts';
import { uniqueUses, type OutageOutcome } from '../policy/outages/outage-credit.ts';
import { outageLines } from '../policy/outages/outage-needs.ts';
import {
  aboutOutage,
  askBy,
  askingUses,
  claimRows,
  incidentsText,
  outageRows,
  outcomeUses,
  outcomeWorking,
  untilText,
  worthText,
} from '../policy/outages/outage-text.ts';
import { outageCreditByDuration, outageCreditMeasure, outageCreditTiers, outageSuiteShares } from '../policy/parameters/outage-credits.ts';
import {
  outageClaimAzure,
  outageClaimAzureDistributor,
  outageClaimBillingMonth,
  outageClaimDeadline,
} from '../policy/parameters/outage-deadlines.ts';
import { outageAdvisories, outageClaimants, outagePurchases } from '../policy/parameters/outage-eligibility.ts';
import { defineRule } from './rule.ts';

type Message = OutageBlocker | 'no-credit' | 'adds-nothing' | 'may-not-file';

const BLOCKED = {
  'advisory-rejected': 'an advisory, which earns no credit',
  'advisory-unlikely': 'an advisory, which in general earns no credit',
  'not-through-csp': 'not bought through CSP',
  'not-held': 'a service that the customer does not hold in the month',
  'not-held-then': 'a service that the customer did not hold on the days of the outage',
} as const;

const AFFECTED_SERVICE = cite('sla-credit-2021', 'A credit is for the affected service alone, out of what was paid for it.');
/** That advisories earn none, which purchases are credited, and who may file, are dated figures. */
const CLAUSES = {
  'not-through-csp': [],
  'not-held': [AFFECTED_SERVICE],
  'not-held-then': [AFFECTED_SERVICE],
  'advisory-rejected': [],
  'advisory-unlikely': [],
} as const;

/** Of the figures that an incident was assessed by, those that findings of this rule rest on. */
const OWN_FIGURES: ReadonlySet<string> = new Set([outageAdvisories.id, outageClaimants.id, outagePurchases.id]);

export const outageClaimIneligible = defineRule({
  code: 'SL03',
  name: 'outage-claim-ineligible',
  title: 'An outage earns no credit, or somebody else must claim it',
  scope: 'incident',
  severity: 'info',
  needs: { input: 'incidents', looksAt: outageLines },
  citations: [],
  caseCitations: [AFFECTED_SERVICE],
  parameters: [
    outageAdvisories,
    outageClaimants,
    outagePurchases,
    outageCreditMeasure,
    outageCreditByDuration,
    outageCreditTiers,
    outageSuiteShares,
    outageClaimDeadline,
    outageClaimBillingMonth,
    outageClaimAzure,
    outageClaimAzureDistributor,
  ],
  docs: {
    checks:
      'Advisories (from 31 March 2021 not eligible, from 9 July 2021 generally not; before, the texts say nothing), services not bought through CSP, services that none of the customer’s charges of the month is for, or that the customer held on none of the outage’s days by the charges (bought later, or cancelled before; where some of the days are covered the claim is SL01 and its working says which are not), incidents of an uptime that is below no threshold (exactly 99.9 % is not below), that hit nobody, whose month’s charges add up to nothing, or that add nothing to the credit claimed for the month, and incidents that whoever holds the list may not claim: an indirect reseller or an end customer asks the provider, some days before the deadline (--provider-lead-days). The claim itself, with its amount, is SL01.',
    why: 'A claim that cannot be granted costs time and standing; one that only the provider may file is lost where nobody asks.',
    example: 'An advisory of 2 June: generally not eligible. A reseller’s incident of 2 June: ask the provider by 24 July.',
    remedy: 'Leave what is not eligible; ask the provider in time for what is.',
  },
  messages: {
    'advisory-rejected': '{incidents} for {service} is an advisory, which earns no credit',
    'advisory-unlikely': '{incidents} for {service} is an advisory, which in general earns no credit',
    'not-through-csp': '{incidents}: {service} was not bought through CSP, so Microsoft credits no CSP partner',
    'not-held': '{incidents}: no charge of {month} of this customer is for {service}',
    'not-held-then': '{incidents}: no service held: the charges for {service} are of other days than the outage’s, {days}',
    'no-credit': '{incidents}: no credit is due for {service} in {month}, for {why}',
    'adds-nothing':
      '{incidents}: nothing is added to the {amount} claimed for {service} in {month}, for one credit is given a service and month',
    'may-not-file':
      '{incidents}: the {role} cannot claim the credit for {service} in {month}; the provider can until {deadline}, ask by {ask}',
  },
  *check(subject, context) {
    const { assessed, claim } = subject;
    if (assessed.state === 'later') return;
    const { blockers, deadline } = assessed;
    const [blocker] = blockers;
    const shared = {
      subject: aboutOutage(subject),
      evidence: outageRows([assessed]),
      amounts: null,
      parametersUsed: uniqueUses(assessed.parametersUsed.filter(({ id }) => OWN_FIGURES.has(id))),
    };
    const values = { incidents: incidentsText([assessed]), service: assessed.service.name };
    if (!assessed.serviceMonth.isMonthGiven) yield { unchecked: 'charge-not-in-files', line: null };
    if (blocker !== undefined) {
      // Once an incident, though it may go on in several months.
      if (subject.ofIncident.find((one) => one.assessed.blockers[0] === blocker)?.assessed !== assessed) return;
      yield {
        message: blocker,
        values: { ...values, month: monthText(assessed.month), days: daysText(assessed) },
        ...shared,
        citations: CLAUSES[blocker],
        working: [`why: ${blockers.map((one) => BLOCKED[one]).join('; ')}`, ...assessed.working],
        confidence: blocker === 'advisory-unlikely' || (blocker === 'not-through-csp' && assessed.isDoubtful) ? 'likely' : 'certain',
        nextAction:
          blocker === 'advisory-unlikely'
            ? 'File only with proof that this advisory was an outage in truth.'
            : 'Do not file a claim; correct the row where it is wrong.',
      };
      return;
    }
    yield* earnsNothing(subject);
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

function daysText({ firstDay, lastDay }: AssessedIncident): string {
  return firstDay === lastDay ? isoDay(firstDay) : `${isoDay(firstDay)} to ${isoDay(lastDay)}`;
}

/** The incidents of a claim that earn nothing, and their outcome: those that are claimed or can be, else those that no longer can. */
function earning({ open, claimed, expired, together, ofExpired }: ServiceClaim): {
  readonly ones: readonly AssessedIncident[];
  readonly outcome: OutageOutcome;
} {
  return open.length + claimed.length > 0 ? { ones: [...open, ...claimed], outcome: together } : { ones: expired, outcome: ofExpired };
}

/** No credit, or none beyond what is claimed: told once a claim, so that no incident of the list passes without a word. What came for it is SL05's. */
function* earnsNothing(subject: OutageSubject): Generator<Detection<Message>> {
  const { assessed, claim } = subject;
  const { ones, outcome } = earning(claim);
  const about = { service: assessed.service.name, month: monthText(assessed.month) };
  const shared = { subject: aboutOutage(subject), amounts: null, confidence: 'likely' as const };
  if (outcome.kind === 'none' && outcome.why !== null) {
    if (ones[0] !== assessed || creditedOf(claim).length > 0) return;
    // A claim that another reading grants is told as that.
    if (claim.open.length > 0 && claimableReadings(outcome).length > 0) return;
    yield {
      message: 'no-credit',
      values: { incidents: incidentsText(ones), ...about, why: outcome.text },
      ...shared,
      evidence: outageRows(
        ones,
        outcome.why === 'no-fees' ? outcome.byCurrency.flatMap(({ fees }) => fees.lines.map(({ line }) => line)) : [],
      ),
      working: [...new Set([...ones.flatMap(({ working }) => working), ...outcome.working])],
      nextAction:
        outcome.why === 'no-fees'
          ? 'Nothing to claim from these charges; where a charge of the month is missing, give its file too.'
          : 'Nothing to claim; correct the hours and numbers of users in the list where they are wrong.',
      parametersUsed: outcomeUses(outcome),
    };
    return;
  }
  const { open, expired, together, ofClaimed, ofAll } = claim;
  const [further, withThem] = open.length > 0 ? [open, together] : [expired, ofAll];
  if (further[0] !== assessed || withThem.kind !== 'credits' || ofClaimed.kind !== 'credits') return;
  const addsNothing = withThem.credits.every(({ currency, amount }) =>
    ofClaimed.credits.some((before) => before.currency === currency && before.amount.gte(amount)),
  );
  if (!addsNothing) return;
  yield {
    message: 'adds-nothing',
    values: { incidents: incidentsText(further), ...about, amount: worthText(ofClaimed) },
    ...shared,
    evidence: claimRows(further, subject),
    working: [...new Set([...further.flatMap(({ working }) => working), ...outcomeWorking(withThem)])],
    nextAction:
      open.length > 0
        ? 'Nothing to claim; name the incident in the claim that was made, for its minutes count into the same uptime.'
        : 'Nothing was lost by not claiming it; list the incidents of a month together before the next claim is made.',
    parametersUsed: outcomeUses(withThem),
  };
}
