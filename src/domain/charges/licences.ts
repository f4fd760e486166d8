import type { Day } from '../calendar/days.ts';
import { sum, ZERO, type Decimal } from '../numbers/money.ts';
import type { AuditedLine, BilledCycle } from './subjects.ts';

/**
 * The day on which a new-commerce seat change took effect: the day of the partner's own record; else OrderDate, unless the file prints the
 * order of the purchase there (the same day as the cycle's charge) or no day of the cycle; then the first day charged.
 */
export function eventDay(one: AuditedLine, cycle: BilledCycle): Day | null {
  const recorded = cycle.eventDays.get(one);
  if (recorded !== undefined) return recorded;
  const { orderDay, firstDay } = one.line;
  if (orderDay === null || orderDay < cycle.cycle.firstDay || orderDay > cycle.cycle.lastDay) return firstDay;
  const purchase = cycle.charge?.line.orderDay ?? null;
  return orderDay === purchase ? firstDay : orderDay;
}

/** The quantity of a line with the sign of its money: a wipe or reversal takes licences away, a recreated or split row gives them. */
export function signedQuantity(one: AuditedLine): Decimal {
  const quantity = one.line.quantity.abs();
  return one.line.sign < 0 ? quantity.negated() : quantity;
}

function isInForce(change: AuditedLine, day: Day, cycle: BilledCycle): boolean {
  if (change.line.heading.layout === 'new-commerce') {
    const from = eventDay(change, cycle);
    return from !== null && from <= day;
  }
  const { firstDay, lastDay } = change.line;
  return firstDay !== null && lastDay !== null && firstDay <= day && day <= lastDay;
}

/**
 * The lines that change how many licences a cycle has: its seat changes, and the conversions that move licences out of the subscription or
 * into it (a partial upgrade leaves fewer behind: 100 of 300 in published example N10).
 */
export function quantityChanges(cycle: BilledCycle): readonly AuditedLine[] {
  const conversions = cycle.lines.filter((one) => one.line.kind === 'conversion' && one.line.sign !== 0 && one !== cycle.charge);
  return [...cycle.changes, ...conversions];
}

function licencesInFiles(cycle: BilledCycle, charge: AuditedLine, day: Day): Decimal {
  let licences = charge.line.quantity.abs();
  for (const change of quantityChanges(cycle)) if (isInForce(change, day, cycle)) licences = licences.plus(signedQuantity(change));
  return licences;
}

/**
 * Licences of a day (rule catalogue, Words): the quantity of the cycle's charge, changed by each seat change in force on that day, and by
 * each recorded event that no line matches. Null where no given file holds the cycle's charge.
 */
export function licencesOn(cycle: BilledCycle, day: Day): Decimal | null {
  const { charge } = cycle;
  if (charge === null) return null;
  let byEvents = ZERO;
  for (const event of cycle.looseEvents) {
    if (event.day > day || event.quantity === null) continue;
    byEvents = event.quantity.minus(licencesInFiles(cycle, charge, event.day));
  }
  return licencesInFiles(cycle, charge, day).plus(byEvents);
}

/** Licences in force on a day, at least none. */
export function seatsOn(cycle: BilledCycle, day: Day): Decimal {
  const licences = licencesOn(cycle, day) ?? ZERO;
  return licences.isNegative() ? ZERO : licences;
}

/** Σ over the days of the cycle of the licences of the day; null without the cycle's charge. First to last day, both included. */
export function seatDays(cycle: BilledCycle): Decimal | null {
  if (cycle.charge === null) return null;
  let total = ZERO;
  const first = cycle.charge.line.firstDay ?? cycle.cycle.firstDay;
  for (let day = first; day <= cycle.cycle.lastDay; day = (day + 1) as Day) total = total.plus(licencesOn(cycle, day) ?? ZERO);
  return total;
}

/** A decrease of the files on or after the recorded day is the credit, whatever quantity the record tells. */
export function isDecreaseShown(cycle: BilledCycle, day: Day): boolean {
  const later = cycle.changes.filter((one) => (one.line.orderDay ?? one.line.firstDay ?? day) >= day);
  return sum(later.map(signedQuantity)).isNegative();
}
