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
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  const error = vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true));
  try {
    return { exitCode: await main(argv), stdout, stderr };
  } finally {
    out.mockRestore();
    error.mockRestore();
  }
}
