import { decimalOf, type Decimal, type PrintedNumber } from '../domain/money.ts';

const FIRST_CAPACITY = 1024;

/** A growing column of 32-bit integers, outside the JavaScript heap. */
export class IntColumn {
  #cells = new Int32Array(FIRST_CAPACITY);

  set(index: number, value: number): void {
    if (index >= this.#cells.length) {
      const larger = new Int32Array(Math.max(this.#cells.length * 2, index + 1));
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[index] = value;
  }

  get(index: number): number {
    return this.#cells[index] ?? 0;
  }
}

const ABSENT = -1;
const OVERFLOWED = -2;

/**
 * A growing column of printed numbers: safe integers with their scale in typed arrays (9 bytes a number), the few numbers
 * that no safe integer holds in a map of texts. Nothing is rounded.
 */
export class NumberColumn {
  #units = new Float64Array(FIRST_CAPACITY);
  #scales = new Int8Array(FIRST_CAPACITY);
  readonly #exact = new Map<number, PrintedNumber>();

  set(index: number, value: PrintedNumber | null): void {
    if (index >= this.#units.length) this.#grow(index);
    if (value === null) {
      this.#scales[index] = ABSENT;
    } else if (value.exact !== null || value.scale > 100) {
      this.#scales[index] = OVERFLOWED;
      this.#exact.set(index, value);
    } else {
      this.#units[index] = value.units;
      this.#scales[index] = value.scale;
    }
  }

  get(index: number): Decimal | null {
    const printed = this.printed(index);
    return printed === null ? null : decimalOf(printed);
  }

  /** The number as printed, its decimals included; null where the cell was empty. */
  printed(index: number): PrintedNumber | null {
    const scale = this.#scales[index] ?? ABSENT;
    if (scale === ABSENT) return null;
    if (scale === OVERFLOWED) return this.#exact.get(index) ?? null;
    return { units: this.#units[index] ?? 0, scale, exact: null };
  }

  /** Forgets everything from an index on. */
  truncate(length: number): void {
    for (const index of this.#exact.keys()) if (index >= length) this.#exact.delete(index);
  }

  #grow(index: number): void {
    const length = Math.max(this.#units.length * 2, index + 1);
    const units = new Float64Array(length);
    units.set(this.#units);
    const scales = new Int8Array(length);
    scales.set(this.#scales);
    this.#units = units;
    this.#scales = scales;
  }
}
