/**
 * How wide letters are shown, in widths of a digit, which is what columns are measured in. Measured in Calibri and rounded up: a row that is a
 * little too high can be read, one that is too low cannot.
 */
const CLASSES: readonly (readonly [width: number, letters: string])[] = [
  [1.8, 'MW@'],
  [1.6, 'mw%'],
  [1.4, 'CDGHNOQU&'],
  [1.2, 'ABEFKLPRSTVXYZ'],
];
const ASCII = new Float64Array(128).fill(1);
for (const [width, letters] of CLASSES) for (const letter of letters) ASCII[letter.charCodeAt(0)] = width;

/** Printable ASCII of which every letter is as wide as a digit or narrower. */
const PLAIN = /^[ -$'-?I-J[-ln-vx-~]*$/;
/** Wide in every font: East Asian letters, full-width forms, emoji. */
const DOUBLE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f000}-\u{3ffff}]|[\u2014\u2026\u2030\u2122]/u;
const WITHOUT_WIDTH = /[\p{M}\p{Cf}]/u;
const CAPITAL = /\p{Lu}/u;
const LATIN_1 = /[\u00a0-\u00ff]/;
const CAPITAL_WIDTH = 1.45;
const OTHER_WIDTH = 1.2;

function widthOfOther(letter: string): number {
  if (WITHOUT_WIDTH.test(letter)) return 0;
  if (DOUBLE.test(letter)) return 2;
  if (CAPITAL.test(letter)) return CAPITAL_WIDTH;
  return LATIN_1.test(letter) ? 1 : OTHER_WIDTH;
}

function widthOfLetter(letter: string): number {
  return ASCII[letter.codePointAt(0) ?? 0] ?? widthOfOther(letter);
}

/** How wide a line of text is shown, in digits. */
export function widthOfLine(line: string): number {
  if (PLAIN.test(line)) return line.length;
  let width = 0;
  for (const letter of line) width += widthOfLetter(letter);
  return width;
}

/** How many lines a wrapped text takes in a column of so many digits, broken between words and inside those that are too long. */
export function linesTaken(text: string, room: number): number {
  let lines = 0;
  for (const part of text.split('\n')) {
    let used = 0;
    lines++;
    for (const word of part.split(' ')) {
      const width = widthOfLine(word);
      if (used > 0 && used + 1 + width > room) {
        lines++;
        used = 0;
      }
      if (used > 0) used++;
      if (used + width <= room) {
        used += width;
        continue;
      }
      for (const letter of word) {
        const own = widthOfLetter(letter);
        if (used > 0 && used + own > room) {
          lines++;
          used = 0;
        }
        used += own;
      }
    }
  }
  return lines;
}
