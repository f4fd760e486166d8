import { isoDay, type Day } from '../../domain/calendar/days.ts';
import type { Detection, ParameterUse } from '../../domain/findings/finding.ts';
import { formatMoney, sum } from '../../domain/numbers/money.ts';
import { shown } from '../../domain/proration/working.ts';
import { monthText } from './assess-incident.ts';
import { creditIn } from './outage-answers.ts';
import type { OutageSubject } from './outage-claims.ts';
import type { MonthClaim } from './service-claim.ts';
import { NO_INCIDENT, uniqueUses, type OutageCredit, type OutageOutcome } from './outage-credit.ts';
import { downtimeIn, isHourUnknown, uptimeOf } from './outage-downtime.ts';
import { aboutOutage, claimRows, deadlineUses, incidentsText, outageRows, outcomeUses, worthText } from './outage-text.ts';
import type { ReadingId } from './outage-readings.ts';
import { cite } from '../citations.ts';
import { nearestUse, POLICY_VERIFIED_ON, VERIFIED_UNTIL } from '../parameter.ts';
import { outageCreditByDuration } from '../parameters/outage-credits.ts';
import { outageClaimDeadline } from '../parameters/outage-deadlines.ts';

type OpenPoint =
  'incident-not-known' | 'incident-not-verified' | 'incident-month' | 'incident-overlap' | 'incident-users' | 'incident-fees';

export const MONTH_OF_INCIDENT = cite(
  'sla-credit-2021',
  'The month in which the incident occurred; of one that goes on into the next nothing is said.',
);
export const USERS_OF_INCIDENTS = cite(
  'sla-general-terms',
  'User minutes less downtime of a calendar month; of incidents that overlap nothing is said.',
);

export const FEES_OF_A_MONTH = cite(
  'sla-general-terms',
  'A share of the month’s fees; of a charge that pays for several months nothing is said.',
);

/** Where the ground of an outage claim is thin: no text of its time, none that was checked for it, or a reading that the sources leave open. */
export function outageOpenPoints(outage: OutageSubject, asOf: Day): readonly Detection<OpenPoint>[] {
  const { assessed, ofIncident } = outage;
  if (assessed.state === 'later') return [];
  const isFirst = ofIncident[0]?.assessed === assessed;
  return [
    ...unverified(outage),
    ...(isFirst && ofIncident.length > 1 ? [overMonthEnd(outage, asOf)] : []),
    ...overlapping(outage),
    ...ofDifferentUsers(outage),
    ...ofSeveralMonths(outage),
  ];
}

function shared(outage: OutageSubject) {
  const { assessed } = outage;
  return {
    subject: aboutOutage(outage),
    evidence: outageRows([assessed]),
    amounts: null,
    confidence: 'possible' as const,
    parametersUsed: deadlineUses(assessed),
  };
}

/** The deadline of the first of the incident's months that no text is known for, or that lies after the last check of the texts. */
function unverified(outage: OutageSubject): readonly Detection<OpenPoint>[] {
  const { assessed, ofIncident } = outage;
  const isThin = ({ deadline, firstDay }: typeof assessed): boolean => deadline === null || firstDay > VERIFIED_UNTIL;
  if (ofIncident.find((one) => isThin(one.assessed))?.assessed !== assessed) return [];
  const values = { figure: outageClaimDeadline.title, date: isoDay(assessed.firstDay), incident: incidentsText([assessed]) };
  if (assessed.deadline === null) {
    return [
      {
        message: 'incident-not-known',
        values,
        ...shared(outage),
        parametersUsed: [nearestUse(outageClaimDeadline, assessed.firstDay, outage.holdings.chains[0]?.ownTerms ?? [])],
        working: [`${outageClaimDeadline.id} is known from ${outageClaimDeadline.values[0]?.since ?? 'no date'} on`],
        nextAction: 'Look for the policy of that date before claiming.',
      },
    ];
  }
  const { day } = assessed.deadline;
  return [
    {
      message: 'incident-not-verified',
      values: { ...values, deadline: isoDay(day) },
      ...shared(outage),
      working: [
        ...assessed.deadline.working,
        `${deadlineUses(assessed)
          .map(({ id }) => id)
          .join(
            ', ',
          )}: last checked against the sources on ${POLICY_VERIFIED_ON}; whether it still holds on ${isoDay(assessed.firstDay)} is not`,
      ],
      nextAction: `Look whether the policy has changed since ${POLICY_VERIFIED_ON} before relying on the ${isoDay(day)}.`,
    },
  ];
}

