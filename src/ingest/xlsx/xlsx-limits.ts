/** What a workbook may ask of the machine. Excel's own limits where it has one, and well above them elsewhere. */
export interface XlsxLimits {
  /** Files inside the archive. */
  readonly entries: number;
  /** A part may expand beyond `expandedBytes` or beyond `expansionRatio` times its packed size, but not beyond both: a zip bomb does. */
  readonly expandedBytes: number;
  readonly expansionRatio: number;
  /** Expanded size of a part that describes the workbook and is held as a whole: its relations, its list of sheets, its styles. */
  readonly descriptionBytes: number;
  readonly sharedStrings: number;
  /** Characters of all shared strings together, which are held for as long as the workbook is open. */
  readonly sharedCharacters: number;
  /** Excel's own limit is 32,767. */
  readonly cellCharacters: number;
  /** Characters written into the cells of one row, shared strings not counted. */
  readonly rowCharacters: number;
  readonly rows: number;
  readonly columns: number;
}

export const xlsxLimits: XlsxLimits = {
  entries: 100_000,
  expandedBytes: 2 ** 30,
  expansionRatio: 200,
  descriptionBytes: 2 ** 26,
  sharedStrings: 5_000_000,
  sharedCharacters: 2 ** 29,
  cellCharacters: 65_534,
  rowCharacters: 2 ** 23,
  rows: 1_048_576,
  columns: 16_384,
};

/** `1048576` as `1,048,576`: an error is read by people. */
export function grouped(count: number): string {
  return count.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}
