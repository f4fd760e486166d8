import type { ChargeKind } from './charge-line.ts';
import { addDays, type Day } from '../calendar/days.ts';
import type { AuditedLine, SubscriptionChain } from './subjects.ts';

/** Charges that pay for days of their own; seat changes only correct them. */
const CHARGING: ReadonlySet<ChargeKind> = new Set<ChargeKind>(['purchase', 'renewal', 'cycle', 'conversion', 'plan-change']);

/** A charge with the days that no reversal or cancellation has given back; first and last day included. */
export interface EffectiveCharge {
  readonly charge: AuditedLine;
  readonly firstDay: Day;
  readonly lastDay: Day;
}

interface Open {
  readonly charge: AuditedLine;
  firstDay: Day;
  lastDay: Day;
}

/**
 * The positive licence charges of a chain with the days they still pay for. A reversal of the whole charge (a credit note, a full refund)
 * leaves none, a cancellation credit leaves the days before it. Each credit counts against one charge: the one of its very days, else the
 * latest that holds them.
 */
export function effectiveCharges(chain: SubscriptionChain): readonly EffectiveCharge[] {
  const open: Open[] = [];
  for (const one of chain.lines) {
    const { firstDay, lastDay, kind, amount, heading } = one.line;
    const isCharge = CHARGING.has(kind) && heading.productKind === 'licence' && amount.isPositive() && !amount.isZero();
    if (isCharge && firstDay !== null && lastDay !== null) open.push({ charge: one, firstDay, lastDay });
  }
  for (const one of chain.lines) if (givesBackDays(one, open)) takeBack(one, open);
  return open.filter((charge) => charge.firstDay <= charge.lastDay);
}

function givesBackDays(one: AuditedLine, open: readonly Open[]): boolean {
  const { kind, amount } = one.line;
  if (!amount.isNegative()) return false;
  if (kind === 'cancellation' || CHARGING.has(kind)) return true;
  // Money given back for other reasons ends nothing, unless it is exactly the charge.
  return kind === 'adjustment' && open.some(({ charge }) => charge.line.amount.eq(amount.negated()) && sameDays(charge, one));
}

function sameDays(a: AuditedLine, b: AuditedLine): boolean {
  return a.line.firstDay === b.line.firstDay && a.line.lastDay === b.line.lastDay;
}

function takeBack(credit: AuditedLine, open: readonly Open[]): void {
  const { firstDay, lastDay } = credit.line;
  if (firstDay === null || lastDay === null) return;
  // A partial upgrade takes some licences away and leaves the others paid for; the wipe of a pair takes all of them before others are charged again.
  const isOfAll = (charge: Open): boolean =>
    credit.line.kind !== 'conversion' || credit.line.quantity.abs().eq(charge.charge.line.quantity.abs());
  const left = open.filter((charge) => charge.firstDay <= charge.lastDay && isOfAll(charge));
  const target =
    left.find((charge) => sameDays(charge.charge, credit)) ??
    left.findLast((charge) => charge.firstDay <= firstDay && lastDay <= charge.lastDay);
  if (target === undefined) return;
  if (lastDay >= target.lastDay) target.lastDay = addDays(firstDay, -1);
  else if (firstDay <= target.firstDay) target.firstDay = addDays(lastDay, 1);
}

/** Whether the day is still paid for: a charge that was reversed or converted away before it earns no credit. */
export function isPaidOn(chain: SubscriptionChain, charge: AuditedLine, day: Day): boolean {
  return effectiveCharges(chain).some((one) => one.charge === charge && one.firstDay <= day && day <= one.lastDay);
}
