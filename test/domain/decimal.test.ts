import { Decimal as SharedDecimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../src/domain/numbers/decimal.ts';

/** decimal.js as `Decimal` is meant to equal it. */
const Exact = SharedDecimal.clone({ precision: 80, rounding: SharedDecimal.ROUND_HALF_UP, toExpNeg: -100, toExpPos: 100 });
type Exact = SharedDecimal;

const RUNS = { numRuns: 3000 };

interface Pair {
  readonly ours: Decimal;
  readonly exact: Exact;
}

function pairOf(text: string): Pair {
  return { ours: new Decimal(text), exact: new Exact(text) };
}

function numeral(digits: bigint, scale: number): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

/** Prices, quantities and rates as bills print them; ends of rounding intervals; and numbers that no safe integer holds. */
const anyNumeral = fc
  .oneof(
    { weight: 5, arbitrary: fc.tuple(fc.bigInt(-10_000_000n, 10_000_000n), fc.integer({ min: 0, max: 6 })) },
    { weight: 2, arbitrary: fc.tuple(fc.bigInt(-100n, 100n), fc.integer({ min: 0, max: 3 })) },
    { weight: 1, arbitrary: fc.tuple(fc.bigInt(-(10n ** 16n), 10n ** 16n), fc.integer({ min: 0, max: 20 })) },
    { weight: 1, arbitrary: fc.tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.integer({ min: 0, max: 30 })) },
  )
  .map(([digits, scale]) => numeral(digits, scale));

type Step = (pair: Pair, other: Pair, digits: number) => Pair;

/** Results keep their sign: a zero may be a negative one. */
const STEPS: Readonly<Record<string, Step>> = {
  plus: (a, b) => ({ ours: a.ours.plus(b.ours), exact: a.exact.plus(b.exact) }),
  minus: (a, b) => ({ ours: a.ours.minus(b.ours), exact: a.exact.minus(b.exact) }),
  times: (a, b) => ({ ours: a.ours.times(b.ours), exact: a.exact.times(b.exact) }),
  div: (a, b) => (b.exact.isZero() ? a : { ours: a.ours.div(b.ours), exact: a.exact.div(b.exact) }),
  divDays: (a, _, digits) => ({ ours: a.ours.div(28 + digits), exact: a.exact.div(28 + digits) }),
  timesDays: (a, _, digits) => ({ ours: a.ours.times(digits), exact: a.exact.times(digits) }),
  roundHalfUp: (a, _, digits) => ({
    ours: a.ours.toDecimalPlaces(digits, Decimal.ROUND_HALF_UP),
    exact: a.exact.toDecimalPlaces(digits, Exact.ROUND_HALF_UP),
  }),
  truncate: (a, _, digits) => ({
    ours: a.ours.toDecimalPlaces(digits, Decimal.ROUND_DOWN),
    exact: a.exact.toDecimalPlaces(digits, Exact.ROUND_DOWN),
  }),
  abs: (a) => ({ ours: a.ours.abs(), exact: a.exact.abs() }),
  negated: (a) => ({ ours: a.ours.negated(), exact: a.exact.negated() }),
  max: (a, b) => ({ ours: Decimal.max(a.ours, b.ours), exact: Exact.max(a.exact, b.exact) }),
  min: (a, b) => ({ ours: Decimal.min(a.ours, b.ours), exact: Exact.min(a.exact, b.exact) }),
};

function expectEqual({ ours, exact }: Pair, other: Pair, digits: number): void {
  expect(ours.toString()).toBe(exact.toString());
  expect(ours.toFixed()).toBe(exact.toFixed());
  expect(ours.toFixed(digits)).toBe(exact.toFixed(digits));
  expect([ours.isZero(), ours.isNegative(), ours.isPositive(), ours.isInteger(), ours.decimalPlaces()]).toEqual([
    exact.isZero(),
    exact.isNegative(),
    exact.isPositive(),
    exact.isInteger(),
    exact.decimalPlaces(),
  ]);
  expect(ours.comparedTo(other.ours)).toBe(exact.comparedTo(other.exact));
  for (const word of ['eq', 'lt', 'lte', 'gt', 'gte'] as const) expect(ours[word](other.ours), word).toBe(exact[word](other.exact));
}

