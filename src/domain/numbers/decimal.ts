import { Decimal as SharedDecimal } from 'decimal.js';
import {
  dividedTo,
  POWERS_OF_TEN,
  isMinus,
  isSafe,
  MOST_SCALE,
  rescaled,
  roundedQuotient,
  textOf,
  withoutZeros,
  type Rounding,
} from './safe-units.ts';

/**
 * Our own clone: decimal.js settings are process-wide otherwise. 80 significant digits hold every product of
 * a price, a quantity, a day count and an exchange rate exactly, and a quotient far beyond the point where rounding
 * to a currency's minor unit could be in doubt (divisors are day counts of at most 1,096).
 */
const Wide = SharedDecimal.clone({
  precision: 80,
  rounding: SharedDecimal.ROUND_HALF_UP,
  toExpNeg: -100,
  toExpPos: 100,
});
type Wide = SharedDecimal;

/** In the place of a divisor: the number stands in `wide` alone. */
const WIDE_ONLY = 0;
const UNREAD = -1;
const PLAIN_TEXT = /^-?\d{1,15}$|^-?(?=.{3,16}$)\d+\.\d+$/;

/**
 * An exact decimal number with the methods of decimal.js that we use, and its results to the last digit (a property test compares
 * them). Nearly every number of an audit is a safe integer of some decimals, `units × 10^-scale`, and is worked on as such, some fifty times
 * faster; whatever does not fit goes to decimal.js. A quotient that does not end keeps its divisor until somebody needs its
 * digits: most are rounded at once, which integers do exactly.
 */
export class Decimal {
  static readonly ROUND_DOWN: Rounding = 1;
  static readonly ROUND_HALF_UP: Rounding = 4;

  private readonly units: number;
  private readonly scale: number;
  /** 1 for a plain number, more for a quotient, `WIDE_ONLY` where only `wide` holds the number. */
  private readonly divisor: number;
  /** The number for decimal.js; for plain numbers and quotients made when needed, then kept. */
  private wide: Wide | null;

  constructor(value: Operand);
  /** @internal */
  constructor(units: number, scale: number, divisor: number, wide: Wide | null);
  constructor(value: Operand, scale = UNREAD, divisor = 1, wide: Wide | null = null) {
    if (scale !== UNREAD) {
      this.units = value as number;
      this.scale = scale;
      this.divisor = divisor;
      this.wide = wide;
      return;
    }
    const read = typeof value === 'object' ? value : numberOf(value);
    this.units = read.units;
    this.scale = read.scale;
    this.divisor = read.divisor;
    this.wide = read.wide;
  }

  /** `units × 10^-scale`; `units` is a safe integer. */
  static ofUnits(units: number, scale: number): Decimal {
    return scale <= MOST_SCALE ? plain(units, scale) : narrow(new Wide(`${units}e-${scale}`));
  }

  static max(...values: readonly Decimal[]): Decimal {
    return values.reduce((most, value) => most.replacedBy(value, -1));
  }

  static min(...values: readonly Decimal[]): Decimal {
    return values.reduce((least, value) => least.replacedBy(value, 1));
  }

  plus(value: Operand): Decimal {
    const other = decimalFrom(value);
    if (this.divisor === 1 && other.divisor === 1) {
      const scale = this.scale > other.scale ? this.scale : other.scale;
      const units = rescaled(this.units, this.scale, scale) + rescaled(other.units, other.scale, scale);
      if (isSafe(units)) return plain(units, scale);
    }
    return narrow(this.exact().plus(other.exact()));
  }

  minus(value: Operand): Decimal {
    const other = decimalFrom(value);
    if (this.divisor === 1 && other.divisor === 1) {
      const scale = this.scale > other.scale ? this.scale : other.scale;
      const units = rescaled(this.units, this.scale, scale) - rescaled(other.units, other.scale, scale);
      if (isSafe(units)) return plain(units, scale);
    }
    return narrow(this.exact().minus(other.exact()));
  }

  times(value: Operand): Decimal {
    const other = decimalFrom(value);
    if (this.divisor === 1 && other.divisor === 1) {
      const units = this.units * other.units;
      const scale = this.scale + other.scale;
      if (isSafe(units) && scale <= MOST_SCALE) return plain(units, scale);
    }
    return narrow(this.exact().times(other.exact()));
  }

  div(value: Operand): Decimal {
    const other = decimalFrom(value);
    if (this.divisor === 1 && other.divisor === 1 && other.units !== 0) {
      const shift = other.scale - this.scale;
      const units = shift > 0 ? this.units * (POWERS_OF_TEN[shift] ?? Infinity) : this.units;
      if (isSafe(units)) return quotient(units, shift > 0 ? 0 : 0 - shift, other.units);
    }
    return narrow(this.exact().div(other.exact()));
  }

  pow(exponent: number): Decimal {
    if (this.divisor === 1 && this.units === 10 && this.scale === 0 && exponent <= 0 && -exponent <= MOST_SCALE) {
      return plain(1, 0 - exponent);
    }
    return narrow(this.exact().pow(exponent));
  }

  abs(): Decimal {
    return this.isNegative() ? this.negated() : this;
  }

  negated(): Decimal {
    return this.divisor === WIDE_ONLY ? ofWide(this.exact().negated()) : new Decimal(-this.units, this.scale, this.divisor, null);
  }

  comparedTo(value: Operand): number {
    const other = decimalFrom(value);
    if (this.divisor === 1 && other.divisor === 1) {
      const scale = this.scale > other.scale ? this.scale : other.scale;
      const one = rescaled(this.units, this.scale, scale);
      const two = rescaled(other.units, other.scale, scale);
      if (isSafe(one) && isSafe(two)) return one < two ? -1 : one > two ? 1 : 0;
    }
    return this.exact().comparedTo(other.exact());
  }

