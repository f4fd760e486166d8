/**
 * Days and money of the made-up year, worked out in whole cents with exact integers and by nothing of src: what the audit is held against
 * must not come from the audit.
 */

/** First and last day, both included, as `YYYY-MM-DD`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** How cycles walk over month ends, as published: by the day of the month, always the last day, or always the last but one. */
export type Series = 'day' | 'month-end' | 'last-but-one';

const DAY_MS = 86_400_000;

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

export function countDays({ from, to }: Period): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

export function monthOf(day: string): number {
  return +day.slice(5, 7);
}

/** The start of the cycle so many months after the first one. */
function startAfter(anchor: string, months: number, series: Series): string {
  const [year = 0, month = 0, day = 0] = anchor.split('-').map((part) => +part);
  const lastDay = new Date(Date.UTC(year, month + months, 0));
  const lastOfMonth = lastDay.getUTCDate();
  const own = { day: Math.min(day, lastOfMonth), 'month-end': lastOfMonth, 'last-but-one': lastOfMonth - 1 }[series];
  return `${lastDay.toISOString().slice(0, 8)}${String(own).padStart(2, '0')}`;
}

/** The charge cycle so many months after the first; of a month, unless it is said to be longer. */
export function cycleFrom(anchor: string, months: number, shape: { readonly series?: Series; readonly length?: number } = {}): Period {
  const { series = 'day', length = 1 } = shape;
  return { from: startAfter(anchor, months, series), to: plusDays(startAfter(anchor, months + length, series), -1) };
}

/** The figures of a printed number without its point: of an amount its cents, of a price with six decimals its millionths. */
export function toCents(text: string): bigint {
  return BigInt(text.replace('.', ''));
}

export function toText(cents: bigint, digits = 2): string {
  const figures = (cents < 0n ? -cents : cents).toString().padStart(digits + 1, '0');
  return `${cents < 0n ? '-' : ''}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

/** Half up, of magnitudes. */
export function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/** A licence's price for a part of its cycle: so many days of so many. */
export interface Part {
  readonly price: bigint;
  readonly seats: number;
  readonly days: number;
  readonly of: number;
}

/** R( R(P·Q/D) · d / Q ) · Q, the formula of the billing overview; a whole cycle is P·Q. */
export function legacyAmount({ price, seats, days, of }: Part): bigint {
  const [q, d, whole] = [BigInt(seats), BigInt(days), BigInt(of)];
  if (days === of) return price * q;
  return halfUp(halfUp(price * q, whole) * d, q) * q;
}

/** T(P·d/D), the unit price that legacy rows print. */
export function cutUnitPrice({ price, days, of }: Part): bigint {
  return (price * BigInt(days)) / BigInt(of);
}

/** T(P·d/D) · Q, the published Subtotal of a new-commerce licence. */
export function seatAmount(part: Part): bigint {
  return cutUnitPrice(part) * BigInt(part.seats);
}

/** P·d/D with six decimals, half up, as EffectiveUnitPrice is printed. */
export function effectivePrice({ price, days, of }: Part): string {
  return toText(halfUp(price * BigInt(days) * 10_000n, BigInt(of)), 6);
}

/** T(T(E·Q)·X), the published Subtotal of usage; E and X in millionths, Q in thousandths. */
export function usageAmount(effective: bigint, quantity: bigint, rate: bigint): bigint {
  return (((effective * quantity) / 10_000_000n) * rate) / 1_000_000n;
}
