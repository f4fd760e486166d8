/** A link to a cell of this workbook, as `'Lines'!A7`, shown as `shown`: a word of ours, never a text of an input. null where there is no cell. */
export function linkFormula(target: string | null, shown: string): string | null {
  return target === null ? null : `HYPERLINK("#${target}","${shown}")`;
}
