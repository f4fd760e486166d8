import ora, { type Ora } from 'ora';
import type { PositionWatch, ReadingWatch } from '../ingest/reading-watch.ts';
import { progressText, type ProgressStep } from './progress-text.ts';

/** A run that is shorter than this needs no progress. */
const QUIET_MILLISECONDS = 1500;
/** Between two lines: what is told more often only counts. */
const PAUSE_MILLISECONDS = 100;
/** The spinner before the text, and the last column, at which a terminal may wrap. */
const MARGIN = 3;

/** The terminal that progress is shown on, and the time. */
export interface ProgressSurroundings {
  readonly stream: NodeJS.WriteStream;
  readonly now: () => number;
}

const REAL: ProgressSurroundings = { stream: process.stderr, now: () => performance.now() };

/** The spinner that is on the screen: an interrupt must take it away. */
let shownSpinner: Ora | null = null;

/** Takes the progress line off the screen at once: for a run that is interrupted. */
export function clearProgress(): void {
  shownSpinner?.stop();
  shownSpinner = null;
}

/** A line on standard error that tells how far a long run is; only on a terminal, only when it takes longer than a moment. */
export class Progress implements ReadingWatch {
  readonly #surroundings: ProgressSurroundings;
  readonly #isShown: boolean;
  readonly #started: number;
  #spinner: Ora | null = null;
  #nextLook: number;
  #step: ProgressStep = 'check';
  #stepStarted: number;
  #subject = '';
  #rows = 0;
  /** Bytes of files before the one that is read, and how far that one is; or lines. */
  #doneBefore = 0;
  #position = 0;
  #total = 0;

  constructor(isWanted: boolean, surroundings: ProgressSurroundings = REAL) {
    const { stream, now } = surroundings;
    this.#surroundings = surroundings;
    // A terminal that cannot move its cursor would show every line.
    this.#isShown = isWanted && stream.isTTY && process.env['TERM'] !== 'dumb';
    this.#started = now();
    this.#stepStarted = this.#started;
    this.#nextLook = this.#started + QUIET_MILLISECONDS;
  }

  willRead(bytes: number): void {
    this.#total += bytes;
  }

  haveRead(name: string, bytes: number): void {
    this.#subject = name;
    this.#doneBefore += bytes;
    this.#look();
  }

  /** All files are checked; so many bytes of content are going to be read. */
  startReading(bytes: number): void {
    this.#begin('read', '', bytes);
  }

  /** A file begins to be read; what is returned is told its position. */
  file(name: string): PositionWatch {
    this.#doneBefore += this.#position;
    this.#position = 0;
    this.#subject = name;
    return (position) => {
      this.#position = position;
      this.#look();
    };
  }

  /** Content that need not be read, such as that of a file given twice. */
  passOver(bytes: number): void {
    this.#doneBefore += bytes;
  }

  rows(count: number): void {
    this.#rows += count;
    this.#look();
  }

  /** So many lines of all are judged. None begins the step, and begins it again: preparations tell nothing of how long the rest takes. */
  judged(lines: number, total: number): void {
    if (lines === 0) this.#begin('judge', '', total);
    this.#rows = lines;
    this.#doneBefore = lines;
    this.#look();
  }

  writing(name: string): void {
    this.#begin('write', name, 0);
  }

  stop(): void {
    if (this.#spinner === null) return;
    clearProgress();
    this.#spinner = null;
  }

  #begin(step: ProgressStep, subject: string, total: number): void {
    this.#step = step;
    this.#subject = subject;
    this.#rows = 0;
    this.#doneBefore = 0;
    this.#position = 0;
    this.#total = total;
    this.#stepStarted = this.#surroundings.now();
    if (this.#nextLook > this.#started + QUIET_MILLISECONDS) this.#nextLook = this.#stepStarted;
    this.#look();
  }

  #look(): void {
    if (!this.#isShown) return;
    const { stream, now } = this.#surroundings;
    const time = now();
    if (time < this.#nextLook) return;
    this.#nextLook = time + PAUSE_MILLISECONDS;
    const isColourless = (process.env['NO_COLOR'] ?? '') !== '';
    this.#spinner ??= ora({ stream, discardStdin: false, isEnabled: true, color: isColourless ? false : 'cyan' }).start();
    shownSpinner = this.#spinner;
    const done = Math.min(this.#doneBefore + this.#position, this.#total);
    const milliseconds = time - this.#stepStarted;
    const figures = { step: this.#step, subject: this.#subject, rows: this.#rows, done, total: this.#total, milliseconds };
    this.#spinner.text = progressText(figures, (stream.columns || 80) - MARGIN);
    // The run leaves the spinner's own clock no time to strike.
    this.#spinner.render();
  }
}
