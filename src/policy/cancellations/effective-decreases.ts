import { recordedDecrease } from '../../domain/charges/recorded-decrease.ts';
import type { BilledCycle, SubscriptionChain } from '../../domain/charges/subjects.ts';
import { verdictIn, windowTerms } from '../licence-terms.ts';
import { openSeats } from './open-seats.ts';

/**
 * The cycle without the recorded seat decreases that change nothing before the term's end: new commerce takes seats back only inside the
 * window of seats bought before, be these billed or only recorded. A decrease of which some seats lie in a window counts as it was recorded.
 */
export function withEffectiveDecreases(chain: SubscriptionChain, cycle: BilledCycle): BilledCycle {
  if (!cycle.looseEvents.some(({ kind }) => kind === 'remove-seats')) return cycle;
  const looseEvents = cycle.looseEvents.filter((event) => {
    const given = event.kind === 'remove-seats' ? recordedDecrease(cycle, event) : null;
    const open = given === null ? null : openSeats(chain, event);
    if (given === null || open === null || !open.seats.isZero()) return true;
    return given.unbilled.some((added) => {
      const terms = windowTerms(chain, added, false);
      return terms !== null && verdictIn(terms, event) !== 'outside';
    });
  });
  return { ...cycle, looseEvents };
}
