import type { Day } from '../domain/calendar/days.ts';
import { isoDay } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { formatMoney, ZERO, type Decimal } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import type { AssessedIncident, OutageSubject } from '../policy/outages/outage-claims.ts';
import { uniqueUses, type OutageCredit } from '../policy/outages/outage-credit.ts';
import { checkEvidence } from '../policy/outages/outage-evidence.ts';
import { aboutOutage, askBy, incidentsText, outageRows } from '../policy/outages/outage-text.ts';
import { outageCreditTiers, outageSuiteShares } from '../policy/parameters/outage-credits.ts';
import {
  outageClaimAzure,
  outageClaimAzureDistributor,
  outageClaimBillingMonth,
  outageClaimDeadline,
} from '../policy/parameters/outage-deadlines.ts';
import { outageLines } from '../policy/outages/outage-needs.ts';
import { defineRule, type RuleContext } from './rule.ts';

type Message = 'claimable' | 'raises-tier' | 'amount-unknown';

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
    outageClaimDeadline,
    outageClaimBillingMonth,
    outageClaimAzure,
    outageClaimAzureDistributor,
    outageCreditTiers,
    outageSuiteShares,
  ],
  docs: {
    checks:
      'Incidents of the list for which no claim was made and the deadline has not passed: the uptime of the tenant’s users in the calendar month, strictly below the service’s thresholds, on what the files charge for that service in the month. Incidents of one service and month are one claim; where they overlap, minutes count once. The deadline is the earlier of the forms in force. A suite’s price is split in equal parts unless --policy says otherwise.',
    why: 'Nobody gets an outage credit who does not ask, with all the proof, in time.',
    example:
      'Exchange Online down for 100 of 250 users for six hours in September: 99.667 %, 25 % of the month’s 1,000.00 until 31 October.',
    remedy: 'Complete the proof that SL04 names and file a service request for a credit before the deadline.',
  },
  messages: {
    claimable: '{incidents}: {service} was up {uptime} % of {month}; {amount} can be claimed until {deadline}',
    'raises-tier':
      '{incidents}: with what was claimed already {service} was up {uptime} % of {month}; {amount} more can be claimed until {deadline}',
    'amount-unknown': '{incidents}: a credit for {service} can be claimed until {deadline}; its amount is not known, for {why}',
  },
  *check(subject, context) {
    const filing = subject.claim.open.filter(({ mayFile, deadline }) => mayFile && deadline !== null);
    if (subject.assessed.deadline === null && subject.assessed.state === 'open' && subject.assessed.blockers.length === 0)
      yield { unchecked: 'policy-unknown', line: null };
    if (filing[0] === undefined || filing[0] !== subject.assessed) return;
    const { together, ofClaimed } = subject.claim;
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
  const isDoubtful = credit.isAssumed || filing.some((one) => one.isDoubtful);
  return {
    message: before.isZero() ? 'claimable' : 'raises-tier',
    values: {
      incidents: incidentsText(filing),
      service: assessed.service.name,
      uptime: shortPercent(credit.uptime),
      month: isoDay(assessed.month.firstDay).slice(0, 7),
      amount: `${formatMoney(more, credit.currency)} ${credit.currency}`,
      deadline: isoDay(earliest(filing)),
    },
    ...shared(subject, filing, context, credit.currency),
    evidence: outageRows(
      filing,
      credit.fees.lines.map(({ line }) => line),
    ),
    amounts: { billed: before.negated(), expected: credit.amount.negated() },
    working: [
      ...uniqueWorking(filing),
      ...credit.working,
      ...(before.isZero()
        ? []
        : [`claimed already: ${formatMoney(before, credit.currency)} ${credit.currency}, one credit a service and month`]),
      ...evidenceWorking(subject, filing),
    ],
    confidence: isDoubtful ? 'possible' : 'likely',
    parametersUsed: uniqueUses([...filing.flatMap((one) => one.parametersUsed), ...credit.parametersUsed]),
  };
}

function unknownAmount(subject: OutageSubject, filing: readonly AssessedIncident[], context: RuleContext): Detection<Message> {
  const { together } = subject.claim;
  const outcome = together.kind === 'unknown' ? together : null;
  return {
    message: 'amount-unknown',
    values: {
      incidents: incidentsText(filing),
      service: subject.assessed.service.name,
      deadline: isoDay(earliest(filing)),
      why: outcome?.text ?? '',
    },
    ...shared(subject, filing, context),
    evidence: outageRows(filing),
    amounts: null,
    working: [...uniqueWorking(filing), ...(outcome?.working ?? []), ...evidenceWorking(subject, filing)],
    confidence: 'possible',
    parametersUsed: uniqueUses([...filing.flatMap((one) => one.parametersUsed), ...(outcome?.parametersUsed ?? [])]),
  };
}

function shared(subject: OutageSubject, filing: readonly AssessedIncident[], { asOf, claimant }: RuleContext, currency?: string) {
  const deadline = earliest(filing);
  const isOpenWho = filing.some(({ role }) => role === null);
  const distributor = filing.flatMap(({ deadline: own }) => own?.distributorDay ?? []);
  return {
    subject: aboutOutage(subject, currency),
    deadline,
    nextAction: [
      `File a service request for the credit so that Microsoft has it with all its proof by ${isoDay(deadline)}.`,
      ...(isOpenWho
        ? [`An indirect reseller asks the provider to file by ${isoDay(askBy(deadline, claimant.providerLeadDays, asOf))}.`]
        : []),
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
  return filing.flatMap(({ incident, service }) => checkEvidence(incident, service, holdings)?.working ?? []);
}

/** For print; the comparison with the thresholds never uses it. */
function shortPercent(uptime: Decimal): string {
  return uptime.toDecimalPlaces(3, 1).toString();
}
