import { visibleText } from '../visible-text.ts';

/** Markup that was put together by `markup` and nothing else: whatever it was given as text is escaped in it. */
export class SafeHtml {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** The only door in: `strings` stand in our source, `values` come from anywhere. */
  static from(strings: readonly string[], values: readonly HtmlValue[]): SafeHtml {
    return new SafeHtml(strings.reduce((made, text, index) => made + text + (index < values.length ? markupOf(values[index]) : ''), ''));
  }
}

export type HtmlValue = SafeHtml | readonly HtmlValue[] | string | number | null | undefined;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return visibleText(text).replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}

function markupOf(value: HtmlValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof SafeHtml) return value.text;
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return value.map(markupOf).join('');
}

/** A template of markup: every value in it is escaped, in text and in quoted attributes alike, unless it is such markup itself. */
export function markup(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  return SafeHtml.from(strings, values);
}
