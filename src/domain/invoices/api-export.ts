/** An export of the API as its manifest describes it, held against the parts that were given. */
export interface ApiExport {
  /** The manifest, as reports name it. */
  readonly file: string;
  readonly isAudited: boolean;
  /** Changes whenever the billing data behind the export change; '' where the manifest does not say. */
  readonly eTag: string;
  /** When the export was made, as the manifest prints it; '' where it does not say. */
  readonly created: string;
  /** The names of the parts that the manifest lists, in its order. */
  readonly listed: readonly string[];
  /** How many parts it says there are; null where it does not say. */
  readonly announced: number | null;
  /** Listed parts that were not given. */
  readonly missing: readonly ListedPart[];
  readonly misSized: readonly MisSizedPart[];
  /** The layouts of the parts that were given; none where no part was. */
  readonly layouts: readonly string[];
}

/** A part as a manifest lists it. */
export interface ListedPart {
  readonly name: string;
  /** Where it stands in the manifest, as a spreadsheet would number the list: part n is row n + 1. */
  readonly row: number;
}

/** A part whose packed size differs from what its manifest says, in bytes. */
export interface MisSizedPart extends ListedPart {
  /** The file that was given for it, as reports name it. */
  readonly file: string;
  readonly announced: number;
  readonly found: number;
}

/** What an export lacks, as sentences; none where it is whole as far as its manifest tells. */
export function lacksOf({ listed, announced, missing, misSized }: Omit<ApiExport, 'layouts'>): readonly string[] {
  const lacks: string[] = [];
  if (missing.length > 0) {
    lacks.push(
      `The manifest lists ${listed.length} parts, of which ${missing.length} ${missing.length === 1 ? 'was' : 'were'} not given: ${namesOf(missing)}.`,
    );
  }
  for (const one of misSized.slice(0, MOST_NAMED)) lacks.push(`The part ${sizesOf(one)}.`);
  if (misSized.length > MOST_NAMED) lacks.push(`Other sizes than the manifest says have ${misSized.length - MOST_NAMED} more parts.`);
  if (isListShort({ listed, announced })) {
    lacks.push(`The manifest says that there are ${announced ?? 0} parts and lists ${listed.length}.`);
  }
  return lacks;
}

/** Whether a manifest contradicts itself: what it does not list cannot be looked for. */
export function isListShort({ listed, announced }: Pick<ApiExport, 'listed' | 'announced'>): boolean {
  return announced !== null && announced !== listed.length;
}

const MOST_NAMED = 3;

/** `part-2.json.gz, part-3.json.gz and 4 more`. */
export function namesOf(parts: readonly ListedPart[]): string {
  const named = parts.slice(0, MOST_NAMED).map(({ name }) => name);
  return named.join(', ') + (parts.length > MOST_NAMED ? ` and ${parts.length - MOST_NAMED} more` : '');
}

/** `part-1.json.gz has 22 bytes, the manifest says 500`. */
export function sizesOf({ name, found, announced }: MisSizedPart): string {
  return `${name} has ${found} bytes, the manifest says ${announced}`;
}
