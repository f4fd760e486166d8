import { parse } from 'csv-parse/sync';

/** Either the cells of a record, or why it cannot be read. */
export type Judgement = { readonly cells: readonly string[] } | { readonly problem: string };

/**
 * Reads one record, without its line end, that breaks RFC 4180. A quote inside an unquoted cell has one meaning, itself;
 * text after a closing quote has several (a quote not doubled, a separator lost), so such a record is not guessed at.
 */
export function judgeRecord(text: string, delimiter: string): Judgement {
  if (hasTextAfterClosingQuote(text, delimiter)) {
    const lines = text.split(/\r\n|\n|\r/).length;
    const extent = lines === 1 ? '' : ` The quoted cell runs over ${lines} lines of the file, so further records may be hidden in it.`;
    return { problem: `Text follows the closing quote of a cell, so where the cell ends is not certain.${extent}` };
  }
  const records = parse(text, { delimiter, relax_quotes: true, relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] });
  const cells = records[0];
  if (cells === undefined || records.length !== 1) return { problem: 'The quotes of this record do not pair up.' };
  return { cells };
}

function hasTextAfterClosingQuote(text: string, delimiter: string): boolean {
  let at = 0;
  while (at <= text.length) {
    if (text[at] !== '"') {
      const next = text.indexOf(delimiter, at);
      if (next === -1) return false;
      at = next + delimiter.length;
      continue;
    }
    at++;
    for (;;) {
      at = text.indexOf('"', at);
      if (at === -1) return true;
      if (text[at + 1] !== '"') break;
      at += 2;
    }
    at++;
    if (at === text.length) return false;
    if (!text.startsWith(delimiter, at)) return true;
    at += delimiter.length;
  }
  return false;
}
