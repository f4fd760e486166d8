import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { main } from '../../src/cli/main.ts';
import { printedBy } from '../support/printed-by.ts';
import { hasShell, Shell } from '../support/shell.ts';

const names = COMMANDS.map((one) => one.split(' ')[0] ?? '');

describe.skipIf(!hasShell)('shell completion', () => {
  let shell: Shell;

  beforeAll(async () => {
    shell = await Shell.in(await mkdtemp(join(tmpdir(), 'csp-recon-completion-')));
  });

  afterAll(async () => {
    await rm(shell.folder, { recursive: true, force: true });
  });

  /** What bash offers when the tabulator is pressed behind these words. */
  const offers = (...words: readonly string[]): string => {
    const typed = ['csp-recon', ...words].map((word) => `'${word}'`).join(' ');
    return `COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; "$completer"; echo "\${COMPREPLY[@]}"`;
  };

  it('offers in bash the commands, the options of one, and what may follow an option', async () => {
    const { stdout, stderr } = await shell.run(
      [
        'source <(csp-recon completion)',
        "completer=$(complete -p csp-recon | sed -E 's/.* -F ([^ ]+) .*/\\1/')",
        offers(''),
        offers('de'),
        offers('audit', 'april.csv', '--in'),
        offers('audit', 'april.csv', '--fail-on', ''),
      ].join('\n'),
    );
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([names.join(' '), 'deadlines', '--incidents --invoices', 'error warning info never', '']);
  });
});

describe('in zsh shell completion', () => {
  beforeEach(() => {
    vi.stubEnv('SHELL', '/usr/bin/zsh');
  });

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('asks the command itself what to offer', async () => {
    const { code, out } = await printedBy(() => main(['completion']));
    expect(code).toBe(0);
    expect(out).toContain('#compdef csp-recon');
    expect(out).toContain('csp-recon --get-yargs-completions "${words[@]}"');
  });

  it('tells what each command and option does', async () => {
    const commands = await printedBy(() => main(['--get-yargs-completions', 'csp-recon', '']));
    for (const name of names) expect(commands.out).toContain(`${name}:`);
    const options = await printedBy(() => main(['--get-yargs-completions', 'csp-recon', 'audit', '--fai']));
    expect(options.out).toContain('--fail-on:severity that gives exit code 1');
  });
});
