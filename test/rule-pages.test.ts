import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulePartsOf } from '../src/cli/explain/rule-parts.ts';
import { ruleText } from '../src/cli/explain/rule-text.ts';
import { rules } from '../src/rules/index.ts';
import { rulePage } from './support/rule-page.ts';

const FOLDER = new URL('../src/guides/rules/', import.meta.url);
const IS_UPDATE = process.env['UPDATE_GOLDEN'] === '1';

const pages = new Map(rules.map((rule) => [`${rule.code}.md`, rulePage(rulePartsOf(rule))]));

/** The words of a text, without what marks headings, cells and emphasis. */
function words(text: string): string[] {
  return text.match(/[\p{L}\d]+(?:[.’-][\p{L}\d]+)*/gu) ?? [];
}

describe('the pages of the rules', () => {
  it('are written anew with UPDATE_GOLDEN, and else hold what explain prints', () => {
    if (IS_UPDATE) {
      rmSync(FOLDER, { recursive: true, force: true });
      mkdirSync(FOLDER, { recursive: true });
      for (const [name, page] of pages) writeFileSync(new URL(name, FOLDER), page);
    }
    expect(readdirSync(FOLDER).sort()).toEqual([...pages.keys()].sort());
    for (const [name, page] of pages) expect(readFileSync(new URL(name, FOLDER), 'utf8'), name).toBe(page);
  });

  it('leave out no word of it', () => {
    for (const rule of rules) {
      const parts = rulePartsOf(rule);
      const onPage = new Set(words(rulePage(parts).replaceAll('\\', '')));
      expect(
        words(ruleText(parts)).filter((word) => !onPage.has(word)),
        rule.code,
      ).toEqual([]);
    }
  });
});
