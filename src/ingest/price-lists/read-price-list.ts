import type { RowRejection } from '../../domain/charges/charge-line.ts';
import { KnownError } from '../../domain/known-error.ts';
import type { PriceRow, PriceSpan, Second } from '../../domain/prices/price-list.ts';
import type { Detected } from '../../domain/findings/report.ts';
import { CellReader } from '../cells/cells.ts';
import { openCsv } from '../csv/csv-rows.ts';
import { decodeText, NotUtf8 } from '../text/decode-text.ts';
import { fallbackEncoding } from '../text/fallback-encoding.ts';
import { OtherDialect, startingDialect, type DateOrder, type DecimalMark, type Dialect } from '../cells/dialect.ts';
import { openBytes } from '../containers/open-bytes.ts';
import { emptyFile } from '../file-empty.ts';
import type { InputFile } from '../input-file.ts';
import type { PositionWatch } from '../reading-watch.ts';
import { cellsOf, isBlank, MalformedRow, type Row, type Table } from '../rows.ts';
import { openWorkbook } from '../xlsx/xlsx-rows.ts';
import { countPriceNames, recognisePriceHeader, unknownPriceList, type BoundPriceHeader } from './price-columns.ts';
import { PriceRowParser, type PriceSkipReason, type SpanSink, type WantedPrices } from './price-row.ts';
import { statedCurrency } from './stated-currency.ts';
import { withStraightQuotes } from './straight-quotes.ts';

/** A title, a date and some remarks may stand above the header of a legacy list. */
const MOST_ROWS_ABOVE = 20;

/** What was read of one table of a price list. `read` counts the records below the header: used + skipped + rejected. */
export interface PriceTable {
  readonly sheet: string | null;
  readonly kind: 'csv' | 'xlsx';
  readonly layout: string;
  readonly read: number;
  readonly skippedBy: Readonly<Partial<Record<PriceSkipReason, number>>>;
  readonly rows: readonly PriceRow[];
  readonly rejections: readonly RowRejection[];
  readonly spans: readonly PriceSpan[];
  readonly extraColumns: readonly string[];
  readonly notes: readonly string[];
  readonly detected: Detected;
}

/** What is the same for every table of a file. */
interface FileContext {
  readonly file: InputFile;
  readonly wanted: WantedPrices;
  readonly stated: StatedPriceDialect;
  readonly at: PositionWatch | undefined;
}

/** What the user says of how price lists are written, where their cells leave it open. */
export interface StatedPriceDialect {
  readonly dateOrder?: DateOrder | undefined;
  readonly decimalMark?: DecimalMark | undefined;
}

/** How a list is to be read, and who hears how far it is. */
export interface PriceReading {
  readonly stated?: StatedPriceDialect;
  readonly at?: PositionWatch;
}

interface TableInput {
  readonly table: Table;
  readonly kind: 'csv' | 'xlsx';
  readonly delimiter: string | null;
  readonly encoding: string | null;
}

/** Null where a table holds nothing but blank rows. */
type TableResult = PriceTable | KnownError | null;

/**
 * Reads a price list (CSV, or the visible sheets of a workbook) in one pass, and keeps only the rows that are wanted. Delimiter, encoding, order of
 * dates and decimal mark are detected; where all cells leave one of the last two open and nothing is stated, what was assumed is said in a note.
 */
export async function readPriceList(file: InputFile, wanted: WantedPrices, reading: PriceReading = {}): Promise<readonly PriceTable[]> {
  const context = { file, wanted, stated: reading.stated ?? {}, at: reading.at };
  return file.kind === 'workbook' ? readWorkbook(context) : [await readText(context)];
}

