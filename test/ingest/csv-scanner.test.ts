import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../src/domain/known-error.ts';
import { CsvScanner } from '../../src/ingest/csv/csv-scanner.ts';
import { MalformedRow, type Row } from '../../src/ingest/rows.ts';
import { csvParseRows } from '../support/csv-parse-rows.ts';

const DELIMITERS = [',', ';', '\t', '|'];
const LINE_ENDS = ['\n', '\r\n', '\r'];

interface Seen {
  readonly number: number;
  readonly cells: readonly string[];
  readonly isMalformed: boolean;
}

function seen(row: Row): Seen {
  return {
    number: row.number,
    cells: Array.from({ length: row.length }, (_, column) => row.cell(column)),
    isMalformed: row instanceof MalformedRow,
  };
}

/** What a reader makes of a text: its rows, or the code of the error it ends in. */
type Outcome = readonly Seen[] | string;

function codeOf(error: unknown): string {
  if (error instanceof KnownError) return `${error.code} in row ${error.place?.row ?? '?'}`;
  throw error;
}

function chunksOf(text: string, cuts: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text, 'utf8');
  const chunks: Buffer[] = [];
  let from = 0;
  for (const cut of [...cuts.map((each) => each % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)) {
    if (cut > from) chunks.push(Buffer.from(bytes.subarray(from, cut)));
    from = Math.max(from, cut);
  }
  return chunks;
}

function scanned(chunks: readonly Buffer[], delimiter: string): Outcome {
  const scanner = new CsvScanner(delimiter, 'f.csv');
  try {
    return [...chunks.flatMap((chunk) => scanner.push(chunk)), ...scanner.finish()].map(seen);
  } catch (error) {
    return codeOf(error);
  }
}

async function* asyncChunks(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

async function parsed(chunks: readonly Buffer[], delimiter: string): Promise<Outcome> {
  const rows: Seen[] = [];
  try {
    for await (const batch of csvParseRows(asyncChunks(chunks), delimiter, 'f.csv')) rows.push(...batch.map(seen));
  } catch (error) {
    return codeOf(error);
  }
  return rows;
}

const nastyText = fc.string({
  unit: fc.constantFrom('a', 'B', '7', '"', ',', ';', '\t', '|', '\n', '\r', '\r\n', ' ', 'ü', '€', '漢', '😀', "'", '='),
  maxLength: 8,
});
const anyDelimiter = fc.constantFrom(...DELIMITERS);
const anyCuts = fc.array(fc.nat(2000), { maxLength: 6 });

/** A cell as a writer may put it: quoted where it must be, and sometimes where it need not be. */
function written(cell: string, delimiter: string, mayQuote: boolean): string {
  const mustQuote = /["\r\n]/.test(cell) || cell.includes(delimiter);
  return mustQuote || mayQuote ? `"${cell.replaceAll('"', '""')}"` : cell;
}

describe('CsvScanner', () => {
  it('reads back every table it is given, whatever its cells, delimiter, line ends and chunks', () => {
    const table = fc.array(fc.array(fc.tuple(nastyText, fc.boolean()), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        table,
        anyDelimiter,
        fc.constantFrom(...LINE_ENDS),
        anyCuts,
        fc.boolean(),
        (rows, delimiter, lineEnd, cuts, hasLastLineEnd) => {
          const lines = rows.map((cells) => cells.map(([cell, mayQuote]) => written(cell, delimiter, mayQuote)).join(delimiter));
          const isLastBlank = lines.at(-1) === '';
          const text = lines.join(lineEnd) + (hasLastLineEnd || isLastBlank ? lineEnd : '');
          const expected = rows.map((cells, at) => ({ number: at + 1, cells: cells.map(([cell]) => cell), isMalformed: false }));
          expect(scanned(chunksOf(text, cuts), delimiter)).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('sees what csv-parse sees, well-formed or not', async () => {
    const text = fc.array(fc.oneof(nastyText, fc.constantFrom('"', '""', ',', '\n', '\r\n', '\r', '"a"', ',"', '",')), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, anyDelimiter, anyCuts, async (parts, delimiter, cuts) => {
        const whole = parts.join('');
        expect(scanned(chunksOf(whole, cuts), delimiter)).toEqual(await parsed(chunksOf(whole, []), delimiter));
      }),
      { numRuns: 3000 },
    );
  });

  it('does not depend on where a small nasty file is cut', () => {
    const text = 'a,"b ""x""",ü\r\n"1\r\n2",,\r\n\r\n"","😀",z"z\rlast,"€"';
    const whole = scanned(chunksOf(text, []), ',');
    expect(whole).toEqual([
      { number: 1, cells: ['a', 'b "x"', 'ü'], isMalformed: false },
      { number: 2, cells: ['1\r\n2', '', ''], isMalformed: false },
      { number: 3, cells: [''], isMalformed: false },
      { number: 4, cells: ['', '😀', 'z"z'], isMalformed: false },
      { number: 5, cells: ['last', '€'], isMalformed: false },
    ]);
    for (let cut = 0; cut <= Buffer.byteLength(text); cut++) expect(scanned(chunksOf(text, [cut]), ',')).toEqual(whole);
  });

  it('takes a quote inside an unquoted cell for itself', () => {
    expect(scanned([Buffer.from('a,5" disk,b\n')], ',')).toEqual([{ number: 1, cells: ['a', '5" disk', 'b'], isMalformed: false }]);
  });

  it('does not guess where a cell with text behind its closing quote ends, and goes on with the next row', () => {
    expect(scanned([Buffer.from('a,"5" disk",b\nc,d,e\n')], ',')).toEqual([
      { number: 1, cells: [], isMalformed: true },
      { number: 2, cells: ['c', 'd', 'e'], isMalformed: false },
    ]);
  });

  it('says how many lines a malformed record covers', () => {
    const [row] = new CsvScanner(',', 'f.csv').push(Buffer.from('a,"b\nc"d,e\n'));
    expect(row).toBeInstanceOf(MalformedRow);
    expect((row as MalformedRow).problem).toContain('2 lines');
  });

  it('names the row in which an unclosed quote opens', () => {
    expect(scanned([Buffer.from('a,b\n\nc,"d\ne,f\n')], ',')).toBe('quote-not-closed in row 3');
  });

  it('gives up on a record of more than a mebibyte', () => {
    const long = 'x'.repeat(1024 * 1024 + 1);
    expect(scanned([Buffer.from(`a,b\n${long}\n`)], ',')).toBe('row-too-long in row 2');
    expect(scanned([Buffer.from(`a,b\n"${long}`), Buffer.from('\n')], ',')).toBe('row-too-long in row 2');
    expect(scanned([Buffer.from(`a,b\n${long.slice(2)}\n`)], ',')).toHaveLength(2);
  });

  it('finds more cells than bytes would lead one to expect', () => {
    expect(scanned([Buffer.from(','.repeat(1000))], ',')).toEqual([
      { number: 1, cells: Array.from({ length: 1001 }, () => ''), isMalformed: false },
    ]);
  });

  it('has no text beyond the end of a row', () => {
    const [row] = new CsvScanner(',', 'f.csv').push(Buffer.from('a,b\n'));
    expect([row?.cell(2), row?.cell(-1)]).toEqual(['', '']);
  });
});
