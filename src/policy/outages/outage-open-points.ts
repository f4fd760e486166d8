import { isoDay } from '../../domain/calendar/days.ts';
import type { Detection } from '../../domain/findings/finding.ts';
import { shown } from '../../domain/proration/working.ts';
import { monthText } from './assess-incident.ts';
import type { OutageSubject } from './outage-claims.ts';
import { downtimeIn, isHourUnknown, uptimeOf } from './outage-downtime.ts';
import { aboutOutage, claimRows, deadlineUses, incidentsText, outageRows } from './outage-text.ts';
import { cite } from '../citations.ts';
import { nearestUse, POLICY_VERIFIED_ON, VERIFIED_UNTIL } from '../parameter.ts';
import { outageClaimDeadline } from '../parameters/outage-deadlines.ts';

type OpenPoint = 'incident-not-known' | 'incident-not-verified' | 'incident-month' | 'incident-overlap' | 'incident-users';

export const MONTH_OF_INCIDENT = cite(
  'sla-credit-2021',
  'The month in which the incident occurred; of one that goes on into the next nothing is said.',
);
export const USERS_OF_INCIDENTS = cite(
  'sla-general-terms',
  'User minutes less downtime of a calendar month; of incidents that overlap nothing is said.',
);

/** Where the ground of an outage claim is thin: no text of its time, none that was checked for it, or a reading that the sources leave open. */
export function outageOpenPoints(outage: OutageSubject): readonly Detection<OpenPoint>[] {
  const { assessed, ofIncident } = outage;
  const isFirst = ofIncident[0]?.assessed === assessed;
  return [
    ...unverified(outage),
    ...(isFirst && ofIncident.length > 1 ? [overMonthEnd(outage)] : []),
    ...overlapping(outage),
    ...ofDifferentUsers(outage),
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

function overMonthEnd(outage: OutageSubject): Detection<OpenPoint> {
  const { assessed, ofIncident } = outage;
  const months = ofIncident.map((one) => one.assessed);
  return {
    message: 'incident-month',
    values: {
      incident: incidentsText([assessed]),
      date: isoDay(assessed.firstDay),
      months: months.map(({ month }) => monthText(month)).join(', '),
    },
    ...shared(outage),
    citations: [MONTH_OF_INCIDENT],
    working: [
      ...months.map(
        ({ month, deadline }) =>
          `${monthText(month)}: deadline ${deadline === null ? 'not known' : isoDay(deadline.day)}, its own uptime and fees`,
      ),
      'the contract measures uptime by the calendar month and credits one month’s fees; the documentation speaks of the month in which the incident occurred',
    ],
    nextAction: 'File for each month by its own deadline, and say in each claim that the incident went on over the month’s end.',
  };
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
      ],
      nextAction: 'Correct totalUsers in the list of incidents: one number of all users for a service and month.',
    },
  ];
}
