import { describe, expect, it } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { caseWords } from '../support/case-rows.ts';
import { filesOf, readRuleCases, ruleCaseFiles, runRuleCase } from '../support/rule-cases.ts';

describe.each(ruleCaseFiles)('%s', (name) => {
  const { rule, cases: all } = readRuleCases(name);
  it.each(all)('$name', async (one) => {
    for (const file of filesOf(one)) {
      const known = caseWords(file.layout);
      for (const word of file.lines.flatMap((each) => Object.keys(each))) {
        expect(known, `unknown word in a case line: ${word}`).toContain(word);
      }
    }
    const { result, found } = await runRuleCase(one);
    expect(result.rejected).toBe(0);
    const wanted = (one.finds ?? []).map((find) => ({ ...find, rule: find.rule ?? rule }));
    const order = (list: readonly { rule: string; line: string }[]): string[] =>
      list.map((each) => `${each.rule} line ${each.line}`).sort();
    expect(order(found), JSON.stringify(found.map((each) => each.text))).toEqual(order(wanted));
    for (const { says, works, cites, uses, ...find } of wanted) {
      const candidates = found.filter((each) => each.rule === find.rule && each.line === find.line);
      expect(candidates).toContainEqual(expect.objectContaining(find));
      if (says !== undefined) expect(candidates.map((each) => each.text).join('\n')).toContain(says);
      if (works !== undefined) expect(candidates.flatMap((each) => each.working).join('\n')).toContain(works);
      if (cites !== undefined)
        expect(candidates.flatMap((each) => each.citations.map(({ title, clause }) => `${title}: ${clause}`)).join('\n')).toContain(cites);
      if (uses !== undefined)
        expect(candidates.flatMap((each) => each.parametersUsed.map(({ id, since }) => `${id} ${since}`))).toContain(uses);
    }
    const unchecked = result.unchecked
      .filter((each) => each.rule === rule && !['no-events', 'no-incidents'].includes(each.reason))
      .map((each) => each.reason);
    const months = result.unchecked.filter((each) => each.rule === rule).flatMap((each) => each.months ?? []);
    if (one.months !== undefined) expect(months).toEqual(one.months);
    if (one.unchecked !== undefined) expect(unchecked.sort()).toEqual([...one.unchecked].sort());
  });
});

describe('the cases together', () => {
  it.each(rules.map((rule) => rule.code))('%s has clean cases, failing cases, and every message', (code) => {
    const own = ruleCaseFiles.filter((name) => name.startsWith(code)).flatMap((name) => readRuleCases(name).cases);
    const rule = rules.find((one) => one.code === code)!;
    expect(
      own.some((one) => (one.finds ?? []).every((find) => (find.rule ?? code) !== code)),
      'a clean case',
    ).toBe(true);
    const messages = own.flatMap((one) => (one.finds ?? []).filter((find) => (find.rule ?? code) === code).map((find) => find.message));
    for (const message of Object.keys(rule.messages)) expect(messages, `a case that finds ${message}`).toContain(message);
  });
});
