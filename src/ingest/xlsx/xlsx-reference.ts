const ZERO_DIGIT = 0x30;
const BEFORE_A = 0x40;
const LETTERS = 26;
const MOST_DIGITS = 9;
const MOST_LETTERS = 3;

/** Whether bytes from `start` to `end` (exclusive) are digits, and at least one. */
export function isAllDigits(bytes: Buffer, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] as number;
    if (byte < ZERO_DIGIT || byte > ZERO_DIGIT + 9) return false;
  }
  return end > start;
}

/** A count of at most nine digits, read without making a string of them; −1 where it is none. */
export function countOf(bytes: Buffer, start: number, end: number): number {
  if (!isAllDigits(bytes, start, end) || end - start > MOST_DIGITS) return -1;
  let value = 0;
  for (let index = start; index < end; index += 1) value = value * 10 + (bytes[index] as number) - ZERO_DIGIT;
  return value;
}

/** The column of a reference such as `AB12`, from 0; −1 where it is no reference, or its row is another than `row`. */
export function columnOf(bytes: Buffer, start: number, end: number, row: number): number {
  let column = 0;
  let index = start;
  for (; index < end && index - start <= MOST_LETTERS; index += 1) {
    const letter = (bytes[index] as number) - BEFORE_A;
    if (letter < 1 || letter > LETTERS) break;
    column = column * LETTERS + letter;
  }
  return column === 0 || countOf(bytes, index, end) !== row ? -1 : column - 1;
}
