/** An export of the API as its manifest describes it, held against the parts that were given. */
export interface ApiExport {
  /** The manifest, as reports name it. */
  readonly file: string;
  readonly isAudited: boolean;
  /** Changes whenever the billing data behind the export change; '' where the manifest does not say. */
  readonly eTag: string;
  /** Parts that the manifest lists. */
  readonly listed: number;
  /** How many parts it says there are; null where it does not say. */
  readonly announced: number | null;
  /** Bytes that it says all parts have together, and those of the listed ones added up; null where it does not say. */
  readonly announcedBytes: number | null;
  readonly listedBytes: number | null;
  /** Names of listed parts that were not given. */
  readonly missing: readonly string[];
  readonly misSized: readonly MisSizedPart[];
}

/** A part whose packed size differs from what its manifest says, in bytes. */
export interface MisSizedPart {
  readonly name: string;
  readonly announced: number;
  readonly found: number;
}
