import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Decimal } from '../../src/domain/numbers/money.ts';
import { figureOf, type Convention } from '../../src/domain/proration/conventions.ts';
import type { Citation, Finding } from '../../src/domain/findings/finding.ts';
import { citationsOfRule } from '../../src/rules/rule-citations.ts';
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

const textOf = ({ id, clause }: Citation): string => `${id}: ${clause}`;

/** The clause of the dated value that a finding states. */
function citationOf(rule: AnyRule, use: Finding['parametersUsed'][number]): Citation {
  const parameter = rule.parameters.find((one) => one.id === use.id);
  const dated = parameter?.values.find((one) => one.since === use.since);
  if (dated === undefined) throw new Error(`${rule.code} has no ${use.id} since ${use.since}`);
  return dated.citation;
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

  it('names its sources', () => {
    const sources = citationsOfRule(rule);
    expect(sources.length).toBeGreaterThan(0);
    for (const { id, title, clause } of sources) for (const text of [id, title, clause]) expect(text.trim()).not.toBe('');
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
  const grounds: Pick<Finding, 'rule' | 'proration' | 'message' | 'citations' | 'parametersUsed' | 'expected' | 'working'>[] = [];

  beforeAll(async () => {
    for (const rule of rules) freezeSubjects(rule);
    for (const name of ruleCaseFiles) {
      for (const one of readRuleCases(name).cases) {
        // Sealing throws where a placeholder has no value, a rule where it writes to what it is shown.
        const { found } = await runRuleCase(one);
        for (const finding of found) {
          grounds.push(finding);
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

  it.each(withCode)('findings of %s cite the clauses of their case and of the figures they used, and nothing else', (code, rule) => {
    const own = grounds.filter((finding) => finding.rule === code);
    expect(own.length).toBeGreaterThan(0);
    const ofCase = new Set(rule.caseCitations.map(textOf));
    for (const { citations, parametersUsed } of own) {
      const cited = new Set(citations.map(textOf));
      expect(cited.size).toBe(citations.length);
      expect(cited.size).toBeGreaterThan(0);
      const always = rule.citations.map(textOf);
      const ofFigures = parametersUsed.map((use) => textOf(citationOf(rule, use)));
      for (const clause of [...always, ...ofFigures]) expect(cited).toContain(clause);
      for (const clause of always.concat(ofFigures)) cited.delete(clause);
      for (const clause of cited) expect(ofCase).toContain(clause);
    }
  });

  it('the working of every finding leads to what it expects', () => {
    for (const { rule, message, expected, working } of grounds) {
      // The magnitude, without zeros at its end: a working may print 0 for 0.00.
      const magnitude = expected?.replace('-', '').replace(/\.?0+$/, '') ?? '';
      expect(
        working.some((step) => step.replaceAll(',', '').includes(magnitude)),
        `${rule} ${message}: ${expected ?? ''} in ${working.join(' | ')}`,
      ).toBe(true);
    }
  });

  it('what a spreadsheet works an expected amount out from gives that amount', () => {
    const live = grounds.flatMap(({ rule, expected, proration }) => (proration === null ? [] : [{ rule, expected, proration }]));
    const covered = new Set(live.map(({ rule }) => rule));
    for (const code of ['AR01', 'AR02', 'CR01', 'CR02', 'CR05', 'LC02']) expect(covered).toContain(code);
    for (const { rule, expected, proration } of live) {
      const [numerator = '', denominator = '1'] = proration.price.split('/');
      const facts = {
        price: new Decimal(numerator).div(denominator),
        quantity: new Decimal(proration.quantity),
        rate: new Decimal(proration.rate),
        billed: proration.convention === 'by-months' ? (proration.monthsBilled ?? 0) : proration.daysBilled,
        whole: proration.convention === 'by-months' ? (proration.cycleMonths ?? 0) : proration.cycleDays,
        digits: proration.digits,
        pricingDigits: proration.pricingDigits,
      };
      const figure = figureOf(proration.convention as Convention, facts).times(proration.sign);
      expect(figure.eq(expected ?? ''), `${rule}: ${figure.toString()} for ${expected ?? ''}`).toBe(true);
    }
  });

  it('every clause of a case is cited by a finding', () => {
    const cited = new Set(grounds.flatMap(({ citations }) => citations.map(textOf)));
    for (const clause of rules.flatMap((rule) => rule.caseCitations.map(textOf))) expect(cited).toContain(clause);
  });

  it.each(withCode)('%s uses the parameters it declares, and no others', (code, rule) => {
    expect([...(used.get(code) ?? [])].sort()).toEqual(rule.parameters.map((parameter) => parameter.id).sort());
  });
});
