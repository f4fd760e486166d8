import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { KnownError } from '../../domain/known-error.ts';

/** Bytes read from the file at a time, and bytes an inflated chunk has: large enough that the streams around them cost nothing. */
const CHUNK_BYTES = 2 ** 17;

export const STORED = 0;
export const DEFLATED = 8;

/** Where one file of a zip archive stands, and what the archive says of it. */
export interface ZipEntryPlace {
  /** Where its packed bytes begin. */
  readonly start: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly checksum: number;
  readonly method: typeof STORED | typeof DEFLATED;
}

/**
 * The expanded bytes of an entry in fresh buffers, checked against the size and the checksum that the archive has for it.
 * @param fault what is thrown where bytes are missing or altered.
 * @param watch is told the expanded size so far, and may refuse it.
 */
export async function* expandEntry(
  handle: FileHandle,
  place: ZipEntryPlace,
  fault: KnownError,
  watch: (size: number) => void = () => undefined,
): AsyncGenerator<Buffer, void, undefined> {
  let size = 0;
  let checksum = 0;
  try {
    for await (const chunk of expanded(handle, place, fault)) {
      size += chunk.length;
      checksum = crc32(chunk, checksum);
      if (size > place.bytes) throw fault;
      watch(size);
      yield chunk;
    }
  } catch (error) {
    throw isInflateError(error) ? fault : error;
  }
  if (size !== place.bytes || checksum !== place.checksum) throw fault;
}

/** An iteration that ends early destroys the stream, and `pipeline` the reading behind it. */
function expanded(handle: FileHandle, place: ZipEntryPlace, fault: KnownError): AsyncIterable<Buffer> {
  const packed = packedBytes(handle, place.start, place.start + place.packedBytes, fault);
  if (place.method === STORED) return packed;
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
  // The error reaches whoever iterates over the stream; the callback is only there because pipeline wants one.
  pipeline(packed, inflate, () => undefined);
  return inflate;
}

async function* packedBytes(handle: FileHandle, from: number, until: number, fault: KnownError): AsyncGenerator<Buffer, void, undefined> {
  for (let at = from; at < until;) {
    const wanted = Math.min(CHUNK_BYTES, until - at);
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafeSlow(wanted), 0, wanted, at);
    if (bytesRead === 0) throw fault;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** What zlib throws over bytes that are missing or altered. */
export function isInflateError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}
