import { openBytes } from '../containers/open-bytes.ts';
import { openCsv } from '../csv/csv-rows.ts';
import { decodeText, NotUtf8 } from './decode-text.ts';
import { OtherDialect, startingDialect, type Dialect } from '../cells/dialect.ts';
import { fallbackEncoding } from './fallback-encoding.ts';
import { emptyFile } from '../file-empty.ts';
import { jsonNames, openJson, OtherAttributes } from '../json/json-rows.ts';
import { countKnownNames } from '../layouts/match-header.ts';
import { Beginning, hasNoRows, noRows, readTable, type FileContext, type TableOutcome } from '../read-table.ts';
import { TextHead } from './text-head.ts';

/** What was learnt of a text by reading it in vain; it is read again from its start with that. */
interface Learnt {
  dialect: Dialect;
  encoding: string | undefined;
  /** The attributes of a JSON text, where its first records do not have them all. */
  attributes: readonly string[] | null;
  readonly notes: string[];
}

/** Reads a CSV file, a response body of the API or an export of JSON lines, whichever it turns out to be. */
export async function readText(context: FileContext): Promise<void> {
  const { file, options, sink } = context;
  const learnt: Learnt = { dialect: startingDialect(options), encoding: options.encoding, attributes: null, notes: [] };
  const beginning = new Beginning((layout) => {
    sink.begin({ sheet: null, layout });
  });
  for (;;) {
    try {
      const { result, notes, isJson } = await readOnce(context, learnt, beginning);
      if (result.outcome === 'unknown') throw result.error;
      if (result.outcome === 'blank') throw isJson ? noRows(file.name, 'The JSON holds no records.') : emptyFile(file.name);
      if (hasNoRows(result.summary)) throw noRows(file.name);
      sink.end({ ...result.summary, notes: [...result.summary.notes, ...learnt.notes, ...notes] });
      return;
    } catch (error) {
      await learn(error, context, learnt);
      if (beginning.isPast) sink.discard();
    }
  }
}

interface Reading {
  readonly result: TableOutcome;
  readonly notes: readonly string[];
  readonly isJson: boolean;
}

async function readOnce(context: FileContext, learnt: Learnt, beginning: Beginning): Promise<Reading> {
  const { file, options, sink } = context;
  const { dialect, encoding } = learnt;
  const text = await decodeText(openBytes(file, sink.at), file.name, encoding);
  const head = new TextHead(text.chunks[Symbol.asyncIterator]());
  if (await beginsLikeJson(head)) {
    const json = await openJson(head.from(0), file.name, learnt.attributes);
    const ofJson = { delimiter: null, encoding: text.encoding, separatorRow: null, beginning };
    const input = { ...ofJson, table: json.table, kind: json.kind, dialect: withPoint(dialect) };
    return { result: await readTable(context, input), notes: json.notes(), isJson: true };
  }
  const knownNames = (header: readonly string[]): number => countKnownNames(header, options.mappings);
  const csv = await openCsv(head.from(0), { file: file.name, delimiter: options.delimiter, knownNames });
  const input = { ...csv, kind: 'csv', dialect, encoding: text.encoding, beginning } as const;
  return { result: await readTable(context, input), notes: [], isJson: false };
}

/** Takes in what stopped a reading; anything but a signal of this folder goes on upwards. */
async function learn(error: unknown, { file }: FileContext, learnt: Learnt): Promise<void> {
  if (error instanceof OtherDialect) learnt.dialect = error.dialect;
  else if (error instanceof NotUtf8) {
    learnt.encoding = await fallbackEncoding(openBytes(file));
    learnt.notes.push(
      `The file is not UTF-8; it was read as ${learnt.encoding}. Where names look wrong, state the encoding with --encoding.`,
    );
  } else if (error instanceof OtherAttributes) {
    const text = await decodeText(openBytes(file), file.name, learnt.encoding);
    learnt.attributes = await jsonNames(text.chunks, file.name);
  } else throw error;
}

/** No export's first column name begins with a bracket. */
async function beginsLikeJson(head: TextHead): Promise<boolean> {
  for (let count = 64; ; count *= 2) {
    const start = (await head.firstCharacters(count)).trimStart();
    if (start !== '' || head.isWhole) return start.startsWith('{') || start.startsWith('[');
  }
}

/** Numbers of JSON have a decimal point by its own rules, and the API writes the numbers it puts in quotes like them. */
function withPoint(dialect: Dialect): Dialect {
  return { ...dialect, decimalMark: { basis: 'given', value: '.' } };
}
