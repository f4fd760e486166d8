/** splitmix32: spreads a seed over 32 bits, so that neighbouring seeds give unrelated numbers. */
function spread(seed: number): number {
  let z = (seed + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** A 32-bit number that belongs to a stream and a place in it: the same on every machine, whatever was asked before. */
export function hash32(stream: number, index: number): number {
  return spread(spread(stream) ^ Math.imul(index, 0x85ebca6b));
}

/** sfc32, seeded by a stream and an index: every subscription has its own, so that it can be worked out again at any time. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(stream: number, index: number) {
    this.#a = hash32(stream, index);
    this.#b = spread(this.#a);
    this.#c = spread(this.#b);
    for (let round = 0; round < 8; round++) this.next();
  }

  /** 0 to 2^32 − 1. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** 0 to limit − 1; the bias of a modulus by small limits is of no account here. */
  below(limit: number): number {
    return this.next() % limit;
  }

  /** True once in `count` draws on average; never for 0. */
  oneIn(count: number): boolean {
    return count > 0 && this.below(count) === 0;
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(8, '0').slice(-digits);
}

/** A GUID (version 4 in form) that belongs to a stream and an index. */
export function guidOf(stream: number, index: number): string {
  const [a, b, c, d] = [0, 1, 2, 3].map((part) => hash32(stream * 4 + part, index));
  return `${hex(a!, 8)}-${hex(b! >>> 16, 4)}-4${hex(b!, 3)}-a${hex(c!, 3)}-${hex(c! >>> 16, 4)}${hex(d!, 8)}`;
}

/** `count` decimal digits, the first not 0. */
export function digitsOf(stream: number, index: number, count: number): string {
  const digits = [0, 1]
    .map((part) =>
      hash32(stream * 4 + part, index)
        .toString()
        .padStart(10, '0')
        .slice(1),
    )
    .join('');
  return `${1 + (hash32(stream * 4 + 2, index) % 9)}${digits}`.slice(0, count);
}

/** `count` (at most 16) characters of the alphabet. */
export function textOf(stream: number, index: number, count: number, alphabet: string): string {
  let text = '';
  for (let place = 0; place < count; place++) text += alphabet[hash32(stream * 16 + place, index) % alphabet.length]!;
  return text;
}
