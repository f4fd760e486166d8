import { Readable } from 'node:stream';
import { parse, CsvError } from 'csv-parse';
import { MAX_RECORD_BYTES, quoteNotClosed, rowTooLong } from '../../src/ingest/csv/csv-errors.ts';
import { judgeRecord } from '../../src/ingest/csv/csv-judge.ts';
import { MalformedRow, TextRow, type Row } from '../../src/ingest/rows.ts';

interface RecordWithText {
  readonly record: readonly string[];
  readonly raw: string;
}

/** Rows handed on at once. */
const BATCH_ROWS = 512;

/**
 * The same rows as `CsvScanner` by way of csv-parse alone: the oracle of the scanner's tests, for delimiters of one byte.
 * `firstRow` is the number of the first record.
 */
export async function* csvParseRows(
  chunks: AsyncIterable<Buffer>,
  delimiter: string,
  file: string,
  firstRow = 1,
): AsyncGenerator<readonly Row[]> {
  const parser = parse({
    delimiter,
    raw: true,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAX_RECORD_BYTES,
  });
  const source = Readable.from(chunks);
  source.on('error', (error) => parser.destroy(error));
  let number = firstRow;
  let batch: Row[] = [];
  try {
    for await (const { record, raw } of source.pipe(parser) as AsyncIterable<RecordWithText>) {
      batch.push(toRow(number, record, raw, delimiter));
      number++;
      if (batch.length < BATCH_ROWS) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    throw error instanceof CsvError ? asKnown(error, file, firstRow) : error;
  } finally {
    source.destroy();
  }
  if (batch.length > 0) yield batch;
}

function toRow(number: number, record: readonly string[], raw: string, delimiter: string): Row {
  if (!raw.includes('"')) return new TextRow(number, record);
  const judgement = judgeRecord(raw.replace(/(\r\n|\n|\r)$/, ''), delimiter);
  return 'cells' in judgement ? new TextRow(number, record) : new MalformedRow(number, judgement.problem);
}

/** The parser counts the records before the error: some of them were never handed on. */
function asKnown(error: CsvError, file: string, firstRow: number): Error {
  const records: unknown = error['records'];
  const row = firstRow + (typeof records === 'number' ? records : 0);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return quoteNotClosed(file, row);
  if (error.code === 'CSV_MAX_RECORD_SIZE') return rowTooLong(file, row, false);
  return error;
}
