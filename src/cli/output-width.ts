/** A terminal that does not tell its width, or a narrower one, gets lines of so many columns. */
const LEAST_WIDTH = 40;

/** Columns of what is printed: the terminal's, or so many where no terminal reads it. */
export function outputWidth(unlessTerminal: number): number {
  return process.stdout.isTTY ? Math.max(LEAST_WIDTH, process.stdout.columns) : unlessTerminal;
}
