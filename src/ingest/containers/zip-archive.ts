import { type FileHandle, open } from 'node:fs/promises';
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader, type ZipFile } from 'yauzl';
import { KnownError } from '../../domain/known-error.ts';
import { DEFLATED, STORED, type ZipEntryPlace } from './zip-entry.ts';

/** The words in which an archive is refused: a workbook is told otherwise than an archive of exports. */
export interface ZipFaults {
  /** The list of files at the archive's end is missing or damaged. */
  cutOff(): KnownError;
  /** The bytes of one of its files are missing or altered. */
  incomplete(name: string): KnownError;
  /** Programs differ on which of two files of one name they read. */
  twice(name: string): KnownError;
  encrypted(name: string): KnownError;
  method(name: string, method: number): KnownError;
  tooMany(count: number): KnownError;
}

/** One file of an archive. */
export interface ZipEntry {
  /** As the archive spells it. */
  readonly name: string;
  readonly isFolder: boolean;
  readonly isEncrypted: boolean;
  readonly packedBytes: number;
  /** What the archive says that it expands to. */
  readonly bytes: number;
  readonly raw: Entry;
}

/** An open zip archive and the list of its files, in the archive's own order. */
export class ZipArchive {
  readonly handle: FileHandle;
  readonly entries: readonly ZipEntry[];
  readonly #zip: ZipFile;
  readonly #faults: ZipFaults;

  private constructor(handle: FileHandle, zip: ZipFile, entries: readonly ZipEntry[], faults: ZipFaults) {
    this.handle = handle;
    this.#zip = zip;
    this.entries = entries;
    this.#faults = faults;
  }

  /** The handle is the caller's to close, whatever comes of it. */
  static async open(handle: FileHandle, mostEntries: number, faults: ZipFaults): Promise<ZipArchive> {
    try {
      const { size } = await handle.stat();
      const zip = await fromRandomAccessReaderPromise(new FileReader(handle), size, { autoClose: false, decodeStrings: false });
      if (zip.entryCount > mostEntries) throw faults.tooMany(zip.entryCount);
      return new ZipArchive(handle, zip, await listEntries(zip, faults), faults);
    } catch (error) {
      throw asKnown(error, faults.cutOff());
    }
  }

  /** Where the bytes of a file stand; a file that cannot be read is refused here. */
  async place(entry: ZipEntry): Promise<ZipEntryPlace> {
    const { name, raw } = entry;
    if (entry.isEncrypted) throw this.#faults.encrypted(name);
    const header = this.#zip.readLocalFileHeaderPromise(raw, { minimal: true });
    const { fileDataStart } = await header.catch((error: unknown) => {
      throw asKnown(error, this.#faults.incomplete(name));
    });
    const { compressionMethod: method } = raw;
    if (method !== STORED && method !== DEFLATED) throw this.#faults.method(name, method);
    return { start: fileDataStart, packedBytes: raw.compressedSize, bytes: raw.uncompressedSize, checksum: raw.crc32, method };
  }
}

/** The files of the archive at a path by name alone, or null where it is no sound archive. */
export async function zipNames(path: string): Promise<readonly string[] | null> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const zip = await fromRandomAccessReaderPromise(new FileReader(handle), size, { autoClose: false, decodeStrings: false });
    const names: string[] = [];
    for await (const entry of zip.eachEntry()) names.push(nameOf(entry));
    return names;
  } catch (error) {
    if (isOfTheSystem(error)) throw error;
    return null;
  } finally {
    await handle.close();
  }
}

async function listEntries(zip: ZipFile, faults: ZipFaults): Promise<readonly ZipEntry[]> {
  const entries = new Map<string, ZipEntry>();
  for await (const raw of zip.eachEntry()) {
    const name = nameOf(raw);
    if (entries.has(entryKey(name))) throw faults.twice(name);
    const { compressedSize: packedBytes, uncompressedSize: bytes } = raw;
    entries.set(entryKey(name), { name, isFolder: /[/\\]$/.test(name), isEncrypted: raw.isEncrypted(), packedBytes, bytes, raw });
  }
  return [...entries.values()];
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

/** Programs read names without telling upper from lower case, and write them with and without a leading slash. */
export function entryKey(name: string): string {
  return name.replace(/^\//, '').toLowerCase();
}

/** Lets yauzl read the headers through our handle. Its own streams are not used: destroyed while a read waits its turn, they crash the process. */
class FileReader extends RandomAccessReader {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    super();
    this.#handle = handle;
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    this.#handle.read(buffer, offset, length, position).then(
      ({ bytesRead }) => {
        callback(bytesRead < length ? new Error('unexpected end of file') : null);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }
}

/** A known error and a failure of the file system stay what they are; anything else yauzl rejects with means missing or altered bytes. */
function asKnown(error: unknown, fault: KnownError): unknown {
  return error instanceof KnownError || isOfTheSystem(error) ? error : fault;
}

function isOfTheSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
