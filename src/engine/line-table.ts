import { decimalOf, type Decimal, type PrintedNumber } from '../domain/money.ts';

/**
 * Lines are kept in blocks, and within a block line after line: a subscription's lines are spread over its months, so that a look at one
 * of them should touch one place of the memory and not one for each column. Blocks are never copied as the table grows.
 */
const BLOCK_BITS = 12;
const BLOCK_LINES = 1 << BLOCK_BITS;
const IN_BLOCK = BLOCK_LINES - 1;

/** `width` 32-bit integers for each line, outside the JavaScript heap. */
export class IntTable {
  readonly #width: number;
  readonly #blocks: Int32Array[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  set(line: number, column: number, value: number): void {
    const block = (this.#blocks[line >> BLOCK_BITS] ??= new Int32Array(BLOCK_LINES * this.#width));
    block[(line & IN_BLOCK) * this.#width + column] = value;
  }

  get(line: number, column: number): number {
    return this.#blocks[line >> BLOCK_BITS]?.[(line & IN_BLOCK) * this.#width + column] ?? 0;
  }
}

const ABSENT = -1;
const OVERFLOWED = -2;

interface NumberBlock {
  readonly units: Float64Array;
  readonly scales: Int8Array;
}

/**
 * `width` printed numbers for each line: safe integers with their scale in typed arrays (9 bytes a number), the few numbers
 * that no safe integer holds in a map of texts. Nothing is rounded.
 */
export class NumberTable {
  readonly #width: number;
  readonly #blocks: NumberBlock[] = [];
  readonly #exact = new Map<number, PrintedNumber>();

  constructor(width: number) {
    this.#width = width;
  }

  set(line: number, column: number, value: PrintedNumber | null): void {
    const { units, scales } = (this.#blocks[line >> BLOCK_BITS] ??= newBlock(this.#width));
    const place = (line & IN_BLOCK) * this.#width + column;
    if (value === null) {
      scales[place] = ABSENT;
    } else if (value.exact !== null || value.scale > 100) {
      scales[place] = OVERFLOWED;
      this.#exact.set(line * this.#width + column, value);
    } else {
      units[place] = value.units;
      scales[place] = value.scale;
    }
  }

  get(line: number, column: number): Decimal | null {
    const printed = this.printed(line, column);
    return printed === null ? null : decimalOf(printed);
  }

  /** The number as printed, its decimals included; null where the cell was empty. */
  printed(line: number, column: number): PrintedNumber | null {
    const block = this.#blocks[line >> BLOCK_BITS];
    const place = (line & IN_BLOCK) * this.#width + column;
    const scale = block?.scales[place] ?? ABSENT;
    if (scale === ABSENT) return null;
    if (scale === OVERFLOWED) return this.#exact.get(line * this.#width + column) ?? null;
    return { units: block?.units[place] ?? 0, scale, exact: null };
  }

  /** Forgets everything from a line on. */
  truncate(line: number): void {
    for (const key of this.#exact.keys()) if (key >= line * this.#width) this.#exact.delete(key);
  }
}

function newBlock(width: number): NumberBlock {
  return { units: new Float64Array(BLOCK_LINES * width), scales: new Int8Array(BLOCK_LINES * width) };
}
