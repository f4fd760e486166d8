import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactSum } from '../../src/domain/numbers/exact-sum.ts';
import { decimalOf, sum, type PrintedNumber } from '../../src/domain/numbers/money.ts';

const printed = fc.oneof(
  fc.record({ units: fc.maxSafeInteger(), scale: fc.integer({ min: 0, max: 40 }), exact: fc.constant(null) }),
  fc.record({ units: fc.integer(), scale: fc.integer({ min: 0, max: 3 }), exact: fc.constant(null) }),
  fc.constantFrom<PrintedNumber>({ units: 0, scale: 2, exact: '-12345678901234567890.12' }),
);

describe('ExactSum', () => {
  it('is the sum, however large it grows and whatever the decimals', () => {
    fc.assert(
      fc.property(fc.array(printed, { maxLength: 30 }), (numbers) => {
        const exact = new ExactSum();
        for (const number of numbers) exact.add(number);
        exact.add(null);
        expect(exact.total.toString()).toBe(sum(numbers.map(decimalOf)).toString());
      }),
    );
  });
});
