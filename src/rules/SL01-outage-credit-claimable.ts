import type { Day } from '../domain/calendar/days.ts';
import { isoDay } from '../domain/calendar/days.ts';
import type { Detection, ParameterUse } from '../domain/findings/finding.ts';
import { formatMoney, ZERO, type Decimal } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import { monthText, type AssessedIncident } from '../policy/outages/assess-incident.ts';
import type { OutageSubject } from '../policy/outages/outage-claims.ts';
import { uniqueUses, type OutageCredit } from '../policy/outages/outage-credit.ts';
import { checkEvidence } from '../policy/outages/outage-evidence.ts';
import { aboutOutage, askAgainFrom, askBy, claimRows, incidentsText } from '../policy/outages/outage-text.ts';
import { outageCreditTiers, outageSuiteShares } from '../policy/parameters/outage-credits.ts';
import {
  outageClaimAzure,
  outageClaimAzureDistributor,
  outageClaimBillingMonth,
  outageClaimDeadline,
  outageProcessingTime,
} from '../policy/parameters/outage-deadlines.ts';
import { outageClaimants, outagePrefixes } from '../policy/parameters/outage-eligibility.ts';
import { outageLines } from '../policy/outages/outage-needs.ts';
import { defineRule, type RuleContext } from './rule.ts';

type Message = 'claimable' | 'raises-tier' | 'amount-unknown' | 'ask-provider' | 'ask-provider-amount-unknown';

export const outageCreditClaimable = defineRule({
  code: 'SL01',
  name: 'outage-credit-claimable',
  title: 'A service was down and the credit for it can still be claimed',
  scope: 'incident',
  severity: 'warning',
  needs: { input: 'incidents', looksAt: outageLines },
  citations: [
    cite('sla-credit-2021', 'A credit is for the affected service alone, and the claim must come with all its proof.'),
    cite(
      'sla-general-terms',
      'Uptime by user minutes of a tenant and calendar month; one credit a service and month, never above its fees.',
    ),
  ],
  parameters: [
    outageClaimants,
    outagePrefixes,
    outageClaimDeadline,
    outageClaimBillingMonth,
    outageClaimAzure,
    outageClaimAzureDistributor,
    outageProcessingTime,
    outageCreditTiers,
    outageSuiteShares,
  ],
  docs: {
    checks:
      'Incidents of the list for which no claim was made and the deadline has not passed: the uptime of the tenant’s users in the calendar month, strictly below the service’s thresholds, on what the files charge for that service in the month. Incidents of one service and calendar month are one claim; where they overlap, minutes count once. An incident over a month’s end is a claim in each of its months, with that month’s minutes, fees and deadline. The deadline is the earlier of the forms in force. An indirect reseller or an end customer cannot file: the claim is then one to ask the provider for, some days earlier (--provider-lead-days). A service whose name is in no table is taken by the letters of the incident’s id. What the contract leaves out (causes outside Microsoft’s control, the customer’s own network or equipment, previews and trials, misuse, throttling) no list tells: look before filing. A suite’s price is split in equal parts unless --policy says otherwise.',
    why: 'Nobody gets an outage credit who does not ask, with all the proof, in time.',
    example:
      'Exchange Online down for 100 of 250 users for six hours in September: 99.667 %, 25 % of the month’s 1,000.00 until 31 October.',
    remedy: 'Complete the proof that SL04 names and file a service request for a credit before the deadline.',
  },
  messages: {
    claimable: '{incidents}: {service} was up {uptime} % of {month}; {amount} can be claimed until {deadline}',
    'raises-tier':
      '{incidents}: with what was claimed already {service} was up {uptime} % of {month}; {amount} can be claimed until {deadline}',
    'amount-unknown': '{incidents}: a credit for {service} in {month} can be claimed until {deadline}; its amount is not known, for {why}',
    'ask-provider':
      '{incidents}: {service} was up {uptime} % of {month}; the {role} cannot claim {amount} and asks the provider by {ask}, who can until {deadline}',
    'ask-provider-amount-unknown':
      '{incidents}: the {role} cannot claim a credit for {service} in {month} and asks the provider by {ask}, who can until {deadline}; its amount is not known, for {why}',
  },
  *check(subject, context) {
    const { assessed, claim } = subject;
    if (assessed.deadline === null && assessed.state === 'open' && assessed.blockers.length === 0)
      yield { unchecked: 'policy-unknown', line: null };
    const open = claim.open.filter(({ deadline }) => deadline !== null);
    const own = open.filter(({ mayFile }) => mayFile);
    // Only where nobody of the list may file is the provider to be asked.
    const filing = own.length > 0 ? own : open;
    if (filing[0] === undefined || filing[0] !== assessed) return;
    const { together, ofClaimed } = claim;
    if (together.kind === 'unknown') {
      yield unknownAmount(subject, filing, context);
      yield { unchecked: together.why, line: null };
      return;
    }
    if (together.kind === 'none') return;
    for (const credit of together.credits) {
      const before = ofClaimed.kind === 'credits' ? ofClaimed.credits.find(({ currency }) => currency === credit.currency) : undefined;
      if (before === undefined || credit.amount.gt(before.amount))
        yield claimable(subject, filing, credit, before?.amount ?? ZERO, context);
    }
  },
});

