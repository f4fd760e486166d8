import type { ApiExport, MisSizedPart } from '../../domain/api-export.ts';
import type { InputFile } from '../input-file.ts';
import type { Manifest, ManifestPart } from './manifest.ts';

/** A manifest held against the inputs of the run. */
export interface CheckedExport {
  readonly apiExport: ApiExport;
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
  inputs: readonly InputFile[],
): CheckedExport {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const others = inputs.filter(({ kind }) => kind === 'text');
  const missing: string[] = [];
  const misSized: MisSizedPart[] = [];
  const unpacked: string[] = [];
  const found = new Set<InputFile>();
  for (const part of manifest.parts) {
    const input = findPart(part, folder, others);
    if (input === null) missing.push(part.name);
    else {
      found.add(input);
      if (input.gzipBytes === null) unpacked.push(part.name);
      else if (part.bytes !== null && part.bytes !== input.gzipBytes) {
        misSized.push({ name: part.name, announced: part.bytes, found: input.gzipBytes });
      }
    }
  }
  const { eTag, blobCount: announced, bytes: announcedBytes } = manifest;
  const sizes = manifest.parts.map(({ bytes }) => bytes);
  const listedBytes = sizes.reduce<number | null>((sum, bytes) => (sum === null || bytes === null ? null : sum + bytes), 0);
  const apiExport = { file, isAudited, eTag, listed: manifest.parts.length, announced, announcedBytes, listedBytes, missing, misSized };
  const strays = others.filter((input) => input.gzipBytes !== null && inFolder(input, folder) && !found.has(input));
  return { apiExport, notes: notesOf(manifest, found.size, unpacked, strays) };
}

function findPart(part: ManifestPart, folder: string, inputs: readonly InputFile[]): InputFile | null {
  const alike = inputs.filter(({ name }) => isNamed(name, part.name));
  const beside = alike.filter((input) => inFolder(input, folder));
  const bySize = (input: InputFile): boolean => input.gzipBytes === part.bytes;
  return beside.find(bySize) ?? beside[0] ?? alike.find(bySize) ?? null;
}

function isNamed(path: string, part: string): boolean {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last === part || last === part.replace(/\.gz$/i, '');
}

function inFolder({ name }: InputFile, folder: string): boolean {
  return name.startsWith(folder);
}

function notesOf(manifest: Manifest, found: number, unpacked: readonly string[], strays: readonly InputFile[]): readonly string[] {
  const { eTag, created, partner, parts } = manifest;
  const facts = [
    `Manifest of ${parts.length} parts, of which ${found} were given`,
    eTag === '' ? '' : `eTag ${eTag}`,
    created === '' ? '' : `made ${created}`,
    partner === '' ? '' : `partner ${partner}`,
  ];
  return [
    `${facts.filter((fact) => fact !== '').join('; ')}.`,
    ...(unpacked.length === 0 ? [] : [`The size of ${listed(unpacked)} could not be checked: unpacked before it was given.`]),
    ...(strays.length === 0 ? [] : [`The manifest does not list ${listed(strays.map(({ name }) => name))}: read all the same.`]),
  ];
}

function listed(names: readonly string[]): string {
  return names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '');
}
