import { isUtf8 } from 'node:buffer';
import { withoutEntities } from './xml-entities.ts';
import type { XmlFailure } from './xml-failure.ts';

/** What is told of a document. Names and text are read from the scanner during the call; the bytes are gone afterwards. */
export interface XmlHandler {
  /** @param name the element's local name, as `xmlName` of it. */
  onOpen(name: number): void;
  onClose(): void;
  /** Text between two tags; it may come in several pieces, for instance around a comment. */
  onText(start: number, end: number, form: number): void;
}

const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const BANG = 0x21;
const DOUBLE_QUOTE = 0x22;
const AMPERSAND = 0x26;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const COLON = 0x3a;
const LESS = 0x3c;
const EQUALS = 0x3d;
const GREATER = 0x3e;
const QUESTION = 0x3f;

/** Bits of a text's form: what must be done to its bytes to have its characters. Most texts are plain. */
const HAS_ENTITY_OR_RETURN = 1;
const IS_CDATA = 2;
const HAS_NON_ASCII = 0x80;

const MOST_ATTRIBUTES = 256;
const MOST_DEPTH = 256;
/** A tag, comment or text that is not complete within this many bytes: three times the longest cell with every character escaped. */
const MOST_TOKEN_BYTES = 2 ** 20;

/** Names are compared as numbers, a byte at a time; up to three bytes no two names share one. */
export function xmlName(name: string): number {
  const bytes = Buffer.from(name);
  return xmlNameOf(bytes, 0, bytes.length);
}

/** The same of bytes that are at hand. */
export function xmlNameOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0;
  for (let index = start; index < end; index += 1) hash = (Math.imul(hash, 257) + (bytes[index] as number)) | 0;
  return hash;
}

/**
 * Reads XML from byte chunks, cut anywhere, and tells a handler of its elements and texts. It exists because 100,000 rows are
 * 100 MB of XML, of which saxes reads some 50 MB a second. Namespaces are read past: `<x:row>` is `row`. Tags must be well
 * formed and nest; a DTD, which no workbook may have, is refused, so entities cannot be declared.
 */
export class XmlScanner {
  /** The bytes that `onText` and the attributes point into. */
  bytes: Buffer = Buffer.alloc(0);
  /** A handler sets it to make `run` return after the current token. */
  isPaused = false;
  /** The attributes of the element told last: qualified names as `xmlName`, and where their values lie. */
  attributeCount = 0;
  readonly attributeNames = new Int32Array(MOST_ATTRIBUTES);
  readonly attributeStarts = new Int32Array(MOST_ATTRIBUTES);
  readonly attributeEnds = new Int32Array(MOST_ATTRIBUTES);
  readonly #openNames = new Int32Array(MOST_DEPTH);
  readonly #handler: XmlHandler;
  readonly #failure: XmlFailure;
  #depth = 0;
  #hasRoot = false;
  #at = 0;

  constructor(handler: XmlHandler, failure: XmlFailure) {
    this.#handler = handler;
    this.#failure = failure;
  }

