import { vi } from 'vitest';

/** What a command writes to standard output and standard error, with its exit code; run in this process. */
export async function printedBy(
  run: () => Promise<number>,
): Promise<{ readonly code: number; readonly out: string; readonly error: string }> {
  let out = '';
  let error = '';
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((...given: readonly unknown[]) => {
    out += String(given[0]);
    const written = given.at(-1);
    if (typeof written === 'function') (written as () => void)();
    return true;
  });
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    error += String(text);
    return true;
  });
  // yargs prints its help by the console, which vitest keeps apart.
  const log = vi.spyOn(console, 'log').mockImplementation((text) => {
    out += `${String(text)}\n`;
  });
  try {
    const code = await run();
    return { code, out, error };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    log.mockRestore();
  }
}
