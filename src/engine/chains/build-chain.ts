import type { ChargeKind, ChargeLine } from '../../domain/charges/charge-line.ts';
import type { Convention } from '../../domain/proration/conventions.ts';
import { holds, type Cycle } from '../../domain/calendar/cycles.ts';
import { addDays, type Day } from '../../domain/calendar/days.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import type { PartnerEvent } from '../../domain/partner/partner-event.ts';
import type { Moment } from '../../domain/calendar/window.ts';
import { invariant } from '../../domain/invariant.ts';
import type { AuditedLine, BilledCycle, RateUse, SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { LineGroup } from './gather-chains.ts';
import type { RecalculatedLine } from '../proration/recalculate.ts';

const OPENING: ReadonlySet<ChargeKind> = new Set<ChargeKind>(['purchase', 'renewal', 'cycle', 'conversion', 'plan-change']);

export interface ChainFacts {
  /** What the partner agreed in place of published figures. */
  readonly ownTerms: readonly OwnTerm[];
  /** What the partner's own record says of a subscription, by its portal id or its internal id. */
  eventsOf(line: ChargeLine): readonly PartnerEvent[];
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
    ownTerms: facts.ownTerms,
    listPrice: one.listPrice,
  }));
  const events = facts.eventsOf(first);
  const purchase = purchaseOf(group.lines, events);
  return {
    customerId: group.customerId,
    customerName: nameOf(group.lines, (line) => line.heading.customerName),
    subscriptionId: group.subscriptionId,
    layout: first.heading.layout,
    productKey: group.productKey,
    productName: nameOf(group.lines, (line) => line.heading.productName),
    currency: first.heading.currency,
    lines,
    cycles: billedCycles(lines, events),
    purchaseDay: purchase?.day ?? null,
    purchase,
    events,
    customerDomain: nameOf(group.lines, (line) => line.heading.customerDomain),
    ownTerms: facts.ownTerms,
    creditsElsewhere: [],
    conversion: null,
  };
}

/** Lets the products of one subscription know of credits that stand under another product, with no charge of theirs to belong to. */
export function withCreditsElsewhere(chains: readonly SubscriptionChain[]): readonly SubscriptionChain[] {
  const strays = new Map<SubscriptionChain, readonly AuditedLine[]>();
  for (const chain of chains) {
    const found = chain.lines.filter(
      (one) => isCredit(one) && !chain.cycles.some(({ charge, lines }) => charge !== null && lines.includes(one)),
    );
    if (found.length > 0) strays.set(chain, found);
  }
  if (strays.size === 0) return chains;
  return chains.map((chain) => ({
    ...chain,
    creditsElsewhere: [...strays].flatMap(([other, credits]) => (other !== chain && isSameSubscription(other, chain) ? credits : [])),
  }));
}

function isCredit({ line }: AuditedLine): boolean {
  return (line.kind === 'cancellation' || line.kind === 'adjustment') && line.amount.isNegative();
}

function isSameSubscription(one: SubscriptionChain, other: SubscriptionChain): boolean {
  return one.layout === other.layout && one.subscriptionId.toLowerCase() === other.subscriptionId.toLowerCase();
}

/** A name may change between months: the latest one is shown. */
function nameOf(lines: readonly ChargeLine[], read: (line: ChargeLine) => string): string {
  const last = lines.findLast((line) => read(line) !== '');
  return last === undefined ? '' : read(last);
}

/**
 * The purchase: the instant of the partner's record; else new commerce the OrderDate of the purchase line, legacy SubscriptionStartDate − 1 day
 * (the file prints the day after the order), unless a renewal fee opened the term that begins there: its purchase is of an earlier year. A
 * new-commerce subscription without its purchase line is known by its printed start.
 */
function purchaseOf(lines: readonly ChargeLine[], events: readonly PartnerEvent[]): Moment | null {
  const recorded = events.find((event) => event.kind === 'purchase');
  if (recorded !== undefined) return recorded;
  const isLegacy = lines[0]?.heading.layout === 'legacy-licence';
  if (!isLegacy) {
    const order = earliest(lines.filter((line) => line.kind === 'purchase').map((line) => momentOf(line)));
    if (order !== null) return order;
  }
  if (isLegacy && isKnownByRenewal(lines)) return null;
  const start = earliest(lines.map((line) => (line.termFirstDay === null ? null : { day: line.termFirstDay, second: null })));
  return start === null || !isLegacy ? start : { day: addDays(start.day, -1), second: null };
}

