import ora, { type Ora } from 'ora';

/** Rows between two looks at the clock. */
const QUIET_MILLISECONDS = 1500;

/** A line on standard error that tells how far a long run is; only on a terminal, only when it takes longer than a moment. */
export class Progress {
  readonly #isShown: boolean;
  readonly #started = performance.now();
  #spinner: Ora | null = null;
  #rows = 0;

  constructor(isWanted: boolean) {
    this.#isShown = isWanted && process.stderr.isTTY;
  }

  rows(file: string, count: number): void {
    this.#rows += count;
    const seconds = (performance.now() - this.#started) / 1000;
    this.#say(
      `${file}: ${this.#rows.toLocaleString('en-US')} rows read, ${Math.round(this.#rows / seconds).toLocaleString('en-US')} a second`,
    );
  }

  step(text: string): void {
    this.#say(text);
  }

  stop(): void {
    this.#spinner?.stop();
    this.#spinner = null;
  }

  #say(text: string): void {
    if (!this.#isShown || performance.now() - this.#started < QUIET_MILLISECONDS) return;
    this.#spinner ??= ora({ stream: process.stderr, discardStdin: false }).start();
    this.#spinner.text = text;
  }
}
