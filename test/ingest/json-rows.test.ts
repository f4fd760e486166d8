import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonNames, openJson, OtherAttributes } from '../../src/ingest/json/json-rows.ts';
import { cellsOf, MalformedRow } from '../../src/ingest/rows.ts';
import { knownErrorOf } from '../support/csv-charges.ts';

type Item = Readonly<Record<string, unknown>>;

async function* inChunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(Buffer.from(bytes.subarray(at, at + size)));
}

interface Read {
  readonly kind: string;
  readonly notes: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly [number: number, ...cells: string[]])[];
  readonly problems: readonly (readonly [number: number, problem: string])[];
}

async function read(text: string, size = 1 << 20, names: readonly string[] | null = null): Promise<Read> {
  const json = await openJson(inChunks(text, size), 'a.json', names);
  const rows = [];
  for await (const batch of json.table.batches) rows.push(...batch);
  const [header, ...records] = rows;
  return {
    kind: json.kind,
    notes: json.notes(),
    header: header === undefined ? [] : cellsOf(header),
    rows: records.filter((row) => !(row instanceof MalformedRow)).map((row) => [row.number, ...cellsOf(row)] as const),
    problems: records.flatMap((row) => (row instanceof MalformedRow ? [[row.number, row.problem] as const] : [])),
  };
}

const ITEMS: readonly Item[] = [
  { id: 'a', tags: ['x', '}'], note: 'line\nbreak "quoted" \\' },
  { id: 'b', tags: [], note: '{"items":[' },
];
const ROWS = [
  [2, 'a', '["x","}"]', 'line\nbreak "quoted" \\'],
  [3, 'b', '', '{"items":['],
];
const body = (items: readonly Item[]): Item => ({ totalCount: items.length, items, links: { self: { uri: '/x' } } });

const FORMS: readonly (readonly [name: string, kind: string, text: string])[] = [
  ['a list', 'json', JSON.stringify(ITEMS)],
  ['a list, indented', 'json', JSON.stringify(ITEMS, null, 2)],
  ['a response body', 'json', JSON.stringify(body(ITEMS))],
  ['a response body, indented', 'json', JSON.stringify(body(ITEMS), null, 4)],
  ['a response body with its list last', 'json', JSON.stringify({ totalCount: 2, value: ITEMS })],
  ['a response body with an item a line', 'json', `{"totalCount":2,"items":[\n${ITEMS.map((one) => JSON.stringify(one)).join(',\n')}\n]}`],
  ['two response bodies', 'json', `${JSON.stringify(body([ITEMS[0]!]), null, 1)}\n${JSON.stringify(body([ITEMS[1]!]), null, 1)}`],
  ['JSON lines', 'jsonl', `${ITEMS.map((one) => JSON.stringify(one)).join('\r\n')}\r\n`],
  ['JSON lines without an end', 'jsonl', ITEMS.map((one) => JSON.stringify(one)).join('\n')],
  ['objects one after the other', 'json', ITEMS.map((one) => JSON.stringify(one, null, 2)).join('\n')],
];

describe('records of JSON', () => {
  it.each(FORMS)('are read from %s, wherever its bytes are cut', async (_, kind, text) => {
    for (const size of [1, 2, 3, 7, 50, 1 << 20]) {
      expect(await read(text, size)).toEqual({ kind, notes: [], header: ['id', 'tags', 'note'], rows: ROWS, problems: [] });
    }
  });

  it('are the same whatever their texts hold', async () => {
    const item = fc.record({ id: fc.string({ minLength: 1 }), name: fc.string({ unit: 'grapheme' }), n: fc.integer().map(String) });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 99 }), async (items, size) => {
        const expected = items.map((one, at) => [at + 2, one.id, one.name, one.n]);
        const forms = [JSON.stringify(items), JSON.stringify(body(items), null, 1), items.map((one) => JSON.stringify(one)).join('\n')];
        for (const text of forms) expect((await read(text, size)).rows).toEqual(expected);
      }),
    );
  });

  it('that are malformed cost no other', async () => {
    const lines = ['{"id":"a","n":1}', '{"id":"b","n":}', '', '{"id":"c","id":"d"}', '{"id":"e","n":2}'];
    const expected = {
      rows: [
        [2, 'a', '1'],
        [6, 'e', '2'],
      ],
      problems: [
        [3, 'The record is not valid JSON. "}" stands where a value should be.'],
        [5, 'The record has "id" twice, and which of them holds is not told.'],
      ],
    };
    expect(await read(lines.join('\n'))).toMatchObject({ kind: 'jsonl', ...expected });
    const list = await read(`{"items":[${lines.filter((line) => line !== '').join(',')}]}`);
    expect(list.rows.map(([, ...cells]) => cells)).toEqual(expected.rows.map(([, ...cells]) => cells));
    expect(list.problems).toHaveLength(2);
  });

  it('may begin with a broken line', async () => {
    const result = await read('{"id":"a","n":\n{"id":"b","n":1}\n{"id":"c","n":2}\n');
    expect(result).toMatchObject({
      kind: 'jsonl',
      rows: [
        [3, 'b', '1'],
        [4, 'c', '2'],
      ],
      problems: [[2, expect.any(String)]],
    });
  });

  it('may have other attributes in another order, and envelopes that are no columns', async () => {
    const text = '[{"id":1,"n":2,"attributes":{"objectType":"x"}},{"N":4,"id":3},{"id":5,"late":6}]';
    expect(await read(text)).toMatchObject({
      header: ['id', 'n', 'late'],
      rows: [
        [2, '1', '2', ''],
        [3, '3', '4', ''],
        [4, '5', '', '6'],
      ],
    });
  });

  it('far into a file with an attribute that none before had ask for all names first', async () => {
    const text = [...Array.from({ length: 600 }, () => '{"id":1}'), '{"id":2,"late":3}'].join('\n');
    await expect(read(text)).rejects.toThrow(OtherAttributes);
    const names = await jsonNames(inChunks(text, 64), 'a.json');
    expect(names).toEqual(['id', 'late']);
    expect((await read(text, 64, names)).rows.at(-1)).toEqual([602, '2', '3']);
  });

  it('tell of a page that follows', async () => {
    const next = { items: ITEMS, links: { self: {}, next: { uri: '/x?seekOperation=Next' } } };
    expect((await read(JSON.stringify(next))).notes).toHaveLength(1);
    expect((await read(JSON.stringify({ '@odata.nextLink': 'https://x', value: ITEMS }))).notes).toHaveLength(1);
  });

  it.each([
    ['json-cut-off', '{"items":[{"id":1},{"id"'],
    ['json-cut-off', '{"items":[{"id":1}]'],
    ['json-cut-off', '[{"id":1}'],
    ['json-malformed', '{"items":[{"id":1]}}'],
    ['json-malformed', '{"items":[1,2]}'],
    ['json-malformed', '[{"id":1}] rest'],
    ['json-malformed', '{"token":"x", {"items":[{"id":1}]}}\n'],
    ['json-record-too-long', `{"items":[{"id":"${'x'.repeat(2 ** 20)}`],
    ['json-record-too-long', `{"id":1}\n{"id":"${'x'.repeat(2 ** 20 + 1)}`],
  ])('are refused: %s, %#', async (code, text) => {
    expect((await knownErrorOf(read(text, 9999))).code).toBe(code);
  });
});
