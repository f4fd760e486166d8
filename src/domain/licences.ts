import type { Day } from './days.ts';
import { ZERO, type Decimal } from './money.ts';
import type { AuditedLine, BilledCycle } from './subjects.ts';

/**
 * The day on which a new-commerce seat change took effect: OrderDate, unless the file prints the order of the purchase there
 * (the same day as the cycle's charge) or no day of the cycle; then the first day charged.
 */
export function eventDay(one: AuditedLine, cycle: BilledCycle): Day | null {
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
 * Licences of a day (rule catalogue, Words): the quantity of the cycle's charge, changed by each seat change in force on that day.
 * Null where no given file holds the cycle's charge.
 */
export function licencesOn(cycle: BilledCycle, day: Day): Decimal | null {
  if (cycle.charge === null) return null;
  let licences = cycle.charge.line.quantity.abs();
  for (const change of cycle.changes) if (isInForce(change, day, cycle)) licences = licences.plus(signedQuantity(change));
  return licences;
}

/** Σ over the days of the cycle of the licences of the day; null without the cycle's charge. First to last day, both included. */
export function seatDays(cycle: BilledCycle): Decimal | null {
  if (cycle.charge === null) return null;
  let total = ZERO;
  const first = cycle.charge.line.firstDay ?? cycle.cycle.firstDay;
  for (let day = first; day <= cycle.cycle.lastDay; day = (day + 1) as Day) total = total.plus(licencesOn(cycle, day) ?? ZERO);
  return total;
}
