import { decreaseOf } from '../../domain/charges/seat-batches.ts';
import type { BilledCycle, SubscriptionChain } from '../../domain/charges/subjects.ts';
import { openSeats } from './open-seats.ts';

/**
 * The cycle without the recorded seat decreases that change nothing before the term's end: new commerce takes seats back only inside the
 * window of seats bought before. A decrease of which some seats lie in a window counts as it was recorded.
 */
export function withEffectiveDecreases(chain: SubscriptionChain, cycle: BilledCycle): BilledCycle {
  if (!cycle.looseEvents.some(({ kind }) => kind === 'remove-seats')) return cycle;
  const looseEvents = cycle.looseEvents.filter((event) => {
    if (event.kind !== 'remove-seats' || decreaseOf(cycle, event) === null) return true;
    const open = openSeats(chain, event);
    return open === null || !open.seats.isZero();
  });
  return { ...cycle, looseEvents };
}
