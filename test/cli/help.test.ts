import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_EXAMPLES } from '../../src/cli/command-examples.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { main } from '../../src/cli/main.ts';
import { printedBy } from '../support/printed-by.ts';

const MONTH = fileURLToPath(new URL('../../fixtures/month', import.meta.url));
const names = COMMANDS.map((one) => one.split(' ')[0] ?? '');

describe('help', () => {
  it('names every command', async () => {
    const { code, out } = await printedBy(() => main(['--help']));
    expect(code).toBe(0);
    for (const name of names) expect(out).toContain(`csp-recon ${name}`);
  });

  it.each(names)('of %s shows its examples', async (name) => {
    const { code, out } = await printedBy(() => main([name, '--help']));
    expect(code).toBe(0);
    const examples = COMMAND_EXAMPLES[name as keyof typeof COMMAND_EXAMPLES];
    expect(examples.length).toBeGreaterThan(0);
    // Long lines are wrapped into two columns: the words come in their order, with others between them.
    const help = out.replace(/\s+/g, ' ');
    for (const [, does] of examples) expect(help).toContain(does.split(' ').slice(0, 3).join(' '));
    expect(out).toContain('Examples:');
  });
});

/** The words of a line as a shell parts them: quotes hold words together, and what comes after `>>` is not the command's. */
function wordsOf(line: string): readonly string[] {
  const [command = ''] = line.split(' >> ');
  return [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word).slice(1);
}

describe('every example of the help', () => {
  const before = process.cwd();
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'csp-recon-help-'));
    const copies = [
      ['2026-09-new-commerce.csv', 'april.csv'],
      ['2026-09-new-commerce.csv', 'exports/2026-04/april.csv'],
      ['context', 'exports/2026-03'],
      ['prices', 'prices'],
      ['partner/invoices.csv', 'invoices.csv'],
    ] as const;
    for (const [from, to] of copies) await cp(join(MONTH, from), join(folder, to), { recursive: true });
    process.chdir(folder);
  });

  afterAll(async () => {
    process.chdir(before);
    await rm(folder, { recursive: true, force: true });
  });

  // One after the other, for those of a saved report need the report of the first.
  const examples = Object.values(COMMAND_EXAMPLES).flatMap((lines) => lines.map(([line]) => line));
  it.each(examples)('works: %s', async (line) => {
    const { code, error } = await printedBy(() => main(wordsOf(line)));
    expect(error).toBe('');
    // An audit that finds something ends with 1.
    expect(code).toBe(line.startsWith('csp-recon audit') ? 1 : 0);
  });
});

describe('what is printed where no terminal reads it', () => {
  it.each([['explain', 'CR04'], ['explain', 'legacy.full-refund-request'], ['rules']])('%s %s stays within 80 columns', async (...argv) => {
    const { out } = await printedBy(() => main(argv));
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('rules --as-of', () => {
  it.each([
    ['2017-12-31', 'SL01', /^0 of \d+ figures known$/],
    ['2017-12-31', 'AR08', '0 of 1 figure known'],
    ['2018-01-13', 'AR08', '1 of 1 figure known'],
    ['2018-01-13', 'AR03', 'no dated figure'],
  ])('says how much is known on %s for %s', async (day, code, expected) => {
    const { out } = await printedBy(() => main(['rules', '--as-of', day]));
    const line = out.split('\n').find((one) => one.startsWith(code)) ?? '';
    expect(line.slice(line.search(/\d+ of|no dated/))).toMatch(expected);
  });

  it('says that the texts were last checked before a later day', async () => {
    const heading = async (day: string): Promise<string | undefined> =>
      (await printedBy(() => main(['rules', '--as-of', day]))).out.split('\n').find((line) => line.startsWith('Policy figures'));
    expect(await heading('2026-11-21')).toBe('Policy figures on 2026-11-21');
    expect(await heading('2026-11-22')).toContain('as they were last checked on');
  });
});