  /** Adds bytes after those `run` has left unread. */
  push(chunk: Buffer): void {
    const rest = this.bytes.subarray(this.#at);
    if (rest.length > MOST_TOKEN_BYTES) {
      this.#failure.tooLarge('A tag or a text of the XML is longer than 1 MiB.', 'Cells of at most 32,767 characters.');
    }
    this.bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    this.#at = 0;
  }

  /** Reads on; false when more bytes are needed, true when the handler has paused it. */
  run(): boolean {
    this.isPaused = false;
    const { bytes } = this;
    while (this.#at < bytes.length) {
      const next = bytes[this.#at] === LESS ? this.#markup(this.#at) : this.#text(this.#at);
      if (next === -1) return false;
      this.#at = next;
      // The compiler does not see that the handler may have set it.
      if (this.isPaused as boolean) return true;
    }
    return false;
  }

  /** To be called when all bytes are pushed and run: the document must be complete. */
  end(): void {
    const isBlank = this.#isBlank(this.#at, this.bytes.length);
    if (this.#depth > 0 || !this.#hasRoot || !isBlank) this.#failure.damaged('The XML ends before its last element is closed.');
  }

  /** The characters of a text; its bytes become a string of its own, so that a kept cell does not keep its chunk in memory. */
  textOf(start: number, end: number, form: number): string {
    if (form === 0) return this.bytes.toString('latin1', start, end);
    if ((form & HAS_NON_ASCII) !== 0 && !isUtf8(this.bytes.subarray(start, end))) this.#failure.damaged('A text is not valid UTF-8.');
    const text = this.bytes.toString('utf8', start, end);
    if ((form & HAS_ENTITY_OR_RETURN) === 0) return text;
    const unified = text.replace(/\r\n?/g, '\n');
    return (form & IS_CDATA) === 0 ? withoutEntities(unified, this.#failure) : unified;
  }

  /** The value of an attribute as text; '' where there is none. */
  attribute(name: number): string {
    const index = this.attributeNames.subarray(0, this.attributeCount).indexOf(name);
    if (index === -1) return '';
    return this.textOf(this.attributeStarts[index] ?? 0, this.attributeEnds[index] ?? 0, HAS_ENTITY_OR_RETURN | HAS_NON_ASCII);
  }

  /** Whether a text is white space only, as between the tags of an indented document. */
  #isBlank(start: number, end: number): boolean {
    for (let index = start; index < end; index += 1) if (!isSpace(this.bytes[index] as number)) return false;
    return true;
  }

  #text(start: number): number {
    const { bytes } = this;
    const { length } = bytes;
    let union = 0;
    let form = 0;
    let index = start;
    for (; index < length; index += 1) {
      const byte = bytes[index] as number;
      if (byte === LESS) break;
      union |= byte;
      if (byte === AMPERSAND || byte === CARRIAGE_RETURN) form = HAS_ENTITY_OR_RETURN;
    }
    if (index === length) return -1;
    this.#tellText(start, index, form | (union & HAS_NON_ASCII));
    return index;
  }

  #tellText(start: number, end: number, form: number): void {
    if (this.#depth > 0) this.#handler.onText(start, end, form);
    else if (!this.#isBlank(start, end)) this.#failure.damaged('The XML has text outside its root element.');
  }

  #markup(start: number): number {
    switch (this.bytes[start + 1]) {
      case undefined:
        return -1;
      case SLASH:
        return this.#closeTag(start + 2);
      case BANG:
        return this.#declaration(start);
      case QUESTION:
        return this.#after('?>', start + 2);
      default:
        return this.#openTag(start + 1);
    }
  }

  #after(mark: string, from: number): number {
    const found = this.bytes.indexOf(mark, from, 'latin1');
    return found === -1 ? -1 : found + mark.length;
  }

  /** Comments are skipped, CDATA is text, anything else is a DTD. */
  #declaration(start: number): number {
    const head = this.bytes.toString('latin1', start, start + 9);
    if (head.startsWith('<!--')) return this.#after('-->', start + 4);
    if (head === '<![CDATA[') {
      const next = this.#after(']]>', start + 9);
      if (next !== -1) this.#tellText(start + 9, next - 3, IS_CDATA | HAS_ENTITY_OR_RETURN | HAS_NON_ASCII);
      return next;
    }
    if (head.length < 9) return -1;
    return this.#failure.damaged('The XML declares a document type, which a workbook never does.');
  }

