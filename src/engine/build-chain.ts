import type { ChargeKind, ChargeLine } from '../domain/charge-line.ts';
import type { Convention } from '../domain/conventions.ts';
import { holds, type Cycle } from '../domain/cycles.ts';
import { addDays, type Day } from '../domain/days.ts';
import { invariant } from '../domain/invariant.ts';
import type { AuditedLine, BilledCycle, RateUse, SubscriptionChain } from '../domain/subjects.ts';
import type { LineGroup } from './gather-chains.ts';
import type { RecalculatedLine } from './recalculate.ts';

const OPENING: ReadonlySet<ChargeKind> = new Set<ChargeKind>(['purchase', 'renewal', 'cycle', 'conversion', 'plan-change']);

export interface ChainFacts {
  judgedBy(line: RecalculatedLine): Convention;
  rateUse(line: ChargeLine): RateUse | null;
}

/** Puts the recalculated lines of one subscription and product into cycles. */
export function buildChain(group: LineGroup, recalculated: readonly RecalculatedLine[], facts: ChainFacts): SubscriptionChain {
  const first = group.lines[0];
  invariant(first !== undefined, 'a group has lines');
  const lines: readonly AuditedLine[] = recalculated.map((one) => ({
    line: one.line,
    recalculation: one.recalculation,
    listedPrice: one.listedPrice,
    judgedBy: facts.judgedBy(one),
    rateUse: facts.rateUse(one.line),
  }));
  return {
    customerId: group.customerId,
    customerName: nameOf(group.lines, (line) => line.heading.customerName),
    subscriptionId: group.subscriptionId,
    layout: first.heading.layout,
    productKey: group.productKey,
    productName: nameOf(group.lines, (line) => line.heading.productName),
    currency: first.heading.currency,
    lines,
    cycles: billedCycles(lines),
    purchaseDay: purchaseDay(group.lines),
  };
}

/** A name may change between months: the latest one is shown. */
function nameOf(lines: readonly ChargeLine[], read: (line: ChargeLine) => string): string {
  return lines.map(read).findLast((name) => name !== '') ?? '';
}

/**
 * The day of purchase: new commerce the OrderDate of the purchase line, legacy SubscriptionStartDate − 1 day (the file prints the day after
 * the order). A new-commerce subscription without its purchase line is known by its printed start.
 */
function purchaseDay(lines: readonly ChargeLine[]): Day | null {
  const isLegacy = lines[0]?.heading.layout === 'legacy-licence';
  if (!isLegacy) {
    const orders = lines.filter((line) => line.kind === 'purchase').map((line) => line.orderDay ?? line.firstDay);
    const order = earliest(orders);
    if (order !== null) return order;
  }
  const start = earliest(lines.map((line) => line.termFirstDay));
  return start === null || !isLegacy ? start : addDays(start, -1);
}

function earliest(days: readonly (Day | null)[]): Day | null {
  let least: Day | null = null;
  for (const day of days) if (day !== null && (least === null || day < least)) least = day;
  return least;
}

function cycleOf(one: AuditedLine): Cycle | null {
  return one.recalculation.cycle;
}

function billedCycles(lines: readonly AuditedLine[]): readonly BilledCycle[] {
  const byDays = new Map<string, AuditedLine[]>();
  const cycles = new Map<string, Cycle>();
  const loose: AuditedLine[] = [];
  for (const one of lines) {
    const cycle = cycleOf(one);
    if (cycle === null || one.line.heading.productKind !== 'licence') {
      loose.push(one);
      continue;
    }
    const key = `${cycle.firstDay} ${cycle.lastDay}`;
    cycles.set(key, cycle);
    byDays.set(key, [...(byDays.get(key) ?? []), one]);
  }
  return [...cycles]
    .sort(([, a], [, b]) => a.firstDay - b.firstDay || a.lastDay - b.lastDay)
    .map(([key, cycle]) => billedCycle(cycle, [...(byDays.get(key) ?? []), ...loose.filter((one) => liesIn(one, cycle))]));
}

/** Adjustments have no cycle of their own: they belong to the cycle that holds their days. */
function liesIn(one: AuditedLine, cycle: Cycle): boolean {
  const { firstDay, lastDay } = one.line;
  return firstDay !== null && lastDay !== null && holds(cycle, firstDay, lastDay);
}

function billedCycle(cycle: Cycle, lines: readonly AuditedLine[]): BilledCycle {
  const seatChanges = lines.filter((one) => one.line.kind === 'seat-change');
  const charge = lines.find((one) => OPENING.has(one.line.kind) && one.line.sign > 0) ?? chargeAmongSeatChanges(cycle, seatChanges);
  return {
    cycle,
    charge,
    changes: seatChanges.filter((one) => one !== charge),
    cancellations: lines.filter((one) => one.line.kind === 'cancellation'),
    adjustments: lines.filter((one) => one.line.kind === 'adjustment'),
    lines,
  };
}

/**
 * Legacy files bill the cycle after a seat change as a `Cycle instance prorate` row of the whole cycle (published example M2):
 * a positive whole row that no reversal takes back is that cycle's charge.
 */
function chargeAmongSeatChanges(cycle: Cycle, changes: readonly AuditedLine[]): AuditedLine | null {
  if (changes.some((one) => one.line.sign < 0)) return null;
  const whole = changes.find((one) => one.line.sign > 0 && one.line.firstDay === cycle.firstDay && one.line.lastDay === cycle.lastDay);
  return whole !== undefined && whole.line.heading.layout === 'legacy-licence' ? whole : null;
}
