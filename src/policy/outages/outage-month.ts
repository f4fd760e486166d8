import { addDays, addMonths, daysInclusive, endOfMonth, isoDay, monthsApart, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { Decimal } from '../../domain/numbers/money.ts';
import { formatMoney, minorDigits, ZERO } from '../../domain/numbers/money.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import type { AuditedLine, CustomerHoldings, SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { Month } from './calendar-months.ts';
import { notHeldDays } from './not-held-days.ts';
import { fractionOf, isUnknownSuite, shareOf, type OutageService, type ServiceShare } from './outage-services.ts';

/** What the files charge for a service in a month, in one currency. */
export interface MonthFees {
  readonly currency: string;
  readonly base: Decimal;
  /** By other readings of what a charge of several months is in one of them; empty where there is none such. */
  readonly otherBases: readonly OtherBase[];
  readonly lines: readonly AuditedLine[];
  readonly working: readonly string[];
  /** A share of a suite's price is ours, and no source's. */
  readonly isAssumed: boolean;
  readonly parametersUsed: readonly ParameterUse[];
}

/** The fees of a month by a reading that is not taken here. */
export interface OtherBase {
  readonly reading: 'fees-by-months' | 'fees-as-charged';
  readonly base: Decimal;
  readonly text: string;
}

/** What the files tell of a customer's service in a month. */
export interface ServiceMonth {
  /** Whether the files tell if the service was held: it is charged for, or the customer has a charge that begins in the month. */
  readonly isMonthGiven: boolean;
  readonly isHeld: boolean;
  /** Suites among the month's charges of which no table tells the services, each once. */
  readonly unknownSuites: readonly string[];
  readonly fees: readonly MonthFees[];
  /** Those of some days, both ends included, on which the files prove that no subscription of the service was held. */
  notHeldDays(firstDay: Day, lastDay: Day): readonly Day[];
  /** The day on which the billing month of a day ends, by the charge cycles of the service's subscriptions. */
  billingMonthEnd(day: Day): Day;
}

/** A charge of more days than any month pays for several months. */
const MOST_DAYS_OF_A_MONTH = 31;

/** The last day `months` after the end of a billing month; one that ends with its month does so afterwards as well. */
export function monthsAfterEnd(lastDay: Day, months: number): Day {
  return lastDay === endOfMonth(lastDay) ? endOfMonth(addMonths(lastDay, months)) : addMonths(lastDay, months);
}

interface Part {
  readonly chain: SubscriptionChain;
  readonly one: AuditedLine;
  readonly share: ServiceShare;
}

/** @param day of the incident, which picks the shares in force. */
export function serviceMonth(service: OutageService, month: Month, day: Day, holdings: CustomerHoldings): ServiceMonth {
  const lines = holdings.chains.flatMap((chain) => chain.lines.map((one) => ({ chain, one })));
  const isInMonth = ({ one: { line } }: (typeof lines)[number]): boolean =>
    line.firstDay !== null && line.firstDay <= month.lastDay && (line.lastDay ?? line.firstDay) >= month.firstDay;
  const ofMonth = lines.filter(isInMonth);
  const parts = ofMonth.flatMap(({ chain, one }): readonly Part[] => {
    const { heading, meter, kind } = one.line;
    if (heading.isTrial || kind === 'adjustment') return [];
    const share = shareOf(service, { name: heading.productName, meter }, day, chain.ownTerms);
    return share === null ? [] : [{ chain, one, share }];
  });
  const isAzureHeld = service.isAzure && ofMonth.some(({ one }) => /\bazure\b/i.test(one.line.heading.productName) || isUsage(one));
  const unknownSuites = ofMonth.flatMap(({ chain, one: { line } }) => {
    const { productName, isTrial } = line.heading;
    return service.isMicrosoft365 && !isTrial && line.sign > 0 && isUnknownSuite(productName, day, chain.ownTerms) ? [productName] : [];
  });
  const isHeld = !service.hasPrice || isAzureHeld || parts.some(({ one }) => one.line.sign > 0);
  return {
    unknownSuites: [...new Set(unknownSuites)].sort(),
    // A yearly charge from before says nothing of the month's other charges: their file may not be here.
    isMonthGiven: isHeld || ofMonth.some(({ one: { line } }) => line.firstDay !== null && line.firstDay >= month.firstDay),
    isHeld,
    fees: feesOf(parts, month),
    notHeldDays: (firstDay, lastDay) => notHeldDays([...new Set(parts.map(({ chain }) => chain))], firstDay, lastDay),
    billingMonthEnd: (ofDay) => billingMonthEnd(parts, ofDay),
  };
}

function isUsage({ line }: AuditedLine): boolean {
  return line.heading.productKind === 'usage';
}

/** New commerce is invoiced by calendar months; legacy licences by their charge cycles, of which the one that ends first counts. */
function billingMonthEnd(parts: readonly Part[], day: Day): Day {
  const chains = new Set(parts.map(({ chain }) => chain).filter((chain) => chain.layout === 'legacy-licence'));
  const ends = [...chains].flatMap((chain) =>
    chain.cycles
      .filter(({ cycle }) => cycle.firstDay <= day && day <= cycle.lastDay)
      .filter(({ cycle }) => daysInclusive(cycle.firstDay, cycle.lastDay) <= MOST_DAYS_OF_A_MONTH)
      .map(({ cycle }) => cycle.lastDay),
  );
  return ends.length === 0 ? endOfMonth(day) : (Math.min(...ends) as Day);
}

/**
 * The lines charged in a month: those that begin in it, whole; one that pays for several months with its days that lie in the month.
 * Source: SLA general terms (the month's fees of the affected service).
 */
function feesOf(parts: readonly Part[], month: Month): readonly MonthFees[] {
  const byCurrency = new Map<string, PartFee[]>();
  for (const part of parts) {
    const fee = feeIn(part.one, month);
    if (fee === null) continue;
    const { currency } = part.one.line.heading;
    byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), { ...fee, part }]);
  }
  return [...byCurrency].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, fees]) => inCurrency(currency, fees));
}

