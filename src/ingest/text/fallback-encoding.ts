/** Windows names the two by these code pages: 1252 for the West, 932 for Japan. */
export type FallbackEncoding = 'windows-1252' | 'shift_jis';

/**
 * What a text is read in that is no UTF-8. In windows-1252 every byte has a meaning, so nothing is refused; Japanese text is told from it by its
 * shape: nearly all of its characters outside ASCII are pairs of bytes that stand side by side, and most begin with a byte that Western text uses for
 * quotes and dashes alone, which stand apart.
 */
export async function fallbackEncoding(chunks: AsyncIterable<Buffer>): Promise<FallbackEncoding> {
  const shape = new ShiftJisShape();
  for await (const chunk of chunks) if (!shape.goesOnWith(chunk)) break;
  return shape.isJapanese() ? 'shift_jis' : 'windows-1252';
}

/** Follows the bytes of a text as Shift_JIS, as long as they are that. */
class ShiftJisShape {
  readonly #decoder = shiftJisDecoder();
  #isValid = this.#decoder !== null;
  #lead = 0;
  /** Characters of two bytes, those of them that begin with a low lead byte, and those that have another one beside them. */
  #pairs = 0;
  #lowLeads = 0;
  #adjacent = 0;
  /** Half-width katakana, in windows-1252 the accented letters. */
  #singles = 0;
  #run = 0;

  /** False once the bytes are no Shift_JIS. */
  goesOnWith(chunk: Buffer): boolean {
    if (!this.#isValid) return false;
    try {
      this.#decoder?.decode(chunk, { stream: true });
    } catch {
      this.#isValid = false;
      return false;
    }
    for (const byte of chunk) this.#take(byte);
    return true;
  }

  isJapanese(): boolean {
    const isPaired = this.#adjacent * 5 >= this.#pairs * 4 && this.#singles <= this.#pairs;
    return this.#isValid && this.#pairs > 0 && isPaired && this.#lowLeads * 2 >= this.#pairs;
  }

  #take(byte: number): void {
    if (this.#lead !== 0) {
      this.#pairs++;
      if (this.#lead < 0xa0) this.#lowLeads++;
      this.#run++;
      if (this.#run > 1) this.#adjacent += this.#run === 2 ? 2 : 1;
      this.#lead = 0;
    } else if ((byte >= 0x81 && byte <= 0x9f) || byte >= 0xe0) this.#lead = byte;
    else {
      this.#run = 0;
      if (byte > 0xa0) this.#singles++;
    }
  }
}

/** Null where this Node knows no Shift_JIS. */
function shiftJisDecoder(): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder('shift_jis', { fatal: true });
  } catch {
    return null;
  }
}
