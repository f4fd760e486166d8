import { MAX_RECORD_BYTES } from '../csv/csv-errors.ts';
import type { TextHead } from '../text/text-head.ts';
import { jsonRecordTooLong } from './json-errors.ts';
import { readJsonObject } from './json-object.ts';
import type { JsonRecord } from './json-record.ts';

const LINE_FEED = 0x0a;

/**
 * Whether a text has one object a line: its first line is one, or, where that line may be broken, the two lines after it are. A whole response
 * body may stand in one line too; it is told by its list.
 */
export async function readsAsLines(head: TextHead): Promise<boolean> {
  const [first = '', ...others] = await firstLines(head, 3);
  if (!first.trimStart().startsWith('{')) return false;
  if (isRecord(first)) return true;
  return first.trim() !== '{' && others.length > 0 && others.every(isRecord);
}

function isRecord(line: string): boolean {
  const read = readJsonObject(line);
  if ('problem' in read) return false;
  return !read.names.some((name, at) => /^(items|value)$/i.test(name) && /^(\[|$)/.test(read.cells[at] ?? ''));
}

/** The first lines that are not blank; fewer where one of them is too long to be a record. */
async function firstLines(head: TextHead, count: number): Promise<readonly string[]> {
  for (;;) {
    const lines = head.bytes.toString('utf8').split('\n');
    const whole = (head.isWhole ? lines : lines.slice(0, -1)).filter((line) => line.trim() !== '');
    if (whole.length >= count || head.isWhole || head.bytes.length > MAX_RECORD_BYTES) return whole.slice(0, count);
    await head.more();
  }
}

/** A record a line, under the number of its line below a header that a spreadsheet would show in row 1; blank lines count and are no records. */
export async function* jsonLines(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<readonly JsonRecord[]> {
  let number = 2;
  let rest: Buffer = Buffer.alloc(0);
  const record = (text: string): JsonRecord[] => {
    const at = number++;
    return text.trim() === '' ? [] : [{ number: at, text }];
  };
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const records: JsonRecord[] = [];
    let from = 0;
    for (let until = bytes.indexOf(LINE_FEED); until !== -1; until = bytes.indexOf(LINE_FEED, from)) {
      records.push(...record(bytes.toString('utf8', from, until)));
      from = until + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > MAX_RECORD_BYTES) throw jsonRecordTooLong(file, number - 1);
    if (records.length > 0) yield records;
  }
  if (rest.length > 0) yield record(rest.toString('utf8'));
}
