import type { Decimal } from '../numbers/money.ts';
import { sum } from '../numbers/money.ts';
import type { AuditedLine, BilledCycle } from './subjects.ts';

/** What the files charge for a cycle before credits: its charge, further charges, and both halves of the seat changes. */
export function chargedIn(cycle: BilledCycle): Decimal {
  return sum(cycle.lines.filter((one) => one.line.kind !== 'cancellation' && one.line.kind !== 'adjustment').map((one) => one.line.amount));
}

/** The credits of a cycle: cancellations and money given back. */
export function creditsIn(cycle: BilledCycle): readonly AuditedLine[] {
  return [...cycle.cancellations, ...cycle.adjustments].filter((one) => one.line.amount.isNegative());
}
