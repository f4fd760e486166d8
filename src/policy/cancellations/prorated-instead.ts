import { creditFigures } from '../../domain/credits/credit-figures.ts';
import type { Cancellation } from '../../domain/credits/cancellations.ts';
import { seatsOn } from '../../domain/charges/licences.ts';
import type { Decimal } from '../../domain/numbers/money.ts';
import { money } from '../../domain/proration/working.ts';
import { creditBasis, type FormulaBasis } from '../formula-basis.ts';

/** What a cancellation would earn by the unused days alone, for the working of one that earns more; empty where that cannot be told. */
export interface ProratedInstead extends FormulaBasis {
  /** A magnitude; null where it cannot be told. */
  readonly amount: Decimal | null;
  readonly working: readonly string[];
}

export const NOTHING_INSTEAD: ProratedInstead = { amount: null, working: [], citations: [], parametersUsed: [] };

export function proratedInstead({ cycle, day }: Pick<Cancellation, 'cycle' | 'day'>): ProratedInstead {
  const charge = cycle?.charge ?? null;
  if (cycle === null || charge === null) return NOTHING_INSTEAD;
  const figures = creditFigures(charge, cycle, seatsOn(cycle, day), day);
  if (figures === null) return NOTHING_INSTEAD;
  return {
    amount: figures.amount,
    working: [`by the unused days alone it would be ${money(charge, figures.amount)}:`, ...figures.steps.map((step) => `  ${step}`)],
    ...creditBasis(charge),
  };
}
