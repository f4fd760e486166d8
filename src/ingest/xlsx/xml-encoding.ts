import type { XmlFailure } from './xml-failure.ts';

/**
 * The same chunks in UTF-8 without a byte order mark, whichever of the two encodings of OOXML they are written in. Another
 * encoding, which some writers declare, is refused: read as UTF-8 it could change a name silently.
 */
export async function* utf8Chunks(chunks: AsyncIterable<Buffer>, failure: XmlFailure): AsyncGenerator<Buffer, void, undefined> {
  let head: Buffer = Buffer.alloc(0);
  let recode: ((chunk: Buffer) => Buffer) | null = null;
  for await (const chunk of chunks) {
    if (recode !== null) {
      yield recode(chunk);
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    recode = recoder(head, failure);
    yield recode(withoutUtf8Mark(head));
  }
  if (recode === null) yield recoder(head, failure)(withoutUtf8Mark(head));
}

/** As much of a document as its XML declaration fits in. */
const HEAD_BYTES = 256;

/** Chooses by the first bytes how a document's chunks become UTF-8. */
function recoder(head: Buffer, failure: XmlFailure): (chunk: Buffer) => Buffer {
  const mark = head.toString('latin1', 0, 2);
  if (mark === '\xff\xfe' || mark === '\xfe\xff') {
    const decoder = new TextDecoder(mark === '\xff\xfe' ? 'utf-16le' : 'utf-16be');
    return (chunk) => Buffer.from(decoder.decode(chunk, { stream: true }));
  }
  const declaration = withoutUtf8Mark(head).toString('latin1', 0, HEAD_BYTES);
  const encoding = /^<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']/.exec(declaration)?.[1] ?? 'utf-8';
  if (!/^(utf-?8|us-ascii)$/i.test(encoding)) failure.damaged(`The XML is declared to be in the encoding ${encoding}.`);
  return (chunk) => chunk;
}

function withoutUtf8Mark(head: Buffer): Buffer {
  return head.toString('latin1', 0, 3) === '\xef\xbb\xbf' ? head.subarray(3) : head;
}
