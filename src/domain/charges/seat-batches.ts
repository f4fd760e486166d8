import { figureOf } from '../proration/conventions.ts';
import { daysInclusive, isoDay, type Day } from '../calendar/days.ts';
import { eventDay, quantityChanges, signedQuantity } from './licences.ts';
import { Decimal, minorDigits, sum, ZERO } from '../numbers/money.ts';
import { roundHalfUp } from '../numbers/rounding.ts';
import { recordedDecrease } from './recorded-decrease.ts';
import type { AuditedLine, BilledCycle, ConversionOrigin, SubscriptionChain } from './subjects.ts';
import type { Moment } from '../calendar/window.ts';

/**
 * Seats that were bought together: a purchase, a renewal, or an increase. Each opens a cancellation window of its own, but for a partial
 * upgrade, which has that of the subscription it came from.
 */
export interface SeatBatch {
  readonly kind: 'purchase' | 'renewal' | 'increase' | 'upgrade';
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
  const firstPurchase = chain.lines.find((one) => isPurchase(one) && one.line.amount.isPositive() && !one.line.amount.isZero());
  for (const cycle of chain.cycles) {
    const { charge } = cycle;
    if (charge !== null && charge.line.amount.isPositive() && !charge.line.amount.isZero()) {
      const isFirst = charge === firstPurchase;
      const converted = chain.conversion?.charge === charge ? kindOfConversion(chain.conversion) : null;
      const kind = isFirst || isBoughtAgain(charge) ? 'purchase' : charge.line.kind === 'renewal' ? 'renewal' : converted;
      const start =
        kind === 'upgrade'
          ? inheritedStart(chain, charge)
          : ((isFirst && !followsTrial(chain, charge) ? chain.purchase : null) ?? startOf(chain, charge));
      if (kind !== null && start !== null)
        batches.push({ kind, start, seats: charge.line.quantity.abs(), charged: charge.line.amount, lines: [charge], cycle });
    }
    batches.push(...increases(chain, cycle));
  }
  return batches;
}

/** A trial that became a paid subscription is bought; a full upgrade opens no window, and of an unknown parent nothing is known. */
function kindOfConversion({ kind }: ConversionOrigin): 'purchase' | 'upgrade' | null {
  if (kind === 'trial') return 'purchase';
  return kind === 'partial-upgrade' ? 'upgrade' : null;
}

function inheritedStart({ conversion }: SubscriptionChain, { line }: AuditedLine): Moment | null {
  const day = line.firstDay ?? line.orderDay;
  return conversion?.parent == null || day === null ? null : windowStart(conversion.parent, day);
}

/** A term that is only extended to another end date buys nothing anew. */
function isPurchase(one: AuditedLine): boolean {
  return one.line.kind === 'purchase' && one.line.chargeType.toLowerCase() !== 'extendterm';
}

/** A later purchase fee of a legacy subscription takes it up again after a suspension; it opens no window. */
function isBoughtAgain(one: AuditedLine): boolean {
  return isPurchase(one) && one.line.heading.layout === 'new-commerce';
}

/** A trial that became a paid subscription: the window counts from the conversion. */
function followsTrial(chain: SubscriptionChain, charge: AuditedLine): boolean {
  return chain.lines.some(
    ({ line }) =>
      line.heading.layout === 'new-commerce' && line.kind === 'purchase' && line.amount.isZero() && line.firstDay !== charge.line.firstDay,
  );
}

/** The purchase or renewal whose window counts on a day. Legacy windows count from the purchase alone. */
export function windowStart(chain: SubscriptionChain, day: Day): Moment | null {
  if (chain.layout === 'legacy-licence') return chain.purchase;
  const opening = seatBatches(chain).findLast((one) => one.kind !== 'increase' && one.start.day <= day);
  if (opening !== undefined) return opening.start;
  const { conversion } = chain;
  return conversion !== null && conversion.kind !== 'full-upgrade' ? null : chain.purchase;
}

/**
 * The start of a later purchase or a renewal: the instant of the partner's record; else OrderDate, unless it lies before the charge: a term
 * opens no window before it begins.
 */
function startOf(chain: SubscriptionChain, charge: AuditedLine): Moment | null {
  const { orderDay, orderSecond, firstDay, kind } = charge.line;
  const recorded = chain.events.find(
    (event) => event.kind === (kind === 'renewal' ? 'renew' : 'purchase') && firstDay !== null && Math.abs(event.day - firstDay) <= 1,
  );
  if (recorded !== undefined) return { day: recorded.day, second: recorded.second };
  if (orderDay !== null && (firstDay === null || orderDay >= firstDay)) return { day: orderDay, second: orderSecond };
  return firstDay === null ? null : { day: firstDay, second: null };
}

