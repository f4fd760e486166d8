import type { Day } from '../calendar/days.ts';
import type { PartnerEvent } from '../partner/partner-event.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../charges/subjects.ts';
import type { Moment } from '../calendar/window.ts';

/** A cancellation of a subscription as the files and the partner's own record tell it. */
export interface Cancellation extends Moment {
  /** The cancellation line of the files; null where only the record tells. */
  readonly line: AuditedLine | null;
  readonly event: PartnerEvent | null;
  /** The charge cycle that was running. */
  readonly cycle: BilledCycle | null;
  /** The day on which the subscription was taken up again; null where it was not. */
  readonly reactivatedOn: Day | null;
}

/** Legacy billing stops with a suspension; new-commerce billing does not. */
function endsBilling(event: PartnerEvent, chain: SubscriptionChain): boolean {
  return event.kind === 'cancel' || (event.kind === 'suspend' && chain.layout === 'legacy-licence');
}

/** A credit, or a line of nothing where a credit should be; a positive one is a fee (AR08), and a trial ends without any. */
function isCancellationLine(one: AuditedLine): boolean {
  const { kind, heading, amount } = one.line;
  if (kind !== 'cancellation' || heading.productKind !== 'licence') return false;
  return amount.isNegative() || (amount.isZero() && !heading.isTrial);
}

/**
 * The moment that a cancellation line tells: OrderDate in new commerce, unless the file prints the order of the purchase there (a day before
 * the cycle, or the day of its charge while the credit begins later); else, and in legacy files, the first day credited.
 */
export function cancellationMoment(one: AuditedLine, cycle: BilledCycle | null): Moment | null {
  const { heading, orderDay, orderSecond, firstDay } = one.line;
  const begins = firstDay === null ? null : { day: firstDay, second: null };
  if (heading.layout === 'legacy-licence' || orderDay === null) return begins;
  // A day may be kept after the first 24 hours; more days between order and credit tell of another order.
  const isOrderOfPurchase =
    firstDay !== null &&
    orderDay < firstDay - 1 &&
    (orderDay === cycle?.charge?.line.orderDay || (cycle !== null && orderDay < cycle.cycle.firstDay));
  return isOrderOfPurchase ? begins : { day: orderDay, second: orderSecond };
}

/** The cancellations of a chain in the order of their days. Where the record and a line tell different days, the record's counts. */
export function cancellationsOf(chain: SubscriptionChain): readonly Cancellation[] {
  const events = chain.events.filter((event) => endsBilling(event, chain));
  const found: Cancellation[] = [];
  const matched = new Set<PartnerEvent>();
  for (const one of chain.lines) {
    if (!isCancellationLine(one)) continue;
    const own = chain.cycles.find((candidate) => candidate.cancellations.includes(one)) ?? null;
    const moment = cancellationMoment(one, own);
    if (moment === null) continue;
    const cycle = own ?? cycleOn(chain, moment.day);
    const event = events.find((candidate) => !matched.has(candidate) && isSameCycle(candidate.day, cycle)) ?? null;
    if (event !== null) matched.add(event);
    found.push(withReactivation(chain, { ...(event ?? moment), line: one, event, cycle }));
  }
  for (const event of events) {
    if (!matched.has(event))
      found.push(withReactivation(chain, { day: event.day, second: event.second, line: null, event, cycle: cycleOn(chain, event.day) }));
  }
  found.sort((a, b) => a.day - b.day);
  return found.filter((one, place) => one.line !== null || !found.slice(0, place).some((earlier) => isStillEnded(earlier, one.day)));
}

/** What was suspended and then cancelled ended with the suspension: the later record ends nothing more. */
function isStillEnded(earlier: Cancellation, day: Day): boolean {
  return earlier.reactivatedOn === null || earlier.reactivatedOn > day;
}

/** The cycle that was running on a day: of several the one that began last. */
export function cycleOn(chain: SubscriptionChain, day: Day): BilledCycle | null {
  return chain.cycles.findLast(({ cycle }) => cycle.firstDay <= day && day <= cycle.lastDay) ?? null;
}

function isSameCycle(day: Day, cycle: BilledCycle | null): boolean {
  return cycle !== null && cycle.cycle.firstDay <= day && day <= cycle.cycle.lastDay;
}

function withReactivation(chain: SubscriptionChain, found: Omit<Cancellation, 'reactivatedOn'>): Cancellation {
  const recorded = chain.events.find((event) => event.kind === 'reactivate' && event.day >= found.day)?.day ?? null;
  // A purchase or activation fee after the cancellation is how files show that the subscription was taken up again.
  const charged = chain.lines.find((one) => one.line.kind === 'purchase' && one.line.amount.isPositive() && beginsAfter(one, found));
  const bought = charged?.line.firstDay ?? null;
  const { day, second, line, event, cycle } = found;
  return { day, second, line, event, cycle, reactivatedOn: recorded ?? bought };
}

/** A charge that begins after the cancellation; on its very day where it is not the charge that was cancelled. */
function beginsAfter(one: AuditedLine, found: Omit<Cancellation, 'reactivatedOn'>): boolean {
  const { firstDay } = one.line;
  return firstDay !== null && (firstDay > found.day || (firstDay === found.day && one !== found.cycle?.charge));
}
