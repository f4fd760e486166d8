import { describe, expect, it } from 'vitest';
import { closestWord } from '../../src/cli/closest-word.ts';

const OPTIONS = ['--fail-on', '--format', '--as-of', '--prices', '--policy'];

describe('the word that was probably meant', () => {
  it.each([
    ['--fail-onn', '--fail-on'],
    ['--failon', '--fail-on'],
    ['--fromat', '--format'],
    ['--ASOF', '--as-of'],
    ['--price', '--prices'],
    ['--polity', '--policy'],
  ])('for %s is %s', (typed, meant) => {
    expect(closestWord(typed, OPTIONS)).toBe(meant);
  });

  it.each(['', '--', '--verbose', 'x'])('for "%s" is none', (typed) => {
    expect(closestWord(typed, OPTIONS)).toBeNull();
  });

  it('of two that are equally near is the first', () => {
    expect(closestWord('cat', ['bat', 'rat'])).toBe('bat');
  });
});
