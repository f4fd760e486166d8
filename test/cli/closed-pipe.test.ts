import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasShell, Shell, type ShellRun } from '../support/shell.ts';

const MONTH = fileURLToPath(new URL('../../fixtures/month', import.meta.url));
const AUDIT = "csp-recon audit 'month/*.csv' --as-of 2026-10-05 --format json --fail-on never";
let shell: Shell;

/** A reader that has seen enough after some bytes; the exit code is that of the command before the pipe. */
function readNoFurther(command: string): Promise<ShellRun> {
  return shell.run(`${command} | head -c 100 >/dev/null; exit \${PIPESTATUS[0]}`);
}

describe.skipIf(!hasShell)('a reader that goes away', () => {
  beforeAll(async () => {
    shell = await Shell.in(await mkdtemp(join(tmpdir(), 'csp-recon-pipe-')));
    await cp(MONTH, join(shell.folder, 'month'), { recursive: true });
    await shell.run(`${AUDIT} --out whole --quiet`);
  });

  afterAll(async () => {
    await rm(shell.folder, { recursive: true, force: true });
  });

  it.each([
    ['audit', `${AUDIT} --out -`],
    ['render', 'csp-recon render whole/report.json --format json --out -'],
  ])('ends %s without a word, as a run that was not done in full', async (_, command) => {
    expect(await readNoFurther(command)).toEqual({ exitCode: 2, stdout: '', stderr: '' });
  });

  it('leaves the exit code of a run whose report lies in a folder', async () => {
    expect(await readNoFurther(`${AUDIT} --out again`)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });
});
