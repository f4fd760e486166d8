import { Random } from './random.ts';

/**
 * The published formulas in whole cents and BigInt, written apart from src on purpose: the generated amounts are then right by
 * another hand than the one that is measured. Amounts are magnitudes; P is a price in cents, Q a quantity, d of D the days billed.
 */
export interface Proration {
  readonly price: number;
  readonly quantity: number;
  readonly daysBilled: number;
  readonly cycleDays: number;
}

/** Half away from zero; both are magnitudes here. */
function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

function terms(line: Proration): { p: bigint; q: bigint; d: bigint; whole: bigint } {
  return { p: BigInt(line.price), q: BigInt(line.quantity), d: BigInt(line.daysBilled), whole: BigInt(line.cycleDays) };
}

/** P·Q for a whole cycle, else R( R(P·Q/D) · d / Q ) · Q. */
export function legacyAmount(line: Proration): bigint {
  const { p, q, d, whole } = terms(line);
  return d === whole ? p * q : halfUp(halfUp(p * q, whole) * d, q) * q;
}

/** P·Q for a whole cycle, else T(P·d/D) · Q. */
export function newCommerceAmount(line: Proration): bigint {
  const { p, q, d, whole } = terms(line);
  return d === whole ? p * q : ((p * d) / whole) * q;
}

/** Every figure that some published convention yields for a legacy line. */
export function legacyFigures(line: Proration): ReadonlySet<bigint> {
  const { p, q, d, whole } = terms(line);
  if (d === whole) return new Set([p * q]);
  return new Set([
    legacyAmount(line),
    halfUp(p * q * d, whole),
    ((p * d) / whole) * q,
    halfUp(p * d, whole) * q,
    (p / whole) * d * q,
    halfUp(halfUp(10n * p, whole) * d * q, 10n),
  ]);
}

/** Every figure that some published convention yields for a new-commerce line. */
export function newCommerceFigures(line: Proration): ReadonlySet<bigint> {
  const { p, q, d, whole } = terms(line);
  return new Set([newCommerceAmount(line), (p * q * d) / whole]);
}

/**
 * An amount 0.01 to 5.00 away from the right one. It is none that another convention yields, for then the line would only be
 * rounded otherwise and not wrong; and it keeps its sign, for a credit that became a charge would be another question.
 */
export function wrongAmount(right: bigint, figures: ReadonlySet<bigint>, seed: number): bigint {
  const random = new Random(0x77726f6e, seed);
  for (;;) {
    const offset = BigInt(1 + random.below(500));
    const amount = right > 2n * offset && random.oneIn(2) ? right - offset : right + offset;
    if (!figures.has(amount)) return amount;
  }
}

/** The unit price as legacy rows print it: T(P·d/D), in cents. */
export function cutUnitPrice(line: Proration): bigint {
  const { p, d, whole } = terms(line);
  return (p * d) / whole;
}

/** P·d/D in units of 10^-9, half up. */
export function effectiveUnits(line: Proration): bigint {
  const { p, d, whole } = terms(line);
  return halfUp(p * d * 10_000_000n, whole);
}

/** A fifth, as tax. */
export function taxOf(amount: bigint): bigint {
  return halfUp(amount, 5n);
}

/** `units × 10^-scale` as the exports print it: without trailing zeros. */
export function decimalText(units: bigint, scale: number, isNegative: boolean): string {
  const digits = units.toString().padStart(scale + 1, '0');
  const text = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '');
  return isNegative && units !== 0n ? `-${text}` : text;
}
