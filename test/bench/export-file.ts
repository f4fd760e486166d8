import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { Random } from './random.ts';

/** A line of an export before it is printed. */
export interface PlannedLine {
  /** Calendar months from the start of the file: the exports of a year are appended month by month. */
  readonly month: number;
  readonly isWhole: boolean;
  /** 0 for a right amount; else what the wrong one is drawn from. */
  readonly wrongSeed: number;
  /** The second copy of a line that was billed twice. */
  readonly isCopy: boolean;
}

/** What one layout adds: which lines a subscription has, and how one is printed. Both must give the same each time they are asked. */
export interface ExportLayout<L extends PlannedLine> {
  readonly stream: number;
  readonly header: readonly string[];
  /** `quietCycles`: only that many whole cycles, nothing planted; null: a course of its own. */
  linesOf(subscription: number, quietCycles: number | null): readonly L[];
  cellsOf(subscription: number, line: L): readonly string[];
}

/** What stands in a generated file. Copies of wrong lines count as wrong too. */
export interface GeneratedFile {
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  readonly subscriptions: number;
  readonly wholeLines: number;
  readonly proratedLines: number;
  readonly wrongLines: number;
  readonly duplicateLines: number;
}

const MONTHS = 14;
const BLOCK_ROWS = 4096;
const CHUNK_CHARACTERS = 1 << 20;
const FILLER_CYCLES = 12;

export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes rows in shuffled blocks: exports are not in order, and a whole file's shuffle would not fit in memory. */
class RowSink {
  readonly #file: number;
  readonly #random: Random;
  #block: string[] = [];
  #chunk: string[] = [];
  #characters = 0;

  constructor(path: string, stream: number, header: readonly string[]) {
    this.#file = openSync(path, 'w');
    this.#random = new Random(stream, 0x73687566);
    this.#print(`\ufeff${header.join(',')}\r\n`);
  }

  add(row: string): void {
    this.#block.push(row);
    if (this.#block.length === BLOCK_ROWS) this.#flushBlock();
  }

  /** The size of the finished file. */
  close(): number {
    this.#flushBlock();
    this.#flushChunk();
    const { size } = fstatSync(this.#file);
    closeSync(this.#file);
    return size;
  }

  #flushBlock(): void {
    const rows = this.#block;
    for (let last = rows.length - 1; last > 0; last--) {
      const other = this.#random.below(last + 1);
      [rows[last], rows[other]] = [rows[other]!, rows[last]!];
    }
    for (const row of rows) this.#print(row);
    this.#block = [];
  }

  #print(text: string): void {
    this.#chunk.push(text);
    this.#characters += text.length;
    if (this.#characters >= CHUNK_CHARACTERS) this.#flushChunk();
  }

  #flushChunk(): void {
    const bytes = Buffer.from(this.#chunk.join(''));
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#file, bytes, written);
    this.#chunk = [];
    this.#characters = 0;
  }
}

/** How many subscriptions of their own course fit into the rows, and the quiet ones that fill up the rest. */
function planSubscriptions(layout: ExportLayout<PlannedLine>, rows: number): { readonly own: number; readonly fillers: readonly number[] } {
  let own = 0;
  let planned = 0;
  for (;;) {
    const count = layout.linesOf(own, null).length;
    if (planned + count > rows) break;
    planned += count;
    own += 1;
  }
  const fillers: number[] = [];
  for (; planned < rows; planned += fillers.at(-1)!) fillers.push(Math.min(FILLER_CYCLES, rows - planned));
  return { own, fillers };
}

/**
 * Writes an export of exactly `rows` rows. Every subscription is worked out anew for each month instead of being kept, so the
 * memory stays flat and its lines still lie far apart in the file, as they do in a year of exports.
 */
export function writeExport<L extends PlannedLine>(layout: ExportLayout<L>, path: string, rows: number): GeneratedFile {
  const { own, fillers } = planSubscriptions(layout, rows);
  const subscriptions = own + fillers.length;
  const counts = { rows: 0, wholeLines: 0, proratedLines: 0, wrongLines: 0, duplicateLines: 0 };
  const sink = new RowSink(path, layout.stream, layout.header);
  for (let month = 0; month < MONTHS; month++) {
    for (let subscription = 0; subscription < subscriptions; subscription++) {
      for (const line of layout.linesOf(subscription, fillers[subscription - own] ?? null)) {
        if (line.month !== month) continue;
        sink.add(`${layout.cellsOf(subscription, line).join(',')}\r\n`);
        counts.rows += 1;
        if (line.isWhole) counts.wholeLines += 1;
        else counts.proratedLines += 1;
        if (line.wrongSeed !== 0) counts.wrongLines += 1;
        if (line.isCopy) counts.duplicateLines += 1;
      }
    }
  }
  const bytes = sink.close();
  if (counts.rows !== rows) throw new Error(`planned ${rows} rows, wrote ${counts.rows}`);
  return { path, bytes, subscriptions, ...counts };
}
