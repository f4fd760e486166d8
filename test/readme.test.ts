import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { main } from '../src/cli/main.ts';
import type { Report } from '../src/domain/findings/report.ts';
import { rules } from '../src/rules/index.ts';
import { imagedFigures } from './screenshots/imaged-figures.ts';
import { demoArguments } from './support/demo-arguments.ts';
import { printedBy } from './support/printed-by.ts';

const ROOT = new URL('../', import.meta.url);
const README = 'README.md';
const SAMPLE_OUTPUT = 'src/guides/sample-output.md';
const ONE_CHARGE = 'src/guides/one-charge-by-hand.md';
const IMAGES = '.github/screenshots/';
/** Bytes: a README that loads slowly is not read. */
const LARGEST_IMAGE = 200_000;
const ALL_IMAGES = 600_000;
const REPOSITORY = new URL('..', import.meta.url).pathname;

function read(file: string): string {
  return readFileSync(new URL(file, ROOT), 'utf8');
}

function section(file: string, name: string): string {
  return new RegExp(`<!-- ${name}:begin -->\n([\\s\\S]*?)<!-- ${name}:end -->`).exec(read(file))?.[1] ?? '';
}

/** With UPDATE_GOLDEN the section is written anew instead of compared. */
function expectSection(file: string, name: string, content: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    writeFileSync(
      new URL(file, ROOT),
      read(file).replace(
        new RegExp(`(<!-- ${name}:begin -->\n)[\\s\\S]*?(<!-- ${name}:end -->)`),
        (_, begin: string, end: string) => begin + content + end,
      ),
    );
  }
  expect(section(file, name)).toBe(content);
}

/** Pictures are no goldens: another figure in them is said where goldens are written, and fails nothing. */
function noteStaleImages(report: Report): void {
  if (process.env['UPDATE_GOLDEN'] !== '1' || isDeepStrictEqual(JSON.parse(read(`${IMAGES}made-from.json`)), imagedFigures(report))) return;
  process.stderr.write('The pictures show other figures than the report: npm run screenshots takes them anew.\n');
}

const SHOWN_OF_LARGEST = 3;

/** What somebody wants to know first: the money, how much was found, the largest findings. */
function essenceOf(printed: string): string {
  const sections = printed.split('\n\n');
  const beginning = (words: string): readonly string[] => sections.find((one) => one.startsWith(words))?.split('\n') ?? [];
  const largest = beginning('The 10 largest');
  const next = largest.flatMap((line, at) => (/^ +[+-][\d,.]+ {2}/.test(line) ? [at] : []))[SHOWN_OF_LARGEST];
  return [
    beginning('Money')
      .filter((line) => !line.startsWith('  daily usage'))
      .join('\n'),
    beginning('Findings')[0],
    [...largest.slice(0, next), '                …'].join('\n'),
    beginning('The whole proof').join('\n'),
  ].join('\n\n');
}

describe('README', () => {
  it('shows what the demo command really prints', () => {
    const out = mkdtempSync(join(tmpdir(), 'csp-recon-demo-'));
    try {
      const args = demoArguments();
      const printed = execFileSync(process.execPath, ['--import', 'tsx', 'src/bin.ts', ...args, '--out', out], {
        cwd: REPOSITORY,
        encoding: 'utf8',
      });
      const shown = printed.replaceAll(out, 'csp-recon-report');
      expectSection(SAMPLE_OUTPUT, 'demo', `\`\`\`text\n${shown}\`\`\`\n`);
      expectSection(README, 'essence', `\`\`\`text\n${essenceOf(shown)}\n\`\`\`\n`);
      noteStaleImages(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report);
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });

  it('shows what prorate really prints', async () => {
    const line =
      'prorate --commerce new-commerce --price 10.08 --quantity 10 --currency EUR --first 2021-06-18 --last 2021-07-17 --on 2021-06-20';
    const { code, out } = await printedBy(() => main(line.split(' ')));
    expect(code).toBe(0);
    expectSection(ONE_CHARGE, 'prorate', `\`\`\`text\n$ csp-recon ${line}\n${out}\`\`\`\n`);
  });

  it('lists every rule', () => {
    const rows = rules.map((rule) => `| ${rule.code} | ${rule.name} | ${rule.severity} | ${rule.title} |`);
    expectSection(README, 'rules', `| code | name | severity | finding when |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`);
  });

  it('shows pictures that are there and small, and leaves none unshown', () => {
    const shown = [README, SAMPLE_OUTPUT].flatMap((file) =>
      [...read(file).matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path = '']) => new URL(path, new URL(file, ROOT)).pathname),
    );
    const images = readdirSync(new URL(IMAGES, ROOT)).filter((name) => name.endsWith('.png'));
    expect(shown.sort()).toEqual(images.map((name) => new URL(`${IMAGES}${name}`, ROOT).pathname).sort());
    const sizes = shown.map((path) => statSync(path).size);
    expect(Math.max(...sizes)).toBeLessThan(LARGEST_IMAGE);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(ALL_IMAGES);
  });
});
