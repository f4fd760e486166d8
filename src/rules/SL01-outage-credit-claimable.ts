import type { Day } from '../domain/calendar/days.ts';
import { isoDay } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { formatMoney, ZERO, type Decimal } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import { monthText, type AssessedIncident } from '../policy/outages/assess-incident.ts';
import type { OutageSubject } from '../policy/outages/outage-claims.ts';
import { claimNotes, dueByBegin } from '../policy/outages/outage-claim-notes.ts';
import { claimableReadings, type ReadingClaim } from '../policy/outages/outage-answers.ts';
import { uniqueUses, type OutageCredit } from '../policy/outages/outage-credit.ts';
import { checkEvidence } from '../policy/outages/outage-evidence.ts';
import { aboutOutage, askBy, claimRows, incidentsText, outcomeUses, outcomeWorking } from '../policy/outages/outage-text.ts';
import { outageCreditByDuration, outageCreditMeasure, outageCreditTiers, outageSuiteShares } from '../policy/parameters/outage-credits.ts';
import {
  outageClaimAzure,
  outageClaimAzureDistributor,
  outageClaimBillingMonth,
  outageClaimDeadline,
  outageProcessingTime,
} from '../policy/parameters/outage-deadlines.ts';
import { outageClaimants, outageExclusions, outagePrefixes } from '../policy/parameters/outage-eligibility.ts';
import { unansweredOf } from '../policy/outages/unanswered-claim.ts';
import { outageLines } from '../policy/outages/outage-needs.ts';
import { defineRule, type RuleContext } from './rule.ts';

type Message =
  'claimable' | 'raises-tier' | 'amount-unknown' | 'ask-provider' | 'ask-provider-amount-unknown' | 'claimable-by-reading' | 'unanswered';

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
    outageExclusions,
    outageCreditMeasure,
    outageCreditByDuration,
    outageCreditTiers,
    outageSuiteShares,
  ],
  docs: {
    checks:
      'Incidents of the list for which no claim was made and the deadline has not passed: the uptime of the tenant’s users in the calendar month, strictly below the service’s thresholds, on what the files charge for that service in the month. Incidents of one service and calendar month are one claim; where they overlap, minutes count once. An incident over a month’s end is a claim in each of its months, with that month’s minutes, fees and deadline. The deadline is the earlier of the forms in force. An indirect reseller or an end customer cannot file: the claim is then one to ask the provider for, some days earlier (--provider-lead-days). A service whose name is in no table is taken by the letters of the incident’s id. What the contract leaves out no list tells: it stands in the working, look before filing. A charge of several months counts with its days of the month. Where no credit is due by the readings taken here, but by another that the sources leave open (an outage belongs whole to the month it began in; incidents that overlap hit further users), the claim is a notice. A claim in time that brought no credit within the 45 days in which Microsoft aims to process it is told, to be escalated: a claim of the open amount, with no deadline any more; what was claimed later counts once its own days are over, and what was credited for other incidents of the month is taken off. Incidents that begin after the as-of day are not looked at: they are counted as unchecked (incident-after-as-of), and a later --as-of judges them. An empty classification is taken as an incident, which the working says. A suite’s price is split in equal parts unless --policy says otherwise.',
    why: 'Nobody gets an outage credit who does not ask, with all the proof, in time.',
    example:
      'Exchange Online down for 100 of 250 users for six hours in September: 99.667 %, 25 % of the month’s 1,000.00 until 31 October.',
    remedy:
      'Complete the proof that SL04 names and file a service request for a credit before the deadline; escalate one that is not answered.',
  },
  messages: {
    claimable: '{incidents}: {service} was up {uptime} % of {month}; {amount} can be claimed until {deadline}',
    'raises-tier':
      '{incidents}: with what was claimed already {service} was up {uptime} % of {month}; {amount} can be claimed until {deadline}',
    'amount-unknown': '{incidents}: a credit for {service} in {month} can be claimed until {deadline}; its amount is not known, for {why}',
    'ask-provider':
      '{incidents}: {service} was up {uptime} % of {month}; the {role} cannot claim {amount} and asks the provider by {ask}, who can until {deadline}',
    'claimable-by-reading':
      '{incidents}: no credit is due for {service} in {month} by the readings taken here; by another ({reading}) {amount} can be claimed until {deadline}',
    unanswered: '{incidents}: claimed on {claimed} and not answered within {days} days; {amount} for {service} in {month} is still to come',
    'ask-provider-amount-unknown':
      '{incidents}: the {role} cannot claim a credit for {service} in {month} and asks the provider by {ask}, who can until {deadline}; its amount is not known, for {why}',
  },
  *check(subject, context) {
    const { assessed, claim } = subject;
    if (assessed.state === 'later') {
      yield { unchecked: 'incident-after-as-of', line: null };
      return;
    }
    yield* unanswered(subject, context);
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
    if (together.kind === 'none') {
      for (const one of claimableReadings(together)) yield byReading(subject, filing, one, context);
      return;
    }
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
  const notes = claimNotes(subject, context.asOf);
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
      ...notes.working,
      ...evidenceWorking(subject, filing),
    ],
    confidence: isDoubtful ? 'possible' : 'likely',
    parametersUsed: uniqueUses([...filing.flatMap((one) => one.parametersUsed), ...credit.parametersUsed, ...notes.parametersUsed]),
  };
}