/** The net seat change of each day of a cycle by the lines of the files, new commerce only: legacy increases have no window of their own. */
function changesByDay(cycle: BilledCycle): ReadonlyMap<Day, readonly AuditedLine[]> {
  const byDay = new Map<Day, AuditedLine[]>();
  for (const one of cycle.changes) {
    const day = one.line.heading.layout === 'new-commerce' ? eventDay(one, cycle) : null;
    if (day !== null) byDay.set(day, [...(byDay.get(day) ?? []), one]);
  }
  return byDay;
}

function increases(chain: SubscriptionChain, cycle: BilledCycle): readonly SeatBatch[] {
  return [...changesByDay(cycle)].flatMap(([day, lines]) => {
    const seats = sum(lines.map(signedQuantity));
    const recorded = chain.events.find((event) => event.kind === 'add-seats' && event.day === day);
    const printed = lines.find((one) => one.line.orderDay === day)?.line.orderSecond ?? null;
    const charged = sum(lines.map((one) => one.line.amount));
    return seats.isPositive() && !seats.isZero()
      ? [{ kind: 'increase' as const, start: { day, second: recorded?.second ?? printed }, seats, charged, lines, cycle }]
      : [];
  });
}

/** Licences that the lines of the files give back on one day. */
export interface SeatDecrease extends Moment {
  readonly seats: Decimal;
  /** What the lines of the day add up to. */
  readonly credit: Decimal;
  readonly lines: readonly AuditedLine[];
}

/** The days of a new-commerce cycle on which its lines take more licences than they give. */
export function decreasesOf(cycle: BilledCycle): readonly SeatDecrease[] {
  return [...changesByDay(cycle)].flatMap(([day, lines]) => {
    const net = sum(lines.map(signedQuantity));
    const second = lines.find((one) => one.line.orderDay === day)?.line.orderSecond ?? null;
    return net.isNegative() ? [{ day, second, seats: net.abs(), credit: sum(lines.map((one) => one.line.amount)), lines }] : [];
  });
}

/** The days on which conversions take more licences out of a subscription than they leave in it: those of a partial upgrade go to another one. */
function upgradedAway(cycle: BilledCycle): readonly { readonly day: Day; readonly seats: Decimal }[] {
  const byDay = new Map<Day, Decimal>();
  for (const one of quantityChanges(cycle)) {
    const day = one.line.kind === 'conversion' ? one.line.firstDay : null;
    if (day !== null) byDay.set(day, (byDay.get(day) ?? ZERO).plus(signedQuantity(one)));
  }
  return [...byDay].flatMap(([day, net]) => (net.isNegative() ? [{ day, seats: net.abs() }] : []));
}

/** Seats given back or upgraded away until a day, by lines of the files and by records that no line matches. */
function decreasesUntil(chain: SubscriptionChain, until: Day): readonly { readonly day: Day; readonly seats: Decimal }[] {
  const found: { day: Day; seats: Decimal }[] = [];
  for (const cycle of chain.cycles) {
    found.push(...[...decreasesOf(cycle), ...upgradedAway(cycle)].filter((one) => one.day <= until));
    for (const event of cycle.looseEvents) {
      const given = event.kind === 'remove-seats' && event.day <= until ? recordedDecrease(cycle, event) : null;
      if (given !== null) found.push({ day: event.day, seats: given.charged });
    }
  }
  return found.sort((a, b) => a.day - b.day);
}

/**
 * The batches with the seats that are left of each on a day. Which seats a decrease takes is not published: the latest before it are taken
 * first here.
 */
export function batchesLeft(chain: SubscriptionChain, day: Day): readonly SeatBatch[] {
  const batches = seatBatches(chain).filter((batch) => batch.start.day <= day);
  const left = batches.map((batch) => batch.seats);
  for (const decrease of decreasesUntil(chain, day)) {
    let seats = decrease.seats;
    for (let place = batches.length - 1; place >= 0; place -= 1) {
      const batch = batches[place];
      const available = left[place];
      if (batch === undefined || available === undefined || batch.start.day > decrease.day) continue;
      const taken = Decimal.min(available, seats);
      left[place] = available.minus(taken);
      seats = seats.minus(taken);
    }
  }
  return batches.flatMap((batch, place) => {
    const seats = left[place] ?? ZERO;
    if (seats.isZero()) return [];
    if (seats.eq(batch.seats)) return [batch];
    const digits = minorDigits(batch.lines[0]?.line.heading.currency ?? '');
    return [{ ...batch, seats, charged: roundHalfUp(batch.charged.times(seats).div(batch.seats), digits) }];
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

/** `10 licences bought on 2026-03-05`. */
export function batchText(batch: SeatBatch): string {
  const verb = { purchase: 'bought', renewal: 'renewed', increase: 'added', upgrade: 'upgraded from those bought' }[batch.kind];
  return `${batch.seats.toString()} licences ${verb} on ${isoDay(batch.start.day)}`;
}
