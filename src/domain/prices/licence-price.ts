import type { ChargeLine } from '../charges/charge-line.ts';

/** Licence lines with a price above 0. Money given back outside the licence arithmetic and fees on a cancellation are no price of a licence. */
export function isLicenceLineWithPrice({ heading, kind, amount, unitPrice }: ChargeLine): boolean {
  if (heading.productKind !== 'licence' || heading.isTrial || kind === 'adjustment' || kind === 'other') return false;
  if (amount.isZero() || unitPrice?.isZero() === true) return false;
  return kind !== 'cancellation' || amount.isNegative();
}
