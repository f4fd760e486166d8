import type { Day } from '../../domain/calendar/days.ts';
import type { AuditedLine, BilledCycle } from '../../domain/charges/subjects.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import type { OpenSeats } from './open-seats.ts';

/**
 * The rows of seat increases that billed seats given back on a day: in new commerce those of the batches that the decrease takes, the latest
 * first; legacy has no batches, and its seats rest on all changes that charge days until then.
 */
export function increasesTaken(cycle: BilledCycle, day: Day, seats: Decimal, open: OpenSeats | null): readonly AuditedLine[] {
  if (open === null) return cycle.changes.filter(({ line }) => (line.firstDay ?? Infinity) <= day);
  let left = seats;
  const rows: AuditedLine[] = [];
  for (const batch of [...open.batches].reverse()) {
    const taken = Decimal.min(left, batch.seats);
    left = left.minus(taken);
    if (!taken.isZero() && batch.kind === 'increase') rows.push(...batch.lines);
  }
  return rows;
}
