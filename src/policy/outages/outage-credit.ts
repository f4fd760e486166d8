import { isoDay, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { Decimal, formatMoney, minorDigits, ZERO } from '../../domain/numbers/money.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import type { ServiceIncident } from '../../domain/partner/service-incident.ts';
import type { CustomerHoldings } from '../../domain/charges/subjects.ts';
import { shown } from '../../domain/proration/working.ts';
import { monthsOf, type Month } from './calendar-months.ts';
import { downtimeIn, isHourUnknown, tierFor, uptimeOf, type Downtime } from './outage-downtime.ts';
import type { MonthFees, ServiceMonth } from './outage-month.ts';
import { tiersOf, type OutageService } from './outage-services.ts';
import type { CreditTier } from '../parameters/outage-credits.ts';

/** The credit that a month's incidents of a service earn, in one currency. Magnitudes. */
export interface OutageCredit {
  readonly currency: string;
  readonly amount: Decimal;
  /** The other reading of the sources: the fees of the time that the users were down. */
  readonly byDuration: Decimal;
  readonly tier: CreditTier;
  readonly uptime: Decimal;
  readonly isAssumed: boolean;
  readonly fees: MonthFees;
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

/** A credit that cannot be worked out, and why; or none, because the uptime is under no threshold. */
export type OutageOutcome =
  | { readonly kind: 'credits'; readonly credits: readonly OutageCredit[] }
  | {
      readonly kind: 'unknown';
      readonly why: 'hour-unknown' | 'policy-unknown' | 'charge-not-in-files';
      readonly text: string;
      readonly working: readonly string[];
      readonly parametersUsed: readonly ParameterUse[];
    }
  | { readonly kind: 'none' };

/** Everything a credit is worked out from: the incidents that count, all of one customer and service, and down in the month. */
export interface OutageGroup {
  readonly service: OutageService;
  readonly month: Month;
  readonly serviceMonth: ServiceMonth;
  readonly holdings: CustomerHoldings;
  readonly incidents: readonly ServiceIncident[];
}

export function outageCredit({ service, month, serviceMonth, holdings, incidents }: OutageGroup): OutageOutcome {
  const ownTerms: readonly OwnTerm[] = holdings.chains[0]?.ownTerms ?? [];
  const vague = incidents.filter(isHourUnknown);
  if (vague.length > 0) {
    const ids = vague.map(({ incidentId }) => incidentId).join(', ');
    return unknown('hour-unknown', `no hour is given for ${ids}, so the downtime is not known`);
  }
  const downtime = downtimeIn(incidents, month);
  const working = uptimeWorking(incidents, month, downtime);
  if (downtime.down.isZero()) return { kind: 'none' };
  const known = tiersOf(service, startDayIn(incidents, month), ownTerms);
  if (known === null) return unknown('policy-unknown', `no text at hand gives the tiers of ${service.name}`, working);
  const { tiers, use } = known;
  const tier = tierFor(downtime, tiers);
  if (tier === null) return { kind: 'none' };
  const tierText = `strictly below ${tier.below} %, not rounded before: ${tier.credit} % (${tiers.map(({ below, credit }) => `below ${below} % ${credit} %`).join(', ')})`;
  const facts = [...working, tierText, ...sideBySideText(downtime, tiers), ...mostUsersText(downtime, tiers)];
  if (serviceMonth.fees.length === 0) {
    const text = service.hasPrice
      ? `no given file has a charge for ${service.name} that begins in that month`
      : `${service.name} has no price of its own`;
    return unknown('charge-not-in-files', text, facts, [use]);
  }
  const credits = serviceMonth.fees.flatMap((fees) => {
    const credit = inCurrency(fees, tier, downtime, facts, use);
    return credit.amount.gt(0) ? [credit] : [];
  });
  return credits.length === 0 ? { kind: 'none' } : { kind: 'credits', credits };
}

/** The first day down in the month picks the tiers. */
function startDayIn(incidents: readonly ServiceIncident[], month: Month): Day {
  return Math.min(...incidents.map(({ startedAt }) => Math.max(startedAt.day, month.firstDay))) as Day;
}

function unknown(
  why: 'hour-unknown' | 'policy-unknown' | 'charge-not-in-files',
  text: string,
  working: readonly string[] = [],
  parametersUsed: readonly ParameterUse[] = [],
): OutageOutcome {
  return { kind: 'unknown', why, text, working: [...working, `the credit is not known: ${text}`], parametersUsed };
}

/** Rounded half-up once, at the end; never more than the month's fees. */
function inCurrency(fees: MonthFees, tier: CreditTier, downtime: Downtime, facts: readonly string[], use: ParameterUse): OutageCredit {
  const { currency, base } = fees;
  const digits = minorDigits(currency);
  const cap = Decimal.max(ZERO, base);
  const amount = roundHalfUp(Decimal.min(cap, cap.times(tier.credit).div(100)), digits);
  const byDuration = roundHalfUp(Decimal.min(cap, cap.times(downtime.down).div(downtime.whole)), digits);
  const money = (value: Decimal): string => `${formatMoney(roundHalfUp(value, Math.max(digits, 4)), currency)} ${currency}`;
  return {
    currency,
    amount,
    byDuration,
    tier,
    uptime: uptimeOf(downtime),
    isAssumed: fees.isAssumed || downtime.isUsersAssumed,
    fees,
    working: [
      ...facts,
      ...fees.working,
      `credit: ${tier.credit} % of ${money(base)}, half-up = ${formatMoney(amount, currency)} ${currency}; never more than the month’s fees`,
      `by the other reading, the fees of the time down (documentation of 2021-03-31): ${money(base)} × ${shown(downtime.down)} / ${shown(downtime.whole)} = ${formatMoney(byDuration, currency)} ${currency}; the contract has tiers, and duration only counts through the uptime`,
      'the contract credits a partner on the estimated retail price, which the files do not print: Microsoft’s figure may differ by the margin',
    ],
    parametersUsed: uniqueUses([use, ...fees.parametersUsed]),
  };
}

export function uniqueUses(uses: readonly ParameterUse[]): readonly ParameterUse[] {
  return [...new Map(uses.map((use) => [`${use.id} ${use.since} ${use.value}`, use])).values()];
}

function uptimeWorking(incidents: readonly ServiceIncident[], month: Month, downtime: Downtime): readonly string[] {
  const days = month.lastDay - month.firstDay + 1;
  const { totalUsers } = downtime;
  const minutes = (seconds: Decimal): string => shown(seconds.div(60));
  const users = totalUsers === null ? 'all users taken as one' : `${totalUsers} users`;
  const spanning = incidents.filter((one) => monthsOf(one).length > 1);
  return [
    ...incidents.map((one) => `${one.incidentId || 'no id'}: ${instant(one.startedAt)} to ${instant(one.endedAt)}, ${hitText(one)}`),
    ...(incidents.length > 1 ? ['several incidents of a service in one calendar month are one claim, of their downtime together'] : []),
    ...(downtime.isOverlapping
      ? [
          'reading: minutes in which incidents overlap count once, with the users of the larger, for no source says whether the others are further users',
        ]
      : []),
    ...(downtime.withMostUsers === null
      ? []
      : ['reading: the incidents name different numbers of all users; the fewest count, and never more users are down than these']),
    ...(incidents.some((one) => one.affectedUsers === null || one.totalUsers === null)
      ? ['assumption: where the number of users hit or of all users is not given, all users count as hit']
      : []),
    ...spanning.map(
      (one) =>
        `${one.incidentId || 'it'} went on over a month’s end: only its minutes in this month count here, those of another month are that month’s claim`,
    ),
    `uptime of ${isoDay(month.firstDay)} to ${isoDay(month.lastDay)}: ${days} days × 1440 minutes × ${users} = ${minutes(downtime.whole)} user-minutes, of which ${minutes(downtime.down)} down: ${shown(uptimeOf(downtime))} %`,
  ];
}

/** What the credit would be if the users of overlapping incidents were not the same; nothing where that is the same downtime. */
function sideBySideText({ down, downSideBySide, whole }: Downtime, tiers: readonly CreditTier[]): readonly string[] {
  if (downSideBySide.eq(down)) return [];
  const other = { down: downSideBySide, whole };
  const tier = tierFor(other, tiers);
  return [
    `by the other reading, further users in each of the overlapping incidents: ${shown(downSideBySide.div(60))} user-minutes down, ${shown(uptimeOf(other))} %, ${tier === null ? 'no credit' : `${tier.credit} %`}`,
  ];
}

/** What the credit would be of the most users that an incident names; nothing where all name one number. */
function mostUsersText({ withMostUsers }: Downtime, tiers: readonly CreditTier[]): readonly string[] {
  if (withMostUsers === null) return [];
  const tier = tierFor(withMostUsers, tiers);
  return [
    `by the other reading, of ${withMostUsers.totalUsers ?? 0} users: ${shown(uptimeOf(withMostUsers))} %, ${tier === null ? 'no credit' : `${tier.credit} %`}`,
  ];
}

function hitText({ affectedUsers, totalUsers }: ServiceIncident): string {
  if (affectedUsers === null) return totalUsers === null ? 'number of users not given' : `number of users hit not given, of ${totalUsers}`;
  return totalUsers === null ? `${affectedUsers} users hit, of how many is not given` : `${affectedUsers} of ${totalUsers} users hit`;
}

function instant({ day, second }: ServiceIncident['startedAt']): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const at = second ?? 0;
  const seconds = at % 60 === 0 ? '' : `:${two(at % 60)}`;
  return `${isoDay(day)} ${two(at / 3600)}:${two((at % 3600) / 60)}${seconds}`;
}
