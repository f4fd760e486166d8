import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonObject } from '../../src/ingest/json/json-object.ts';

function attributes(text: string): Readonly<Record<string, string>> {
  const read = readJsonObject(text);
  if ('problem' in read) throw new Error(read.problem);
  return Object.fromEntries(read.names.map((name, at) => [name, read.cells[at] ?? '']));
}

/** A cell as the reader gives it for a value of JSON. */
function cellOf(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '';
  if (typeof value === 'string') return value;
  return JSON.stringify(value);
}

describe('a JSON object', () => {
  it('keeps the digits of its numbers', () => {
    const text = '{"a":0.0209496384791679,"b":566890604832738111,"c":-0E-20,"d":20.50,"e":1e-7,"f":"22.000000000000000000"}';
    expect(attributes(text)).toEqual({
      a: '0.0209496384791679',
      b: '566890604832738111',
      c: '-0E-20',
      d: '20.50',
      e: '1e-7',
      f: '22.000000000000000000',
    });
  });

  it('has no cell for null and for an empty list, and JSON for what is nested', () => {
    const text = ' {"a":null,"b":[],"c":[ "AddOn", "Trial" ],"d":true,"e":{"id": 566890604832738111}, "f":"" } ';
    expect(attributes(text)).toEqual({ a: '', b: '', c: '["AddOn","Trial"]', d: 'true', e: '{"id": 566890604832738111}', f: '' });
  });

  it('has what JSON.parse has', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string()),
      fc.array(fc.string({ unit: fc.constantFrom('"', '\\', '{', ']', 'a') })),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary', minLength: 1 }), value), fc.constantFrom(0, 2), (object, indent) => {
        // JSON.parse keeps integer-like and __proto__ names in an order or place of its own.
        const plain = Object.fromEntries(Object.entries(object).map(([name, one]) => [`n${name}`, one]));
        const expected = Object.fromEntries(Object.entries(plain).map(([name, one]) => [name, cellOf(one)]));
        expect(attributes(JSON.stringify(plain, null, indent))).toEqual(expected);
      }),
    );
  });

  it('is refused where JSON.parse refuses it, and only there', () => {
    const character = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\\',
      'n',
      'u',
      '0',
      '1',
      '.',
      '-',
      'e',
      ' ',
      '\t',
      '\n',
      'null',
      'true',
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), (parts) => {
        const text = `{"a":${parts.join('')}}`;
        let isSound: boolean;
        try {
          isSound = !Array.isArray(JSON.parse(text));
        } catch {
          isSound = false;
        }
        expect([text, 'problem' in readJsonObject(text)]).toEqual([text, !isSound]);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['', 'It is no JSON object.'],
    ['[1]', 'It is no JSON object.'],
    ['{"a":1', 'It ends where a comma or the end of the object should be.'],
    ['{"a" 1}', '"1}" stands where a colon should be.'],
    ['{"a":12,,5}', '",5}" stands where a name should be.'],
    ['{"a":12,}', '"}" stands where a name should be.'],
    ['{"a":01}', '"1}" stands where a comma or the end of the object should be.'],
    ['{"a":"x}', 'A text in it is not closed.'],
    ['{"a":"\\*"}', 'A text in it holds a character or an escape that JSON does not allow.'],
    ['{"a":[1,]}', 'A list or an object in it is malformed.'],
    ['{"a":[1', 'A list or an object in it is not closed.'],
    ['{"a":nul}', '"nul}" stands where a value should be.'],
    ['{} {}', '"{}" stands where nothing behind the object should be.'],
  ])('says of %s: %s', (text, problem) => {
    expect(readJsonObject(text)).toEqual({ problem });
  });
});