describe('Decimal', () => {
  it('equals decimal.js after every step of any sum', () => {
    const step = fc.tuple(fc.constantFrom(...Object.keys(STEPS)), anyNumeral, fc.integer({ min: 0, max: 10 }));
    fc.assert(
      fc.property(anyNumeral, fc.array(step, { minLength: 1, maxLength: 6 }), (start, steps) => {
        let pair = pairOf(start);
        for (const [name, text, digits] of steps) {
          const other = pairOf(text);
          pair = STEPS[name]!(pair, other, digits);
          expectEqual(pair, other, digits);
        }
      }),
      RUNS,
    );
  });

  it('rounds every quotient of days as decimal.js does, ties and all', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 12n), 10n ** 12n),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 1096 }),
        fc.integer({ min: 0, max: 1096 }),
        fc.integer({ min: 0, max: 4 }),
        (digits, scale, whole, billed, places) => {
          const { ours, exact } = pairOf(numeral(digits, scale));
          for (const [mode, exactMode] of [
            [Decimal.ROUND_DOWN, Exact.ROUND_DOWN],
            [Decimal.ROUND_HALF_UP, Exact.ROUND_HALF_UP],
          ] as const) {
            const rounded = ours.times(billed).div(whole).toDecimalPlaces(places, mode);
            expect(rounded.toString()).toBe(exact.times(billed).div(whole).toDecimalPlaces(places, exactMode).toString());
          }
        },
      ),
      RUNS,
    );
  });

  it('rounds at the edge of the safe integers', () => {
    fc.assert(
      fc.property(
        fc.bigInt(2n ** 53n - 1000n, 2n ** 53n + 1000n),
        fc.integer({ min: 0, max: 22 }),
        fc.bigInt(1n, 2n ** 53n),
        fc.integer({ min: 0, max: 22 }),
        (digits, scale, by, places) => {
          const a = pairOf(numeral(digits, scale));
          const b = pairOf(by.toString());
          const other = pairOf('1');
          for (const name of ['plus', 'minus', 'times', 'div']) expectEqual(STEPS[name]!(a, b, 0), other, places);
          for (const name of ['truncate', 'roundHalfUp']) expectEqual(STEPS[name]!(STEPS['div']!(a, b, 0), b, places), other, places);
        },
      ),
      RUNS,
    );
  });

  it('tells how close a quotient is as its difference does', () => {
    fc.assert(
      fc.property(
        anyNumeral,
        anyNumeral,
        fc.integer({ min: 1, max: 1096 }),
        fc.integer({ min: 0, max: 6 }),
        fc.boolean(),
        (price, other, whole, places, isRounded) => {
          const quotient = pairOf(price).ours.times(28).div(whole);
          const exact = new Exact(price).times(28).div(whole);
          // What a bill prints: the quotient itself, rounded or cut.
          const printed = isRounded ? exact.toDecimalPlaces(places).toFixed() : other;
          for (const step of [`1e-${places}`, '0.5', '0']) {
            expect(quotient.isCloserTo(new Decimal(printed), new Decimal(step))).toBe(exact.minus(printed).abs().lt(step));
          }
        },
      ),
      RUNS,
    );
  });

  it('reads what decimal.js reads', () => {
    for (const text of ['0', '-0', '-0.00', '0.10', '1e3', '1.5e-30', '123456789012345678', '000.5', '.5', '5.', '+1']) {
      const { ours, exact } = pairOf(text);
      expectEqual({ ours, exact }, pairOf('0.1'), 2);
    }
    for (const value of [0, -0, 0.1, -3, 2 ** 53, 1e21, 1e-7]) {
      expectEqual({ ours: new Decimal(value), exact: new Exact(value) }, pairOf('0.1'), 2);
    }
    for (const text of ['', '1,5', 'x']) expect(() => new Decimal(text)).toThrow();
  });

  it('raises ten to a power as decimal.js does', () => {
    for (let exponent = -30; exponent <= 30; exponent += 1) {
      expectEqual({ ours: new Decimal(10).pow(exponent), exact: new Exact(10).pow(exponent) }, pairOf('1'), 3);
    }
  });

  it('takes units of any scale', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 60 }), (units, scale) => {
        const text = numeral(BigInt(units), scale);
        expectEqual({ ours: Decimal.ofUnits(units, scale), exact: new Exact(text) }, pairOf('0.1'), 2);
      }),
      RUNS,
    );
  });
});
