import { markup, type HtmlValue, type SafeHtml } from './safe-html.ts';

/** A column of a table that is only read. */
export interface Column<T> {
  readonly head: string;
  readonly isNumber?: boolean;
  readonly cell: (item: T) => HtmlValue;
}

/** A table that scrolls sideways where it is too wide, its caption for screen readers. */
export function table<T>(caption: string, columns: readonly Column<T>[], items: readonly T[]): SafeHtml {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table class="plain">
      <caption class="unseen">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ head, isNumber }) => markup`<th scope="col" ${isNumber === true ? markup` class="amount"` : ''}>${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (item) =>
            markup`<tr>
              ${columns.map(({ cell, isNumber }) => markup`<td${isNumber === true ? markup` class="amount num"` : ''}>${cell(item)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
