import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isFileError } from './write-whole.ts';

/** Reports that are being written: an interrupt throws them away. */
const unfinished = new Set<Staging>();

/** Removes what an interrupted run had begun to write. Synchronous, so that nothing is written in between. */
export function discardUnfinished(): void {
  for (const staging of unfinished) staging.discard();
}

/**
 * A hidden folder inside the report's, where all files of a report are written before any of them takes its place: a reader never sees
 * half a report, and a run that fails or is interrupted leaves the report of the run before as it was.
 */
export class Staging {
  readonly #folder: string;
  readonly #path: string;
  /** The topmost folder that was made for the report. */
  readonly #made: string | undefined;

  constructor(folder: string) {
    this.#folder = resolve(folder);
    this.#path = join(this.#folder, `.unfinished-${process.pid}`);
    this.#made = mkdirSync(this.#folder, { recursive: true });
    unfinished.add(this);
    mkdirSync(this.#path, { recursive: true });
  }

  pathFor(name: string): string {
    return join(this.#path, name);
  }

  /**
   * Puts every file into its place and takes the `leaving` ones of the run before away: all of it or, where one of them is held by another
   * program, nothing. Synchronous: an interrupt comes before or after it, never between two files.
   */
  commit(names: readonly string[], leaving: readonly string[]): void {
    const aside = this.pathFor('.before');
    const moved: (readonly [from: string, to: string])[] = [];
    const move = (from: string, to: string): void => {
      renameSync(from, to);
      moved.push([from, to]);
    };
    try {
      mkdirSync(aside);
      for (const name of [...names, ...leaving]) {
        if (existsSync(join(this.#folder, name))) move(join(this.#folder, name), join(aside, name));
      }
      for (const name of names) move(this.pathFor(name), join(this.#folder, name));
    } catch (error) {
      for (const [from, to] of moved.reverse()) renameSync(to, from);
      throw error;
    }
  }

  /** Removes what is left, and the folders that were made for nothing. */
  discard(): void {
    unfinished.delete(this);
    rmSync(this.#path, { recursive: true, force: true, maxRetries: 5 });
    if (this.#made === undefined) return;
    for (let folder = this.#folder; folder.startsWith(this.#made); folder = dirname(folder)) {
      try {
        rmdirSync(folder);
      } catch (error) {
        // It holds the report, or something of somebody else's.
        if (isFileError(error)) return;
        throw error;
      }
    }
  }
}
