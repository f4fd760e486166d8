/** The attributes of one JSON object as texts, in the order printed. */
export interface JsonAttributes {
  readonly names: readonly string[];
  /** Numbers as they are printed, digit for digit; null and empty lists are ''; lists and objects are JSON texts. */
  readonly cells: readonly string[];
}

const QUOTE = 0x22;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const SPACE = /[ \t\r\n]*/y;
const LITERALS: readonly (readonly [word: string, cell: string])[] = [
  ['null', ''],
  ['true', 'true'],
  ['false', 'false'],
];

/** A text that is no JSON object; the message is a sentence for people. */
class Malformed extends Error {}

/**
 * Reads one JSON object. `JSON.parse` would make floats of its numbers: money is decimal and order ids have eighteen digits, so every number
 * is kept as it is printed. What `JSON.parse` refuses is refused here as well (test/ingest/json-object.test.ts).
 */
export function readJsonObject(text: string): JsonAttributes | { readonly problem: string } {
  try {
    return new ObjectReader(text).read();
  } catch (error) {
    if (error instanceof Malformed) return { problem: error.message };
    throw error;
  }
}

class ObjectReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonAttributes {
    const names: string[] = [];
    const cells: string[] = [];
    this.#skipSpace();
    if (!this.#take('{')) throw new Malformed('It is no JSON object.');
    this.#skipSpace();
    if (!this.#take('}')) {
      do {
        this.#skipSpace();
        names.push(this.#string('a name'));
        this.#skipSpace();
        if (!this.#take(':')) throw this.#unexpected('a colon');
        this.#skipSpace();
        cells.push(this.#value());
        this.#skipSpace();
      } while (this.#take(','));
      if (!this.#take('}')) throw this.#unexpected('a comma or the end of the object');
    }
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#unexpected('nothing behind the object');
    return { names, cells };
  }

  #value(): string {
    const code = this.#text.charCodeAt(this.#at);
    if (code === QUOTE) return this.#string('a value');
    NUMBER.lastIndex = this.#at;
    const number = NUMBER.exec(this.#text);
    if (number !== null) {
      this.#at += number[0].length;
      return number[0];
    }
    for (const [word, cell] of LITERALS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return cell;
    }
    const character = this.#text.charAt(this.#at);
    if (character === '[' || character === '{') return this.#nested();
    throw this.#unexpected('a value');
  }

  #string(what: string): string {
    const open = this.#at;
    if (this.#text.charCodeAt(open) !== QUOTE) throw this.#unexpected(what);
    const close = closingQuote(this.#text, open);
    if (close === -1) throw new Malformed('A text in it is not closed.');
    this.#at = close + 1;
    const plain = this.#text.slice(open + 1, close);
    return /[\\\p{Cc}]/u.test(plain) ? this.#unescaped(plain) : plain;
  }

  #unescaped(raw: string): string {
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch {
      throw new Malformed('A text in it holds a character or an escape that JSON does not allow.');
    }
  }

  /** A list or an object inside the object: its text, once it is known to be sound. */
  #nested(): string {
    const from = this.#at;
    const until = nestedEnd(this.#text, from);
    const raw = this.#text.slice(from, until);
    this.#at = until;
    let value: unknown;
    try {
      value = JSON.parse(raw);
    } catch {
      throw new Malformed('A list or an object in it is malformed.');
    }
    if (!Array.isArray(value)) return raw;
    if (value.length === 0) return '';
    return value.every((one) => typeof one === 'string') ? JSON.stringify(value) : raw;
  }

  #skipSpace(): void {
    if (this.#text.charCodeAt(this.#at) > 0x20) return;
    SPACE.lastIndex = this.#at;
    this.#at += SPACE.exec(this.#text)?.[0].length ?? 0;
  }

  #take(character: string): boolean {
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at++;
    return true;
  }

  #unexpected(expected: string): Malformed {
    const found = this.#at < this.#text.length ? `"${this.#text.slice(this.#at, this.#at + 12)}" stands` : 'It ends';
    return new Malformed(`${found} where ${expected} should be.`);
  }
}

/** Where the quote that opens at `open` is closed, -1 where it never is. */
function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let back = at - 1;
    while (text.charAt(back) === '\\') back--;
    if ((at - back) % 2 === 1) return at;
  }
  return -1;
}

/** Where the list or object that opens at `from` ends. */
function nestedEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      at = closingQuote(text, at);
      if (at === -1) break;
    } else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  throw new Malformed('A list or an object in it is not closed.');
}