function claimable(
  subject: OutageSubject,
  filing: readonly AssessedIncident[],
  credit: OutageCredit,
  before: Decimal,
  context: RuleContext,
): Detection<Message> {
  const { assessed } = subject;
  const more = credit.amount.minus(before);
  const asking = askOf(filing, context);
  const isDoubtful = credit.isAssumed || filing.some((one) => one.isDoubtful);
  return {
    message: asking !== null ? 'ask-provider' : before.isZero() ? 'claimable' : 'raises-tier',
    values: {
      incidents: incidentsText(filing),
      service: assessed.service.name,
      uptime: shortPercent(credit.uptime),
      month: monthText(assessed.month),
      amount: `${formatMoney(more, credit.currency)} ${credit.currency}${before.isZero() ? '' : ' more'}`,
      deadline: isoDay(earliest(filing)),
      role: asking?.role ?? '',
      ask: asking === null ? '' : isoDay(asking.day),
    },
    ...shared(subject, filing, context, credit.currency),
    evidence: claimRows(
      filing,
      subject,
      credit.fees.lines.map(({ line }) => line),
    ),
    amounts: { billed: before.negated(), expected: credit.amount.negated() },
    working: [
      ...uniqueWorking(filing),
      ...credit.working,
      ...(before.isZero()
        ? []
        : [`claimed already: ${formatMoney(before, credit.currency)} ${credit.currency}, one credit a service and month`]),
      ...answerTexts(subject, context.asOf),
      ...evidenceWorking(subject, filing),
    ],
    confidence: isDoubtful ? 'possible' : 'likely',
    parametersUsed: uniqueUses([
      ...filing.flatMap((one) => one.parametersUsed),
      ...credit.parametersUsed,
      ...answerUses(subject, context.asOf),
    ]),
  };
}

function unknownAmount(subject: OutageSubject, filing: readonly AssessedIncident[], context: RuleContext): Detection<Message> {
  const { together } = subject.claim;
  const outcome = together.kind === 'unknown' ? together : null;
  const asking = askOf(filing, context);
  return {
    message: asking === null ? 'amount-unknown' : 'ask-provider-amount-unknown',
    values: {
      incidents: incidentsText(filing),
      service: subject.assessed.service.name,
      month: monthText(subject.assessed.month),
      deadline: isoDay(earliest(filing)),
      role: asking?.role ?? '',
      ask: asking === null ? '' : isoDay(asking.day),
      why: outcome?.text ?? '',
    },
    ...shared(subject, filing, context),
    evidence: claimRows(filing, subject),
    amounts: null,
    working: [...uniqueWorking(filing), ...(outcome?.working ?? []), ...evidenceWorking(subject, filing)],
    confidence: 'possible',
    parametersUsed: uniqueUses([...filing.flatMap((one) => one.parametersUsed), ...(outcome?.parametersUsed ?? [])]),
  };
}

/** Who asks the provider for the claim, and by when; null where the list's holder may file it, or does not say who they are. */
function askOf(filing: readonly AssessedIncident[], { asOf, claimant }: RuleContext): { readonly role: string; readonly day: Day } | null {
  const [first] = filing;
  if (first === undefined || first.mayFile) return null;
  const day = askBy(filing, claimant.providerLeadDays, asOf);
  return { role: (first.role ?? '').replaceAll('-', ' '), day };
}

function shared(subject: OutageSubject, filing: readonly AssessedIncident[], context: RuleContext, currency?: string) {
  const deadline = earliest(filing);
  const asking = askOf(filing, context);
  const isOpenWho = filing.some(({ role }) => role === null);
  const distributor = filing.flatMap(({ deadline: own }) => own?.distributorDay ?? []);
  const { asOf, claimant } = context;
  return {
    subject: aboutOutage(subject, currency),
    deadline: asking?.day ?? deadline,
    nextAction: [
      asking === null
        ? `File a service request for the credit so that Microsoft has it with all its proof by ${isoDay(deadline)}.`
        : `Ask the provider by ${isoDay(asking.day)} to file the claim, and hand over all the proof; Microsoft must have it by ${isoDay(deadline)}.`,
      ...(isOpenWho
        ? [`An indirect reseller asks the provider to file by ${isoDay(askBy(filing, claimant.providerLeadDays, asOf))}.`]
        : []),
      ...(distributor.length > 0 ? [`Through a distributor by ${isoDay(Math.min(...distributor) as Day)}.`] : []),
    ].join(' '),
  };
}

/** How long an answer may take, for a claim made on the as-of day. */
function answerTexts({ holdings }: OutageSubject, asOf: Day): readonly string[] {
  const again = askAgainFrom(asOf, holdings.chains[0]?.ownTerms ?? []);
  if (again === null) return [];
  return [
    `Microsoft aims to process a claim within ${again.days} days of its receipt: filed on ${isoDay(asOf)}, escalate it from ${isoDay(again.day)} on`,
  ];
}

function answerUses({ holdings }: OutageSubject, asOf: Day): readonly ParameterUse[] {
  const again = askAgainFrom(asOf, holdings.chains[0]?.ownTerms ?? []);
  return again === null ? [] : [again.use];
}

function earliest(filing: readonly AssessedIncident[]): Day {
  return Math.min(...filing.flatMap(({ deadline }) => (deadline === null ? [] : [deadline.day]))) as Day;
}

function uniqueWorking(filing: readonly AssessedIncident[]): readonly string[] {
  return [...new Set(filing.flatMap(({ working }) => working))];
}

function evidenceWorking({ holdings }: OutageSubject, filing: readonly AssessedIncident[]): readonly string[] {
  return filing.flatMap(({ incident, service }) => checkEvidence(incident, service, holdings)?.working ?? []);
}

/** For print; the comparison with the thresholds never uses it. */
function shortPercent(uptime: Decimal): string {
  return uptime.toDecimalPlaces(3, 1).toString();
}
