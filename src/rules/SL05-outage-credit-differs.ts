import type { Detection, Unchecked } from '../domain/findings/finding.ts';
import { formatMoney, sum, ZERO, type Decimal } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import { monthText, type AssessedIncident } from '../policy/outages/assess-incident.ts';
import type { OutageSubject, ServiceClaim } from '../policy/outages/outage-claims.ts';
import { creditedOf, readingsThatYield, unansweredOf } from '../policy/outages/outage-answers.ts';
import { uniqueUses, type OutageCredit } from '../policy/outages/outage-credit.ts';
import { outageLines } from '../policy/outages/outage-needs.ts';
import { receiptsOf, type Receipt } from '../policy/outages/outage-receipts.ts';
import { aboutOutage, incidentsText, outageRows, outcomeUses } from '../policy/outages/outage-text.ts';
import { outageCreditByDuration, outageCreditMeasure, outageCreditTiers, outageSuiteShares } from '../policy/parameters/outage-credits.ts';
import { defineRule } from './rule.ts';

type Message = 'differs' | 'by-duration' | 'by-reading';

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
  parameters: [outageCreditMeasure, outageCreditByDuration, outageCreditTiers, outageSuiteShares],
  docs: {
    checks:
      'Claims in time for which a credit came: customerCredit lines of the customer after the incident that name it, else what the list says was received, against the credit of the tier. Claims of one service and calendar month are one credit; what came for an incident over a month’s end is held against its months together. A credit that is right by another reading that the sources leave open is told as that, and accuses nobody: the fees of the time down, the whole outage in the month it began in, further users in each of the incidents that overlap, the most users that one names, a charge of several months in equal months or in the month it is billed in. One credit for an incident of several services is held against them together. A claim in time that brought no credit within the 45 days in which Microsoft aims to process it is SL01, and counted here as unchecked (outage-claim-unanswered).',
    why: 'A credit is worked out by hand at Microsoft; a wrong tier or a wrong base is not noticed otherwise.',
    example: 'Half of 1,000.00 was due for an uptime of 98.6 %, and 250.00 came.',
    remedy: 'Compare the base first: Microsoft credits on its estimated retail price. Then ask for the working of the credit.',
  },
  messages: {
    differs: '{incidents}: {received} was credited for {service}; the tier of {month} yields {computed}',
    'by-reading':
      '{incidents}: {received} was credited for {service}, which is right by a reading that the sources leave open ({reading}); the one taken here yields {computed} for {month}',
    'by-duration':
      '{incidents}: {received} was credited for {service}, the fees of the time it was down; the tier of {month} yields {computed}',
  },
  *check(subject, context) {
    const { assessed, holdings } = subject;
    if (unansweredOf(subject, context.asOf).some(({ one }) => one === assessed))
      yield { unchecked: 'outage-claim-unanswered', line: null } satisfies Unchecked;
    const months = linkedClaims(subject);
    const credited = months.flatMap(creditedOf);
    if (credited[0] !== assessed) return;
    const receipts = receiptsOf(uniqueIncidents(credited), holdings);
    const unknown = months.flatMap(({ ofClaimed }) => (ofClaimed.kind === 'unknown' ? [ofClaimed] : []));
    if (receipts === null) {
      yield { unchecked: 'several-currencies', line: null } satisfies Unchecked;
      return;
    }
    for (const { why } of unknown) yield { unchecked: why, line: null } satisfies Unchecked;
    const credits = months.flatMap(({ ofClaimed }) => (ofClaimed.kind === 'credits' ? ofClaimed.credits : []));
    const currencies = [...new Set([...receipts, ...credits].map(({ currency }) => currency))].sort();
    for (const currency of currencies) {
      const own = credits.filter((one) => one.currency === currency);
      const receipt = receipts.find((one) => one.currency === currency) ?? { currency, amount: ZERO, lines: [] };
      const computed = sum(own.map(({ amount }) => amount));
      // What a month yields that cannot be worked out comes on top: then only less than the others is certainly too little.
      const isWrong = unknown.length === 0 ? !receipt.amount.eq(computed) : receipt.amount.lt(computed);
      if (isWrong) yield differs(subject, months, receipt, own);
    }
  },
});

/**
 * The claims that one credit may answer: that of the shown service and month, of the months its credited incidents went on in, and of other
 * services that a line of the credit is for as well.
 */
