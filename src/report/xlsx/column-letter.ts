/** The letters of a column as spreadsheets name it: 1 is A, 27 is AA. */
export function letterOf(column: number): string {
  const letter = String.fromCharCode(65 + ((column - 1) % 26));
  return column <= 26 ? letter : letterOf(Math.floor((column - 1) / 26)) + letter;
}
