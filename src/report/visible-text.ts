/** Letters that a terminal, a browser or a text editor obeys instead of showing: control characters, and those that turn the writing direction of what follows. */
const OBEYED = /(?![\t\n])\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const CONTROL_PICTURES = 0x2400;
const DELETE = 0x7f;

function picture(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(CONTROL_PICTURES + code);
  if (code === DELETE) return '␡';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/**
 * A text whose every letter can be seen: a control character stands as its picture (`␛`), one that turns the writing direction by its code
 * (`⟨U+202E⟩`). Names come from files of others: none of them may colour a terminal, clear it, or let a line read backwards. Tabs and line
 * feeds stay; right-to-left letters need no such mark and stay too.
 */
export function visibleText(text: string): string {
  return text.replaceAll(OBEYED, picture);
}

/** Such a text on one line: its tabs and line feeds are shown too, so that a name cannot put a line of its own under ours. */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll('\n', '␊').replaceAll('\t', '␉');
}
