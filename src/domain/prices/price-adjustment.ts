import { Decimal, sum } from '../numbers/money.ts';

export interface PriceAdjustments {
  /** Whether the file states any adjustment at all. */
  readonly isStated: boolean;
  /** The percentages it states, as reductions of the price. */
  readonly percentages: readonly Decimal[];
  readonly total: Decimal;
}

const NONE: PriceAdjustments = { isStated: false, percentages: [], total: new Decimal(0) };
const PERCENT = /(-?\d+(?:\.\d+)?)\s*%/g;

/**
 * Reads PriceAdjustmentDescription: a JSON array of free texts in one cell, such as `["15.0% Partner earned credit for services managed"]`.
 * The order of the texts may change and their wording is not fixed, so only the percentages count.
 */
export function parseAdjustments(text: string): PriceAdjustments {
  const inner = text.trim();
  if (inner === '' || /^\[\s*(""|null)?\s*\]$/.test(inner) || /^(null|na|n\/a)$/i.test(inner)) return NONE;
  const percentages = [...inner.matchAll(PERCENT)].map((match) => new Decimal(match[1] ?? '0'));
  return { isStated: true, percentages, total: sum(percentages) };
}
