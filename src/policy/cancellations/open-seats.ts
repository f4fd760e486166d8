import { addDays } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { sum, type Decimal } from '../../domain/numbers/money.ts';
import { batchesLeft, seatBatches, type SeatBatch } from '../../domain/charges/seat-batches.ts';
import type { SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { Moment } from '../../domain/calendar/window.ts';
import { verdictIn, windowTerms } from '../licence-terms.ts';
import { useOf, valueOn } from '../parameter.ts';
import { seatReduction } from '../parameters/upgrades.ts';

/** The seats that lie inside a window of their own at a moment. */
export interface OpenSeats {
  readonly seats: Decimal;
  readonly batches: readonly SeatBatch[];
  /** Whether every batch counted is inside its window by any reading, and needs no ticket. */
  readonly isCertain: boolean;
  readonly parametersUsed: readonly ParameterUse[];
}

/** The seats that may be given back at a moment; null in legacy commerce, where all may. */
export function openSeats(chain: SubscriptionChain, at: Moment): OpenSeats | null {
  if (chain.layout === 'legacy-licence') return null;
  const batches: SeatBatch[] = [];
  const uses = new Map<string, ParameterUse>();
  let isCertain = true;
  for (const batch of batchesLeft(chain, addDays(at.day, -1)).concat(seatBatches(chain).filter((one) => one.start.day === at.day))) {
    const terms = windowTerms(chain, batch.start, batch.kind === 'upgrade');
    const verdict = terms === null ? 'outside' : verdictIn(terms, at);
    if (terms === null || verdict === 'outside') continue;
    batches.push(batch);
    const reduction = batch.kind === 'increase' ? valueOn(seatReduction, batch.start.day, chain.ownTerms) : null;
    if (verdict === 'boundary' || reduction?.value === 'by-ticket') isCertain = false;
    if (reduction?.value === 'by-ticket') uses.set(`${seatReduction.id} ${reduction.since}`, useOf(seatReduction, reduction));
    for (const use of terms.parametersUsed) uses.set(`${use.id} ${use.since}`, use);
  }
  return { seats: sum(batches.map((batch) => batch.seats)), batches, isCertain, parametersUsed: [...uses.values()] };
}
