import { decimalOf, type Decimal, type PrintedNumber } from '../../domain/numbers/money.ts';

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
/** Scales from here down stand for a 64-bit integer in the place of the safe one: scale s is `WIDE - s`. */
const WIDE = -3;
const MOST_WIDE_SCALE = 100;
const MOST_WIDE = (1n << 63n) - 1n;

interface NumberBlock {
  readonly units: Float64Array;
  /** The same memory as `units`. */
  readonly wide: BigInt64Array;
  readonly scales: Int8Array;
}

/**
 * `width` printed numbers for each line, with their scale in typed arrays (9 bytes a number): safe integers, and integers of 64 bits where a file
 * prints 18 decimals. The few numbers that neither holds are kept in a map of texts. Nothing is rounded.
 */
export class NumberTable {
  readonly #width: number;
  readonly #blocks: NumberBlock[] = [];
  readonly #exact = new Map<number, PrintedNumber>();

  constructor(width: number) {
    this.#width = width;
  }

  set(line: number, column: number, value: PrintedNumber | null): void {
    const { units, wide, scales } = (this.#blocks[line >> BLOCK_BITS] ??= newBlock(this.#width));
    const place = (line & IN_BLOCK) * this.#width + column;
    if (value === null) {
      scales[place] = ABSENT;
    } else if (value.exact !== null || value.scale > 100) {
      const whole = wideUnits(value);
      if (whole !== null) {
        wide[place] = whole;
        scales[place] = WIDE - value.scale;
        return;
      }
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
    if (scale <= WIDE) return widePrinted(block?.wide[place] ?? 0n, WIDE - scale);
    return { units: block?.units[place] ?? 0, scale, exact: null };
  }

  /** Forgets everything from a line on. */
  truncate(line: number): void {
    for (const key of this.#exact.keys()) if (key >= line * this.#width) this.#exact.delete(key);
  }
}

function newBlock(width: number): NumberBlock {
  const units = new Float64Array(BLOCK_LINES * width);
  return { units, wide: new BigInt64Array(units.buffer), scales: new Int8Array(BLOCK_LINES * width) };
}

/** The digits of a number that no safe integer holds, as an integer of 64 bits; null where that does not hold them either. */
function wideUnits({ exact, scale }: PrintedNumber): bigint | null {
  if (exact === null || scale > MOST_WIDE_SCALE) return null;
  const units = BigInt(exact.replace('.', ''));
  return units <= MOST_WIDE && units >= -MOST_WIDE ? units : null;
}

/** The number as it was printed. */
function widePrinted(units: bigint, scale: number): PrintedNumber {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return { units: 0, scale, exact: units < 0n ? `-${text}` : text };
}
