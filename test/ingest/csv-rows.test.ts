import { describe, expect, it } from 'vitest';
import { openCsv } from '../../src/ingest/csv/csv-rows.ts';
import { countKnownNames } from '../../src/ingest/layouts/match-header.ts';
import { cellsOf, isBlank, MalformedRow, TextRow } from '../../src/ingest/rows.ts';
import { csvText, headerOf, knownErrorOf, LEGACY_CELLS } from '../support/csv-charges.ts';

async function* cut(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(Buffer.from(bytes.subarray(at, at + size)));
}

interface Opened {
  readonly delimiter: string;
  readonly separatorRow: number | null;
  readonly rows: readonly (readonly [number, ...string[]])[];
}

async function opened(text: string, delimiter?: string, chunkBytes = 1000): Promise<Opened> {
  const csv = await openCsv(cut(text, chunkBytes), { file: 'f.csv', delimiter, knownNames: countKnownNames });
  const rows: [number, ...string[]][] = [];
  for await (const batch of csv.table.batches) {
    for (const row of batch) rows.push([row.number, ...cellsOf(row)]);
  }
  return { delimiter: csv.delimiter, separatorRow: csv.separatorRow, rows };
}

describe('openCsv', () => {
  it.each([',', ';', '\t', '|'])('finds out that %j separates the cells', async (delimiter) => {
    const header = await headerOf('legacy-licence/header-indirect');
    for (const size of [1, 7, 100_000]) {
      const { rows, ...found } = await opened(csvText(header, [LEGACY_CELLS], { delimiter }), undefined, size);
      expect(found).toEqual({ delimiter, separatorRow: null });
      expect(rows.map((row) => row.length)).toEqual([29, 29]);
    }
  });

  it('goes by the names a layout knows, not by the number of cells', async () => {
    expect((await opened('CustomerId;Subtotal,a,b,c,d;Total\n1;2;3\n')).delimiter).toBe(';');
    expect((await opened('"CustomerId","a;b;c;d;e;f"\n1,2\n')).delimiter).toBe(',');
  });

  it('numbers rows as a spreadsheet does: blank lines count, line breaks in quotes do not', async () => {
    const { rows } = await opened('\nCustomerId,Total\r\n\r"a\r\nb",1\n  \nc,2');
    expect(rows).toEqual([
      [1, ''],
      [2, 'CustomerId', 'Total'],
      [3, ''],
      [4, 'a\r\nb', '1'],
      [5, '  '],
      [6, 'c', '2'],
    ]);
  });

  it.each(['sep=;\r\n', 'SEP=;\n', '"sep=;"\r'])('takes the delimiter from %j and counts the line', async (line) => {
    const { delimiter, separatorRow, rows } = await opened(`${line}CustomerId;Total,Currency\n1;2\n`);
    expect({ delimiter, separatorRow }).toEqual({ delimiter: ';', separatorRow: 1 });
    expect(rows).toEqual([
      [2, 'CustomerId', 'Total,Currency'],
      [3, '1', '2'],
    ]);
  });

  it('takes any delimiter that is given, whatever is detected or stated in the file', async () => {
    expect((await opened('a^b\n1^2\n', '^')).rows).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
    ]);
    expect((await opened('sep=,\nCustomerId,Total~b\n', '~')).rows).toEqual([[2, 'CustomerId,Total', 'b']]);
    expect((await opened('a\tb\n', 'tab')).delimiter).toBe('\t');
    expect((await opened('a\tb\n', '\\t')).delimiter).toBe('\t');
  });

  it.each(['', '"', '\n', ',\r', '||', '¦', 'comma'])('cannot separate cells by %j', async (delimiter) => {
    expect((await knownErrorOf(opened('a,b\n', delimiter))).code).toBe('delimiter-unusable');
  });

  it('hands on some hundreds of rows at once', async () => {
    const csv = await openCsv(cut('a,b\n'.repeat(2000), 100_000), { file: 'f.csv', knownNames: countKnownNames });
    const sizes: number[] = [];
    for await (const batch of csv.table.batches) sizes.push(batch.length);
    expect(sizes).toEqual([512, 512, 512, 464]);
  });
});

describe('isBlank', () => {
  it('is a row in which nothing is written', () => {
    expect(isBlank(new TextRow(1, ['']))).toBe(true);
    expect(isBlank(new TextRow(1, ['', ' ', '\t']))).toBe(true);
    expect(isBlank(new TextRow(1, ['', '0']))).toBe(false);
    expect(isBlank(new MalformedRow(1, 'x'))).toBe(false);
  });
});
