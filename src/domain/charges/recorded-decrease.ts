import { Decimal, ZERO } from '../numbers/money.ts';
import type { PartnerEvent } from '../partner/partner-event.ts';
import { seatsOn } from './licences.ts';
import type { BilledCycle } from './subjects.ts';

/** What a recorded decrease that no line of the files matches took away. */
export interface RecordedDecrease {
  readonly seats: Decimal;
  /** Those of `seats` that a line of the cycle charged: its charge, or a billed increase. Nothing else can be credited. */
  readonly charged: Decimal;
  /** The recorded increases, billed by no line, whose seats it gave back. */
  readonly unbilled: readonly PartnerEvent[];
}

/**
 * Null where a recorded decrease took no licences away, or those before it are not known. Seats that were added and never billed are given
 * back before those that were charged: only what stays of the decrease can have been paid.
 */
export function recordedDecrease(cycle: BilledCycle, event: PartnerEvent): RecordedDecrease | null {
  if (cycle.charge === null) return null;
  const unbilled: { readonly added: PartnerEvent; left: Decimal }[] = [];
  for (const [place, one] of cycle.looseEvents.entries()) {
    if (one.quantity === null) continue;
    const step = one.quantity.minus(seatsOn({ ...cycle, looseEvents: cycle.looseEvents.slice(0, place) }, one.day));
    if (step.isPositive()) unbilled.push({ added: one, left: step });
    const givenBack: PartnerEvent[] = [];
    let charged = step.isNegative() ? step.abs() : ZERO;
    for (const batch of [...unbilled].reverse()) {
      const taken = Decimal.min(batch.left, charged);
      if (taken.isZero()) continue;
      batch.left = batch.left.minus(taken);
      charged = charged.minus(taken);
      givenBack.push(batch.added);
    }
    if (one === event) return step.isNegative() && !step.isZero() ? { seats: step.abs(), charged, unbilled: givenBack } : null;
  }
  return null;
}
