/**
 * What a spreadsheet may run when it opens or re-reads a text: `=`, `+`, `-` and `@` (also in full width, which some
 * versions fold), behind any blanks, format marks or line breaks; and a leading tab, return or line feed, which hides such a start.
 */
const RUNS_AS_FORMULA = /^(?:[\t\r\n]|[\s\p{Z}\p{Cf}]*[=+\-@＝＋－＠])/u;

/** A text that no spreadsheet runs: a leading apostrophe where it could be taken for a formula. Never for amounts, which stay numbers. */
export function harmlessText(text: string): string {
  return RUNS_AS_FORMULA.test(text) ? `'${text}` : text;
}