function linkedClaims({ claim, ofCustomer }: OutageSubject): readonly ServiceClaim[] {
  const linked = new Set([claim]);
  for (let size = 0; size < linked.size;) {
    size = linked.size;
    const credited = [...linked].flatMap(creditedOf);
    const incidents = new Set(credited.map(({ incident }) => incident));
    const lines = new Set(credited.flatMap(({ credits }) => credits));
    for (const { assessed, claim: other } of ofCustomer) {
      if (assessed.state !== 'claimed') continue;
      if (incidents.has(assessed.incident) || assessed.credits.some((line) => lines.has(line))) linked.add(other);
    }
  }
  return [...new Set(ofCustomer.map((one) => one.claim))].filter((one) => linked.has(one)).sort(byMonth);
}

function byMonth(a: ServiceClaim, b: ServiceClaim): number {
  return firstMonthOf(a) - firstMonthOf(b);
}

function firstMonthOf({ claimed }: ServiceClaim): number {
  return claimed[0]?.month.firstDay ?? 0;
}

function uniqueIncidents(all: readonly AssessedIncident[]): readonly AssessedIncident[] {
  return [...new Map(all.map((one) => [one.incident, one])).values()];
}

function differs(
  subject: OutageSubject,
  months: readonly ServiceClaim[],
  { currency, amount, lines }: Receipt,
  credits: readonly OutageCredit[],
): Detection<Message> {
  const computed = sum(credits.map((one) => one.amount));
  const [reading] = readingsThatYield(
    months.map(({ ofClaimed }) => ofClaimed),
    currency,
    amount,
  );
  const isByDuration = reading?.id === 'by-duration';
  const money = (value: Decimal): string => `${formatMoney(value, currency)} ${currency}`;
  const claimed = months.flatMap((one) => one.claimed);
  const isDoubtful = credits.some(({ isAssumed }) => isAssumed) || claimed.some((one) => one.isDoubtful);
  return {
    message: reading === undefined ? 'differs' : isByDuration ? 'by-duration' : 'by-reading',
    values: {
      incidents: incidentsText(uniqueIncidents(claimed)),
      service: [...new Set(claimed.map(({ service }) => service.name))].join(' and '),
      reading: reading?.name ?? '',
      received: money(amount),
      computed: money(computed),
      month: [...new Set(claimed.map(({ month }) => monthText(month)))].join(' and '),
    },
    subject: aboutOutage(subject, currency),
    evidence: [
      ...outageRows(
        uniqueIncidents(claimed),
        lines.map(({ line }) => line),
        'credit',
      ),
      ...outageRows(
        [],
        credits.flatMap(({ fees }) => fees.lines.map(({ line }) => line)),
      ),
    ],
    severity: reading === undefined ? 'warning' : 'info',
    amounts: { billed: amount.negated(), expected: computed.negated() },
    working: [
      lines.length > 0 ? `credit lines that name the incident: ${money(amount)}` : `received by the list: ${money(amount)}`,
      ...monthsWorking(months, amount, currency),
      ...months.flatMap(({ ofClaimed }) =>
        ofClaimed.kind === 'none' ? [...ofClaimed.working, `no credit was due: ${ofClaimed.text}`] : [],
      ),
      ...credits.flatMap(({ working }) => working),
      ...(credits.length > 1 ? [`together ${money(computed)}`] : []),
    ],
    confidence: isDoubtful || reading !== undefined ? 'possible' : 'likely',
    nextAction:
      reading === undefined
        ? 'Ask for the working of the credit: which uptime, which fees, which retail price; and object where it is short.'
        : 'Decide with the texts which reading to argue; by the one named in this finding nothing is wrong.',
    parametersUsed: uniqueUses(months.flatMap(({ ofClaimed }) => outcomeUses(ofClaimed))),
  };
}

/** What each month yields, where an incident over a month's end was credited; and which month's credit alone came. */
function monthsWorking(months: readonly ServiceClaim[], received: Decimal, currency: string): readonly string[] {
  if (months.length < 2) return [];
  return months.flatMap(({ claimed, ofClaimed }) => {
    const [first] = claimed;
    if (first === undefined) return [];
    const month = monthText(first.month);
    if (ofClaimed.kind === 'unknown') return [`${month}: ${ofClaimed.text}; what it yields comes on top`];
    const own = ofClaimed.kind === 'credits' ? ofClaimed.credits.find((one) => one.currency === currency) : undefined;
    const due = own?.amount ?? ZERO;
    const isAlone = !due.isZero() && due.eq(received);
    return [
      `${month} yields ${formatMoney(due, currency)} ${currency}${isAlone ? ', which is what came: the other months are still to be credited' : ''}`,
    ];
  });
}
