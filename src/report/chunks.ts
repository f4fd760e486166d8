const CHUNK_CHARS = 65_536;

/** Some tens of kilobytes at a time: a write for every element would be slow, one for all of them would hold a giant text. */
export function* chunks(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK_CHARS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
