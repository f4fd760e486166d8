import type { ApiExport, ListedPart, MisSizedPart } from '../../domain/invoices/api-export.ts';
import type { InputFile } from '../input-file.ts';
import type { Manifest, ManifestPart } from './manifest.ts';

/** The row of the first part: the list read as a table has its header above. */
const FIRST_ROW = 2;

/** What is asked of an input. */
type GivenFile = Pick<InputFile, 'name' | 'kind' | 'gzipBytes'>;

/** A manifest held against the inputs of the run. */
export interface CheckedExport {
  readonly apiExport: Omit<ApiExport, 'layouts'>;
  /** The names of the inputs that are parts of it. */
  readonly given: ReadonlySet<string>;
  /** What else there is to say, as sentences. */
  readonly notes: readonly string[];
}

/**
 * Looks for the parts that a manifest lists: beside it or below its folder, and elsewhere among the inputs where the size is that of the part.
 * A part that was unpacked before it was given is there, but its size tells nothing.
 */
export function checkExport(
  { name: file }: Pick<InputFile, 'name'>,
  manifest: Manifest,
  isAudited: boolean,
  inputs: readonly GivenFile[],
): CheckedExport {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const others = inputs.filter(({ kind }) => kind === 'text');
  const missing: ListedPart[] = [];
  const misSized: MisSizedPart[] = [];
  const unpacked: string[] = [];
  const found = new Set<GivenFile>();
  for (const [place, part] of manifest.parts.entries()) {
    const listed = { name: part.name, row: place + FIRST_ROW };
    // Parts of several folders may share a last name: a file stands for one of them.
    const input = findPart(
      part,
      folder,
      others.filter((one) => !found.has(one)),
    );
    if (input === null) missing.push(listed);
    else {
      found.add(input);
      if (input.gzipBytes === null) unpacked.push(part.name);
      else if (part.bytes !== null && part.bytes !== input.gzipBytes) {
        misSized.push({ ...listed, file: input.name, announced: part.bytes, found: input.gzipBytes });
      }
    }
  }
  const { eTag, created, blobCount: announced } = manifest;
  const listed = manifest.parts.map(({ name }) => name);
  const apiExport = { file, isAudited, eTag, created, listed, announced, missing, misSized };
  const strays = others.filter((input) => input.gzipBytes !== null && inFolder(input, folder) && !found.has(input));
  return { apiExport, given: new Set([...found].map(({ name }) => name)), notes: notesOf(manifest, found.size, unpacked, strays) };
}

function findPart(part: ManifestPart, folder: string, inputs: readonly GivenFile[]): GivenFile | null {
  const alike = inputs.filter(({ name }) => isNamed(name, part.name));
  const beside = alike.filter((input) => inFolder(input, folder));
  const bySize = (input: GivenFile): boolean => input.gzipBytes === part.bytes;
  return beside.find(bySize) ?? beside[0] ?? alike.find(bySize) ?? null;
}

function isNamed(path: string, part: string): boolean {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last === part || last === part.replace(/\.gz$/i, '');
}

function inFolder({ name }: GivenFile, folder: string): boolean {
  return name.startsWith(folder);
}

function notesOf(manifest: Manifest, found: number, unpacked: readonly string[], strays: readonly GivenFile[]): readonly string[] {
  const { eTag, created, partner, parts, bytes } = manifest;
  const listedBytes = parts.reduce<number | null>((sum, part) => (sum === null || part.bytes === null ? null : sum + part.bytes), 0);
  const facts = [
    `Manifest of ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}, of which ${found} ${found === 1 ? 'was' : 'were'} given`,
    eTag === '' ? '' : `eTag ${eTag}`,
    created === '' ? '' : `made ${created}`,
    partner === '' ? '' : `partner ${partner}`,
  ];
  return [
    `${facts.filter((fact) => fact !== '').join('; ')}.`,
    ...(unpacked.length === 0 ? [] : [`The size of ${listed(unpacked)} could not be checked: unpacked before it was given.`]),
    ...(bytes === null || listedBytes === null || bytes === listedBytes
      ? []
      : [`The manifest says that its parts have ${bytes} bytes together; those that it lists have ${listedBytes}.`]),
    ...(strays.length === 0 ? [] : [`The manifest does not list ${listed(strays.map(({ name }) => name))}: read all the same.`]),
  ];
}

function listed(names: readonly string[]): string {
  return names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '');
}
