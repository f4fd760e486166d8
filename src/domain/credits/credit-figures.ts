import { conventionsOf, FORMULA_TEXT, figureOf, stepsOf, type Convention, type ProrationFacts } from '../proration/conventions.ts';
import { daysInclusive, type Day } from '../calendar/days.ts';
import { Decimal, formatMoney } from '../numbers/money.ts';
import type { AuditedLine, BilledCycle } from '../charges/subjects.ts';
import type { JudgedFigure } from '../proration/judged-figure.ts';
import { cycleText, money, periodText, priceText } from '../proration/working.ts';

/** A credit that no line of the files shows, worked out by every convention of its layout. Magnitudes. */
export interface CreditFigures {
  /** By the convention that judges the charge. */
  readonly amount: Decimal;
  readonly lowest: Decimal;
  readonly highest: Decimal;
  /** The amount as a credit, by the same convention. */
  readonly figure: JudgedFigure;
  /** From the price to the figure, with the numbers, and every other convention's figure. */
  readonly steps: readonly string[];
}

/** Seats given back on a day, that day credited, to the end of the cycle; null where the charge could not be worked out. */
export function creditFigures(charge: AuditedLine, { cycle }: BilledCycle, seats: Decimal, day: Day): CreditFigures | null {
  const { recalculation } = charge;
  if (recalculation.status !== 'recalculated' || day > cycle.lastDay) return null;
  const facts: ProrationFacts = {
    ...recalculation.facts,
    quantity: seats,
    billed: daysInclusive(day, cycle.lastDay),
    whole: daysInclusive(cycle.firstDay, cycle.lastDay),
  };
  // What is left of a changed billing plan is counted in days like any other cycle.
  const judge: Convention = charge.judgedBy === 'by-months' ? 'published-seat' : charge.judgedBy;
  const figures = conventionsOf(charge.line.heading.layout).map((convention) => ({ convention, figure: figureOf(convention, facts) }));
  const amount = figureOf(judge, facts);
  const { currency, layout } = charge.line.heading;
  return {
    amount,
    figure: { convention: judge, facts, sign: -1 },
    lowest: Decimal.min(amount, ...figures.map((one) => one.figure)),
    highest: Decimal.max(amount, ...figures.map((one) => one.figure)),
    steps: [
      priceText(charge, recalculation),
      cycleText(cycle),
      `unused days ${periodText({ firstDay: day, lastDay: cycle.lastDay })}: d = ${facts.billed} of D = ${facts.whole}; quantity Q = ${seats.toString()}${layout === 'new-commerce' ? `, exchange rate X = ${facts.rate.toString()}` : ''}`,
      `judged by ${judge}, ${FORMULA_TEXT[judge]}: ${stepsOf(judge, facts)}, ${money(charge, amount)}`,
      ...figures
        .filter((one) => one.convention !== judge)
        .map(({ convention, figure }) => `${convention}, ${FORMULA_TEXT[convention]}: ${formatMoney(figure, currency)}`),
    ],
  };
}

/** The band of a credit as amounts carry it: with its sign, the smaller number first; nothing where it has none. */
export function bandOfCredit({ lowest, highest }: { readonly lowest: Decimal | null; readonly highest: Decimal | null }): {
  lowest?: Decimal;
  highest?: Decimal;
} {
  return lowest === null || highest === null ? {} : { lowest: highest.negated(), highest: lowest.negated() };
}
