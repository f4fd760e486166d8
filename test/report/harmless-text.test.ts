import { describe, expect, it } from 'vitest';
import { harmlessText } from '../../src/report/harmless-text.ts';

describe('harmlessText', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\tx',
    '  =1',
    '\u00a0=1',
    '\u3000＝1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '\u200b=1',
    '\u200f-1',
  ])('puts an apostrophe before %j', (text) => {
    expect(harmlessText(text)).toBe(`'${text}`);
  });

  it.each(['', 'Contoso', 'a=b', '1-2', '  Contoso', "'=1", 'شركة', '🚀', '2026-04-01'])('leaves %j alone', (text) => {
    expect(harmlessText(text)).toBe(text);
  });
});
