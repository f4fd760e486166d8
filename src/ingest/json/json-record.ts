/** One record as it stands in the file. */
export interface JsonRecord {
  /** The row it has in reports: the header of a spreadsheet would be row 1. */
  readonly number: number;
  readonly text: string;
}
