import type { Cycle } from '../calendar/cycles.ts';
import { daysInclusive, isoDay } from '../calendar/days.ts';
import { decreasesOf, type SeatDecrease } from '../charges/seat-batches.ts';
import type { AuditedLine, BilledCycle } from '../charges/subjects.ts';
import { sum, type Decimal } from '../numbers/money.ts';
import { stepsOf } from '../proration/conventions.ts';
import { amountOf } from '../proration/judged-figure.ts';
import { figureBy, money, periodText } from '../proration/working.ts';

/** Seats given back whose rows credit the days from a later day than that of the decrease on. */
export interface LateDecreaseCredit {
  readonly decrease: SeatDecrease;
  /** The row that takes back what was in force. */
  readonly lead: AuditedLine;
  /** The days that are unused, first and last included. */
  readonly right: Cycle;
  /** What the rows add up to when they have these days. */
  readonly expected: Decimal;
  readonly working: readonly string[];
}

/** New commerce only: the day of a decrease, which is credited, is that of the order; on the day of purchase the record must tell it. */
export function lateDecreaseCredits(cycle: BilledCycle): readonly LateDecreaseCredit[] {
  return decreasesOf(cycle).flatMap((decrease) => {
    const { day, lines, credit } = decrease;
    const lead = lines.find(({ line }) => line.amount.isNegative());
    // Where the file prints another day than the record, either may be wrong: the seat-days of the cycle tell it (LC03).
    const isLate = lines.every(({ line }) => line.orderDay === day && (line.firstDay ?? day) > day && line.lastDay === cycle.cycle.lastDay);
    if (lead === undefined || !isLate || !credit.isNegative()) return [];
    const right = { firstDay: day, lastDay: cycle.cycle.lastDay };
    const figures = lines.flatMap((one) => {
      if (one.recalculation.status !== 'recalculated') return [];
      const facts = { ...one.recalculation.facts, billed: daysInclusive(right.firstDay, right.lastDay) };
      return [{ one, facts, amount: amountOf(figureBy(one, facts)) }];
    });
    const expected = sum(figures.map(({ amount }) => amount));
    if (figures.length < lines.length || expected.eq(credit)) return [];
    return [
      {
        decrease,
        lead,
        right,
        expected,
        working: [
          `given back on ${isoDay(day)}: ${decrease.seats.toString()} licences, credited for ${periodText(lead.line)}, ${money(lead, credit)} together`,
          ...figures.map(
            ({ one, facts, amount }) =>
              `unused days ${periodText(right)}: ${facts.billed} of ${facts.whole}; by ${one.judgedBy} ${stepsOf(one.judgedBy, facts)}, ${money(one, amount)}`,
          ),
          `together ${money(lead, expected)}`,
        ],
      },
    ];
  });
}
