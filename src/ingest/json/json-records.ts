import { MAX_RECORD_BYTES } from '../csv/csv-errors.ts';
import { jsonCutOff, jsonMalformed, jsonRecordTooLong } from './json-errors.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** The lists of a response body that hold its records: `items` in version 1 of the API, `value` in Graph. */
const RECORD_LISTS: ReadonlySet<string> = new Set(['items', 'value']);

/** Where the scanner stands: between values, inside one that is a record or holds a list of them, or in that list. */
type State = 'top' | 'value' | 'list';

/**
 * Cuts UTF-8 bytes of JSON into the texts of its records without ever holding the whole: the objects of a list, those of the list of records
 * in a response body, or objects that follow one another. Only brackets and quotes are looked at here; what stands between them is the
 * reader's business, so one malformed record costs no other.
 */
export class JsonRecords {
  readonly #file: string;
  #rest: Buffer = Buffer.alloc(0);
  /** Line of the first byte of `#rest`. */
  #line = 1;
  #state: State = 'top';
  /** The list is inside a response body and not the whole. */
  #isInBody = false;
  /** What stands around the lists of records, for what it says of other pages. */
  #envelope = '';

  constructor(file: string) {
    this.#file = file;
  }

  get envelope(): string {
    return this.#envelope;
  }

  /** The records that are whole with these bytes. */
  push(chunk: Buffer): string[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const records: string[] = [];
    let at = 0;
    for (;;) {
      const next = this.#step(bytes, at, records);
      if (next === null) break;
      at = next;
    }
    this.#line += countLines(bytes, 0, at);
    this.#rest = bytes.subarray(at);
    if (this.#rest.length > MAX_RECORD_BYTES) throw jsonRecordTooLong(this.#file, this.#line);
    return records;
  }

  /** The bytes are at their end. */
  finish(): void {
    const isBlank = this.#rest.every((byte) => SPACES.has(byte));
    if (this.#state !== 'top' || !isBlank) throw jsonCutOff(this.#file);
  }

  /** Takes one thing in; where the scanner stands then, or null where more bytes are needed. */
  #step(bytes: Buffer, from: number, records: string[]): number | null {
    let at = from;
    while (at < bytes.length && isBetween(bytes[at] ?? 0)) at++;
    if (at === bytes.length) return at > from ? at : null;
    const byte = bytes[at] ?? 0;
    switch (this.#state) {
      case 'top':
        if (byte === OPEN_LIST) return this.#openList(at, false);
        if (byte === OPEN_OBJECT) return this.#topObject(bytes, at, records);
        throw this.#malformed(bytes, at, 'something stands outside of the brackets.');
      case 'list':
        return this.#inList(bytes, at, records);
      case 'value':
        return this.#restOfBody(bytes, at);
    }
  }

  #openList(at: number, isInBody: boolean): number {
    this.#state = 'list';
    this.#isInBody = isInBody;
    return at + 1;
  }

  /** A response body up to its list of records, or an object that is a record itself. */
  #topObject(bytes: Buffer, open: number, records: string[]): number | null {
    const found = endOfValue(bytes, open, RECORD_LISTS);
    if (found === null) return null;
    if (found.kind === 'mismatch') throw this.#malformed(bytes, found.at, 'a bracket is closed by one of another kind.');
    if (found.kind === 'end') {
      return this.#take(bytes, open, found.at, records);
    }
    this.#envelope = bytes.toString('utf8', open, found.at + 1);
    return this.#openList(found.at, true);
  }

  #inList(bytes: Buffer, at: number, records: string[]): number | null {
    if (bytes[at] === CLOSE_LIST) {
      this.#state = this.#isInBody ? 'value' : 'top';
      return at + 1;
    }
    if (bytes[at] !== OPEN_OBJECT) throw this.#malformed(bytes, at, 'the list holds something that is no object.');
    const found = endOfValue(bytes, at, null);
    if (found === null) return null;
    if (found.kind === 'mismatch') throw this.#malformed(bytes, found.at, 'a bracket is closed by one of another kind.');
    return this.#take(bytes, at, found.at, records);
  }

  #take(bytes: Buffer, from: number, until: number, records: string[]): number {
    if (until - from > MAX_RECORD_BYTES) throw jsonRecordTooLong(this.#file, this.#line + countLines(bytes, 0, from));
    records.push(bytes.toString('utf8', from, until));
    return until;
  }

  /** What follows the list of records in a response body. */
  #restOfBody(bytes: Buffer, from: number): number | null {
    // As if the body's own bracket opened here: its end is where that one is closed.
    const rest = Buffer.concat([Buffer.from('{'), bytes.subarray(from)]);
    const found = endOfValue(rest, 0, null);
    if (found === null) return null;
    if (found.kind === 'mismatch') throw this.#malformed(bytes, from + found.at - 1, 'a bracket is closed by one of another kind.');
    const text = bytes.toString('utf8', from, from + found.at - 1);
    this.#envelope += `]${text.startsWith('}') ? '' : ','}${text}`;
    this.#state = 'top';
    return from + found.at - 1;
  }

  #malformed(bytes: Buffer, at: number, found: string): Error {
    return jsonMalformed(this.#file, this.#line + countLines(bytes, 0, at), found);
  }
}

/** A comma too many or too few between records costs nothing: where a record begins and ends is known by its own brackets. */
function isBetween(byte: number): boolean {
  return byte === COMMA || SPACES.has(byte);
}

type ValueEnd =
  | { readonly kind: 'end'; readonly at: number }
  /** The list under one of the names wanted opens at `at`. */
  | { readonly kind: 'records'; readonly at: number }
  | { readonly kind: 'mismatch'; readonly at: number };

/** Where the object or list that opens at `open` ends, or, before that, where it holds a list of one of the names; null where more bytes are needed. */
function endOfValue(bytes: Buffer, open: number, lists: ReadonlySet<string> | null): ValueEnd | null {
  const stack: number[] = [];
  let name = '';
  for (let at = open; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      const close = closingQuote(bytes, at);
      if (close === -1) return null;
      if (lists !== null && stack.length === 1) name = bytes.toString('utf8', at + 1, close).toLowerCase();
      at = close;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (lists?.has(name) === true && stack.length === 1 && byte === OPEN_LIST) return { kind: 'records', at };
      stack.push(byte);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      const opened = stack.pop();
      if (opened !== byte - 2) return { kind: 'mismatch', at };
      if (stack.length === 0) return { kind: 'end', at: at + 1 };
    } else if (byte === COMMA) name = '';
  }
  return null;
}

function closingQuote(bytes: Buffer, open: number): number {
  for (let at = bytes.indexOf(QUOTE, open + 1); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) {
    let back = at - 1;
    while (bytes[back] === BACKSLASH) back--;
    if ((at - back) % 2 === 1) return at;
  }
  return -1;
}

function countLines(bytes: Buffer, from: number, until: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED, from); at !== -1 && at < until; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
