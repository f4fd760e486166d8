import { visibleLine } from './visible-text.ts';

export interface Wrapping {
  /** Columns of the terminal. */
  readonly width: number;
  /** Blanks before every line but the first. */
  readonly indent: number;
  /** What does not fit into so many lines ends in an ellipsis. */
  readonly most?: number;
}

/** A text on lines that end between two words. A word that is longer than a line, such as a path, stays whole. */
export function wrappedText(text: string, { width, indent, most = Infinity }: Wrapping): string[] {
  const shown = visibleLine(text);
  // Blanks before the first word and between columns stand as they are.
  const words = shown.match(/^ *\S+|\s+\S+/g) ?? [''];
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line === '' || line.length + word.length <= width) line += word;
    else {
      lines.push(line);
      line = ' '.repeat(indent) + word.trimStart();
    }
  }
  lines.push(line);
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), ended(lines[most - 1] ?? '', width)];
}

/** The line with an ellipsis instead of its last word, where there is no room for it behind. */
function ended(line: string, width: number): string {
  return line.length + 2 <= width ? `${line} …` : `${line.replace(/\s+\S*$/, '')} …`;
}

/** Blanks between two columns. */
const GUTTER = 4;

/** Lines set in as many columns as there is room for, read downwards. */
export function inColumns(lines: readonly string[], width: number): string[] {
  const widest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const columns = Math.max(1, Math.floor((width + GUTTER) / (widest + GUTTER)));
  const height = Math.ceil(lines.length / columns);
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: columns }, (__, column) => (lines[column * height + row] ?? '').padEnd(widest + GUTTER))
      .join('')
      .trimEnd(),
  );
}
