import { emptyFile } from '../file-empty.ts';
import { columnKey } from '../layouts/layout.ts';
import { MalformedRow, TextRow, type Row, type Table } from '../rows.ts';
import { TextHead } from '../text/text-head.ts';
import { jsonMalformed } from './json-errors.ts';
import { jsonLines, readsAsLines } from './json-lines.ts';
import { readJsonObject, type JsonAttributes } from './json-object.ts';
import type { JsonRecord } from './json-record.ts';
import { JsonRecords } from './json-records.ts';

/** A JSON export as a table whose header are the names of its attributes. */
export interface JsonTable {
  readonly table: Table;
  readonly kind: 'json' | 'jsonl';
  /** What was found beside the records, as sentences; known once the table is read. */
  notes(): readonly string[];
}

/**
 * A record far into the file has an attribute that none before it had: all records are to be looked through for their names first. A signal
 * between the parts of this folder, not an error of the user's.
 */
export class OtherAttributes extends Error {}

/** Records whose names make the header, unless every record is asked. */
const SAMPLED_RECORDS = 512;
/** Of the objects that the API puts around its own: no column of an export. */
const NOT_COLUMNS: ReadonlySet<string> = new Set(['attributes']);
/** The header is row 1, as a spreadsheet would show the export. */
const FIRST_ROW = 2;
/** Of an attribute that is no column. */
const NOWHERE = -1;

/**
 * Opens a response body of the API or an export of JSON lines, whichever the text is.
 * @param names the names of all attributes, where they are known from a reading before.
 */
export async function openJson(chunks: AsyncIterable<Buffer>, file: string, names: readonly string[] | null = null): Promise<JsonTable> {
  const head = new TextHead(chunks[Symbol.asyncIterator]());
  try {
    const isLines = await readsAsLines(head);
    const scanner = new JsonRecords(file);
    const records = isLines ? jsonLines(head.from(0), file) : listRecords(head.from(0), scanner);
    const batches = tableRows(records, file, names);
    return {
      table: { sheet: null, dateSystem: null, batches },
      kind: isLines ? 'jsonl' : 'json',
      notes: () =>
        namesNextPage(scanner.envelope) ? ['It is one page of several (links.next): the pages that follow are exports of their own.'] : [],
    };
  } catch (error) {
    await head.close();
    throw error;
  }
}

/** The names of all attributes of all records, in the order met. */
export async function jsonNames(chunks: AsyncIterable<Buffer>, file: string): Promise<readonly string[]> {
  const header = new JsonHeader();
  const head = new TextHead(chunks[Symbol.asyncIterator]());
  const isLines = await readsAsLines(head);
  const records = isLines ? jsonLines(head.from(0), file) : listRecords(head.from(0), new JsonRecords(file));
  for await (const batch of records) for (const { text } of batch) header.learn(readJsonObject(text));
  return header.names;
}

async function* listRecords(chunks: AsyncIterable<Buffer>, scanner: JsonRecords): AsyncGenerator<readonly JsonRecord[]> {
  let number = FIRST_ROW;
  for await (const chunk of chunks) {
    const texts = scanner.push(chunk);
    if (texts.length > 0) yield texts.map((text) => ({ number: number++, text }));
  }
  scanner.finish();
}

async function* tableRows(
  batches: AsyncIterable<readonly JsonRecord[]>,
  file: string,
  names: readonly string[] | null,
): AsyncGenerator<readonly Row[]> {
  const header = new JsonHeader(names ?? []);
  let sample: JsonRecord[] | null = [];
  for await (const batch of batches) {
    if (sample === null) {
      yield batch.map((record) => header.row(record));
      continue;
    }
    sample.push(...batch);
    if (sample.length < SAMPLED_RECORDS) continue;
    yield headed(sample, header, file, names === null);
    sample = null;
  }
  if (sample !== null) yield headed(sample, header, file, names === null);
}

function headed(sample: readonly JsonRecord[], header: JsonHeader, file: string, isLearning: boolean): readonly Row[] {
  const [first] = sample;
  if (first === undefined) return [];
  if (isLearning) for (const { text } of sample) header.learn(readJsonObject(text));
  if (header.names.length === 0) {
    const read = readJsonObject(first.text);
    throw 'problem' in read ? jsonMalformed(file, 1, `the first record is no JSON object. ${read.problem}`) : emptyFile(file);
  }
  return [new TextRow(FIRST_ROW - 1, header.names), ...sample.map((record) => header.row(record))];
}

/** The attributes as columns. Names that differ in case or punctuation alone are one. */
class JsonHeader {
  readonly names: string[] = [];
  readonly #columns = new Map<string, number>();
  /** The names of the record before, and where its values belong: nearly every record has the same in the same order. */
  #lastNames: readonly string[] = [];
  #lastPlaces: readonly number[] = [];

  constructor(names: readonly string[] = []) {
    for (const name of names) this.#add(name);
  }

  learn(read: JsonAttributes | { readonly problem: string }): void {
    if ('problem' in read) return;
    for (const name of read.names) if (!this.#columns.has(columnKey(name)) && !NOT_COLUMNS.has(name)) this.#add(name);
  }

  row({ number, text }: JsonRecord): Row {
    const read = readJsonObject(text);
    if ('problem' in read) return new MalformedRow(number, `The record is not valid JSON. ${read.problem}`, 'json-malformed');
    if (!isSame(read.names, this.#lastNames)) {
      const twice = this.#learnPlaces(read.names);
      if (twice !== null) {
        const problem = `The record has "${twice}" twice, and which of them holds is not told.`;
        return new MalformedRow(number, problem, 'json-malformed');
      }
    }
    const cells = this.names.map(() => '');
    for (let at = 0; at < read.cells.length; at++) {
      const place = this.#lastPlaces[at] ?? NOWHERE;
      if (place !== NOWHERE) cells[place] = read.cells[at] ?? '';
    }
    return new TextRow(number, cells);
  }

  #add(name: string): void {
    this.#columns.set(columnKey(name), this.names.length);
    this.names.push(name);
  }

  /** A name that stands twice in the record, or null. */
  #learnPlaces(names: readonly string[]): string | null {
    const places: number[] = [];
    for (const name of names) {
      const place = NOT_COLUMNS.has(name) ? NOWHERE : this.#columns.get(columnKey(name));
      if (place === undefined) throw new OtherAttributes(name);
      if (place !== NOWHERE && places.includes(place)) return name;
      places.push(place);
    }
    this.#lastNames = names;
    this.#lastPlaces = places;
    return null;
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Whether a response body says that another page follows it: what is not given is not audited, and nothing else tells. */
function namesNextPage(envelope: string): boolean {
  return /"next"\s*:\s*\{/.test(envelope) || /"@odata\.nextLink"/.test(envelope);
}
