import { isoDay } from '../domain/calendar/days.ts';
import type { Detection, Unchecked } from '../domain/findings/finding.ts';
import { formatMoney, ZERO, type Decimal } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import type { OutageSubject } from '../policy/outages/outage-claims.ts';
import { uniqueUses, type OutageCredit } from '../policy/outages/outage-credit.ts';
import { outageLines } from '../policy/outages/outage-needs.ts';
import { receiptsOf, type Receipt } from '../policy/outages/outage-receipts.ts';
import { aboutOutage, incidentsText, outageRows } from '../policy/outages/outage-text.ts';
import { outageCreditTiers, outageSuiteShares } from '../policy/parameters/outage-credits.ts';
import { defineRule } from './rule.ts';

type Message = 'differs' | 'by-duration';

const BY_DURATION = cite('sla-credit-2021', 'Credits are prorated by the affected service and the duration of the outage.');

export const outageCreditDiffers = defineRule({
  code: 'SL05',
  name: 'outage-credit-differs',
  title: 'The credit for an outage is not the computed one',
  scope: 'incident',
  severity: 'warning',
  needs: { input: 'incidents', looksAt: outageLines },
  citations: [
    cite(
      'sla-general-terms',
      'A share of the month’s fees of the affected service by tiers of uptime; for resellers on the estimated retail price.',
    ),
  ],
  caseCitations: [BY_DURATION],
  parameters: [outageCreditTiers, outageSuiteShares],
  docs: {
    checks:
      'Claims in time for which a credit came: customerCredit lines of the customer after the incident that name it, else what the list says was received, against the credit of the tier. Claims of one service and month are one credit. A credit that equals the fees of the time down follows the other published reading, and is told as that.',
    why: 'A credit is worked out by hand at Microsoft; a wrong tier or a wrong base is not noticed otherwise.',
    example: 'Half of 1,000.00 was due for an uptime of 98.6 %, and 250.00 came.',
    remedy: 'Compare the base first: Microsoft credits on its estimated retail price. Then ask for the working of the credit.',
  },
  messages: {
    differs: '{incidents}: {received} was credited for {service}; the tier of {month} yields {computed}',
    'by-duration':
      '{incidents}: {received} was credited for {service}, the fees of the time it was down; the tier of {month} yields {computed}',
  },
  *check(subject) {
    const { assessed, claim, holdings } = subject;
    const credited = claim.claimed.filter(({ incident, credits }) => credits.length > 0 || incident.creditReceived !== null);
    if (credited[0] !== assessed) return;
    const receipts = receiptsOf(credited, holdings);
    const outcome = claim.ofClaimed;
    if (receipts === null || outcome.kind === 'unknown') {
      yield { unchecked: outcome.kind === 'unknown' ? outcome.why : 'several-currencies', line: null } satisfies Unchecked;
      return;
    }
    const credits = outcome.kind === 'credits' ? outcome.credits : [];
    const currencies = [...new Set([...receipts, ...credits].map(({ currency }) => currency))].sort();
    for (const currency of currencies) {
      const credit = credits.find((one) => one.currency === currency) ?? null;
      const receipt = receipts.find((one) => one.currency === currency) ?? { currency, amount: ZERO, lines: [] };
      if (!receipt.amount.eq(credit?.amount ?? ZERO)) yield differs(subject, receipt, credit);
    }
  },
});

function differs(subject: OutageSubject, { currency, amount, lines }: Receipt, credit: OutageCredit | null): Detection<Message> {
  const { assessed, claim } = subject;
  const computed = credit?.amount ?? ZERO;
  const isByDuration = credit !== null && amount.eq(credit.byDuration);
  const money = (value: Decimal): string => `${formatMoney(value, currency)} ${currency}`;
  const isDoubtful = credit?.isAssumed === true || claim.claimed.some((one) => one.isDoubtful);
  return {
    message: isByDuration ? 'by-duration' : 'differs',
    values: {
      incidents: incidentsText(claim.claimed),
      service: assessed.service.name,
      received: money(amount),
      computed: money(computed),
      month: monthText(assessed.month.firstDay),
    },
    subject: aboutOutage(subject, currency),
    evidence: [
      ...outageRows(
        claim.claimed,
        lines.map(({ line }) => line),
        'credit',
      ),
      ...outageRows([], credit?.fees.lines.map(({ line }) => line) ?? []),
    ],
    severity: isByDuration ? 'info' : 'warning',
    amounts: { billed: amount.negated(), expected: computed.negated() },
    working: [
      lines.length > 0 ? `credit lines that name the incident: ${money(amount)}` : `received by the list: ${money(amount)}`,
      ...(credit === null ? ['the uptime of the month is below no threshold, so no credit was due'] : credit.working),
    ],
    confidence: isDoubtful || isByDuration ? 'possible' : 'likely',
    nextAction: 'Ask for the working of the credit: which uptime, which fees, which retail price; and object where it is short.',
    citations: isByDuration ? [BY_DURATION] : [],
    parametersUsed: uniqueUses(credit?.parametersUsed ?? []),
  };
}

function monthText(firstDay: OutageSubject['assessed']['month']['firstDay']): string {
  return isoDay(firstDay).slice(0, 7);
}
