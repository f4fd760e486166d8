import type { LayoutName, ParsedRow, SkipReason } from '../domain/charges/charge-line.ts';
import { KnownError } from '../domain/known-error.ts';
import type { TableCounts } from '../domain/findings/report.ts';
import { CellReader } from './cells/cells.ts';
import type { DateOrder, DecimalMark, Dialect } from './cells/dialect.ts';
import type { HeadingPool } from './heading-pool.ts';
import type { InputFile } from './input-file.ts';
import { recogniseHeader } from './layouts/bind-header.ts';
import type { BoundLayout } from './layouts/bound-layout.ts';
import type { ColumnMapping } from './layouts/column-mapping.ts';
import { unknownLayout } from './layouts/unknown-layout.ts';
import type { ColumnNames, Field } from './layouts/layout.ts';
import { RowParser } from './parse-row.ts';
import type { PositionWatch } from './reading-watch.ts';
import { cellsOf, isBlank, MalformedRow, type Row, type Table } from './rows.ts';

/** What the user states instead of having it detected. */
export interface ReadOptions {
  readonly layout?: LayoutName | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly decimalMark?: DecimalMark | undefined;
  readonly delimiter?: string | undefined;
  readonly encoding?: string | undefined;
  /** What headings mean that no layout knows. */
  readonly mappings?: readonly ColumnMapping[] | undefined;
}

/** Takes what is read of a table: `begin`, any number of `rows`, `end`. */
export interface ChargeSink {
  begin(table: { readonly sheet: string | null; readonly layout: LayoutName }): void;
  rows(batch: readonly ParsedRow[]): void;
  /** Forget every row since `begin`: the table is read again from its start under another dialect. `begin` is not called again. */
  discard(): void;
  end(summary: TableSummary): void;
  /** How far the file is taken in, where anybody wants to know. */
  readonly at?: PositionWatch | undefined;
}

export type TableKind = 'csv' | 'xlsx' | 'json' | 'jsonl';

/** What was read of one table. `rows` counts the records without the header and is the sum of lines, rejected and skipped. */
export interface TableSummary extends TableCounts {
  readonly layout: LayoutName;
  readonly kind: TableKind;
}

/** What is the same for every table of a file. */
export interface FileContext {
  readonly file: InputFile;
  readonly options: ReadOptions;
  readonly pool: HeadingPool;
  readonly sink: ChargeSink;
}

/** One table of a file and all that is known of it before its first row. */
export interface TableInput {
  readonly table: Table;
  readonly kind: TableKind;
  readonly dialect: Dialect;
  readonly delimiter: string | null;
  readonly encoding: string | null;
  /** The row of a `sep=` line, which is skipped. */
  readonly separatorRow: number | null;
  readonly beginning: Beginning;
}

/** The sink is told of a table once, however often the table is read: when its header turns out to be one that is audited. */
export class Beginning {
  readonly #tell: (layout: LayoutName) => void;
  isPast = false;

  constructor(tell: (layout: LayoutName) => void) {
    this.#tell = tell;
  }

  pass(layout: LayoutName): void {
    if (!this.isPast) this.#tell(layout);
    this.isPast = true;
  }
}

/** What came of a table: a summary, a header that is none of ours, or nothing but blank rows. */
export type TableOutcome =
  | { readonly outcome: 'read'; readonly summary: TableSummary }
  | { readonly outcome: 'unknown'; readonly error: KnownError }
  | { readonly outcome: 'blank' };

/** Reads a table from its start to its end under one dialect. */
export async function readTable(context: FileContext, input: TableInput): Promise<TableOutcome> {
  let reading: TableReading | null = null;
  for await (const batch of input.table.batches) {
    const parsed: ParsedRow[] = [];
    for (const row of batch) {
      if (isBlank(row)) continue;
      if (reading !== null) {
        parsed.push(reading.read(row));
        continue;
      }
      const header = headerOf(row, context, input);
      if (header instanceof KnownError) return { outcome: 'unknown', error: header };
      reading = new TableReading(context, input, header, row.number);
      input.beginning.pass(header.layout.name);
      if (input.separatorRow !== null) parsed.push(reading.skip(input.separatorRow, 'separator-line'));
    }
    if (parsed.length > 0) context.sink.rows(parsed);
  }
  return reading === null ? { outcome: 'blank' } : { outcome: 'read', summary: reading.summary() };
}

