import { isUtf8 } from 'node:buffer';
import { KnownError } from '../../domain/known-error.ts';

/** A text file as UTF-8 bytes without a byte order mark, whatever it was written in. */
export interface DecodedText {
  /** The encoding the file is read in, as the report names it. */
  readonly encoding: string;
  readonly chunks: AsyncIterable<Buffer>;
}

/**
 * Bytes met on the way are no UTF-8, though everything before them was: the file has to be read again from its start
 * in what `fallbackEncoding` takes it for. A signal between the parts of this folder, not an error of the user's.
 */
export class NotUtf8 extends Error {}

/** How many bytes decide whether a file without a byte order mark is UTF-16. */
const SNIFFED_BYTES = 4096;

/**
 * Finds out the encoding (byte order mark, then NUL pattern, then UTF-8) unless one is given, and yields UTF-8.
 * A file taken for UTF-8 that is none throws `NotUtf8`; where UTF-8 was given it is a known error.
 */
export async function decodeText(bytes: AsyncIterable<Buffer>, file: string, given?: string): Promise<DecodedText> {
  const iterator = bytes[Symbol.asyncIterator]();
  const start = await firstBytes(iterator);
  let encoding: string;
  try {
    encoding = given === undefined ? sniff(start, file) : canonical(given, file);
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
  const all = rejoin(start, iterator);
  if (encoding === 'utf-8') return { encoding, chunks: checkedUtf8(all, file, given !== undefined) };
  if (encoding === 'windows-1252') return { encoding, chunks: fromWindows1252(all, file) };
  return { encoding, chunks: throughDecoder(all, encoding, file) };
}

async function firstBytes(iterator: AsyncIterator<Buffer>): Promise<Buffer> {
  const head: Buffer[] = [];
  let bytes = 0;
  while (bytes < SNIFFED_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    head.push(next.value);
    bytes += next.value.length;
  }
  return head.length === 1 && head[0] !== undefined ? head[0] : Buffer.concat(head);
}

async function* rejoin(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (start.length > 0) yield start;
    for (;;) {
      const next = await rest.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

function sniff(start: Buffer, file: string): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const sample = start.subarray(0, SNIFFED_BYTES);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  if (even + odd === 0) return 'utf-8';
  // Western text in UTF-16 has a NUL in nearly every character, always on the same side.
  const pairs = sample.length / 2;
  if (odd > pairs * 0.6 && even < pairs * 0.02) return 'utf-16le';
  if (even > pairs * 0.6 && odd < pairs * 0.02) return 'utf-16be';
  throw notText(file);
}

function canonical(label: string, file: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new KnownError({
      code: 'encoding-unknown',
      place: { file },
      found: `"${label}" is no encoding this tool knows.`,
      expected: 'A name such as utf-8, utf-16le, windows-1252, windows-1250 or iso-8859-15.',
      remedy: 'Correct --encoding, or leave it out to have the encoding detected.',
    });
  }
}

function notText(file: string): KnownError {
  return new KnownError({
    code: 'not-a-text-file',
    place: { file },
    found: 'The file is neither a text nor a workbook.',
    expected: 'A CSV file or an Excel workbook.',
    remedy: 'Check that the right file was given, and download it again if it is an export.',
  });
}

function notInEncoding(file: string, encoding: string): KnownError {
  return new KnownError({
    code: 'text-not-in-encoding',
    place: { file },
    found: `The file holds bytes that are not valid ${encoding}.`,
    expected: `A file written in ${encoding} from beginning to end.`,
    remedy: 'Name the right encoding with --encoding, or leave it out to have it detected.',
  });
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

async function* checkedUtf8(chunks: AsyncIterable<Buffer>, file: string, isGiven: boolean): AsyncGenerator<Buffer> {
  let carry: Buffer = Buffer.alloc(0);
  let isStart = true;
  for await (const chunk of chunks) {
    if (chunk.includes(0)) throw notText(file);
    let bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    if (isStart) {
      if (bytes.length < 3 && BYTE_ORDER_MARK.subarray(0, bytes.length).equals(bytes)) {
        carry = bytes;
        continue;
      }
      if (bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) bytes = bytes.subarray(3);
      isStart = false;
    }
    const whole = wholeCharacters(bytes);
    carry = bytes.subarray(whole);
    const text = bytes.subarray(0, whole);
    if (!isUtf8(text)) throw isGiven ? notInEncoding(file, 'utf-8') : new NotUtf8(file);
    if (whole > 0) yield text;
  }
  if (carry.length > 0) throw isGiven ? notInEncoding(file, 'utf-8') : new NotUtf8(file);
}

/** How many of the bytes stand before a character that the next chunk ends. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** The characters of the bytes 0x80 to 0x9f, where windows-1252 differs from Latin-1 (the euro sign is the first). */
const WINDOWS_1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** By our own table: `TextDecoder('windows-1252')` of several Node releases decodes Latin-1 instead and loses the euro sign. */
async function* fromWindows1252(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    if (chunk.includes(0)) throw notText(file);
    const text = chunk
      .toString('latin1')
      .replace(/[\u0080-\u009f]/g, (character) => WINDOWS_1252_HIGH.charAt(character.charCodeAt(0) - 0x80));
    yield Buffer.from(text, 'utf8');
  }
}

async function* throughDecoder(chunks: AsyncIterable<Buffer>, encoding: string, file: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw notInEncoding(file, encoding);
    }
  };
  for await (const chunk of chunks) {
    const text = decode(chunk);
    if (text.includes('\0')) throw notText(file);
    if (text !== '') yield Buffer.from(text, 'utf8');
  }
  const rest = decode();
  if (rest !== '') yield Buffer.from(rest, 'utf8');
}
