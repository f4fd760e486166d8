import { addMonths, daysInclusive, endOfMonth, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { Decimal } from '../../domain/numbers/money.ts';
import { formatMoney, minorDigits, ZERO } from '../../domain/numbers/money.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import type { AuditedLine, CustomerHoldings, SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { Month } from './calendar-months.ts';
import { fractionOf, isUnknownSuite, shareOf, type OutageService, type ServiceShare } from './outage-services.ts';

/** What the files charge for a service in a month, in one currency. */
export interface MonthFees {
  readonly currency: string;
  readonly base: Decimal;
  readonly lines: readonly AuditedLine[];
  readonly working: readonly string[];
  /** A share of a suite's price is ours, and no source's. */
  readonly isAssumed: boolean;
  readonly parametersUsed: readonly ParameterUse[];
}

/** What the files tell of a customer's service in a month. */
export interface ServiceMonth {
  /** Whether the files tell if the service was held: it is charged for, or the customer has a charge that begins in the month. */
  readonly isMonthGiven: boolean;
  readonly isHeld: boolean;
  /** Suites among the month's charges of which no table tells the services, each once. */
  readonly unknownSuites: readonly string[];
  readonly fees: readonly MonthFees[];
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
  const byCurrency = new Map<string, { readonly part: Part; readonly fee: Decimal }[]>();
  for (const part of parts) {
    const fee = feeIn(part.one, month);
    if (fee === null) continue;
    const { currency } = part.one.line.heading;
    byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), { part, fee }]);
  }
  return [...byCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, fees]) => {
      const byReading = new Map<string, { readonly share: ServiceShare; total: Decimal }>();
      for (const { part, fee } of fees) {
        const known = byReading.get(part.share.reading) ?? { share: part.share, total: ZERO };
        byReading.set(part.share.reading, { ...known, total: known.total.plus(fee) });
      }
      const readings = [...byReading].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reading]) => reading);
      return {
        currency,
        base: readings.reduce((all, { share, total }) => all.plus(shared(total, share)), ZERO),
        lines: fees.map(({ part }) => part.one),
        working: readings.map(
          ({ share, total }) =>
            `charged in the month ${formatMoney(roundHalfUp(total, minorDigits(currency)), currency)} ${currency}, of which ${share.reading}`,
        ),
        isAssumed: readings.some(({ share }) => share.isAssumed),
        parametersUsed: readings.flatMap(({ share }) => (share.use === null ? [] : [share.use])),
      };
    });
}

function shared(total: Decimal, share: ServiceShare): Decimal {
  const { part, of } = fractionOf(share.share);
  return total.times(part).div(of);
}

/** null where the line is none of the month's. */
function feeIn({ line }: AuditedLine, month: Month): Decimal | null {
  const { firstDay, lastDay, subtotal } = line;
  if (firstDay === null) return null;
  const days = lastDay === null ? 1 : daysInclusive(firstDay, lastDay);
  if (days <= MOST_DAYS_OF_A_MONTH) return firstDay >= month.firstDay && firstDay <= month.lastDay ? subtotal : null;
  const from = Math.max(firstDay, month.firstDay) as Day;
  const until = Math.min(lastDay ?? firstDay, month.lastDay) as Day;
  return subtotal.times(daysInclusive(from, until)).div(days);
}
