import { Decimal as SharedDecimal } from 'decimal.js';

/**
 * Our own clone: decimal.js settings are process-wide otherwise. 80 significant digits hold every product of
 * a price, a quantity, a day count and an exchange rate exactly, and a quotient far beyond the point where rounding
 * to a currency's minor unit could be in doubt (divisors are day counts of at most 1,096).
 */
export const Decimal = SharedDecimal.clone({
  precision: 80,
  rounding: SharedDecimal.ROUND_HALF_UP,
  toExpNeg: -100,
  toExpPos: 100,
});
export type Decimal = SharedDecimal;

export const ZERO: Decimal = new Decimal(0);

/**
 * A number as a file prints it: `units × 10^-scale`, with the printed number of decimals in `scale`.
 * `units` is a safe integer, so that a million lines fit in typed arrays; a number with more digits than that is
 * carried whole in `exact` and then counts alone.
 */
export interface PrintedNumber {
  readonly units: number;
  readonly scale: number;
  readonly exact: string | null;
}

const MOST_KEPT = 100_000;
const MOST_UNITS = 2 ** 45;
const kept = new Map<number, Decimal>();

/** The exact decimal value of a printed number. Prices and quantities repeat, so values are kept, up to a limit. */
export function decimalOf(printed: PrintedNumber): Decimal {
  const { units, scale, exact } = printed;
  if (exact !== null) return new Decimal(exact);
  if (scale > 31 || Math.abs(units) > MOST_UNITS) return new Decimal(`${units}e-${scale}`);
  const key = units * 32 + (units < 0 ? -scale : scale);
  let value = kept.get(key);
  if (value === undefined) {
    value = scale === 0 ? new Decimal(units) : new Decimal(`${units}e-${scale}`);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, value);
  }
  return value;
}

/** ISO 4217 currencies whose minor unit is not a hundredth. */
const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map(
    (code) => [code, 0] as const,
  ),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
]);

/** Decimals of a currency's minor unit (ISO 4217): 2 for most, 0 for JPY and KRW, 3 for KWD. */
export function minorDigits(currency: string): number {
  return MINOR_DIGITS.get(currency.toUpperCase()) ?? 2;
}

/** One minor unit of a currency: 0.01 EUR, 1 JPY. */
export function minorUnit(currency: string): Decimal {
  return new Decimal(10).pow(-minorDigits(currency));
}

/** Money as the report prints it: the currency's digits, and more only where the figure itself has more; nothing is rounded away. */
export function formatMoney(amount: Decimal, currency: string): string {
  const text = amount.toFixed(Math.max(minorDigits(currency), amount.decimalPlaces()));
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}

/** The exact sum; 0 for nothing. */
export function sum(amounts: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const amount of amounts) total = total.plus(amount);
  return total;
}
