import { type FileHandle, open } from 'node:fs/promises';
import { invariant } from '../../domain/invariant.ts';
import type { ErrorPlace, KnownError } from '../../domain/known-error.ts';
import { entryKey, ZipArchive, type ZipEntry, type ZipFaults } from '../containers/zip-archive.ts';
import { expandEntry } from '../containers/zip-entry.ts';
import type { PositionWatch } from '../reading-watch.ts';
import { binaryWorkbook, damaged, passwordProtected, tooLarge, truncated } from './xlsx-errors.ts';
import { grouped, type XlsxLimits } from './xlsx-limits.ts';

const CHUNK_BYTES = 2 ** 17;

/** The zip archive a workbook is, opened once; its parts are found by name and streamed in any order. */
export class XlsxPackage {
  readonly place: ErrorPlace;
  readonly limits: XlsxLimits;
  readonly #handle: FileHandle;
  readonly #zip: ZipArchive;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #reading = new Set<AsyncGenerator<Buffer>>();
  /** How much of each part has been read, in packed bytes; a part read again counts once. */
  readonly #taken = new Map<string, number>();
  readonly #at: PositionWatch | undefined;
  #isClosed = false;

  private constructor(place: ErrorPlace, limits: XlsxLimits, handle: FileHandle, zip: ZipArchive, at: PositionWatch | undefined) {
    this.place = place;
    this.limits = limits;
    this.#handle = handle;
    this.#zip = zip;
    this.#at = at;
    this.#entries = new Map(zip.entries.map((entry) => [entryKey(entry.name), entry]));
  }

  static async open(path: string, name: string, limits: XlsxLimits, at?: PositionWatch): Promise<XlsxPackage> {
    const place: ErrorPlace = { file: name };
    const handle = await open(path, 'r');
    try {
      await refuseOle(handle, place);
      return new XlsxPackage(place, limits, handle, await ZipArchive.open(handle, limits.entries, faultsOf(place, limits)), at);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The names of all parts, as the archive spells them. */
  get partNames(): readonly string[] {
    return this.#zip.entries.map(({ name }) => name.replace(/^\//, ''));
  }

  has(part: string): boolean {
    return this.#entries.has(entryKey(part));
  }

  /**
   * The expanded bytes of a part, checked against the size and the checksum the archive has for it.
   * @param place where an error is said to be: a sheet has a name that its part does not tell.
   */
  async *bytes(part: string, place = this.place, mostBytes = Infinity): AsyncGenerator<Buffer, void, undefined> {
    invariant(!this.#isClosed, 'a workbook is read before it is closed');
    const entry = this.#entries.get(entryKey(part));
    if (entry === undefined) throw damaged(place, `The workbook lacks its part ${part}.`);
    const bytes = expandEntry(this.#handle, await this.#zip.place(entry), incomplete(place, part), (size) => {
      this.#refuseBomb(part, place, size, entry.packedBytes, mostBytes);
      this.#tell(part, entry, size);
    });
    this.#reading.add(bytes);
    try {
      yield* bytes;
    } finally {
      this.#reading.delete(bytes);
    }
  }

  /** Ends what is being read, and closes the file. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const bytes of this.#reading) await bytes.return(undefined);
    await this.#handle.close();
  }

  #tell(part: string, { packedBytes, bytes }: ZipEntry, size: number): void {
    if (this.#at === undefined) return;
    this.#taken.set(part, bytes === 0 ? packedBytes : Math.round((packedBytes * size) / bytes));
    let position = 0;
    for (const taken of this.#taken.values()) position += taken;
    this.#at(position);
  }

  #refuseBomb(part: string, place: ErrorPlace, size: number, packedSize: number, mostBytes: number): void {
    const { expandedBytes, expansionRatio } = this.limits;
    const isBomb = size > expandedBytes && size > expansionRatio * packedSize;
    if (!isBomb && size <= mostBytes) return;
    const most = isBomb ? expandedBytes : mostBytes;
    throw tooLarge(
      place,
      `${part} expands beyond ${grouped(most)} bytes${isBomb ? ` and ${grouped(expansionRatio)} times its packed size` : ''}.`,
      'A workbook of ordinary size.',
    );
  }
}

function incomplete(place: ErrorPlace, part: string): KnownError {
  return truncated(place, `The bytes of ${part} are incomplete or altered.`);
}

function faultsOf(place: ErrorPlace, limits: XlsxLimits): ZipFaults {
  return {
    cutOff: () => truncated(place, 'The end of the file, where a workbook lists its parts, is missing or damaged.'),
    incomplete: (part) => incomplete(place, part),
    twice: (part) => damaged(place, `The zip archive holds ${part} twice.`),
    encrypted: () => passwordProtected(place),
    method: (_, method) => damaged(place, `The zip archive uses compression method ${method}, which workbooks never use.`),
    tooMany: (count) => tooLarge(place, `The zip archive holds ${grouped(count)} files.`, `At most ${grouped(limits.entries)} files.`),
  };
}

const OLE_MAGIC = 'd0cf11e0a1b11ae1';
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/** Workbooks with a password, and those of Excel 97-2003, are OLE compound files; the first kind has a stream that says so. */
async function refuseOle(handle: FileHandle, place: ErrorPlace): Promise<void> {
  const magic = await handle.read(Buffer.alloc(8), 0, 8, 0);
  if (magic.buffer.toString('hex') !== OLE_MAGIC) return;
  const block = Buffer.alloc(CHUNK_BYTES);
  for (let at = 0; ; at += block.length - ENCRYPTED_PACKAGE.length) {
    const { bytesRead } = await handle.read(block, 0, block.length, at);
    if (block.subarray(0, bytesRead).includes(ENCRYPTED_PACKAGE)) throw passwordProtected(place);
    if (bytesRead < block.length) throw binaryWorkbook(place);
  }
}
