import { sum, ZERO, type Decimal } from '../../domain/numbers/money.ts';
import type { NoCredit, OutageOutcome } from './outage-credit.ts';
import type { OutageReading, ReadingId } from './outage-readings.ts';

/** What an outcome yields in a currency by the readings taken here. */
export function creditIn(outcome: OutageOutcome, currency: string): Decimal {
  const own = outcome.kind === 'credits' ? outcome.credits.find((one) => one.currency === currency) : undefined;
  return own?.amount ?? ZERO;
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
  if (!received.gt(0)) return [];
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
