import { figureOf } from './conventions.ts';
import { daysInclusive, isoDay, type Day } from './days.ts';
import { eventDay, licencesOn, signedQuantity } from './licences.ts';
import { sum, ZERO, type Decimal } from './money.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from './subjects.ts';
import type { Moment } from './window.ts';

/** Seats that were bought together: a purchase, a renewal, or an increase. Each opens a cancellation window of its own. */
export interface SeatBatch {
  readonly kind: 'purchase' | 'renewal' | 'increase';
  readonly start: Moment;
  readonly seats: Decimal;
  /** What the files charge for the batch in its first cycle. */
  readonly charged: Decimal;
  readonly lines: readonly AuditedLine[];
  readonly cycle: BilledCycle;
}

/** The batches of a licence subscription that cost something, in the order of their days. */
export function seatBatches(chain: SubscriptionChain): readonly SeatBatch[] {
  const batches: SeatBatch[] = [];
  for (const cycle of chain.cycles) {
    const { charge } = cycle;
    if (charge !== null && charge.line.amount.isPositive() && !charge.line.amount.isZero()) {
      const { kind } = charge.line;
      const start = momentOf(charge);
      if ((kind === 'purchase' || kind === 'renewal') && start !== null) {
        const isFirst = kind === 'purchase' && chain.purchase !== null && !isReactivation(chain, charge);
        batches.push({
          kind,
          start: isFirst && chain.purchase !== null ? chain.purchase : start,
          seats: charge.line.quantity.abs(),
          charged: charge.line.amount,
          lines: [charge],
          cycle,
        });
      }
    }
    batches.push(...increases(cycle));
  }
  return batches;
}

/** A legacy purchase fee in mid-term takes the subscription up again; it opens no new window. */
function isReactivation(chain: SubscriptionChain, charge: AuditedLine): boolean {
  return (
    chain.layout === 'legacy-licence' &&
    chain.lines.some((one) => one.line.kind === 'cancellation' && (one.line.firstDay ?? Infinity) <= (charge.line.firstDay ?? 0))
  );
}

function momentOf(one: AuditedLine): Moment | null {
  const { orderDay, orderSecond, firstDay } = one.line;
  if (orderDay !== null) return { day: orderDay, second: orderSecond };
  return firstDay === null ? null : { day: firstDay, second: null };
}

function increases(cycle: BilledCycle): readonly SeatBatch[] {
  const byDay = new Map<Day, AuditedLine[]>();
  for (const one of cycle.changes) {
    const day = one.line.heading.layout === 'new-commerce' ? eventDay(one, cycle) : null;
    if (day !== null) byDay.set(day, [...(byDay.get(day) ?? []), one]);
  }
  return [...byDay].flatMap(([day, lines]) => {
    const seats = sum(lines.map(signedQuantity));
    const second = lines[0]?.line.orderSecond ?? null;
    const charged = sum(lines.map((one) => one.line.amount));
    return seats.isPositive() && !seats.isZero()
      ? [{ kind: 'increase' as const, start: { day, second }, seats, charged, lines, cycle }]
      : [];
  });
}

/** The credit for seats given back on a day, that day credited, to the end of the cycle, by the convention that judges the charge; null where the charge could not be worked out. */
export function creditFrom(charge: AuditedLine, cycle: BilledCycle, seats: Decimal, day: Day): Decimal | null {
  const { recalculation, judgedBy } = charge;
  if (recalculation.status !== 'recalculated') return null;
  if (day > cycle.cycle.lastDay) return ZERO;
  return figureOf(judgedBy, {
    ...recalculation.facts,
    quantity: seats,
    billed: daysInclusive(day, cycle.cycle.lastDay),
    whole: daysInclusive(cycle.cycle.firstDay, cycle.cycle.lastDay),
  });
}

/** Licences in force on a day, at least none. */
export function seatsOn(cycle: BilledCycle, day: Day): Decimal {
  const licences = licencesOn(cycle, day) ?? ZERO;
  return licences.isNegative() ? ZERO : licences;
}

/** `10 licences bought on 2026-03-05`. */
export function batchText(batch: SeatBatch): string {
  const verb = { purchase: 'bought', renewal: 'renewed', increase: 'added' }[batch.kind];
  return `${batch.seats.toString()} licences ${verb} on ${isoDay(batch.start.day)}`;
}
