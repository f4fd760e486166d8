import { KnownError } from '../../domain/known-error.ts';
import { columnKey } from '../layouts/layout.ts';
import { nearestNames } from '../nearest-names.ts';
import type { SideRow } from './side-row.ts';
import type { SideSheet } from './side-rows.ts';

/** A column of a side input: its own name first, then others that are accepted for it. */
export interface SideColumn {
  readonly names: readonly [string, ...string[]];
  /** Without it the file is not what was asked for. Its cells may still be empty. */
  readonly isRequired: boolean;
}

export type SideColumns<F extends string> = Readonly<Record<F, SideColumn>>;

/** A header with the places its columns have. */
export interface BoundSideHeader<F extends string> {
  readonly row: number;
  readonly header: readonly string[];
  readonly places: ReadonlyMap<F, number>;
  /** Columns that nobody asked for, in their order; names are made unique, and those without a name are named by their letter. */
  readonly extraColumns: readonly { readonly name: string; readonly column: number }[];
}

export interface FoundHeader<F extends string> {
  readonly sheet: SideSheet;
  readonly bound: BoundSideHeader<F>;
  readonly records: readonly SideRow[];
}

/** A title and some remarks may stand above the header. */
const MOST_ROWS_ABOVE = 20;
/** Names that a message about a missing column offers. */
const OFFERED_NAMES = 3;

interface Match<F extends string> {
  readonly sheet: SideSheet;
  readonly row: SideRow;
  readonly places: ReadonlyMap<F, number>;
  readonly missing: readonly F[];
  readonly duplicate: readonly [number, number] | null;
}

/** The first table that has every required column, and its records. */
export function findHeader<F extends string>(sheets: readonly SideSheet[], columns: SideColumns<F>, file: string): FoundHeader<F> {
  let nearest: Match<F> | null = null;
  for (const sheet of sheets) {
    for (const [index, row] of sheet.rows.slice(0, MOST_ROWS_ABOVE).entries()) {
      const match = matched(sheet, row, columns);
      if (match.missing.length === 0) {
        if (match.duplicate !== null) throw duplicateColumn(match, match.duplicate, file);
        return { sheet, bound: bound(match, sheet.rows.slice(index + 1)), records: sheet.rows.slice(index + 1) };
      }
      if (nearest === null || match.places.size > nearest.places.size) nearest = match;
    }
  }
  throw missingColumns(nearest, columns, file);
}

/** How many names of a row are known: it decides between the delimiters of a CSV file. */
export function countKnownSideNames<F extends string>(columns: SideColumns<F>, header: readonly string[]): number {
  const known = new Set(entriesOf(columns).flatMap(([, { names }]) => names.map(columnKey)));
  return header.filter((name) => known.has(columnKey(name))).length;
}

function entriesOf<F extends string>(columns: SideColumns<F>): readonly (readonly [F, SideColumn])[] {
  return Object.entries(columns) as [F, SideColumn][];
}

/** A column's own name wins over the others that are accepted for it. */
function matched<F extends string>(sheet: SideSheet, row: SideRow, columns: SideColumns<F>): Match<F> {
  const keys = row.cells.map(columnKey);
  const places = new Map<F, number>();
  const missing: F[] = [];
  let duplicate: Match<F>['duplicate'] = null;
  for (const [field, { names, isRequired }] of entriesOf(columns)) {
    const key = names.map(columnKey).find((name) => keys.includes(name));
    if (key === undefined) {
      if (isRequired) missing.push(field);
      continue;
    }
    const first = keys.indexOf(key);
    const last = keys.lastIndexOf(key);
    if (first !== last) duplicate ??= [first, last];
    places.set(field, first);
  }
  return { sheet, row, places, missing, duplicate };
}

function bound<F extends string>({ row, places }: Match<F>, records: readonly SideRow[]): BoundSideHeader<F> {
  const taken = new Set(places.values());
  const names = new Set<string>();
  const width = Math.max(row.cells.length, ...records.map((record) => record.cells.length));
  const extraColumns: { name: string; column: number }[] = [];
  for (let column = 0; column < width; column++) {
    const header = row.cells[column] ?? '';
    if (taken.has(column)) continue;
    // An empty column between others is no column; one with a value in it is, and the value would be lost without a name.
    if (header.trim() === '' && !records.some((record) => (record.cells[column] ?? '') !== '')) continue;
    const name = uniqueName(header.trim() === '' ? `Column ${columnLetter(column)}` : header, names);
    names.add(name);
    extraColumns.push({ name, column });
  }
  return { row: row.number, header: row.cells, places, extraColumns };
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) {
    const next = `${name} (${number})`;
    if (!taken.has(next)) return next;
  }
}

/** As a spreadsheet names columns; `column` counts from 0. */
function columnLetter(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnLetter(Math.floor(column / 26) - 1) + letter;
}

function duplicateColumn<F extends string>({ sheet, row }: Match<F>, [first, second]: readonly [number, number], file: string): KnownError {
  return new KnownError({
    code: 'side-input-duplicate-column',
    place: { file, sheet: sheet.sheet, row: row.number },
    found: `Columns ${columnLetter(first)} ("${row.cells[first] ?? ''}") and ${columnLetter(second)} ("${row.cells[second] ?? ''}") have the same name.`,
    expected: 'Every column once.',
    remedy: 'Rename or remove one of the two.',
  });
}

function missingColumns<F extends string>(nearest: Match<F> | null, columns: SideColumns<F>, file: string): KnownError {
  const wanted = entriesOf(columns)
    .filter(([, { isRequired }]) => isRequired)
    .map(([, { names }]) => names[0]);
  const found = nearest?.row.cells.filter((name) => name.trim() !== '') ?? [];
  const missing = nearest === null ? wanted : nearest.missing.map((field) => columns[field].names[0]);
  const described = missing.map((name) => `"${name}"${offered(nearestNames(name, found, OFFERED_NAMES))}`).join(', ');
  // JSON has no header row to point at.
  const hasRow = nearest !== null && nearest.row.number > 0;
  const place = hasRow ? { file, sheet: nearest.sheet.sheet, row: nearest.row.number } : { file };
  return new KnownError({
    code: 'side-input-column-missing',
    place,
    found: `No header with the ${missing.length === 1 ? 'column' : 'columns'} ${described}.`,
    expected: `A header row with ${wanted.join(', ')}; case, spaces and punctuation do not count.`,
    remedy: 'Rename the column, or add it.',
  });
}

function offered(names: readonly string[]): string {
  return names.length === 0 ? '' : ` (nearest found: ${names.map((name) => `"${name}"`).join(', ')})`;
}
