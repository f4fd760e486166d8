import { KnownError } from '../../domain/known-error.ts';
import { jsonFault } from '../json-fault.ts';
import { columnKey } from '../layouts/layout.ts';
import type { SideRow } from './side-row.ts';

/** A number with more digits than this may have been rounded when it was written or read. */
const SIGNIFICANT_DIGITS = 15;

/**
 * The records of a JSON text as rows below a header: an array of objects, or an object that holds one array. The header, row 0, has every
 * key that occurs, in the order met; keys that differ in case, spaces or punctuation only are one column.
 */
export function jsonRows(text: string, file: string): readonly SideRow[] {
  const records = recordsOf(parsed(text, file), file);
  const names: string[] = [];
  const columns = new Map<string, number>();
  const rows = records.map((record, index) => {
    const number = index + 1;
    const cells: string[] = [];
    for (const [name, value] of Object.entries(record)) {
      const column = columns.get(columnKey(name)) ?? names.push(name) - 1;
      columns.set(columnKey(name), column);
      if (cells[column] !== undefined) throw unusable(file, number, `has "${names[column] ?? ''}" and "${name}", which mean the same`);
      cells[column] = cellText(value, name, file, number);
    }
    return { number, cells: Array.from(cells, (cell: string | undefined) => cell ?? '') };
  });
  return [{ number: 0, cells: names }, ...rows];
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new KnownError({
      code: 'side-input-json',
      place: { file },
      found: `The file begins like JSON and is none${jsonFault(text, error)}.`,
      expected: 'An array of objects, or an object that holds one array of objects.',
      remedy: 'Correct the file, or save the table as CSV.',
    });
  }
}

function recordsOf(value: unknown, file: string): readonly object[] {
  const arrays = Array.isArray(value) ? [value] : Object.values(isRecord(value) ? value : {}).filter(Array.isArray);
  const [records] = arrays as unknown[][];
  if (arrays.length !== 1 || records === undefined) {
    throw new KnownError({
      code: 'side-input-json',
      place: { file },
      found:
        arrays.length === 0
          ? 'The JSON holds no array.'
          : `The JSON object holds ${arrays.length} arrays, and which one is meant is not told.`,
      expected: 'An array of objects, or an object that holds one array of objects.',
      remedy: 'Keep one array in the file.',
    });
  }
  return records.map((record, index) => {
    if (!isRecord(record)) throw unusable(file, index + 1, 'is no object');
    return record;
  });
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number as it was written; one that JavaScript cannot hold exactly is refused, because its digits would change silently. */
function cellText(value: unknown, name: string, file: string, number: number): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') {
    const digits = String(value)
      .replace(/e.*$/, '')
      .replace(/^-?0?\.?0*/, '')
      .replace('.', '');
    if (digits.length <= SIGNIFICANT_DIGITS && !String(value).includes('e')) return String(value);
    throw unusable(file, number, `has a number in "${name}" with more digits than JSON numbers keep; write it in quotes`);
  }
  throw unusable(file, number, `has a list or an object in "${name}", where one value belongs`);
}

function unusable(file: string, row: number, found: string): KnownError {
  return new KnownError({
    code: 'side-input-json',
    place: { file, row },
    found: `Record ${row} ${found}.`,
    expected: 'Objects whose values are texts, numbers, true, false or null.',
    remedy: 'Correct the record.',
  });
}
