import { isoDay, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { formatMoney, minorDigits, type Decimal } from '../../domain/numbers/money.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import type { ServiceIncident } from '../../domain/partner/service-incident.ts';
import type { CustomerHoldings } from '../../domain/charges/subjects.ts';
import { shown } from '../../domain/proration/working.ts';
import { monthsOf, type Month } from './calendar-months.ts';
import { downtimeIn, isHourUnknown, tierFor, uptimeOf, type Downtime } from './outage-downtime.ts';
import type { MonthFees, ServiceMonth } from './outage-month.ts';
import { creditOf, readingsOf, startDayIn, uptimeReadings, type OutageReading } from './outage-readings.ts';
import { tiersOf, type OutageService } from './outage-services.ts';
import { useOf, valueOn } from '../parameter.ts';
import { outageCreditMeasure, type CreditTier } from '../parameters/outage-credits.ts';

/** The credit that a month's incidents of a service earn, in one currency. Magnitudes. */
export interface OutageCredit {
  readonly currency: string;
  readonly amount: Decimal;
  readonly readings: readonly OutageReading[];
  readonly uptime: Decimal;
  readonly isAssumed: boolean;
  readonly fees: MonthFees;
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

/** Why incidents earn nothing: nobody was down, the uptime is below no threshold, or the month's charges add up to nothing. */
export type NoCreditReason = 'nobody-down' | 'below-no-threshold' | 'no-fees';

/** Nothing that is due by the readings taken here, in a currency: what other readings yield stands beside it. */
export type NoCredit = Omit<OutageCredit, 'amount'>;

/** A credit that cannot be worked out, and why; or none, and why. */
export type OutageOutcome =
  | { readonly kind: 'credits'; readonly credits: readonly OutageCredit[] }
  | {
      readonly kind: 'unknown';
      readonly why: 'hour-unknown' | 'policy-unknown' | 'charge-not-in-files';
      readonly text: string;
      readonly working: readonly string[];
      readonly parametersUsed: readonly ParameterUse[];
    }
  | {
      readonly kind: 'none';
      /** null where there is no incident to begin with. */
      readonly why: NoCreditReason | null;
      readonly text: string;
      readonly working: readonly string[];
      readonly parametersUsed: readonly ParameterUse[];
      readonly byCurrency: readonly NoCredit[];
    };

/** The outcome of no incident at all. */
export const NO_INCIDENT: OutageOutcome = { kind: 'none', why: null, text: '', working: [], parametersUsed: [], byCurrency: [] };

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
  const day = startDayIn(incidents, month);
  const measure = measureUse(day, ownTerms);
  if (downtime.down.isZero()) return none('nobody-down', 'nobody was down', working, measure);
  const known = tiersOf(service, day, ownTerms);
  if (known === null) return unknown('policy-unknown', `no text at hand gives the tiers of ${service.name}`, working);
  const { tiers } = known;
  const uses = [known.use, ...measure];
  const facts = { incidents, month, downtime, tiers };
  const tier = tierFor(downtime, tiers);
  const steps = [...working, tierWorking(tier, downtime, tiers)];
  if (serviceMonth.fees.length === 0) {
    if (tier === null) return none('below-no-threshold', thresholdText(downtime, tiers), [...steps, ...uptimeReadings(facts)], uses);
    const text = service.hasPrice
      ? `no given file has a charge for ${service.name} that begins in that month`
      : `${service.name} has no price of its own`;
    return unknown('charge-not-in-files', text, [...steps, ...uptimeReadings(facts)], uses);
  }
  const inEach = serviceMonth.fees.map((fees) =>
    inCurrency(fees, { tier, downtime, steps, uses, readings: readingsOf(facts, fees, day, ownTerms) }),
  );
  const credits = inEach.filter(({ amount }) => amount.gt(0));
  if (credits.length > 0) return { kind: 'credits', credits };
  const why = tier === null ? 'below-no-threshold' : 'no-fees';
  const text = tier === null ? thresholdText(downtime, tiers) : feesText(service, serviceMonth.fees);
  return none(why, text, tier === null ? steps : [], uses, inEach);
}

function measureUse(day: Day, ownTerms: readonly OwnTerm[]): readonly ParameterUse[] {
  const dated = valueOn(outageCreditMeasure, day, ownTerms);
  return dated === null ? [] : [useOf(outageCreditMeasure, dated)];
}

function unknown(
  why: 'hour-unknown' | 'policy-unknown' | 'charge-not-in-files',
  text: string,
  working: readonly string[] = [],
  parametersUsed: readonly ParameterUse[] = [],
): OutageOutcome {
  return { kind: 'unknown', why, text, working: [...working, `the credit is not known: ${text}`], parametersUsed };
}

function none(
  why: NoCreditReason,
  text: string,
  working: readonly string[],
  parametersUsed: readonly ParameterUse[] = [],
  byCurrency: readonly NoCredit[] = [],
): OutageOutcome {
  const ownWorking = byCurrency.flatMap((one) => one.working);
  const ownUses = byCurrency.flatMap((one) => one.parametersUsed);
  return {
    kind: 'none',
    why,
    text,
    working: [...new Set([...working, ...ownWorking])],
    parametersUsed: uniqueUses([...parametersUsed, ...ownUses]),
    byCurrency,
  };
}

function tierWorking(tier: CreditTier | null, downtime: Downtime, tiers: readonly CreditTier[]): string {
  const all = tiers.map(({ below, credit }) => `below ${below} % ${credit} %`).join(', ');
  if (tier === null) return `${thresholdText(downtime, tiers)}, not rounded before: no credit (${all})`;
  return `strictly below ${tier.below} %, not rounded before: ${tier.credit} % (${all})`;
}

function thresholdText(downtime: Downtime, tiers: readonly CreditTier[]): string {
  const highest = tiers.at(-1)?.below ?? '';
  const uptime = uptimeOf(downtime);
  return uptime.eq(highest)
    ? `it was up ${highest} % exactly, which is not below ${highest} %`
    : `it was up ${shown(uptime)} %, which is not below ${highest} %`;
}

function feesText(service: OutageService, fees: readonly MonthFees[]): string {
  const sums = fees.map(({ base, currency }) => `${formatMoney(roundHalfUp(base, minorDigits(currency)), currency)} ${currency}`);
  return `the charges of the month for ${service.name} add up to ${sums.join(' and ')}, of which a share is nothing`;
}

interface CreditFacts {
  readonly tier: CreditTier | null;
  readonly downtime: Downtime;
  readonly steps: readonly string[];
  readonly uses: readonly ParameterUse[];
  readonly readings: readonly OutageReading[];
}

/** Rounded half-up once, at the end; never more than the month's fees. */
function inCurrency(fees: MonthFees, { tier, downtime, steps, uses, readings }: CreditFacts): OutageCredit {
  const { currency, base } = fees;
  const digits = minorDigits(currency);
  const amount = creditOf(base, tier, currency);
  const money = (value: Decimal): string => `${formatMoney(roundHalfUp(value, Math.max(digits, 4)), currency)} ${currency}`;
  const share = tier === null ? 'no share' : `${tier.credit} %`;
  return {
    currency,
    amount,
    readings,
    uptime: uptimeOf(downtime),
    isAssumed: fees.isAssumed || downtime.isUsersAssumed,
    fees,
    working: [
      ...steps,
      ...fees.working,
      `credit: ${share} of ${money(base)}, half-up = ${formatMoney(amount, currency)} ${currency}; never more than the month’s fees`,
      ...readings.map(({ text }) => text),
      'the contract credits a partner on the estimated retail price, which the files do not print: Microsoft’s figure may differ by the margin',
    ],
    parametersUsed: uniqueUses([...uses, ...fees.parametersUsed, ...readings.flatMap(({ use }) => use ?? [])]),
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