interface PartFee extends LineFee {
  readonly part: Part;
}

function inCurrency(currency: string, fees: readonly PartFee[]): MonthFees {
  const byReading = new Map<string, { readonly share: ServiceShare; total: Decimal }>();
  for (const { part, fee } of fees) {
    const known = byReading.get(part.share.reading) ?? { share: part.share, total: ZERO };
    byReading.set(part.share.reading, { ...known, total: known.total.plus(fee) });
  }
  const readings = [...byReading].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reading]) => reading);
  const money = (value: Decimal): string => `${formatMoney(roundHalfUp(value, minorDigits(currency)), currency)} ${currency}`;
  return {
    currency,
    base: readings.reduce((all, { share, total }) => all.plus(shared(total, share)), ZERO),
    otherBases: otherBases(fees, money),
    lines: fees.map(({ part }) => part.one),
    working: [
      ...fees.flatMap(({ byDays, part, fee }) =>
        byDays === null ? [] : [`${part.one.line.heading.productName}, a charge of several months: ${byDays(money)} = ${money(fee)}`],
      ),
      ...readings.map(({ share, total }) => `charged in the month ${money(total)}, of which ${share.reading}`),
    ],
    isAssumed: readings.some(({ share }) => share.isAssumed),
    parametersUsed: readings.flatMap(({ share }) => (share.use === null ? [] : [share.use])),
  };
}

/** No source says what of a charge of several months are the fees of one: its days are taken; its equal months, or the charge where it is billed, may be meant. */
function otherBases(fees: readonly PartFee[], money: (value: Decimal) => string): readonly OtherBase[] {
  if (fees.every(({ byDays }) => byDays === null)) return [];
  const baseOf = (pick: (one: PartFee) => Decimal): Decimal => fees.reduce((all, one) => all.plus(shared(pick(one), one.part.share)), ZERO);
  const byMonths = baseOf((one) => one.byMonths);
  const asCharged = baseOf((one) => one.asCharged);
  return [
    { reading: 'fees-by-months', base: byMonths, text: `a charge of several months in equal months, fees of ${money(byMonths)}` },
    {
      reading: 'fees-as-charged',
      base: asCharged,
      text: `a charge of several months whole in the month it begins in and nothing in the others, fees of ${money(asCharged)}`,
    },
  ];
}

function shared(total: Decimal, share: ServiceShare): Decimal {
  const { part, of } = fractionOf(share.share);
  return total.times(part).div(of);
}

/** What a line charges for a month: by its days there, in equal months, and whole where it begins in the month. */
interface LineFee {
  readonly fee: Decimal;
  readonly byMonths: Decimal;
  readonly asCharged: Decimal;
  /** The division in numbers; null for a line that is one month's. */
  readonly byDays: ((money: (value: Decimal) => string) => string) | null;
}

/** null where the line is none of the month's. */
function feeIn({ line }: AuditedLine, month: Month): LineFee | null {
  const { firstDay, lastDay, subtotal } = line;
  if (firstDay === null) return null;
  const begins = firstDay >= month.firstDay && firstDay <= month.lastDay;
  const days = lastDay === null ? 1 : daysInclusive(firstDay, lastDay);
  if (lastDay === null || days <= MOST_DAYS_OF_A_MONTH)
    return begins ? { fee: subtotal, byMonths: subtotal, asCharged: subtotal, byDays: null } : null;
  const from = Math.max(firstDay, month.firstDay) as Day;
  const until = Math.min(lastDay, month.lastDay) as Day;
  const inMonth = daysInclusive(from, until);
  const fee = subtotal.times(inMonth).div(days);
  const months = wholeMonths(firstDay, lastDay);
  return {
    fee,
    byMonths: months === null ? fee : subtotal.div(months),
    asCharged: begins ? subtotal : ZERO,
    byDays: (money) =>
      `${money(subtotal)} × ${inMonth} of ${days} days (${isoDay(firstDay)} to ${isoDay(lastDay)}, of which ${isoDay(from)} to ${isoDay(until)})`,
  };
}

/** How many months a period is, both days included; null where it is not whole months. */
function wholeMonths(firstDay: Day, lastDay: Day): number | null {
  const until = addDays(lastDay, 1);
  const months = monthsApart(firstDay, until);
  return months > 0 && addMonths(firstDay, months) === until ? months : null;
}
