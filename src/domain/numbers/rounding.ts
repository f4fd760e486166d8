import { Decimal } from './money.ts';

/** R of the rule catalogue: half away from zero, to `digits` decimals. */
export function roundHalfUp(value: Decimal, digits: number): Decimal {
  return value.toDecimalPlaces(digits, Decimal.ROUND_HALF_UP);
}

/** T of the rule catalogue: toward zero (Excel's ROUNDDOWN), to `digits` decimals. */
export function truncate(value: Decimal, digits: number): Decimal {
  return value.toDecimalPlaces(digits, Decimal.ROUND_DOWN);
}
