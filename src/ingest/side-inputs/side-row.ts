/** One row of a side input, as texts. */
export interface SideRow {
  /** The number a spreadsheet shows; the place in the array, from 1, in JSON. */
  readonly number: number;
  readonly cells: readonly string[];
}