async function readText(context: FileContext): Promise<PriceTable> {
  const { file, at } = context;
  let dialect = startingDialect(context.stated);
  let encoding: string | undefined;
  for (;;) {
    try {
      const text = await decodeText(openBytes(file, at), file.name, encoding);
      const { table, delimiter } = await openCsv(withStraightQuotes(text.chunks), { file: file.name, knownNames: countPriceNames });
      const result = await readTable(context, { table, kind: 'csv', delimiter, encoding: text.encoding }, dialect);
      if (result === null) throw emptyFile(file.name);
      if (result instanceof KnownError) throw result;
      if (result.read === 0) throw noPrices(file.name);
      return result;
    } catch (error) {
      if (error instanceof OtherDialect) dialect = error.dialect;
      else if (error instanceof NotUtf8) encoding = await fallbackEncoding(openBytes(file));
      else throw error;
    }
  }
}

async function readWorkbook(context: FileContext): Promise<readonly PriceTable[]> {
  const { file, at } = context;
  const workbook = await openWorkbook(file.path, file.name, undefined, at);
  const tables: PriceTable[] = [];
  const notes = workbook.hiddenSheets.map((sheet) => `The hidden sheet "${sheet}" was not read.`);
  let firstUnread: KnownError | null = null;
  try {
    for (const table of workbook.tables) {
      const result = await readSheet(context, { table, kind: 'xlsx', delimiter: null, encoding: null });
      if (result === null) notes.push(`The sheet "${table.sheet ?? ''}" is empty.`);
      else if (result instanceof KnownError) {
        firstUnread ??= result;
        notes.push(`The sheet "${table.sheet ?? ''}" was not read: ${result.found}`);
      } else tables.push(result);
    }
  } finally {
    await workbook.close();
  }
  const last = tables.pop();
  if (last === undefined) throw firstUnread ?? emptyFile(file.name);
  tables.push({ ...last, notes: [...last.notes, ...notes] });
  if (tables.every(({ read }) => read === 0)) throw noPrices(file.name);
  return tables;
}

async function readSheet(context: FileContext, input: TableInput): Promise<TableResult> {
  let dialect = startingDialect(context.stated);
  for (;;) {
    try {
      return await readTable(context, input, dialect);
    } catch (error) {
      if (!(error instanceof OtherDialect)) throw error;
      dialect = error.dialect;
    }
  }
}

/** Reads a table from its start to its end under one dialect. */
async function readTable(context: FileContext, input: TableInput, dialect: Dialect): Promise<TableResult> {
  let reading: TableReading | null = null;
  let above = 0;
  let unknown: KnownError | null = null;
  for await (const batch of input.table.batches) {
    for (const row of batch) {
      if (isBlank(row)) continue;
      if (reading !== null) {
        reading.read(row);
        continue;
      }
      const header = headerOf(row, context, input);
      if (!(header instanceof KnownError)) reading = new TableReading(context, input, header, dialect);
      else {
        unknown = moreTelling(unknown, header);
        above += 1;
        if (above === MOST_ROWS_ABOVE || unknown.code === 'price-list-is-export') return unknown;
      }
    }
  }
  return reading?.table() ?? unknown;
}

function headerOf(row: Row, { file }: FileContext, { table }: TableInput): BoundPriceHeader | KnownError {
  const place = { file: file.name, sheet: table.sheet, row: row.number };
  const header = row instanceof MalformedRow ? [] : cellsOf(row);
  while (header.at(-1)?.trim() === '') header.pop();
  return recognisePriceHeader(header, place) ?? unknownPriceList(header, place);
}

/** The row that looks most like a header is the one to speak of; the first, where none looks like one. */
function moreTelling(before: KnownError | null, now: KnownError): KnownError {
  if (before === null) return now;
  return now.code === 'price-list-is-export' || (now.expected.includes('nearest') && !before.expected.includes('nearest')) ? now : before;
}

const MOST_SEGMENTS = 1000;

/** A span while its rows are read. */
interface OpenSpan extends PriceSpan {
  newestStart: Second;
  oldestEnd: Second;
  readonly segments: Set<string>;
}