/** Whether the earliest term that legacy lines print was opened by a renewal fee and by no purchase. */
function isKnownByRenewal(lines: readonly ChargeLine[]): boolean {
  const first = Math.min(...lines.map((line) => line.termFirstDay ?? Infinity));
  const opens = (line: ChargeLine): boolean => line.termFirstDay === first && line.amount.isPositive() && line.firstDay === first;
  return lines.some((line) => line.kind === 'renewal' && opens(line)) && !lines.some((line) => line.kind === 'purchase' && opens(line));
}

function momentOf(line: ChargeLine): Moment | null {
  const day = line.orderDay ?? line.firstDay;
  return day === null ? null : { day, second: line.orderDay === null ? null : line.orderSecond };
}

function earliest(moments: readonly (Moment | null)[]): Moment | null {
  let least: Moment | null = null;
  for (const moment of moments) {
    if (moment === null) continue;
    if (least === null || moment.day < least.day || (moment.day === least.day && (moment.second ?? 0) < (least.second ?? 0)))
      least = moment;
  }
  return least;
}

function cycleOf(one: AuditedLine): Cycle | null {
  return one.recalculation.cycle;
}

function billedCycles(lines: readonly AuditedLine[], events: readonly PartnerEvent[]): readonly BilledCycle[] {
  const found: { readonly cycle: Cycle; readonly own: AuditedLine[] }[] = [];
  const loose: AuditedLine[] = [];
  for (const one of lines) {
    const cycle = cycleOf(one);
    if (cycle === null || one.line.heading.productKind !== 'licence') {
      loose.push(one);
      continue;
    }
    // The lines come in the order of their days: most belong to the cycle found last.
    const known = found.findLast(({ cycle: other }) => other.firstDay === cycle.firstDay && other.lastDay === cycle.lastDay);
    if (known === undefined) found.push({ cycle, own: [one] });
    else known.own.push(one);
  }
  return found
    .sort(({ cycle: a }, { cycle: b }) => a.firstDay - b.firstDay || a.lastDay - b.lastDay)
    .map(({ cycle, own }) => billedCycle(cycle, [...own, ...loose.filter((one) => liesIn(one, cycle))], events));
}

/** Adjustments have no cycle of their own: they belong to the cycle that holds their days. */
function liesIn(one: AuditedLine, cycle: Cycle): boolean {
  const { firstDay, lastDay } = one.line;
  return firstDay !== null && lastDay !== null && holds(cycle, firstDay, lastDay);
}

function billedCycle(cycle: Cycle, lines: readonly AuditedLine[], events: readonly PartnerEvent[]): BilledCycle {
  const seatChanges = lines.filter((one) => one.line.kind === 'seat-change');
  const charge = lines.find((one) => OPENING.has(one.line.kind) && one.line.sign > 0) ?? chargeAmongSeatChanges(cycle, seatChanges);
  const changes = seatChanges.filter((one) => one !== charge);
  return {
    cycle,
    charge,
    changes,
    ...matchSeatEvents(cycle, changes, events),
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

/**
 * A recorded seat change is matched by the quantity it led to: the row that charges that quantity, and the half that takes back the one before.
 * Events without a row change the licences all the same.
 */
function matchSeatEvents(
  cycle: Cycle,
  changes: readonly AuditedLine[],
  events: readonly PartnerEvent[],
): Pick<BilledCycle, 'eventDays' | 'looseEvents'> {
  const eventDays = new Map<AuditedLine, Day>();
  const looseEvents: PartnerEvent[] = [];
  for (const event of events) {
    const isSeatChange = event.kind === 'add-seats' || event.kind === 'remove-seats';
    if (!isSeatChange || event.quantity === null || event.day < cycle.firstDay || event.day > cycle.lastDay) continue;
    const { quantity } = event;
    // A legacy row of the days before an earlier change charges what was in force then, be it as many licences.
    const mayFollow = ({ line }: AuditedLine): boolean => line.sign > 0 && (line.lastDay ?? Infinity) >= event.day;
    const charged = changes.filter((one) => mayFollow(one) && one.line.quantity.abs().eq(quantity) && !eventDays.has(one));
    const row = charged.find((one) => one.line.orderDay === event.day) ?? charged[0];
    if (row === undefined) {
      looseEvents.push(event);
      continue;
    }
    for (const half of changes) if (half === row || isCounterpart(half, row)) eventDays.set(half, event.day);
  }
  return { eventDays, looseEvents };
}

function isCounterpart(half: AuditedLine, row: AuditedLine): boolean {
  const [a, b] = [half.line, row.line];
  return a.sign < 0 && a.orderDay === b.orderDay && a.firstDay === b.firstDay && a.referenceId === b.referenceId;
}
