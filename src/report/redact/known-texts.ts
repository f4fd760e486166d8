const PREFIX_CHARS = 3;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** In lower case letter by letter, each as long as it was: places in the folded text are places in the text. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return text.replace(/[^]/g, (unit) => {
    const small = unit.toLowerCase();
    return small.length === 1 ? small : unit;
  });
}

/**
 * Finds known texts inside others, whatever their case, the longest first, and only as whole words. Thousands of names are looked for at
 * once: by their first letters.
 */
export class KnownTexts {
  readonly #byPrefix = new Map<string, { readonly text: string; readonly replacement: string }[]>();

  /** Texts of fewer than three characters are not looked for: every other word would be one of them. */
  add(text: string, replacement: string): void {
    const wanted = folded(text.trim());
    if (wanted.length < PREFIX_CHARS || text === replacement) return;
    const prefix = wanted.slice(0, PREFIX_CHARS);
    const others = this.#byPrefix.get(prefix) ?? [];
    if (others.some((one) => one.text === wanted)) return;
    this.#byPrefix.set(
      prefix,
      [...others, { text: wanted, replacement }].sort((a, b) => b.text.length - a.text.length),
    );
  }

  replaced(text: string): string {
    if (this.#byPrefix.size === 0 || text.length < PREFIX_CHARS) return text;
    const low = folded(text);
    let made = '';
    let from = 0;
    for (let at = 0; at + PREFIX_CHARS <= low.length; at += 1) {
      const found = this.#byPrefix
        .get(low.slice(at, at + PREFIX_CHARS))
        ?.find((one) => low.startsWith(one.text, at) && isWord(low, at, one.text));
      if (found === undefined) continue;
      made += text.slice(from, at) + found.replacement;
      from = at + found.text.length;
      at = from - 1;
    }
    return from === 0 ? text : made + text.slice(from);
  }
}

/** Neither letter nor digit runs on over the edges, where the text itself begins or ends with one. */
function isWord(low: string, at: number, text: string): boolean {
  const continues = (outside: string, inside: string): boolean => LETTER_OR_DIGIT.test(outside) && LETTER_OR_DIGIT.test(inside);
  return !continues(low.charAt(at - 1), text.charAt(0)) && !continues(low.charAt(at + text.length), text.charAt(text.length - 1));
}
