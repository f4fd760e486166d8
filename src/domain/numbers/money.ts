import { Decimal } from './decimal.ts';

export { Decimal } from './decimal.ts';

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

/** The exact decimal value of a printed number. */
export function decimalOf(printed: PrintedNumber): Decimal {
  const { units, scale, exact } = printed;
  return exact === null ? Decimal.ofUnits(units, scale) : new Decimal(exact);
}

/** −1, 0 or 1. */
export function signOfPrinted({ units, exact }: PrintedNumber): number {
  if (exact === null) return Math.sign(units);
  return !/[1-9]/.test(exact) ? 0 : exact.startsWith('-') ? -1 : 1;
}

/** The same number with the other sign. */
export function negatedPrinted({ units, scale, exact }: PrintedNumber): PrintedNumber {
  if (exact === null) return { units: 0 - units, scale, exact };
  return { units, scale, exact: exact.startsWith('-') ? exact.slice(1) : `-${exact}` };
}

/** ISO 4217 currencies whose minor unit is not a hundredth. */
const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map(
    (code) => [code, 0] as const,
  ),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
]);

/** By the code as it is written: a file has few, and every figure asks. */
const digitsOfCode = new Map<string, number>();
const MOST_CODES = 1000;

/** Decimals of a currency's minor unit (ISO 4217): 2 for most, 0 for JPY and KRW, 3 for KWD. */
export function minorDigits(currency: string): number {
  let digits = digitsOfCode.get(currency);
  if (digits === undefined) {
    digits = MINOR_DIGITS.get(currency.toUpperCase()) ?? 2;
    if (digitsOfCode.size >= MOST_CODES) digitsOfCode.clear();
    digitsOfCode.set(currency, digits);
  }
  return digits;
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
