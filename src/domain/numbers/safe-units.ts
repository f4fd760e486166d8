/**
 * Arithmetic of decimal numbers as `units × 10^-scale` with safe integers. A result that is no safe integer comes out as NaN or beyond
 * `Number.MAX_SAFE_INTEGER`: `isSafe` is asked of every result before it is used, and whoever asks has an exact way without it.
 */

/** decimal.js's numbers for the two modes that the rules use. */
export type Rounding = 1 | 4;
const HALF_UP: Rounding = 4;

const MOST = Number.MAX_SAFE_INTEGER;

/** Ten to the 22nd is the largest power of ten that a double holds exactly. */
export const MOST_SCALE = 22;
export const POWERS_OF_TEN: readonly number[] = Array.from({ length: MOST_SCALE + 1 }, (_, exponent) => 10 ** exponent);

/** Sums and products of safe integers beyond the safe range are rounded, but never back into it. */
export function isSafe(units: number): boolean {
  return units <= MOST && units >= -MOST;
}

/** Zero may carry a minus sign, as decimal.js lets it. */
export function isMinus(units: number): boolean {
  return units < 0 || Object.is(units, -0);
}

/** The units at a scale that is no smaller; NaN where they do not fit. */
export function rescaled(units: number, scale: number, to: number): number {
  if (scale === to) return units;
  const larger = units * (POWERS_OF_TEN[to - scale] ?? NaN);
  return isSafe(larger) ? larger : NaN;
}

/** The quotient where it is whole; NaN where it is not. */
export function dividedTo(units: number, by: number): number {
  const result = units / by;
  // Both are safe integers, so a result that looks whole may be rounded: only the product tells.
  return Number.isSafeInteger(result) && result * by === units ? result : NaN;
}

/** `units × 10^-scale ÷ divisor`, rounded to `digits` decimals, in units of these; NaN where it does not fit. */
export function roundedQuotient(units: number, scale: number, divisor: number, digits: number, rounding: Rounding): number {
  const shift = scale - digits;
  const numerator = shift < 0 ? Math.abs(units) * (POWERS_OF_TEN[-shift] ?? NaN) : Math.abs(units);
  const denominator = shift > 0 ? divisor * (POWERS_OF_TEN[shift] ?? NaN) : divisor;
  // Twice the remainder has to fit too.
  if (!isSafe(numerator) || !isSafe(denominator * 2)) return NaN;
  let result = Math.floor(numerator / denominator);
  let rest = numerator - result * denominator;
  // The division itself is rounded: it may have come up to the next whole number.
  if (rest < 0) {
    result -= 1;
    rest += denominator;
  }
  if (rounding === HALF_UP && rest * 2 >= denominator) result += 1;
  return isMinus(units) ? -result : result;
}

/** The same number without zeros at its end. */
export function withoutZeros(units: number, scale: number): { readonly units: number; readonly scale: number } {
  let shorter = units;
  let left = scale;
  while (left > 0 && shorter % 10 === 0) {
    shorter /= 10;
    left -= 1;
  }
  return { units: shorter, scale: left };
}

/** A magnitude with `digits` decimals, of which there are at least `scale`. */
export function textOf(units: number, scale: number, digits: number): string {
  const text = String(units) + '0'.repeat(digits - scale);
  if (digits === 0) return text;
  const padded = text.padStart(digits + 1, '0');
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}
