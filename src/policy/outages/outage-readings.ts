import type { Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { Decimal, formatMoney, minorDigits, ZERO } from '../../domain/numbers/money.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import type { ServiceIncident } from '../../domain/partner/service-incident.ts';
import { shown } from '../../domain/proration/working.ts';
import { monthsOf, type Month } from './calendar-months.ts';
import { downtimeBegunIn, tierFor, uptimeOf, type Downtime } from './outage-downtime.ts';
import type { MonthFees } from './outage-month.ts';
import { useOf, valueOn } from '../parameter.ts';
import { outageCreditByDuration, type CreditTier } from '../parameters/outage-credits.ts';

/** Readings that the sources leave open beside those that are taken here, each of them alone. */
export type ReadingId = 'by-duration' | 'month-of-begin' | 'side-by-side' | 'most-users' | 'fees-by-months' | 'fees-as-charged';

/** What a month's incidents of a service earn by a reading that is not taken here, in one currency. A magnitude, 0 where that is nothing. */
export interface OutageReading {
  readonly id: ReadingId;
  /** The reading in words, as a message names it. */
  readonly name: string;
  readonly amount: Decimal;
  /** Its formula with numbers. */
  readonly text: string;
  readonly use: ParameterUse | null;
}

type Measure = Pick<Downtime, 'down' | 'whole'>;

/** What readings are worked out from: the incidents that count, down in the month, and what was measured of them. */
export interface ReadingFacts {
  readonly incidents: readonly ServiceIncident[];
  readonly month: Month;
  readonly downtime: Downtime;
  /** The lowest threshold first. */
  readonly tiers: readonly CreditTier[];
}

interface OtherDowntime {
  readonly id: ReadingId;
  readonly name: string;
  readonly measure: Measure;
  readonly text: string;
}

/** The uptime by other readings of what counts as down; readings that change nothing are left out. */
function otherDowntimes({ incidents, month, downtime }: Omit<ReadingFacts, 'tiers'>): readonly OtherDowntime[] {
  const { down, downSideBySide, whole, withMostUsers } = downtime;
  const minutes = (seconds: Decimal): string => shown(seconds.div(60));
  const sideBySide = { down: downSideBySide, whole };
  const isSpanning = incidents.some((one) => monthsOf(one).length > 1);
  const begun = isSpanning ? downtimeBegunIn(incidents, month) : null;
  return [
    ...(downSideBySide.eq(down)
      ? []
      : [
          {
            id: 'side-by-side' as const,
            name: 'further users in each of the incidents that overlap',
            measure: sideBySide,
            text: `further users in each of the overlapping incidents: ${minutes(downSideBySide)} user-minutes down,`,
          },
        ]),
    ...(withMostUsers === null
      ? []
      : [
          {
            id: 'most-users' as const,
            name: 'the most users that an incident names',
            measure: withMostUsers,
            text: `of ${withMostUsers.totalUsers ?? 0} users:`,
          },
        ]),
    ...(begun === null
      ? []
      : [
          {
            id: 'month-of-begin' as const,
            name: 'an outage belongs to the month it began in',
            measure: begun,
            text: `an outage belongs whole to the month it began in: ${minutes(begun.down)} of ${minutes(begun.whole)} user-minutes down,`,
          },
        ]),
  ];
}

const tierText = (tier: CreditTier | null): string => (tier === null ? 'no credit' : `${tier.credit} %`);

/** The other readings of the uptime with the tier of each, where the fees are not known. */
export function uptimeReadings(facts: ReadingFacts): readonly string[] {
  return otherDowntimes(facts).map(
    ({ measure, text }) => `by the other reading, ${text} ${shown(uptimeOf(measure))} %, ${tierText(tierFor(measure, facts.tiers))}`,
  );
}

/** What a tier yields of a month's fees: half-up once, never more than they are. */
export function creditOf(base: Decimal, tier: CreditTier | null, currency: string): Decimal {
  const cap = Decimal.max(ZERO, base);
  if (tier === null) return ZERO;
  return roundHalfUp(Decimal.min(cap, cap.times(tier.credit).div(100)), minorDigits(currency));
}

/** Every reading that is not taken here, with the credit that it yields of a month's fees. */
export function readingsOf(facts: ReadingFacts, fees: MonthFees, day: Day, ownTerms: readonly OwnTerm[]): readonly OutageReading[] {
  const { downtime, tiers } = facts;
  const { currency, base } = fees;
  const digits = minorDigits(currency);
  const exact = (value: Decimal): string => `${formatMoney(roundHalfUp(value, Math.max(digits, 4)), currency)} ${currency}`;
  const money = (value: Decimal): string => `${formatMoney(value, currency)} ${currency}`;
  const ofUptime = otherDowntimes(facts).map(({ id, name, measure, text }): OutageReading => {
    const tier = tierFor(measure, tiers);
    const amount = creditOf(base, tier, currency);
    const credit = tier === null ? `no credit, ${money(amount)}` : `${tierText(tier)} of ${exact(base)} = ${money(amount)}`;
    return { id, name, amount, text: `by the other reading, ${text} ${shown(uptimeOf(measure))} %, ${credit}`, use: null };
  });
  const own = tierFor(downtime, tiers);
  const ofFees = fees.otherBases.map(({ reading, base: other, text }): OutageReading => {
    const amount = creditOf(other, own, currency);
    return { id: reading, name: text, amount, text: `by the other reading, ${text}: ${tierText(own)} = ${money(amount)}`, use: null };
  });
  return [...ofUptime, ...ofFees, ...byDuration(downtime, fees, day, ownTerms)];
}

/** The fees of the time down; none before the first text that prorates by duration. */
function byDuration(
  { down, whole }: Measure,
  { currency, base }: MonthFees,
  day: Day,
  ownTerms: readonly OwnTerm[],
): readonly OutageReading[] {
  const dated = valueOn(outageCreditByDuration, day, ownTerms);
  if (dated === null) return [];
  const digits = minorDigits(currency);
  const cap = Decimal.max(ZERO, base);
  const amount = roundHalfUp(Decimal.min(cap, cap.times(down).div(whole)), digits);
  const exact = `${formatMoney(roundHalfUp(base, Math.max(digits, 4)), currency)} ${currency}`;
  const text = `by the other reading, the fees of the time down (documentation of ${dated.since}): ${exact} × ${shown(down)} / ${shown(whole)} = ${formatMoney(amount, currency)} ${currency}; the contract has tiers, and duration only counts through the uptime`;
  return [{ id: 'by-duration', name: 'the fees of the time it was down', amount, text, use: useOf(outageCreditByDuration, dated) }];
}

/** The first day down in the month, which picks the figures in force. */
export function startDayIn(incidents: readonly ServiceIncident[], month: Month): Day {
  return Math.min(...incidents.map(({ startedAt }) => Math.max(startedAt.day, month.firstDay))) as Day;
}
