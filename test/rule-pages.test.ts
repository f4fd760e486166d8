import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ruleText } from '../src/cli/commands/explain.ts';
import { rules } from '../src/rules/index.ts';
import type { AnyRule } from '../src/rules/rule.ts';

const FOLDER = new URL('../src/guides/rules/', import.meta.url);
const IS_UPDATE = process.env['UPDATE_GOLDEN'] === '1';

/** The text of `explain`, as a page. */
function pageOf(rule: AnyRule): string {
  return `# ${rule.code} · ${rule.title}\n\n\`\`\`text\n${ruleText(rule)}\`\`\`\n`;
}

describe('the pages of the rules', () => {
  it('are written anew with UPDATE_GOLDEN, and else hold what explain prints', () => {
    if (IS_UPDATE) {
      rmSync(FOLDER, { recursive: true, force: true });
      mkdirSync(FOLDER, { recursive: true });
      for (const rule of rules) writeFileSync(new URL(`${rule.code}.md`, FOLDER), pageOf(rule));
    }
    expect(readdirSync(FOLDER).sort()).toEqual(rules.map(({ code }) => `${code}.md`).sort());
    for (const rule of rules) expect(readFileSync(new URL(`${rule.code}.md`, FOLDER), 'utf8'), rule.code).toBe(pageOf(rule));
  });
});