/** The rows of one table and their count, from its header on. */
class TableReading {
  readonly #bound: BoundPriceHeader;
  readonly #input: TableInput;
  readonly #reader: CellReader;
  readonly #parser: PriceRowParser;
  readonly #rows: PriceRow[] = [];
  readonly #rejections: RowRejection[] = [];
  readonly #spans = new Map<string, OpenSpan>();
  readonly #list: string;
  readonly #notes: string[] = [];
  readonly #skipped = new Map<PriceSkipReason, number>();

  constructor({ file, wanted }: FileContext, input: TableInput, bound: BoundPriceHeader, dialect: Dialect) {
    const { sheet, dateSystem } = input.table;
    this.#bound = bound;
    this.#input = input;
    this.#reader = new CellReader({ file: file.name, sheet, dateSystem, header: bound.header }, dialect);
    const currency = bound.at('currency') >= 0 ? '' : statedCurrency(file.name, sheet);
    if (currency !== '') this.#notes.push(`The list has no column Currency; its name says ${currency}.`);
    this.#list = file.sha256;
    const facts = { file: file.name, sheet, list: this.#list, dateSystem, currency };
    this.#parser = new PriceRowParser(bound, this.#reader, facts, wanted, (dates) => {
      this.#span(dates);
    });
  }

  read(row: Row): void {
    const parsed = this.#parser.parse(row);
    if (parsed.outcome === 'used') this.#rows.push(parsed.row);
    else if (parsed.outcome === 'rejected') this.#rejections.push(parsed.rejection);
    else this.#skipped.set(parsed.reason, (this.#skipped.get(parsed.reason) ?? 0) + 1);
  }

  table(): PriceTable {
    const { table, kind, delimiter, encoding } = this.#input;
    const skipped = [...this.#skipped.values()].reduce((all, rows) => all + rows, 0);
    const read = this.#reader.detected();
    return {
      sheet: table.sheet,
      kind,
      layout: this.#bound.layout.name,
      read: this.#rows.length + this.#rejections.length + skipped,
      skippedBy: Object.fromEntries(this.#skipped),
      rows: this.#rows,
      rejections: this.#rejections,
      spans: [...this.#spans.values()],
      extraColumns: this.#bound.extraColumns,
      notes: [...this.#notes, ...assumptionNotes(read)],
      detected: { delimiter, encoding, ...read },
    };
  }

  #span({ kind, market, currency, segment, from, until }: Parameters<SpanSink>[0]): void {
    const key = `${kind} ${market} ${currency}`;
    let span = this.#spans.get(key);
    if (span === undefined) {
      span = { kind, market, currency, newestStart: from, oldestEnd: until, list: this.#list, segments: new Set() };
      this.#spans.set(key, span);
    }
    span.newestStart = Math.max(span.newestStart, from);
    span.oldestEnd = Math.min(span.oldestEnd, until);
    // A list has a handful; in a column that holds something else they tell nothing apart.
    if (span.segments.size < MOST_SEGMENTS) span.segments.add(segment);
    else span.segments.add('');
  }
}

/** A price that begins on another day is another price: what no cell proves is said, with the way to say otherwise. */
function assumptionNotes({ assumed, dateOrder, decimalMark }: ReturnType<CellReader['detected']>): readonly string[] {
  const notes: string[] = [];
  if (assumed.includes('date-order')) {
    const first = dateOrder === 'mdy' ? 'month' : 'day';
    notes.push(`Every date may be read both ways; the ${first} was taken to stand first. --prices-date-order says which it is.`);
  }
  if (assumed.includes('decimal-mark')) {
    const mark = decimalMark === '.' ? 'point' : 'comma';
    notes.push(`Every number may be read both ways; a decimal ${mark} was assumed. --prices-decimal-mark says which it is.`);
  }
  return notes;
}

function noPrices(file: string): KnownError {
  return new KnownError({
    code: 'no-prices',
    place: { file },
    found: 'The price list has a header and no rows.',
    expected: 'At least one price.',
    remedy: 'Download the price list of the month again; a list of future changes is empty where none are planned and need not be given.',
  });
}
