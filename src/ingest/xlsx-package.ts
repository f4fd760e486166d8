import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader, type ZipFile } from 'yauzl';
import { invariant } from '../domain/invariant.ts';
import { type ErrorPlace, KnownError } from '../domain/known-error.ts';
import { binaryWorkbook, damaged, passwordProtected, tooLarge, truncated } from './xlsx-errors.ts';
import { grouped, type XlsxLimits } from './xlsx-limits.ts';

/** Bytes read from the file at a time, and bytes an inflated chunk has: large enough that the streams around them cost nothing. */
const CHUNK_BYTES = 2 ** 17;

const STORED = 0;
const DEFLATED = 8;

/** The zip archive a workbook is, opened once; its parts are found by name and streamed in any order. */
export class XlsxPackage {
  readonly place: ErrorPlace;
  readonly limits: XlsxLimits;
  readonly #handle: FileHandle;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #inflating = new Set<InflateRaw>();
  #isClosed = false;

  private constructor(place: ErrorPlace, limits: XlsxLimits, handle: FileHandle, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.place = place;
    this.limits = limits;
    this.#handle = handle;
    this.#zip = zip;
    this.#entries = entries;
  }

  static async open(path: string, name: string, limits: XlsxLimits): Promise<XlsxPackage> {
    const place: ErrorPlace = { file: name };
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      await refuseOle(handle, place);
      const zip = await fromRandomAccessReaderPromise(new FileReader(handle), size, { autoClose: false, decodeStrings: false });
      return new XlsxPackage(place, limits, handle, zip, await listEntries(zip, place, limits));
    } catch (error) {
      await handle.close();
      throw asKnown(error, truncated(place, 'The end of the file, where a workbook lists its parts, is missing or damaged.'));
    }
  }

  has(part: string): boolean {
    return this.#entries.has(keyOf(part));
  }

  /**
   * The expanded bytes of a part, checked against the size and the checksum the archive has for it.
   * @param place where an error is said to be: a sheet has a name that its part does not tell.
   */
  async *bytes(part: string, place = this.place, mostBytes = Infinity): AsyncGenerator<Buffer, void, undefined> {
    invariant(!this.#isClosed, 'a workbook is read before it is closed');
    const entry = this.#entries.get(keyOf(part));
    if (entry === undefined) throw damaged(place, `The workbook lacks its part ${part}.`);
    const fault = truncated(place, `The bytes of ${part} are incomplete or altered.`);
    let size = 0;
    let checksum = 0;
    try {
      for await (const chunk of await this.#expanded(entry, fault)) {
        size += chunk.length;
        checksum = crc32(chunk, checksum);
        if (size > entry.uncompressedSize) throw fault;
        this.#refuseBomb(part, place, size, entry.compressedSize, mostBytes);
        yield chunk;
      }
    } catch (error) {
      throw isInflateError(error) ? fault : error;
    }
    if (size !== entry.uncompressedSize || checksum !== entry.crc32) throw fault;
  }

  /** Ends what is being read, and closes the file. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const inflate of this.#inflating) inflate.destroy();
    await this.#handle.close();
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

  /** An iteration that ends early destroys the stream, and `pipeline` the reading behind it. */
  async #expanded(entry: Entry, fault: KnownError): Promise<AsyncIterable<Buffer>> {
    if (entry.isEncrypted()) throw passwordProtected(this.place);
    const header = this.#zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const { fileDataStart } = await header.catch((error: unknown) => {
      throw asKnown(error, fault);
    });
    const packed = this.#packed(fileDataStart, fileDataStart + entry.compressedSize, fault);
    if (entry.compressionMethod === STORED) return packed;
    if (entry.compressionMethod !== DEFLATED) {
      throw damaged(this.place, `The zip archive uses compression method ${entry.compressionMethod}, which workbooks never use.`);
    }
    const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
    this.#inflating.add(inflate);
    inflate.once('close', () => this.#inflating.delete(inflate));
    // The error reaches whoever iterates over the stream; the callback is only there because pipeline wants one.
    pipeline(packed, inflate, () => undefined);
    return inflate;
  }

  async *#packed(from: number, until: number, fault: KnownError): AsyncGenerator<Buffer, void, undefined> {
    for (let at = from; at < until;) {
      const wanted = Math.min(CHUNK_BYTES, until - at);
      const { buffer, bytesRead } = await this.#handle.read(Buffer.allocUnsafe(wanted), 0, wanted, at);
      if (bytesRead === 0) throw fault;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }
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

/** Part names do not tell upper from lower case, and are written with and without a leading slash. */
function keyOf(part: string): string {
  return part.replace(/^\//, '').toLowerCase();
}

async function listEntries(zip: ZipFile, place: ErrorPlace, limits: XlsxLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) {
    throw tooLarge(place, `The zip archive holds ${grouped(zip.entryCount)} files.`, `At most ${grouped(limits.entries)} files.`);
  }
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const part = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
    // Programs differ on which of two they read: what we would audit might not be what Excel shows.
    if (entries.has(keyOf(part))) throw damaged(place, `The zip archive holds ${part} twice.`);
    entries.set(keyOf(part), entry);
  }
  return entries;
}

/** A known error and a failure of the file system stay what they are; anything else yauzl rejects with means missing or altered bytes. */
function asKnown(error: unknown, fault: KnownError): unknown {
  return error instanceof KnownError || (error instanceof Error && 'syscall' in error) ? error : fault;
}

function isInflateError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
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
