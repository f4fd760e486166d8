import { KnownError } from '../../domain/known-error.ts';
import { jsonFault } from '../json-fault.ts';
import { unpackedBytes, type PackedBytes } from './open-bytes.ts';

/** A manifest lists parts, it does not hold them. */
const MOST_BYTES = 4 * 1024 * 1024;

/** What an API export says of itself. */
export interface Manifest {
  /** Changes whenever the billing data behind the export change; '' where the manifest does not say. */
  readonly eTag: string;
  readonly created: string;
  readonly partner: string;
  /** How many parts there are; null where the manifest does not say. */
  readonly blobCount: number | null;
  /** Bytes of all parts together, as they are packed. */
  readonly bytes: number | null;
  readonly parts: readonly ManifestPart[];
}

export interface ManifestPart {
  /** The last step of its path. */
  readonly name: string;
  readonly bytes: number | null;
}

/** Whether a text is a manifest: an object with a list of blobs. Nothing else that is exported has one. */
export async function looksLikeManifest(source: PackedBytes, head: Buffer, bytes: number): Promise<boolean> {
  if (bytes > MOST_BYTES || !/^(\u00ef\u00bb\u00bf)?\s*\{/.test(head.toString('latin1'))) return false;
  const text = await textOf(source);
  return /"blobs"\s*:\s*\[/i.test(text) && !/"items"\s*:\s*\[/.test(text);
}

/**
 * Reads a manifest. Names of attributes are compared without case, and both spellings of the creation date are known: the published sample
 * has `utcCretedDateTime` and `sizeinBytes` (get-invoice-billed-unbilled-consumption).
 */
export async function readManifest(source: PackedBytes): Promise<Manifest> {
  const text = await textOf(source);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(source.name, `The manifest is not valid JSON${jsonFault(text, error)}.`);
  }
  const facts = attributesOf(value);
  const blobs = facts.get('blobs');
  if (!Array.isArray(blobs)) throw unreadable(source.name, 'The manifest has no list of blobs.');
  return {
    eTag: textIn(facts, 'etag'),
    created: textIn(facts, 'createddatetime', 'utccreateddatetime', 'utccreteddatetime'),
    partner: textIn(facts, 'partnertenantid'),
    blobCount: countIn(facts, 'blobcount'),
    bytes: countIn(facts, 'sizeinbytes'),
    parts: blobs.map((blob: unknown, at) => {
      const part = attributesOf(blob);
      const name = textIn(part, 'name').split(/[/\\]/).at(-1) ?? '';
      if (name === '') throw unreadable(source.name, `Blob ${at + 1} of the manifest has no name.`);
      return { name, bytes: countIn(part, 'sizeinbytes') };
    }),
  };
}

async function textOf(source: PackedBytes): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of unpackedBytes(source)) chunks.push(chunk);
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

function attributesOf(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  return new Map(Object.entries(value).map(([name, one]) => [name.toLowerCase(), one as unknown]));
}

function textIn(facts: ReadonlyMap<string, unknown>, ...names: readonly string[]): string {
  for (const name of names) {
    const value = facts.get(name);
    if (typeof value === 'string') return value;
  }
  return '';
}

/** A count as a number or as a text of digits. */
function countIn(facts: ReadonlyMap<string, unknown>, name: string): number | null {
  const value = facts.get(name);
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number.parseInt(value, 10) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) ? count : null;
}

function unreadable(file: string, found: string): KnownError {
  return new KnownError({
    code: 'manifest-unreadable',
    place: { file },
    found,
    expected: 'The manifest as the API gives it, with a list of blobs and their names.',
    remedy: 'Download the manifest again, or give the parts without it: then nothing tells whether one is missing.',
  });
}
