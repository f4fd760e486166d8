import type { Day } from '../../domain/calendar/days.ts';
import { ZERO, type Decimal } from '../../domain/numbers/money.ts';
import { askAgainFrom, type AskAgain } from './ask-again.ts';
import type { AssessedIncident } from './assess-incident.ts';
import { creditIn } from './outage-answers.ts';
import type { OutageSubject } from './outage-claims.ts';
import { NO_INCIDENT, type OutageCredit, type OutageOutcome } from './outage-credit.ts';

/** What is still to come of a claim in one currency; `credit` is what it yields with what was answered before. */
export interface StillToCome {
  readonly credit: OutageCredit;
  readonly before: Decimal;
}

/** Incidents claimed in time, and longer ago than Microsoft aims to take, that no credit answers. */
export interface UnansweredClaim {
  /** In the order of the list, one at least. */
  readonly late: readonly (AskAgain & { readonly one: AssessedIncident })[];
  readonly outcome: OutageOutcome;
  /** Empty where the amount is not known. */
  readonly stillToCome: readonly StillToCome[];
}

/** Of the shown claim; null where nothing of it is waited for too long. What was claimed later counts once its own days are over. */
export function unansweredOf({ claim, settlement, holdings }: OutageSubject, asOf: Day): UnansweredClaim | null {
  if (settlement?.receipts === null) return null;
  const answered = settlement?.answered.get(claim) ?? [];
  const late = claim.claimed.flatMap((one) => {
    if (answered.includes(one) || one.claimedOn === null) return [];
    const again = askAgainFrom(one.claimedOn, holdings.chains[0]?.ownTerms ?? []);
    return again === null || asOf < again.day ? [] : [{ ...again, one }];
  });
  if (late.length === 0) return null;
  const counted = claim.claimed.filter((one) => answered.includes(one) || late.some((other) => other.one === one));
  const outcome = claim.outcomeOf(counted);
  if (outcome.kind === 'unknown') return { late, outcome, stillToCome: [] };
  if (outcome.kind === 'none') return null;
  const before = answered.length === 0 ? NO_INCIDENT : claim.outcomeOf(answered);
  const stillToCome = outcome.credits
    .map((credit) => ({ credit, before: before.kind === 'credits' ? creditIn(before, credit.currency) : ZERO }))
    .filter((one) => one.credit.amount.gt(one.before));
  return stillToCome.length === 0 ? null : { late, outcome, stillToCome };
}