function overMonthEnd(outage: OutageSubject, asOf: Day): Detection<OpenPoint> {
  const { assessed, ofIncident } = outage;
  const months = ofIncident.map((one) => one.assessed);
  const [first, ...later] = months.flatMap(({ deadline }) => deadline?.day ?? []);
  const action =
    first === undefined || later.every((day) => day < asOf)
      ? 'Compare what was credited, or would have been, with both readings.'
      : asOf <= first
        ? `File for each month by ${isoDay(first)}, which is in time by both readings, and say in each claim that the incident went on over the month’s end.`
        : `File for the later months by their own deadlines; by the other reading the claim was due by ${isoDay(first)}.`;
  return {
    message: 'incident-month',
    values: {
      incident: incidentsText([assessed]),
      date: isoDay(assessed.firstDay),
      months: months.map(({ month }) => monthText(month)).join(', '),
    },
    ...shared(outage),
    citations: [MONTH_OF_INCIDENT],
    working: [...monthByMonth(ofIncident), ...wholeInFirstMonth(ofIncident)],
    nextAction: action,
    parametersUsed: uniqueUses([...deadlineUses(assessed), ...ofIncident.flatMap((one) => figureUses(outcomeUses(outcomeOf(one))))]),
  };
}

/** What the figures told here rest on: that credits may be prorated by duration is none of it. */
function figureUses(uses: readonly ParameterUse[]): readonly ParameterUse[] {
  return uses.filter(({ id }) => id !== outageCreditByDuration.id);
}

/** What the claim yields that an incident is a part of in a month; nothing where it is eligible for none, or was claimed too late. */
function outcomeOf({ assessed, claim }: MonthClaim): OutageOutcome {
  if (assessed.blockers.length > 0 || assessed.state === 'claimed-late') return NO_INCIDENT;
  return assessed.state === 'expired' ? claim.ofExpired : claim.together;
}

/** The credits of an outcome, and what is none by the readings taken but may be something by others. */
function creditsOf(outcome: OutageOutcome): readonly Omit<OutageCredit, 'amount'>[] {
  if (outcome.kind === 'unknown') return [];
  return outcome.kind === 'credits' ? outcome.credits : outcome.byCurrency;
}

function deadlineText({ deadline }: MonthClaim['assessed']): string {
  return `deadline ${deadline === null ? 'not known' : isoDay(deadline.day)}`;
}

const worth = (outcome: OutageOutcome): string => (outcome.kind === 'none' ? 'no credit' : worthText(outcome));

function monthByMonth(ofIncident: readonly MonthClaim[]): readonly string[] {
  const outcomes = ofIncident.map(outcomeOf);
  const currencies = [...new Set(outcomes.flatMap((one) => creditsOf(one).map(({ currency }) => currency)))].sort();
  const totals = currencies.map((currency) => `${formatMoney(sum(outcomes.map((one) => creditIn(one, currency))), currency)} ${currency}`);
  return [
    'the reading taken, month by month: the contract measures uptime by the calendar month and credits one month’s fees',
    ...ofIncident.map((one) => {
      const outcome = outcomeOf(one);
      const [credit] = creditsOf(outcome);
      const uptime = credit === undefined ? '' : `up ${shown(credit.uptime)} % with its own minutes, `;
      return `${monthText(one.assessed.month)}: ${deadlineText(one.assessed)}, ${uptime}${worth(outcome)}`;
    }),
    ...(totals.length === 0 ? [] : [`together ${totals.join(' and ')}`]),
  ];
}

/** The whole of it in the month it began in, of which the documentation speaks; a later month then has what began in it. */
function wholeInFirstMonth(ofIncident: readonly MonthClaim[]): readonly string[] {
  const [first, ...later] = ofIncident;
  if (first === undefined) return [];
  const readingText = (one: MonthClaim): readonly string[] =>
    creditsOf(outcomeOf(one)).flatMap(({ readings }) => readings.filter(({ id }) => id === 'month-of-begin').map(({ text }) => text));
  const own = readingText(first);
  return [
    `the other reading, whole in the month in which the incident occurred, of which the documentation speaks: all of it is of ${monthText(first.assessed.month)}, ${deadlineText(first.assessed)}`,
    ...(own.length === 0
      ? [`${monthText(first.assessed.month)}: ${worth(outcomeOf(first))}`]
      : own.map((text) => `${monthText(first.assessed.month)}, ${text}`)),
    ...later.flatMap((one) => readingText(one).map((text) => `${monthText(one.assessed.month)}, ${text}`)),
  ];
}

