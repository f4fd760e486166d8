import type { Convention } from '../../domain/proration/conventions.ts';
import { invariant } from '../../domain/invariant.ts';

/** The cells of one row that a figure is worked out from, as `L7`; a price may be an expression. */
export interface ProrationCells {
  readonly price: string;
  readonly quantity: string;
  readonly rate: string;
  readonly daysBilled: string;
  readonly cycleDays: string;
  readonly sign: string;
  /** Only `by-months` needs them. */
  readonly monthsBilled: string | null;
  readonly cycleMonths: string | null;
}

export interface MinorDigits {
  readonly digits: number;
  readonly pricingDigits: number;
}

/**
 * A spreadsheet works in binary fractions, where 12.345 may be 12.34499…: brought to ten decimals first, a value on the edge is on the edge
 * again. No share of a price of six decimals by at most 1,096 days comes that close to an edge without lying on it.
 */
const STEADY_DECIMALS = 10;

const steady = (value: string): string => `ROUND(${value},${STEADY_DECIMALS})`;
const halfUp = (value: string, digits: number): string => `ROUND(${steady(value)},${digits})`;
const cut = (value: string, digits: number): string => `TRUNC(${steady(value)},${digits})`;

type Formula = (cells: ProrationCells, digits: MinorDigits) => string;

/** The formulas of `domain/proration/conventions.ts`, word for word, in the language of spreadsheets. */
const FORMULAS: Readonly<Record<Convention, Formula>> = {
  'published-legacy': ({ price: p, quantity: q, daysBilled: d, cycleDays: D }, { digits }) =>
    `IF(${q}=0,0,${halfUp(`${halfUp(`${p}*${q}/${D}`, digits)}*${d}/${q}`, digits)}*${q})`,
  'exact-once': ({ price: p, quantity: q, daysBilled: d, cycleDays: D }, { digits }) => halfUp(`${p}*${q}*${d}/${D}`, digits),
  'shown-unit': ({ price: p, quantity: q, daysBilled: d, cycleDays: D }, { digits }) => `${cut(`${p}*${d}/${D}`, digits)}*${q}`,
  'unit-rounded': ({ price: p, quantity: q, daysBilled: d, cycleDays: D }, { digits }) => `${halfUp(`${p}*${d}/${D}`, digits)}*${q}`,
  'daily-cut': ({ price: p, quantity: q, daysBilled: d, cycleDays: D }, { digits }) =>
    halfUp(`${cut(`${p}/${D}`, digits)}*${d}*${q}`, digits),
  'daily-three': ({ price: p, quantity: q, daysBilled: d, cycleDays: D }, { digits }) =>
    halfUp(`${halfUp(`${p}/${D}`, 3)}*${d}*${q}`, digits),
  'published-seat': ({ price: p, quantity: q, rate: x, daysBilled: d, cycleDays: D }, { digits }) =>
    `${cut(`${p}*${x}*${d}/${D}`, digits)}*${q}`,
  'published-usage': ({ price: p, quantity: q, rate: x, daysBilled: d, cycleDays: D }, { digits, pricingDigits }) =>
    cut(`${cut(`${p}*${q}*${d}/${D}`, pricingDigits)}*${x}`, digits),
  'by-months': ({ price: p, quantity: q, rate: x, monthsBilled: d, cycleMonths: D }, { digits }) => {
    invariant(d !== null && D !== null, 'by-months counts months');
    return `${cut(`${p}*${x}*${d}/${D}`, digits)}*${q}`;
  },
};

const LEGACY: ReadonlySet<Convention> = new Set<Convention>([
  'published-legacy',
  'exact-once',
  'shown-unit',
  'unit-rounded',
  'daily-cut',
  'daily-three',
]);

/** A convention's figure with its sign, worked out from the cells of its row; a full legacy period is price × quantity. Without `=`. */
export function prorationFormula(convention: Convention, cells: ProrationCells, digits: MinorDigits): string {
  const figure = FORMULAS[convention](cells, digits);
  const { sign, daysBilled, cycleDays, price, quantity } = cells;
  if (!LEGACY.has(convention)) return `${sign}*${steady(figure)}`;
  return `${sign}*IF(${daysBilled}=${cycleDays},${halfUp(`${price}*${quantity}`, digits.digits)},${steady(figure)})`;
}
