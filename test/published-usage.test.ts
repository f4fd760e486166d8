import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { LAYOUT_NAMES } from '../src/domain/charges/charge-line.ts';
import { caseFile, caseWords, type CaseLine } from './support/case-rows.ts';
import { auditFiles, type AuditedFiles } from './support/run-audit.ts';

const text = z.string();
const { sources, examples } = z
  .strictObject({
    sources: z.record(text, text),
    examples: z.array(
      z.strictObject({
        id: text,
        source: text,
        part: z.enum(['published', 'oddity']).default('published'),
        title: text,
        layout: z.enum(LAYOUT_NAMES),
        line: z.record(text, text),
        finds: z.array(text).default([]),
        expected: text.optional(),
        unchecked: text.optional(),
      }),
    ),
  })
  .parse(parse(readFileSync(new URL('../fixtures/published/usage.yaml', import.meta.url), 'utf8'), { schema: 'failsafe' }));

type Example = (typeof examples)[number];
const named = (list: readonly Example[]): (readonly [string, Example])[] => list.map((one) => [`${one.id}: ${one.title}`, one]);

function audit(layout: Example['layout'], line: CaseLine): Promise<AuditedFiles> {
  const dated = layout === 'new-commerce' ? { from: '2021-06-01', to: '2021-06-30', ...line } : line;
  return auditFiles([{ name: 'published.csv', text: caseFile(layout, [dated]) }]);
}

describe('the published usage examples', () => {
  it('name a known source, have names of their own, and use the words of their layout', () => {
    expect(new Set(examples.map(({ id }) => id)).size).toBe(examples.length);
    for (const { source, layout, line } of examples) {
      expect(Object.keys(sources)).toContain(source);
      for (const word of Object.keys(line)) expect(caseWords(layout)).toContain(word);
    }
  });

  it.each(named(examples))('%s', async (_, one) => {
    const result = await audit(one.layout, one.line);
    expect(result.rejected).toBe(0);
    const accused = result.findings.filter((each) => each.kind !== 'notice');
    expect(accused.map((each) => each.rule)).toEqual(one.finds);
    if (one.expected !== undefined) expect(accused[0]).toMatchObject({ billed: one.line['amount'], expected: one.expected });
    const left = result.unchecked.filter((each) => each.rule === 'AR07').map((each) => each.reason);
    expect(left).toEqual(one.unchecked === undefined ? [] : [one.unchecked]);
  });

  const accepted = examples.filter((one) => one.part === 'published' && one.unchecked === undefined);
  it.each(named(accepted))('%s, 0.37 dearer is reported', async (_, one) => {
    const [whole = '0', decimals = ''] = (one.line['amount'] ?? '').split('.');
    const digits = Math.max(decimals.length, 2);
    const units = BigInt(whole + decimals.padEnd(digits, '0')) + 37n * 10n ** BigInt(digits - 2);
    const printed = units.toString().padStart(digits + 1, '0');
    const amount = `${printed.slice(0, -digits)}.${printed.slice(-digits)}`;
    const line = Object.fromEntries(Object.entries(one.line).filter(([word]) => word !== 'total'));
    const result = await audit(one.layout, { ...line, amount });
    const reported = result.findings.map((each) => each.rule);
    // What a customer's credit took off cannot be told from what was charged too much: such a row is left, never passed.
    if (one.line['creditType'] === 'Azure Credit Applied') {
      expect(result.unchecked).toContainEqual({ rule: 'AR07', reason: 'adjustment-line', lines: 1 });
    } else if (one.id === 'Z4, tier 1') {
      expect(result.unchecked).toContainEqual({ rule: 'AR01', reason: 'effective-price-zero', lines: 1 });
    } else expect(reported).toEqual([one.layout === 'new-commerce' ? 'AR01' : 'AR07']);
  });
});
