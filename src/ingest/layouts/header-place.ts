/** Where a header stands. */
export interface HeaderPlace {
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
}
