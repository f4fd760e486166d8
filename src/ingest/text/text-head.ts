/** The beginning of a text, as much of it as was needed so far, and then the rest. */
export class TextHead {
  readonly #iterator: AsyncIterator<Buffer>;
  bytes: Buffer = Buffer.alloc(0);
  isWhole = false;

  constructor(iterator: AsyncIterator<Buffer>) {
    this.#iterator = iterator;
  }

  async more(): Promise<void> {
    const next = await this.#iterator.next();
    if (next.done === true) this.isWhole = true;
    else this.bytes = this.bytes.length === 0 ? next.value : Buffer.concat([this.bytes, next.value]);
  }

  async firstCharacters(count: number): Promise<string> {
    while (this.bytes.length < count && !this.isWhole) await this.more();
    return this.bytes.toString('latin1', 0, count);
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  async *from(start: number): AsyncGenerator<Buffer> {
    try {
      if (this.bytes.length > start) yield this.bytes.subarray(start);
      for (;;) {
        const next = await this.#iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await this.close();
    }
  }
}
