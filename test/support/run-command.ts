import { vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a user calls it, but in this process. */
export async function runCommand(...argv: readonly string[]): Promise<CommandRun> {
  let stdout = '';
  let stderr = '';
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((...given: readonly unknown[]) => {
    stdout += String(given[0]);
    const written = given.at(-1);
    if (typeof written === 'function') (written as () => void)();
    return true;
  });
  const error = vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true));
  try {
    return { exitCode: await main(argv), stdout, stderr };
  } finally {
    out.mockRestore();
    error.mockRestore();
  }
}
