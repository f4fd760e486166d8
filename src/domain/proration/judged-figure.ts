import type { Decimal } from '../numbers/money.ts';
import { figureOf, type Convention, type ProrationFacts } from './conventions.ts';

/** A convention's figure that no line prints: what an amount is worked out from, so that a reader can work it out again. */
export interface JudgedFigure {
  readonly convention: Convention;
  readonly facts: ProrationFacts;
  /** −1 for a credit, whose figures mirror those of a charge. */
  readonly sign: 1 | -1;
}

/** The amount, with its sign, in the billing currency. */
export function amountOf({ convention, facts, sign }: JudgedFigure): Decimal {
  const magnitude = figureOf(convention, facts);
  return sign < 0 ? magnitude.negated() : magnitude;
}
