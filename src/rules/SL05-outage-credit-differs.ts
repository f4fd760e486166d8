import type { Citation, Detection, Unchecked } from '../domain/findings/finding.ts';
import { formatMoney, sum, ZERO, type Decimal } from '../domain/numbers/money.ts';
import { cite } from '../policy/citations.ts';
import { monthText } from '../policy/outages/assess-incident.ts';
import type { OutageSubject } from '../policy/outages/outage-claims.ts';
import { creditIn, readingsThatYield } from '../policy/outages/outage-answers.ts';
import { uniqueUses, type OutageCredit } from '../policy/outages/outage-credit.ts';
import { outageLines } from '../policy/outages/outage-needs.ts';
import { FEES_OF_A_MONTH, MONTH_OF_INCIDENT, USERS_OF_INCIDENTS } from '../policy/outages/outage-open-points.ts';
import type { ReadingId } from '../policy/outages/outage-readings.ts';
import type { Receipt } from '../policy/outages/outage-receipts.ts';
import { answeredOutcomes, creditedOf, uniqueIncidents, type Settlement } from '../policy/outages/outage-settlement.ts';
import { unansweredOf } from '../policy/outages/unanswered-claim.ts';
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
  caseCitations: [MONTH_OF_INCIDENT, USERS_OF_INCIDENTS, FEES_OF_A_MONTH],
  parameters: [outageCreditMeasure, outageCreditByDuration, outageCreditTiers, outageSuiteShares],
  docs: {
    checks:
      'Claims in time for which a credit came: customerCredit lines of the customer after the incident that name it, else what the list says was received, against the credit of the tier. Claims of one service and calendar month are one credit; what came for an incident over a month’s end is held against its months together. A credit that is right by another reading that the sources leave open is told as that, and accuses nobody: the fees of the time down, the whole outage in the month it began in, further users in each of the incidents that overlap, the most users that one names, a charge of several months in equal months or in the month it is billed in. Of an incident of several services a line that names one of them is that one’s, and a cell creditReceived is its row’s; where that is not right and the sum is right for all services together, it is. A credit that is right for some of the claims, months or incidents alone is right; what is claimed beside them waits for a credit of its own. A refusal (0), or a credit that was taken back, is right by no other reading. A credit in another currency than the charges is counted as unchecked (several-currencies). A claim in time that brought no credit within the 45 days in which Microsoft aims to process it is SL01, and counted here as unchecked (outage-claim-unanswered).',
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
    const { assessed, settlement } = subject;
    if (unansweredOf(subject, context.asOf)?.late.some(({ one }) => one === assessed) === true)
      yield { unchecked: 'outage-claim-unanswered', line: null } satisfies Unchecked;
    if (settlement?.claims.flatMap(creditedOf)[0] !== assessed) return;
    const { receipts } = settlement;
    if (receipts === null) {
      yield { unchecked: 'several-currencies', line: null } satisfies Unchecked;
      return;
    }
    const outcomes = answeredOutcomes(settlement);
    for (const one of outcomes) if (one.kind === 'unknown') yield { unchecked: one.why, line: null } satisfies Unchecked;
    const credits = outcomes.flatMap((one) => (one.kind === 'credits' ? one.credits : []));
    const currencies = [...new Set([...receipts, ...credits].map(({ currency }) => currency))].sort();
    // What came in another currency than the charges is neither too much nor too little: no source says at which rate.
    if (receipts.length > 0 && credits.length > 0 && credits.every((one) => receipts.every(({ currency }) => currency !== one.currency))) {
      yield { unchecked: 'several-currencies', line: null } satisfies Unchecked;
      return;
    }
    for (const currency of currencies) {
      const own = credits.filter((one) => one.currency === currency);
      const receipt = receipts.find((one) => one.currency === currency) ?? { currency, amount: ZERO, lines: [] };
      const computed = sum(own.map(({ amount }) => amount));
      // What a month yields that cannot be worked out comes on top: then only less than the others is certainly too little.
      const isKnown = outcomes.every(({ kind }) => kind !== 'unknown');
      const isWrong = isKnown ? !receipt.amount.eq(computed) : receipt.amount.lt(computed);
      if (isWrong) yield differs(subject, settlement, receipt, own);
    }
  },
});

/** The clauses that leave a reading open; those of the other readings are figures, which a finding rests on anyhow. */
const CLAUSES: Readonly<Record<ReadingId, readonly Citation[]>> = {
  'month-of-begin': [MONTH_OF_INCIDENT],
  'side-by-side': [USERS_OF_INCIDENTS],
  'most-users': [USERS_OF_INCIDENTS],
  'fees-by-months': [FEES_OF_A_MONTH],
  'fees-as-charged': [FEES_OF_A_MONTH],
  'by-duration': [],
};

function differs(
  subject: OutageSubject,
  settlement: Settlement,
  { currency, amount, lines }: Receipt,
  credits: readonly OutageCredit[],
): Detection<Message> {
  const computed = sum(credits.map((one) => one.amount));
  const outcomes = answeredOutcomes(settlement);
  const [reading] = readingsThatYield(outcomes, currency, amount);
  const isByDuration = reading?.id === 'by-duration';
  const money = (value: Decimal): string => `${formatMoney(value, currency)} ${currency}`;
  const claimed = [...settlement.answered.values()].flat();
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
    citations: reading === undefined ? [] : CLAUSES[reading.id],
    amounts: { billed: amount.negated(), expected: computed.negated() },
    working: [
      lines.length > 0 ? `credit lines that name the incident: ${money(amount)}` : `received by the list: ${money(amount)}`,
      ...monthsWorking(settlement, amount, currency),
      ...outcomes.flatMap((one) => (one.kind === 'none' ? [...one.working, `no credit was due: ${one.text}`] : [])),
      ...credits.flatMap(({ working }) => working),
      ...(credits.length > 1 ? [`together ${money(computed)}`] : []),
    ],
    confidence: isDoubtful || reading !== undefined ? 'possible' : 'likely',
    nextAction:
      reading === undefined
        ? 'Ask for the working of the credit: which uptime, which fees, which retail price; and object where it is short.'
        : 'Decide with the texts which reading to argue; by the one named in this finding nothing is wrong.',
    parametersUsed: uniqueUses(outcomes.flatMap(outcomeUses)),
  };
}

/** What each month yields, where an incident over a month's end was credited; and which month's credit alone came. */
function monthsWorking({ claims, answered }: Settlement, received: Decimal, currency: string): readonly string[] {
  const shown = claims.filter((claim) => (answered.get(claim) ?? []).length > 0);
  if (shown.length < 2) return [];
  return shown.flatMap((claim) => {
    const ones = answered.get(claim) ?? [];
    const [first] = ones;
    if (first === undefined) return [];
    const month = monthText(first.month);
    const outcome = claim.outcomeOf(ones);
    if (outcome.kind === 'unknown') return [`${month}: ${outcome.text}; what it yields comes on top`];
    const due = creditIn(outcome, currency);
    const isAlone = !due.isZero() && due.eq(received);
    return [
      `${month} yields ${formatMoney(due, currency)} ${currency}${isAlone ? ', which is what came: the other months are still to be credited' : ''}`,
    ];
  });
}