  eq(value: Operand): boolean {
    return this.comparedTo(value) === 0;
  }

  lt(value: Operand): boolean {
    return this.comparedTo(value) < 0;
  }

  lte(value: Operand): boolean {
    return this.comparedTo(value) <= 0;
  }

  gt(value: Operand): boolean {
    return this.comparedTo(value) > 0;
  }

  gte(value: Operand): boolean {
    return this.comparedTo(value) >= 0;
  }

  /** Whether the two differ by less than `step`. A quotient is not worked out for it: both sides are multiplied by its divisor. */
  isCloserTo(other: Decimal, step: Decimal): boolean {
    if (this.divisor !== WIDE_ONLY && other.divisor === 1 && step.divisor === 1) {
      const scale = Math.max(this.scale, other.scale, step.scale);
      const own = rescaled(this.units, this.scale, scale);
      const others = rescaled(other.units, other.scale, scale) * this.divisor;
      const allowed = rescaled(step.units, step.scale, scale) * this.divisor;
      if (isSafe(own) && isSafe(others) && isSafe(allowed)) return Math.abs(own - others) < allowed;
    }
    return this.minus(other).abs().lt(step);
  }

  isZero(): boolean {
    return this.divisor === WIDE_ONLY ? this.exact().isZero() : this.units === 0;
  }

  /** As decimal.js has it: zero is positive, and a zero that came of a negative number is negative. */
  isNegative(): boolean {
    if (this.divisor === WIDE_ONLY) return this.exact().isNegative();
    return isMinus(this.units);
  }

  isPositive(): boolean {
    return !this.isNegative();
  }

  isInteger(): boolean {
    return this.divisor === 1 ? this.scale === 0 || this.units % (POWERS_OF_TEN[this.scale] ?? 1) === 0 : this.exact().isInteger();
  }

  /** Without trailing zeros. */
  decimalPlaces(): number {
    return this.divisor === 1 ? withoutZeros(this.units, this.scale).scale : this.exact().decimalPlaces();
  }

  toDecimalPlaces(digits: number, rounding: Rounding = Decimal.ROUND_HALF_UP): Decimal {
    if (this.divisor === 1 && this.scale <= digits) return this;
    if (this.divisor !== WIDE_ONLY) {
      const units = roundedQuotient(this.units, this.scale, this.divisor, digits, rounding);
      if (isSafe(units)) return plain(units, digits);
    }
    return narrow(this.exact().toDecimalPlaces(digits, rounding));
  }

  toFixed(digits?: number): string {
    if (digits === undefined) return this.toString();
    const rounded = this.toDecimalPlaces(digits);
    if (rounded.divisor !== 1) return this.exact().toFixed(digits);
    const text = textOf(Math.abs(rounded.units), rounded.scale, digits);
    return this.isNegative() && !this.isZero() ? `-${text}` : text;
  }

  toString(): string {
    if (this.divisor !== 1) return this.exact().toString();
    const { units, scale } = withoutZeros(this.units, this.scale);
    const text = textOf(Math.abs(units), scale, scale);
    return units < 0 ? `-${text}` : text;
  }

  /** Exactly, as a decimal that ends or as `numerator/denominator`; null for the few numbers of which only 80 digits are kept. */
  fraction(): string | null {
    if (this.divisor > 1) return `${plain(this.units, this.scale).toString()}/${this.divisor}`;
    return this.decimalPlaces() > MOST_SCALE ? null : this.toString();
  }

  private replacedBy(value: Decimal, when: -1 | 1): Decimal {
    const order = this.comparedTo(value);
    // Of two zeros the one whose sign suits.
    return order === when || (order === 0 && this.isNegative() === when < 0) ? value : this;
  }

  private exact(): Wide {
    if (this.wide === null) {
      const units = this.units === 0 || this.scale === 0 ? new Wide(this.units) : new Wide(`${this.units}e-${this.scale}`);
      this.wide = this.divisor === 1 ? units : units.div(this.divisor);
    }
    return this.wide;
  }
}

export type Operand = Decimal | number | string;

function decimalFrom(value: Operand): Decimal {
  return typeof value === 'object' ? value : numberOf(value);
}

function plain(units: number, scale: number): Decimal {
  return new Decimal(units, scale, 1, null);
}

function ofWide(wide: Wide): Decimal {
  return new Decimal(0, 0, WIDE_ONLY, wide);
}

function numberOf(value: number | string): Decimal {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? plain(value, 0) : narrow(new Wide(value));
  if (!PLAIN_TEXT.test(value)) return narrow(new Wide(value));
  const point = value.indexOf('.');
  return point < 0 ? plain(+value, 0) : plain(+(value.slice(0, point) + value.slice(point + 1)), value.length - 1 - point);
}

/** A result of decimal.js as safe units again where it fits, so that one long number does not slow down all that follows. */
function narrow(wide: Wide): Decimal {
  if (wide.isZero()) return plain(wide.isNegative() ? -0 : 0, 0);
  const scale = wide.decimalPlaces();
  if (scale <= MOST_SCALE && wide.precision() <= 16) {
    const units = +wide.toFixed().replace('.', '');
    if (isSafe(units)) return plain(units, scale);
  }
  return ofWide(wide);
}

function quotient(units: number, scale: number, by: number): Decimal {
  const whole = dividedTo(units, by);
  if (isSafe(whole)) return plain(whole, scale);
  return by < 0 ? new Decimal(-units, scale, -by, null) : new Decimal(units, scale, by, null);
}
