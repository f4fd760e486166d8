import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import type { AnyRule } from '../../src/rules/rule.ts';
import { readRuleCases, ruleCaseFiles, runRuleCase } from '../support/rule-cases.ts';

const names = readdirSync(new URL('../../src/rules/', import.meta.url));
const withCode = rules.map((rule) => [rule.code, rule] as const);

/** Objects that keep what they work out (lines of the ledger, whole charges, decimals) are left: their fields are caches, not facts. */
function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function deepFreeze(value: unknown, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value) || !isPlain(value)) return;
  seen.add(value);
  Object.freeze(value);
  for (const each of Object.values(value)) deepFreeze(each, seen);
}

/** Freezes what a rule is shown before the rule sees it. */
function freezeSubjects(rule: AnyRule): void {
  const check = rule.check.bind(rule) as (...given: unknown[]) => ReturnType<AnyRule['check']>;
  vi.spyOn(rule as { check: (...given: unknown[]) => ReturnType<AnyRule['check']> }, 'check').mockImplementation((subject, context) => {
    deepFreeze(subject, new Set());
    return check(subject, context);
  });
}

describe('the rules together', () => {
  it('have codes, names and titles of their own', () => {
    for (const read of [(rule: AnyRule) => rule.code, (rule: AnyRule) => rule.name, (rule: AnyRule) => rule.title]) {
      expect(new Set(rules.map(read)).size).toBe(rules.length);
    }
  });

  it('stand in the order of their files, one file a rule', () => {
    const files = names.filter((name) => /^[A-Z]{2}\d\d-/.test(name)).map((name) => name.replace(/\.ts$/, ''));
    expect(rules.map((rule) => `${rule.code}-${rule.name}`).sort()).toEqual(files.sort());
  });
});

describe.each(withCode)('%s', (_, rule) => {
  it('says what it checks, why, by an example, and what to do', () => {
    for (const text of Object.values<string>({ ...rule.docs })) expect(text.trim()).not.toBe('');
    expect(rule.title.trim()).not.toBe('');
    expect(rule.title).not.toMatch(/\.$/);
  });

  it('names a source', () => {
    expect(rule.citations.length).toBeGreaterThan(0);
    for (const { id, title, clause } of rule.citations) for (const text of [id, title, clause]) expect(text.trim()).not.toBe('');
  });

  it('speaks in sentences without a period at their end', () => {
    for (const message of Object.values(rule.messages)) {
      expect(message.trim()).not.toBe('');
      expect(message).not.toMatch(/[.\s]$/);
    }
  });
});

describe('over all cases', () => {
  const used = new Map<string, Set<string>>();
  const texts: string[] = [];

  beforeAll(async () => {
    for (const rule of rules) freezeSubjects(rule);
    for (const name of ruleCaseFiles) {
      for (const one of readRuleCases(name).cases) {
        // Sealing throws where a placeholder has no value, a rule where it writes to what it is shown.
        const { found } = await runRuleCase(one);
        for (const finding of found) {
          texts.push(finding.text, finding.nextAction, ...finding.working);
          const ids = used.get(finding.rule) ?? new Set<string>();
          for (const { id } of finding.parametersUsed) ids.add(id);
          used.set(finding.rule, ids);
        }
      }
    }
  }, 120_000);

  afterAll(() => {
    vi.restoreAllMocks();
  });

  it('no text is left with a placeholder, an undefined or a number that is none', () => {
    for (const text of texts) expect(text).not.toMatch(/\{\w+\}|undefined|\bnull\b|NaN|\[object/);
  });

  it.each(withCode)('%s uses the parameters it declares, and no others', (code, rule) => {
    expect([...(used.get(code) ?? [])].sort()).toEqual(rule.parameters.map((parameter) => parameter.id).sort());
  });
});
