import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { KnownError } from '../../domain/known-error.ts';
import type { InputFile, Packing } from '../input-file.ts';
import type { PositionWatch } from '../reading-watch.ts';
import { grouped } from '../xlsx/xlsx-limits.ts';
import { alteredEntry, archiveTooLarge, cutOff, damagedArchive } from './archive-errors.ts';
import { archiveLimits, mayExpandTo } from './archive-limits.ts';
import { expandEntry, isInflateError } from './zip-entry.ts';

/** Large enough that the calls do not count, small enough that a few chunks in flight do not. */
export const CHUNK_BYTES = 256 * 1024;

/** Bytes inside a file, before anything is known of them. */
export interface PackedBytes {
  readonly path: string;
  /** As errors name it. */
  readonly name: string;
  readonly packing: Packing | null;
}

/** The bytes of an input, unpacked, in fresh buffers, so that rows may point into them. */
export async function* openBytes(file: InputFile, at: PositionWatch = () => undefined): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of unpackedBytes(file)) {
    total += chunk.length;
    at(total);
    yield chunk;
  }
  if (total !== file.bytes) {
    throw new KnownError({
      code: 'file-changed',
      place: { file: file.name },
      found: `The file had ${file.bytes} bytes when the run began and ${total} when it was read.`,
      expected: 'A file that does not change while it is read.',
      remedy: 'Wait until the file is written in full, then run again.',
    });
  }
}

/**
 * The bytes behind every layer of packing. Whatever is missing, altered or beyond a limit is a known error that names the entry. `taken` is
 * told of the bytes that go into the gunzipping, or that come out where there is none: their sum is known beforehand.
 */
export async function* unpackedBytes({ path, name, packing }: PackedBytes, taken?: (bytes: number) => void): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r');
  try {
    const entry = packing?.entry ?? null;
    const unwatched = (): AsyncGenerator<Buffer> =>
      entry === null ? plainBytes(handle) : expandEntry(handle, entry, alteredEntry(name), limitOf(name, entry.packedBytes));
    const outer = (): AsyncGenerator<Buffer> => (taken === undefined ? unwatched() : watched(unwatched(), taken));
    if (packing?.isGzip !== true) yield* outer();
    else yield* gunzipped(outer, name, entry?.bytes ?? (await handle.stat()).size);
  } finally {
    await handle.close();
  }
}

async function* watched(bytes: AsyncGenerator<Buffer>, taken: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    taken(chunk.length);
    yield chunk;
  }
}

async function* plainBytes(handle: FileHandle): AsyncGenerator<Buffer> {
  for (let at = 0; ;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function limitOf(name: string, packedBytes: number): (size: number) => void {
  const most = mayExpandTo(packedBytes);
  return (size) => {
    if (size <= most) return;
    const found = `The file expands beyond ${grouped(most)} bytes, which is more than ${grouped(archiveLimits.expansionRatio)} times its packed size.`;
    throw archiveTooLarge(name, found);
  };
}

/** All members of a gzip file, one after the other. */
async function* gunzipped(packed: () => AsyncGenerator<Buffer>, name: string, packedSize: number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  // The error reaches whoever iterates over the stream; the callback is only there because pipeline wants one.
  pipeline(packed(), gunzip, () => undefined);
  const watch = limitOf(name, packedSize);
  let size = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      size += chunk.length;
      watch(size);
      yield chunk;
    }
  } catch (error) {
    if (!isInflateError(error)) throw error;
    const isCut = error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
    if (isCut) throw cutOff(name, 'The gzip file ends in the middle of its content.');
    throw damagedArchive(name, 'The gzip file is damaged, or something that is no gzip follows its content.');
  }
  if (gunzip.bytesWritten < packedSize) await refuseUnread(packed(), gunzip.bytesWritten, name);
}

/** zlib stops at the first NUL after a member. NULs alone are padding; anything behind them would be lost without a word. */
async function refuseUnread(packed: AsyncGenerator<Buffer>, read: number, name: string): Promise<void> {
  let at = 0;
  for await (const chunk of packed) {
    const rest = chunk.subarray(Math.max(0, read - at));
    at += chunk.length;
    if (at > read && rest.some((byte) => byte !== 0)) {
      throw damagedArchive(name, 'Something follows the end of the gzip content, behind bytes of padding.');
    }
  }
}