/** Nothing is due by the readings taken here: one step milder, with the amount of the other reading; the working has both. */
function byReading(
  subject: OutageSubject,
  filing: readonly AssessedIncident[],
  { none, reading }: ReadingClaim,
  context: RuleContext,
): Detection<Message> {
  const lines = none.fees.lines.map(({ line }) => line);
  return {
    message: 'claimable-by-reading',
    values: {
      incidents: incidentsText(filing),
      service: subject.assessed.service.name,
      month: monthText(subject.assessed.month),
      reading: reading.name,
      amount: `${formatMoney(reading.amount, none.currency)} ${none.currency}`,
      deadline: isoDay(earliest(filing)),
    },
    ...shared(subject, filing, context, none.currency),
    severity: 'info',
    evidence: claimRows(filing, subject, lines),
    amounts: { billed: ZERO, expected: reading.amount.negated() },
    working: [...uniqueWorking(filing), ...none.working, ...evidenceWorking(subject, filing)],
    confidence: 'possible',
    parametersUsed: uniqueUses([...filing.flatMap((one) => one.parametersUsed), ...none.parametersUsed]),
  };
}

/** A claim in time for which nothing came within the time in which Microsoft aims to process it: told once a claim and currency. */
function* unanswered(subject: OutageSubject, { asOf }: RuleContext): Generator<Detection<Message>> {
  const { assessed } = subject;
  const claim = unansweredOf(subject, asOf);
  const first = claim?.late[0];
  if (claim === null || first?.one !== assessed) return;
  const waiting = claim.late.map(({ one }) => one);
  const since = isoDay(Math.min(...waiting.flatMap(({ claimedOn }) => claimedOn ?? [])) as Day);
  const amounts = claim.stillToCome.length > 0 ? claim.stillToCome : [null];
  for (const open of amounts) {
    const more = open === null ? null : open.credit.amount.minus(open.before);
    const currency = open?.credit.currency ?? '';
    const money = (value: Decimal): string => `${formatMoney(value, currency)} ${currency}`;
    yield {
      message: 'unanswered',
      values: {
        incidents: incidentsText(waiting),
        service: assessed.service.name,
        month: monthText(assessed.month),
        claimed: since,
        days: String(first.days),
        amount: more === null ? 'a credit whose amount is not known' : money(more),
      },
      subject: aboutOutage(subject, open?.credit.currency),
      evidence: claimRows(
        waiting,
        subject,
        open?.credit.fees.lines.map(({ line }) => line),
      ),
      amounts: more === null ? null : { billed: ZERO, expected: more.negated() },
      working: [
        `claimed on ${since}; Microsoft aims to process a claim within ${first.days} days of its receipt, so it was to be escalated from ${isoDay(first.day)} on`,
        ...uniqueWorking(waiting),
        ...outcomeWorking(claim.outcome),
        ...(open === null || more === null || open.before.isZero()
          ? []
          : [`of which ${money(open.before)} is of incidents that were answered: ${money(more)} is still to come`]),
      ],
      confidence: 'possible',
      nextAction: `Escalate the service request with its number: no credit names the incident, and the list says of none. Where an answer came, write it into creditReceived (0 for a refusal).`,
      parametersUsed: uniqueUses([...waiting.flatMap((one) => one.parametersUsed), ...outcomeUses(claim.outcome), first.use]),
    };
  }
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
      ...dueByBegin(subject, filing, context.asOf),
      ...(distributor.length > 0 ? [`Through a distributor by ${isoDay(Math.min(...distributor) as Day)}.`] : []),
    ].join(' '),
  };
}

function earliest(filing: readonly AssessedIncident[]): Day {
  return Math.min(...filing.flatMap(({ deadline }) => (deadline === null ? [] : [deadline.day]))) as Day;
}

function uniqueWorking(filing: readonly AssessedIncident[]): readonly string[] {
  return [...new Set(filing.flatMap(({ working }) => working))];
}

function evidenceWorking({ holdings }: OutageSubject, filing: readonly AssessedIncident[]): readonly string[] {
  const of = ({ incident: { incidentId } }: AssessedIncident): string =>
    filing.length < 2 ? '' : ` for ${incidentId === '' ? 'the incident without an id' : incidentId}`;
  return filing.flatMap((one) => checkEvidence(one.incident, one.service, holdings, of(one))?.working ?? []);
}

/** For print; the comparison with the thresholds never uses it. */
function shortPercent(uptime: Decimal): string {
  return uptime.toDecimalPlaces(3, 1).toString();
}
