import type { ExpectedCharge } from './expected-charge.ts';
import type { ProrationInputs } from '../findings/finding.ts';
import { minorDigits } from '../numbers/money.ts';
import type { AuditedLine } from '../charges/subjects.ts';

/**
 * What the figures of a recalculated line are worked out from, as a spreadsheet needs it; null where the full price is neither a decimal that
 * ends nor a plain quotient.
 */
export function prorationInputs(one: AuditedLine, charge: ExpectedCharge): ProrationInputs | null {
  const { facts, priceShare } = charge;
  const price = facts.price.fraction();
  if (price === null) return null;
  const isByMonths = charge.figures.has('by-months');
  return {
    price,
    quantity: facts.quantity.toString(),
    rate: facts.rate.toString(),
    daysBilled: facts.billed,
    cycleDays: facts.whole,
    monthsBilled: isByMonths ? priceShare.billed : null,
    cycleMonths: isByMonths ? priceShare.whole : null,
    sign: one.line.sign < 0 ? -1 : 1,
    digits: minorDigits(one.line.heading.currency),
    pricingDigits: facts.pricingDigits,
  };
}
