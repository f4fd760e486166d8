import type { Row } from '../rows.ts';

/** A stray quote may have swallowed the records after it: a quoted cell ends with the next quote, however many lines later. */
export function extentOf(row: Row): string {
  let breaks = 0;
  for (let column = 0; column < row.length; column++) breaks += row.cell(column).split(/\r\n|\n|\r/).length - 1;
  return breaks === 0 ? '' : ` A quoted cell in it runs over ${breaks + 1} lines of the file, so further records may be hidden in it.`;
}
