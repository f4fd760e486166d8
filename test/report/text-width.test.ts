import { describe, expect, it } from 'vitest';
import { linesTaken, widthOfLine } from '../../src/report/xlsx/text-width.ts';

describe('the width of a text', () => {
  it('is that of as many digits where no letter is wider than one', () => {
    expect(widthOfLine('2026-09-12 is billed')).toBe(20);
    expect(widthOfLine('für')).toBe(3);
  });

  it.each([
    ['N', 1.27],
    ['W', 1.76],
    ['M', 1.69],
    ['m', 1.58],
    ['w', 1.41],
    ['@', 1.76],
    ['%', 1.41],
    ['É', 0.96],
    ['Ж', 1.4],
    ['東', 1.97],
    ['🚀', 1.97],
  ])('counts %s at no less than its %d digits in Calibri', (letter, digits) => {
    expect(widthOfLine(letter)).toBeGreaterThanOrEqual(digits);
    expect(widthOfLine(letter.repeat(300))).toBeGreaterThanOrEqual(300 * digits);
  });

  it('is nothing for a mark on another letter', () => {
    expect(widthOfLine('e\u0301')).toBe(1);
  });
});

describe('the lines of a wrapped text', () => {
  it('break between words, and at every line feed', () => {
    expect(linesTaken('one six three', 13)).toBe(1);
    expect(linesTaken('one six three', 7)).toBe(2);
    expect(linesTaken('one\ntwo', 40)).toBe(2);
  });

  it('break a long word between letters: so many wide ones to a line as fit it whole', () => {
    expect(linesTaken('x'.repeat(30), 10)).toBe(3);
    // 18 fit 26 digits at 1.4 each, and a line holds no part of one.
    expect(linesTaken('N'.repeat(300), 26)).toBe(Math.ceil(300 / 18));
  });
});
