import { type Decimal, ZERO } from '../../domain/numbers/money.ts';
import { markup, type SafeHtml } from './safe-html.ts';

/** A part of a bar: its share of the longest bar in percent, and the class that colours it. */
export interface BarPart {
  readonly percent: number;
  readonly kind: string;
}

const WIDEST = 100;
/** Less would not be seen, and what is there must be. */
const NARROWEST = 0.6;

/** How long an amount is drawn beside the largest one; below zero it is as long, and drawn hollow. */
export function percentOf(amount: Decimal, largest: Decimal): number {
  if (amount.isZero() || largest.isZero()) return 0;
  return Math.max(NARROWEST, Number(amount.abs().times(WIDEST).div(largest.abs()).toFixed(2)));
}

/** The largest of some amounts, whatever their sign. */
export function largestOf(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((largest, amount) => (amount.abs().gt(largest) ? amount.abs() : largest), ZERO);
}

/** One bar of parts side by side. Its figures always stand beside it as text, so a screen reader need not hear of it. */
export function bar(parts: readonly BarPart[]): SafeHtml {
  let from = 0;
  const drawn = parts
    .filter(({ percent }) => percent > 0)
    .map(({ percent, kind }) => {
      const x = from;
      from += percent;
      return markup`<rect class="${kind}" x="${x.toFixed(2)}%" y="0" width="${percent.toFixed(2)}%" height="100%" rx="2"></rect>`;
    });
  return markup`<svg class="bar" aria-hidden="true" focusable="false">${drawn}</svg>`;
}
