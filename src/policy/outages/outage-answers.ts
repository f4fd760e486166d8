import { addDays, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { sum, ZERO, type Decimal } from '../../domain/numbers/money.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import type { AssessedIncident } from './assess-incident.ts';
import type { OutageSubject, ServiceClaim } from './outage-claims.ts';
import type { NoCredit, OutageOutcome } from './outage-credit.ts';
import type { OutageReading, ReadingId } from './outage-readings.ts';
import { useOf, valueOn } from '../parameter.ts';
import { outageProcessingTime } from '../parameters/outage-deadlines.ts';

/** When to ask again for a claim. */
export interface AskAgain {
  /** The first day after the time in which Microsoft aims to process it. */
  readonly day: Day;
  readonly days: number;
  readonly use: ParameterUse;
}

/** When to ask again for a claim made on a day; null where no text of that day is known. */
export function askAgainFrom(claimedOn: Day, ownTerms: readonly OwnTerm[]): AskAgain | null {
  const dated = valueOn(outageProcessingTime, claimedOn, ownTerms);
  if (dated === null) return null;
  const days = dated.value.length;
  return { day: addDays(claimedOn, days + 1), days, use: useOf(outageProcessingTime, dated) };
}

/** The incidents of a claim for which money came, by a line that names them or by the list. */
export function creditedOf({ claimed }: ServiceClaim): readonly AssessedIncident[] {
  return claimed.filter(({ incident, credits }) => credits.length > 0 || incident.creditReceived !== null);
}

/** The incidents of the shown claim that were claimed in time, and longer ago than Microsoft aims to take, with no credit for any of the claim's. */
export function unansweredOf({ claim, holdings }: OutageSubject, asOf: Day): readonly (AskAgain & { readonly one: AssessedIncident })[] {
  if (creditedOf(claim).length > 0 || claim.ofClaimed.kind === 'none') return [];
  return claim.claimed.flatMap((one) => {
    const again = one.claimedOn === null ? null : askAgainFrom(one.claimedOn, holdings.chains[0]?.ownTerms ?? []);
    return again === null || asOf < again.day ? [] : [{ ...again, one }];
  });
}

/** Those that a message should name first, where several readings yield one amount: the one that says most of how Microsoft may have counted. */
const ORDER: readonly ReadingId[] = ['month-of-begin', 'most-users', 'side-by-side', 'fees-by-months', 'fees-as-charged', 'by-duration'];

function inCurrency(outcome: OutageOutcome, currency: string): { readonly amount: Decimal; readonly readings: readonly OutageReading[] } {
  const own = outcome.kind === 'credits' ? outcome.credits.find((one) => one.currency === currency) : undefined;
  if (own !== undefined) return own;
  const none = outcome.kind === 'none' ? outcome.byCurrency.find((one) => one.currency === currency) : undefined;
  return { amount: ZERO, readings: none?.readings ?? [] };
}

/** The readings by which a credit for some months' claims together is right, though not by those taken here. */
export function readingsThatYield(outcomes: readonly OutageOutcome[], currency: string, received: Decimal): readonly OutageReading[] {
  const each = outcomes.map((outcome) => inCurrency(outcome, currency));
  return ORDER.flatMap((id) => {
    const told = each.flatMap(({ readings }) => readings.find((one) => one.id === id) ?? []);
    const [first] = told;
    if (first === undefined) return [];
    const amount = sum(each.map((one) => one.readings.find((other) => other.id === id)?.amount ?? one.amount));
    return amount.eq(received) ? [{ ...first, amount }] : [];
  });
}

/** A claim that only another reading grants, in one currency. */
export interface ReadingClaim {
  readonly none: NoCredit;
  readonly reading: OutageReading;
}

/**
 * What another reading grants where those taken here grant nothing: of several the one that grants most. That credits are prorated by duration
 * is none of them: by it an outage of a minute would be a claim, and the contract has thresholds.
 */
export function claimableReadings(outcome: OutageOutcome): readonly ReadingClaim[] {
  if (outcome.kind !== 'none') return [];
  return outcome.byCurrency.flatMap((none) => {
    const granting = none.readings.filter(({ id, amount }) => id !== 'by-duration' && amount.gt(0));
    const [most] = [...granting].sort((a, b) => b.amount.comparedTo(a.amount));
    return most === undefined ? [] : [{ none, reading: most }];
  });
}
