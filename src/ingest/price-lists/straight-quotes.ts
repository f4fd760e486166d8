const LINE_FEED = 0x0a;
/** A header is far shorter; beyond this nothing is looked for. */
const MOST_BYTES = 64 * 1024;

/**
 * The same UTF-8 text with straight quotes in its first line. The header of a published price sheet ends with a curly quote, which would leave its
 * last cell open and swallow the first row.
 */
export async function* withStraightQuotes(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    const end = head.indexOf(LINE_FEED);
    if (end === -1 && head.length < MOST_BYTES) continue;
    yield straightened(head, end);
    head = null;
  }
  if (head !== null && head.length > 0) yield straightened(head, head.length);
}

function straightened(head: Buffer, end: number): Buffer {
  const line = head.toString('utf8', 0, Math.max(0, end));
  if (!/[\u201c\u201d]/.test(line)) return head;
  return Buffer.concat([Buffer.from(line.replace(/[\u201c\u201d]/g, '"'), 'utf8'), head.subarray(end)]);
}