/** What a charge of several months is in one of them: told once a claim, where that changes its credit. */
function ofSeveralMonths(outage: OutageSubject): readonly Detection<OpenPoint>[] {
  const { assessed, claim } = outage;
  const counted = [...claim.open, ...claim.claimed];
  if (counted[0] !== assessed || claim.together.kind !== 'credits') return [];
  return claim.together.credits.flatMap((credit): readonly Detection<OpenPoint>[] => {
    const others = credit.readings.filter(({ id, amount }) => id.startsWith('fees-') && !amount.eq(credit.amount));
    if (others.length === 0) return [];
    const money = (value: typeof credit.amount): string => `${formatMoney(value, credit.currency)} ${credit.currency}`;
    return [
      {
        message: 'incident-fees',
        values: {
          incident: incidentsText(counted),
          month: monthText(assessed.month),
          amount: money(credit.amount),
          others: others.map(({ amount }) => money(amount)).join(' or '),
        },
        ...shared(outage),
        subject: aboutOutage(outage, credit.currency),
        citations: [FEES_OF_A_MONTH],
        evidence: claimRows(
          counted,
          outage,
          credit.fees.lines.map(({ line }) => line),
        ),
        working: [
          ...credit.fees.working,
          `the reading taken, its days of the month: ${money(credit.amount)}`,
          ...others.map(({ text }) => text),
        ],
        nextAction:
          'Claim by the reading taken, and ask for the working of the credit: no source says what of a yearly payment is one month’s fee.',
        parametersUsed: uniqueUses([...deadlineUses(assessed), ...figureUses(credit.parametersUsed)]),
      },
    ];
  });
}

/** The credit by the reading taken and by another, in each currency. */
function bothFigures(outcome: OutageOutcome, id: ReadingId): readonly string[] {
  return creditsOf(outcome).flatMap(({ currency, readings }) =>
    readings
      .filter((one) => one.id === id)
      .map((one) => `the reading taken yields ${formatMoney(creditIn(outcome, currency), currency)} ${currency}; ${one.text}`),
  );
}

/** Incidents whose users may be the same or further ones: told once a claim, and only where that changes the downtime. */
function overlapping(outage: OutageSubject): readonly Detection<OpenPoint>[] {
  const { assessed, claim } = outage;
  const counted = [...claim.open, ...claim.claimed];
  const incidents = counted.map(({ incident }) => incident);
  if (counted[0] !== assessed || incidents.some(isHourUnknown)) return [];
  const downtime = downtimeIn(incidents, assessed.month);
  const { down, downSideBySide, whole } = downtime;
  if (downSideBySide.eq(down)) return [];
  const percent = (other: typeof down): string => `${shown(uptimeOf({ down: other, whole }))} %`;
  return [
    {
      message: 'incident-overlap',
      values: { incident: incidentsText(counted), month: monthText(assessed.month) },
      ...shared(outage),
      citations: [USERS_OF_INCIDENTS],
      evidence: claimRows(counted, outage),
      working: [
        `users of the larger incident counted once: ${percent(down)} uptime, the reading taken`,
        `users of each incident counted, never more than all: ${percent(downSideBySide)} uptime`,
        ...bothFigures(claim.together, 'side-by-side'),
      ],
      nextAction: 'Ask the customer whether the incidents hit the same users, and correct the number of users where they did not.',
    },
  ];
}

/** Incidents of a claim that name different numbers of all users: told once a claim, for it changes the uptime. */
function ofDifferentUsers(outage: OutageSubject): readonly Detection<OpenPoint>[] {
  const { assessed, claim } = outage;
  const counted = [...claim.open, ...claim.claimed];
  const incidents = counted.map(({ incident }) => incident);
  if (counted[0] !== assessed || incidents.some(isHourUnknown)) return [];
  const fewest = downtimeIn(incidents, assessed.month);
  const most = fewest.withMostUsers;
  if (most === null) return [];
  const numbers = incidents.flatMap(({ totalUsers }) => totalUsers ?? []);
  return [
    {
      message: 'incident-users',
      values: {
        incident: incidentsText(counted),
        month: monthText(assessed.month),
        numbers: [...new Set(numbers)].sort((a, b) => a - b).join(', '),
        uptime: `${shown(uptimeOf(fewest))} %`,
        other: `${shown(uptimeOf(most))} %`,
      },
      ...shared(outage),
      citations: [USERS_OF_INCIDENTS],
      evidence: claimRows(counted, outage),
      working: [
        `of ${fewest.totalUsers ?? 0} users: ${shown(uptimeOf(fewest))} % uptime, the reading taken, by which no claim is lost`,
        `of ${most.totalUsers ?? 0} users: ${shown(uptimeOf(most))} % uptime`,
        ...bothFigures(claim.together, 'most-users'),
      ],
      nextAction: 'Correct totalUsers in the list of incidents: one number of all users for a service and month.',
    },
  ];
}