function headerOf(row: Row, { file, options }: FileContext, { table }: TableInput): BoundLayout | KnownError {
  const place = { file: file.name, sheet: table.sheet, row: row.number };
  if (row instanceof MalformedRow) {
    throw new KnownError({
      code: 'header-malformed',
      place,
      found: `The header cannot be split into columns. ${row.problem}`,
      expected: 'A header row whose quotes pair up.',
      remedy: 'Download the export again.',
    });
  }
  const header = cellsOf(row);
  while (header.at(-1)?.trim() === '') header.pop();
  const { layout: only, mappings = [] } = options;
  return (
    recogniseHeader(header, place, only, mappings) ?? unknownLayout(header, place, { only, mappings, overrides: overridesIn(options) })
  );
}

/** Options that decide whether a header is understood. */
function overridesIn({ layout, delimiter, encoding }: ReadOptions): readonly string[] {
  return [
    ...(layout === undefined ? [] : ['--layout']),
    ...(delimiter === undefined ? [] : ['--delimiter']),
    ...(encoding === undefined ? [] : ['--encoding']),
  ];
}

/** The rows of one table and their count, from its header on. */
class TableReading {
  readonly #bound: BoundLayout;
  readonly #input: TableInput;
  readonly #reader: CellReader;
  readonly #parser: RowParser;
  readonly #skippedBy: Partial<Record<SkipReason, number>> = {};
  #lines = 0;
  #rejected = 0;
  #skipped = 0;

  constructor({ file, pool }: FileContext, input: TableInput, bound: BoundLayout, headerRow: number) {
    const { sheet, dateSystem } = input.table;
    this.#bound = bound;
    this.#input = input;
    this.#reader = new CellReader({ file: file.name, sheet, dateSystem, header: bound.header }, input.dialect);
    this.#parser = new RowParser(bound, this.#reader, pool, { file: file.name, sheet, row: headerRow }, input.kind !== 'csv');
  }

  read(row: Row): ParsedRow {
    const parsed = this.#parser.parse(row);
    if (parsed.outcome === 'line') this.#lines++;
    else if (parsed.outcome === 'rejected') this.#rejected++;
    else return this.skip(parsed.row, parsed.reason);
    return parsed;
  }

  skip(row: number, reason: SkipReason): ParsedRow {
    this.#skipped++;
    this.#skippedBy[reason] = (this.#skippedBy[reason] ?? 0) + 1;
    return { outcome: 'skipped', row, reason };
  }

  summary(): TableSummary {
    const { table, kind, delimiter, encoding } = this.#input;
    return {
      sheet: table.sheet,
      layout: this.#bound.layout.name,
      kind,
      rows: this.#lines + this.#rejected + this.#skipped,
      lines: this.#lines,
      rejected: this.#rejected,
      skipped: this.#skipped,
      skippedBy: this.#skippedBy,
      extraColumns: this.#bound.extraColumns,
      notes: [
        ...mappedNotes(this.#bound),
        ...this.#parser.notes(),
        ...(kind === 'json' || kind === 'jsonl' ? absentNotes(this.#bound) : []),
      ],
      detected: { delimiter, encoding, ...this.#reader.detected() },
    };
  }
}

/** Nothing is read under another name without a word. */
function mappedNotes({ layout, mapping }: BoundLayout): readonly string[] {
  if (mapping === null) return [];
  const columns = mapping.columns.map(({ heading, column }) => `"${heading}" is ${column}`);
  return [`Read as ${layout.name} by --mapping: ${columns.join(', ')}.`];
}

/** The API leaves out what an attribute set does not hold; the rules that need it say so line by line. */
function absentNotes({ layout, places }: BoundLayout): readonly string[] {
  const columns = Object.entries(layout.columns) as [Field, ColumnNames][];
  const absent = columns.filter(([field]) => !places.has(field)).map(([, { names }]) => names[0]);
  if (absent.length === 0) return [];
  const money = absent.some((name) => /^(tax|total)/i.test(name)) ? '; tax and total count as 0 in the control totals' : '';
  return [`The export has no ${absent.join(', ')}: what needs them is counted as unchecked${money}.`];
}

/** A header, and at most rows that were skipped. */
export function hasNoRows(summary: TableSummary): boolean {
  return summary.lines + summary.rejected === 0;
}

export function noRows(file: string, found = 'The file has a header and no rows.'): KnownError {
  return new KnownError({
    code: 'no-rows',
    place: { file },
    found,
    expected: 'At least one charge.',
    remedy: 'Check the invoice and period in the portal; the export of an invoice without charges need not be audited.',
  });
}
