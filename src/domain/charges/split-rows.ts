import type { Decimal } from '../numbers/money.ts';
import type { AuditedLine, BilledCycle } from './subjects.ts';

/** A split row that bills the days before a seat change at another quantity than was taken back for them. */
export interface WrongSplitRow {
  readonly line: AuditedLine;
  /** The licences of the reversed row, which were in force on the row's first day. */
  readonly before: Decimal;
}

/**
 * A legacy seat change takes back a period and charges it again in parts. The part that begins with the period ends before the change: it
 * bills the licences that were taken back. A part that is the whole period is the change itself, made on its first day, and so is one that
 * the partner recorded as a change of that day.
 */
export function wrongSplitRows(cycle: BilledCycle): readonly WrongSplitRow[] {
  const reversed = cycle.changes.filter((one) => one.line.sign < 0);
  return cycle.changes.flatMap((line): readonly WrongSplitRow[] => {
    if (line.line.sign <= 0 || cycle.eventDays.get(line) === line.line.firstDay) return [];
    const around = reversed.filter((one) => one.line.firstDay === line.line.firstDay && endsAfter(one, line));
    const [first] = around;
    const quantity = line.line.quantity.abs();
    if (first === undefined || around.some((one) => one.line.quantity.abs().eq(quantity))) return [];
    return [{ line, before: first.line.quantity.abs() }];
  });
}

function endsAfter(one: AuditedLine, other: AuditedLine): boolean {
  return one.line.lastDay !== null && other.line.lastDay !== null && one.line.lastDay > other.line.lastDay;
}
