import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../src/cli/main.ts';
import { rules } from '../src/rules/index.ts';
import { printedBy } from './support/printed-by.ts';

const README = new URL('../README.md', import.meta.url);
const REPOSITORY = new URL('..', import.meta.url).pathname;

function section(name: string): string {
  return new RegExp(`<!-- ${name}:begin -->\n([\\s\\S]*?)<!-- ${name}:end -->`).exec(readFileSync(README, 'utf8'))?.[1] ?? '';
}

/** With UPDATE_GOLDEN the section is written anew instead of compared. */
function expectSection(name: string, content: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    const text = readFileSync(README, 'utf8');
    writeFileSync(
      README,
      text.replace(
        new RegExp(`(<!-- ${name}:begin -->\n)[\\s\\S]*?(<!-- ${name}:end -->)`),
        (_, begin: string, end: string) => begin + content + end,
      ),
    );
  }
  expect(section(name)).toBe(content);
}

describe('README', () => {
  it('shows what the demo command really prints', () => {
    const out = mkdtempSync(join(tmpdir(), 'csp-recon-demo-'));
    try {
      const script =
        (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { scripts: Record<string, string> }).scripts[
          'demo'
        ] ?? '';
      const args = script.replace('node dist/bin.js ', '').replaceAll("'", '').split(' ');
      const printed = execFileSync(process.execPath, ['--import', 'tsx', 'src/bin.ts', ...args, '--out', out], {
        cwd: REPOSITORY,
        encoding: 'utf8',
      });
      expectSection('demo', `\`\`\`text\n${printed.replaceAll(out, 'csp-recon-report')}\`\`\`\n`);
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });

  it('shows what prorate really prints', async () => {
    const line =
      'prorate --commerce new-commerce --price 10.08 --quantity 10 --currency EUR --first 2021-06-18 --last 2021-07-17 --on 2021-06-20';
    const { code, out } = await printedBy(() => main(line.split(' ')));
    expect(code).toBe(0);
    expectSection('prorate', `\`\`\`text\n$ csp-recon ${line}\n${out}\`\`\`\n`);
  });

  it('lists every rule', () => {
    const rows = rules.map((rule) => `| ${rule.code} | ${rule.name} | ${rule.severity} | ${rule.title} |`);
    expectSection('rules', `| code | name | severity | finding when |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`);
  });
});
