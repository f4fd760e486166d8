import type { ExpectedCharge } from './expected-charge.ts';
import type { JudgedFigure } from './judged-figure.ts';
import type { ProrationInputs } from '../findings/finding.ts';
import type { AuditedLine } from '../charges/subjects.ts';

/** A share in months, for the one convention that counts them. */
interface Months {
  readonly billed: number;
  readonly whole: number;
}

/**
 * What the figures of a recalculated line are worked out from, as a spreadsheet needs it; null where the full price is neither a decimal that
 * ends nor a plain quotient.
 */
export function prorationInputs({ line }: AuditedLine, { facts, priceShare, figures }: ExpectedCharge): ProrationInputs | null {
  return inputsOf({ facts, sign: line.sign < 0 ? -1 : 1 }, figures.has('by-months') ? priceShare : null);
}

/** The same of a figure that no line prints; null also where it counts months, which only lines do. */
export function figureInputs(figure: JudgedFigure): ProrationInputs | null {
  return figure.convention === 'by-months' ? null : inputsOf(figure, null);
}

function inputsOf({ facts, sign }: Pick<JudgedFigure, 'facts' | 'sign'>, months: Months | null): ProrationInputs | null {
  const price = facts.price.fraction();
  if (price === null) return null;
  return {
    price,
    quantity: facts.quantity.toString(),
    rate: facts.rate.toString(),
    daysBilled: facts.billed,
    cycleDays: facts.whole,
    monthsBilled: months?.billed ?? null,
    cycleMonths: months?.whole ?? null,
    sign,
    digits: facts.digits,
    pricingDigits: facts.pricingDigits,
  };
}
