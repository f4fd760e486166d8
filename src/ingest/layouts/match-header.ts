import type { LayoutName } from '../../domain/charges/charge-line.ts';
import type { BoundLayout } from './bound-layout.ts';
import { headingKey, type ColumnMapping } from './column-mapping.ts';
import { layouts } from './index.ts';
import { columnKey, type ColumnNames, type Field, type Layout } from './layout.ts';

/** A header held against one layout. */
export interface HeaderMatch {
  readonly bound: BoundLayout;
  /** Needed columns that the header has, and that it lacks, by the layout's own names for them. */
  readonly present: readonly string[];
  readonly missing: readonly string[];
  /** How many of its names the layout knows. */
  readonly known: number;
  /** Two columns that mean the same. */
  readonly duplicate: readonly [number, number] | null;
}

/** The layouts that may be meant. */
export function candidateLayouts(only?: LayoutName): readonly Layout[] {
  return only === undefined ? Object.values(layouts) : [layouts[only]];
}

/** Fewest columns missing, then most names known. */
export function bestMatch(matches: readonly HeaderMatch[]): HeaderMatch | null {
  let best: HeaderMatch | null = null;
  for (const each of matches) {
    const fewer = best === null ? 1 : best.missing.length - each.missing.length;
    if (best === null || fewer > 0 || (fewer === 0 && each.known > best.known)) best = each;
  }
  return best;
}

/** How many columns of a header the layout that fits best knows, with the help of a mapping where there is one. */
export function countKnownNames(header: readonly string[], mappings: readonly ColumnMapping[] = []): number {
  const mapped = mappings.map((mapping) => matchHeader(layouts[mapping.layout], header, mapping).known);
  return Math.max(...candidateLayouts().map((layout) => matchHeader(layout, header).known), ...mapped);
}

/** How many cells of a row are names of the layout's columns. */
export function countColumnNames(layout: Layout, cells: readonly string[]): number {
  return matchHeader(layout, cells).known;
}

export function matchHeader(layout: Layout, header: readonly string[], mapping: ColumnMapping | null = null): HeaderMatch {
  const columns = Object.entries(layout.columns) as [Field, ColumnNames][];
  const fields = new Map(columns.flatMap(([field, { names }]) => names.map((name) => [columnKey(name), field] as const)));
  const mapped = new Map(mapping?.columns.map(({ heading, field }) => [headingKey(heading), field]));
  const unread = new Set(layout.unread.map(columnKey));
  const places = new Map<Field, number>();
  const met = new Map<string, number>();
  const extraColumns: string[] = [];
  let duplicate: readonly [number, number] | null = null;
  header.forEach((name, column) => {
    const key = columnKey(name);
    const field = mapped.get(headingKey(name)) ?? fields.get(key);
    if (field === undefined && !unread.has(key)) {
      if (name.trim() !== '') extraColumns.push(name.trim());
      return;
    }
    const earlier = met.get(field ?? key);
    if (earlier !== undefined) duplicate ??= [earlier, column];
    met.set(field ?? key, column);
    if (field !== undefined) places.set(field, column);
  });
  const needed = neededFields(layout, (field) => places.has(field));
  const namesOf = (isPresent: boolean): readonly string[] =>
    needed.filter((field) => places.has(field) === isPresent).map((field) => layout.columns[field]?.names[0] ?? field);
  const bound = { layout, header: [...header], places, extraColumns, mapping };
  return { bound, present: namesOf(true), missing: namesOf(false), known: met.size, duplicate };
}

/** The required columns, and of the sets of which one must be whole the one that lacks least. */
function neededFields(layout: Layout, isPresent: (field: Field) => boolean): readonly Field[] {
  const columns = Object.entries(layout.columns) as [Field, ColumnNames][];
  const required = columns.filter(([, { isRequired }]) => isRequired).map(([field]) => field);
  const lacking = (set: readonly Field[]): number => set.filter((field) => !isPresent(field)).length;
  const nearest = (layout.oneSetOf ?? []).reduce<readonly Field[] | null>(
    (least, set) => (least === null || lacking(set) < lacking(least) ? set : least),
    null,
  );
  return [...required, ...(nearest ?? [])];
}
