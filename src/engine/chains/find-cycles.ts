import type { ChargeKind, ChargeLine } from '../../domain/charges/charge-line.ts';
import { cycleFromAnchor, holds, isWholeByShape, seriesOf, type Cycle } from '../../domain/calendar/cycles.ts';
import type { Day } from '../../domain/calendar/days.ts';

/** Charges that open a cycle; their own period, where it is a whole number of cycle months, is the cycle. */
const OPENING: ReadonlySet<ChargeKind> = new Set<ChargeKind>(['purchase', 'renewal', 'cycle', 'conversion', 'plan-change']);
const PUBLISHED_CYCLE_MONTHS = [1, 12, 36];

type DatedLine = ChargeLine & { readonly firstDay: Day; readonly lastDay: Day };

export function isDated(line: ChargeLine): line is DatedLine {
  return line.firstDay !== null && line.lastDay !== null && line.firstDay <= line.lastDay;
}

/**
 * The charge cycle of every line of one subscription and product, in the order of the rule catalogue: the whole-cycle line that contains
 * its days; else the anniversaries of the subscription's start by billing frequency, month ends as published; else null.
 */
export function findCycles(lines: readonly ChargeLine[]): readonly (Cycle | null)[] {
  const own = lines.map((line) => (isDated(line) && OPENING.has(line.kind) && isWholeCharge(line) ? periodOf(line) : null));
  const wholeCycles = own.filter((cycle) => cycle !== null);
  const anchor = firstPurchase(lines);
  return lines.map((line, place) => own[place] ?? (isDated(line) ? cycleOf(line, wholeCycles, anchor) : null));
}

function periodOf(line: DatedLine): Cycle {
  return { firstDay: line.firstDay, lastDay: line.lastDay };
}

function isWholeCharge(line: DatedLine): boolean {
  const stated = line.heading.cycleMonths;
  // A period longer than the stated cycle can be no proration of it; a shorter one may be.
  return PUBLISHED_CYCLE_MONTHS.some(
    (months) => (stated === null || months >= stated) && isWholeByShape(line.firstDay, line.lastDay, months),
  );
}

function cycleOf(line: DatedLine, wholeCycles: readonly Cycle[], purchase: Day | null): Cycle | null {
  return containing(line, wholeCycles) ?? fromAnniversaries(line, purchase) ?? ownShape(line);
}

/** Of several whole cycles that contain the days (a plan changed from annual to monthly) the shortest is the one being prorated. */
function containing(line: DatedLine, wholeCycles: readonly Cycle[]): Cycle | null {
  let best: Cycle | null = null;
  for (const cycle of wholeCycles) {
    if (!holds(cycle, line.firstDay, line.lastDay)) continue;
    if (best === null || isBetter(cycle, best, line)) best = cycle;
  }
  return best;
}

function isBetter(cycle: Cycle, best: Cycle, line: DatedLine): boolean {
  const length = cycle.lastDay - cycle.firstDay;
  const bestLength = best.lastDay - best.firstDay;
  if (length !== bestLength) {
    const ends = cycle.lastDay === line.lastDay;
    const bestEnds = best.lastDay === line.lastDay;
    return ends === bestEnds ? length < bestLength : ends;
  }
  return cycle.firstDay > best.firstDay;
}

function fromAnniversaries(line: DatedLine, purchase: Day | null): Cycle | null {
  const months = line.heading.cycleMonths;
  const starts = [line.termFirstDay, purchase].filter((day): day is Day => day !== null && day <= line.firstDay);
  const anchor = starts[0];
  if (months === null || anchor === undefined) return null;
  const candidates = seriesOf(anchor)
    .map((series) => cycleFromAnchor(anchor, months, line.firstDay, series))
    .filter((cycle): cycle is Cycle => cycle !== null && holds(cycle, line.firstDay, line.lastDay));
  // The published series differ only around month ends; a line ends with its cycle, or begins with it.
  return (
    candidates.find((cycle) => cycle.lastDay === line.lastDay) ??
    candidates.find((cycle) => cycle.firstDay === line.firstDay) ??
    candidates[isMonthOfLongerTerm(line, months) ? candidates.length - 1 : 0] ??
    null
  );
}

/** Annual and longer terms billed by the month walk on month ends; a monthly term keeps the day of its start. */
function isMonthOfLongerTerm(line: DatedLine, months: number): boolean {
  return months === 1 && line.termFirstDay !== null && line.termLastDay !== null && line.termLastDay - line.termFirstDay > 40;
}

function ownShape(line: DatedLine): Cycle | null {
  const months = line.heading.cycleMonths;
  if (months === null || !isWholeByShape(line.firstDay, line.lastDay, months)) return null;
  return periodOf(line);
}

function firstPurchase(lines: readonly ChargeLine[]): Day | null {
  let first: Day | null = null;
  for (const line of lines) {
    if (line.kind === 'purchase' && line.firstDay !== null && (first === null || line.firstDay < first)) first = line.firstDay;
  }
  return first;
}
