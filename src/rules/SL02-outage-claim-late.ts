import { isoDay } from '../domain/calendar/days.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { formatMoney, ZERO, type Decimal } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import type { AssessedIncident } from '../policy/outages/assess-incident.ts';
import type { OutageSubject } from '../policy/outages/outage-claims.ts';
import type { ServiceClaim } from '../policy/outages/service-claim.ts';
import { NO_INCIDENT, uniqueUses, type OutageOutcome } from '../policy/outages/outage-credit.ts';
import { outageLines } from '../policy/outages/outage-needs.ts';
import {
  aboutOutage,
  deadlineUses,
  incidentsText,
  outageRows,
  outcomeUses,
  outcomeWorking,
  untilText,
  worthText,
} from '../policy/outages/outage-text.ts';
import { outageCreditByDuration, outageCreditMeasure, outageCreditTiers, outageSuiteShares } from '../policy/parameters/outage-credits.ts';
import { outageClaimAzure, outageClaimBillingMonth, outageClaimDeadline } from '../policy/parameters/outage-deadlines.ts';
import { defineRule } from './rule.ts';

type Message = 'expired' | 'claimed-late';

export const outageClaimLate = defineRule({
  code: 'SL02',
  name: 'outage-claim-late',
  title: 'The deadline of an outage claim has passed',
  scope: 'incident',
  severity: 'info',
  needs: { input: 'incidents', looksAt: outageLines },
  citations: [cite('sla-credit-2021', 'Microsoft must have the claim and all its proof by the deadline; the day itself is in time.')],
  parameters: [
    outageClaimDeadline,
    outageClaimBillingMonth,
    outageClaimAzure,
    outageCreditMeasure,
    outageCreditByDuration,
    outageCreditTiers,
    outageSuiteShares,
  ],
  docs: {
    checks:
      'Incidents that earned a credit, or may have, whose deadline passed before the as-of day without a claim, or that were claimed after it. The deadline itself is in time. Incidents of one service and calendar month are told once, beside a claim of that month with what they would have added to it; one over a month’s end may be late for the first month and in time for the next.',
    why: 'What was lost shows what a list kept up to date is worth; and a claim that came too late need not be waited for.',
    example: 'An incident of 15 February, looked at on 1 April: the claim had to arrive by 31 March.',
    remedy: 'File outage claims in the month of the incident; the calendar of deadlines holds every one that is open.',
  },
  messages: {
    expired: '{incidents}: the credit for {service} had to be claimed by {deadline}; it would have been worth {worth}',
    'claimed-late': '{incidents}: claimed on {claimed}, after the deadline of {deadline}',
  },
  *check(subject) {
    const { assessed, claim } = subject;
    if (assessed.blockers.length > 0) return;
    if (assessed.state === 'claimed-late') {
      const values = { claimed: assessed.claimedOn === null ? '?' : isoDay(assessed.claimedOn) };
      yield late(subject, [assessed], 'claimed-late', values, NO_INCIDENT);
      return;
    }
    if (claim.expired[0] !== assessed) return;
    // What is claimed or can be still is the one credit of its month: only what the others would have added to it is lost.
    if (claim.open.length + claim.claimed.length > 0) {
      const worth = addedText(claim);
      if (worth !== '') yield late(subject, claim.expired, 'expired', { worth }, claim.ofAll);
      return;
    }
    if (claim.ofExpired.kind === 'none') return;
    yield late(subject, claim.expired, 'expired', { worth: worthText(claim.ofExpired) }, claim.ofExpired);
  },
});

/** What incidents that were not claimed in time would have added to the credit of their month; '' for nothing, or where it is not known. */
function addedText({ together, ofAll }: ServiceClaim): string {
  if (ofAll.kind !== 'credits' || together.kind === 'unknown') return '';
  const before = (currency: string): Decimal =>
    (together.kind === 'credits' ? together.credits.find((one) => one.currency === currency)?.amount : undefined) ?? ZERO;
  return ofAll.credits
    .map(({ currency, amount }) => ({ currency, more: amount.minus(before(currency)) }))
    .filter(({ more }) => more.gt(0))
    .map(({ currency, more }) => `${formatMoney(more, currency)} ${currency} beside what is claimed`)
    .join(' and ');
}

function late(
  subject: OutageSubject,
  incidents: readonly AssessedIncident[],
  message: Message,
  values: Readonly<Record<string, string>>,
  outcome: OutageOutcome,
): Detection<Message> {
  return {
    message,
    values: {
      incidents: incidentsText(incidents),
      service: subject.assessed.service.name,
      deadline: untilText(subject.assessed),
      ...values,
    },
    subject: aboutOutage(subject),
    evidence: outageRows(incidents),
    amounts: null,
    working: [...new Set([...incidents.flatMap(({ working }) => working), ...outcomeWorking(outcome)])],
    confidence: outcome.kind === 'unknown' || incidents.some(({ isDoubtful }) => isDoubtful) ? 'possible' : 'likely',
    deadline: subject.assessed.deadline?.day ?? null,
    nextAction:
      message === 'expired'
        ? 'Nothing can be claimed any more; list incidents in the month in which they happen.'
        : 'Do not count on the credit; where Microsoft refuses it for lateness, nothing published speaks against that.',
    parametersUsed: uniqueUses([...outcomeUses(outcome), ...incidents.flatMap(deadlineUses)]),
  };
}
