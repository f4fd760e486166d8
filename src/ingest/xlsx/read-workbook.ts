import type { KnownError } from '../../domain/known-error.ts';
import { OtherDialect, startingDialect } from '../cells/dialect.ts';
import { emptyFile } from '../file-empty.ts';
import {
  Beginning,
  hasNoRows,
  noRows,
  readTable,
  type ChargeSink,
  type FileContext,
  type TableOutcome,
  type TableSummary,
} from '../read-table.ts';
import type { Table } from '../rows.ts';
import { openWorkbook } from './xlsx-rows.ts';

/** Reads the visible sheets of a workbook in the order of their tabs. */
export async function readWorkbook(context: FileContext): Promise<void> {
  const { file, sink } = context;
  const workbook = await openWorkbook(file.path, file.name, undefined, sink.at);
  const notes = workbook.hiddenSheets.map((sheet) => `The hidden sheet "${sheet}" was not read.`);
  const ends = new HeldEnd(sink, notes);
  const unread: KnownError[] = [];
  let isEveryEmpty = true;
  try {
    for (const table of workbook.tables) {
      const result = await readSheet(context, table, ends);
      const sheet = table.sheet ?? '';
      if (result.outcome === 'blank') notes.push(`The sheet "${sheet}" is empty.`);
      else if (result.outcome === 'unknown') {
        unread.push(result.error);
        notes.push(`The sheet "${sheet}" was not read: ${result.error.found}`);
      } else {
        if (hasNoRows(result.summary)) notes.push(`The sheet "${sheet}" has a header and no rows.`);
        else isEveryEmpty = false;
        ends.hold(result.summary);
      }
    }
  } finally {
    await workbook.close();
  }
  const [firstUnread] = unread;
  if (ends.isEmpty) throw firstUnread ?? emptyFile(file.name);
  if (isEveryEmpty) throw noRows(file.name);
  ends.release();
}

/** The notes on a workbook go with its last table, so the end of each waits until another begins or the workbook is done. */
class HeldEnd {
  readonly #sink: ChargeSink;
  readonly #notes: readonly string[];
  #held: TableSummary | null = null;
  isEmpty = true;

  constructor(sink: ChargeSink, notes: readonly string[]) {
    this.#sink = sink;
    this.#notes = notes;
  }

  hold(summary: TableSummary): void {
    this.#held = summary;
    this.isEmpty = false;
  }

  /** Another table begins: the one before has no more to say. */
  pass(): void {
    if (this.#held !== null) this.#sink.end(this.#held);
    this.#held = null;
  }

  release(): void {
    if (this.#held !== null) this.#sink.end({ ...this.#held, notes: [...this.#held.notes, ...this.#notes] });
    this.#held = null;
  }
}

async function readSheet(context: FileContext, table: Table, ends: HeldEnd): Promise<TableOutcome> {
  const { sink, options } = context;
  let dialect = startingDialect(options);
  const beginning = new Beginning((layout) => {
    ends.pass();
    sink.begin({ sheet: table.sheet, layout });
  });
  for (;;) {
    try {
      return await readTable(context, { table, kind: 'xlsx', dialect, delimiter: null, encoding: null, separatorRow: null, beginning });
    } catch (error) {
      if (!(error instanceof OtherDialect)) throw error;
      dialect = error.dialect;
      if (beginning.isPast) sink.discard();
    }
  }
}