  #openTag(start: number): number {
    const { bytes } = this;
    const { length } = bytes;
    let name = 0;
    let local = 0;
    let index = start;
    for (; index < length; index += 1) {
      const byte = bytes[index] as number;
      if (byte === GREATER || byte === SLASH || isSpace(byte)) break;
      name = (Math.imul(name, 257) + byte) | 0;
      local = byte === COLON ? 0 : (Math.imul(local, 257) + byte) | 0;
    }
    if (index < length && index === start) return this.#failure.damaged('The XML has a tag without a name.');
    let count = 0;
    for (;;) {
      index = this.#skipSpace(index);
      const byte = bytes[index];
      if (byte === GREATER || byte === SLASH) break;
      if (byte === undefined) return -1;
      index = this.#attribute(index, count);
      if (index === -1) return -1;
      count += 1;
    }
    const isEmpty = bytes[index] === SLASH;
    if (isEmpty) index += 1;
    if (index >= length) return -1;
    if (bytes[index] !== GREATER) return this.#failure.damaged('The XML has a malformed tag.');
    this.attributeCount = count;
    this.#tellElement(name, local, isEmpty);
    return index + 1;
  }

  #tellElement(name: number, local: number, isEmpty: boolean): void {
    if (this.#depth === 0) {
      if (this.#hasRoot) this.#failure.damaged('The XML has more than one root element.');
      this.#hasRoot = true;
    }
    this.#handler.onOpen(local);
    if (isEmpty) {
      this.#handler.onClose();
      return;
    }
    if (this.#depth === MOST_DEPTH) this.#failure.damaged(`The XML nests more than ${MOST_DEPTH} elements.`);
    this.#openNames[this.#depth] = name;
    this.#depth += 1;
  }

  /** Notes one attribute and returns where it ends, -1 when the chunk ends first. */
  #attribute(start: number, count: number): number {
    const { bytes } = this;
    const { length } = bytes;
    let name = 0;
    let index = start;
    for (; index < length; index += 1) {
      const byte = bytes[index] as number;
      if (byte === EQUALS || byte === GREATER || byte === LESS || isSpace(byte)) break;
      name = (Math.imul(name, 257) + byte) | 0;
    }
    index = this.#skipSpace(index);
    if (index >= length) return -1;
    if (bytes[index] !== EQUALS || index === start) return this.#failure.damaged('The XML has a malformed attribute.');
    index = this.#skipSpace(index + 1);
    if (index >= length) return -1;
    const quote = bytes[index];
    if (quote !== DOUBLE_QUOTE && quote !== APOSTROPHE) return this.#failure.damaged('The XML has an attribute without quotes.');
    const from = index + 1;
    for (index = from; index < length && bytes[index] !== quote; index += 1) {
      if (bytes[index] === LESS) return this.#failure.damaged('The XML has an attribute that is not closed.');
    }
    if (index >= length) return -1;
    if (count === MOST_ATTRIBUTES) return this.#failure.damaged(`The XML has an element with more than ${MOST_ATTRIBUTES} attributes.`);
    this.attributeNames[count] = name;
    this.attributeStarts[count] = from;
    this.attributeEnds[count] = index;
    return index + 1;
  }

  #closeTag(start: number): number {
    const { bytes } = this;
    const { length } = bytes;
    let name = 0;
    let index = start;
    for (; index < length; index += 1) {
      const byte = bytes[index] as number;
      if (byte === GREATER || isSpace(byte)) break;
      name = (Math.imul(name, 257) + byte) | 0;
    }
    index = this.#skipSpace(index);
    if (index >= length) return -1;
    if (bytes[index] !== GREATER || this.#depth === 0 || this.#openNames[this.#depth - 1] !== name) {
      return this.#failure.damaged('The XML closes an element that is not open.');
    }
    this.#depth -= 1;
    this.#handler.onClose();
    return index + 1;
  }

  #skipSpace(start: number): number {
    let index = start;
    while (index < this.bytes.length && isSpace(this.bytes[index] as number)) index += 1;
    return index;
  }
}

function isSpace(byte: number): boolean {
  return byte <= SPACE && (byte === SPACE || byte === CARRIAGE_RETURN || byte === TAB || byte === 0x0a);
}
