import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BASH = '/bin/bash';
const BIN = fileURLToPath(new URL('../../src/bin.ts', import.meta.url));

/** Where a machine has none, what only a shell can show is skipped. */
export const hasShell = existsSync(BASH);

export interface ShellRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder in which `csp-recon` is a command of the shell, as it is where the package is installed. */
export class Shell {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async in(folder: string): Promise<Shell> {
    const commands = join(folder, 'bin');
    await mkdir(commands);
    const path = join(commands, 'csp-recon');
    await writeFile(path, `#!${BASH}\nexec "${process.execPath}" --import "${import.meta.resolve('tsx')}" "${BIN}" "$@"\n`);
    await chmod(path, 0o755);
    return new Shell(folder);
  }

  /** The files of the user's home are those of the folder. */
  run(script: string, env: Readonly<Record<string, string>> = {}): Promise<ShellRun> {
    const { folder } = this;
    const own = { SHELL: BASH, HOME: folder, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, ...env };
    return new Promise((resolve) => {
      execFile(BASH, ['--norc', '-c', script], { cwd: folder, env: own }, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ exitCode, stdout, stderr });
      });
    });
  }
}
