import type { LayoutName } from '../../domain/charges/charge-line.ts';
import { KnownError } from '../../domain/known-error.ts';
import { nearestNames } from '../nearest-names.ts';
import type { HeaderPlace } from './header-place.ts';
import { columnKey, type Field } from './layout.ts';

/** What the headings of a file mean that nobody has seen before, as its user says. */
export interface ColumnMapping {
  readonly layout: LayoutName;
  /** No two of them have the same heading or the same field. */
  readonly columns: readonly MappedColumn[];
}

export interface MappedColumn {
  /** As it stands in the file. */
  readonly heading: string;
  readonly field: Field;
  /** The layout's own name for it. */
  readonly column: string;
}

/** A heading as it is compared: without case, spaces and punctuation, unless it is made of nothing else. */
export function headingKey(heading: string): string {
  const key = columnKey(heading);
  return key === '' ? heading.trim() : key;
}

/**
 * The mapping whose headings the header has; among several that it has in full the one with the most. Null where no mapping speaks of it: another file,
 * or another sheet of a workbook, may share a heading or two. One that it has by half or more and not in full is a mistake.
 */
export function mappingFor(header: readonly string[], mappings: readonly ColumnMapping[], place: HeaderPlace): ColumnMapping | null {
  const keys = new Set(header.map(headingKey));
  const met = mappings
    .map((mapping) => ({ mapping, missing: mapping.columns.filter(({ heading }) => !keys.has(headingKey(heading))) }))
    .filter(({ mapping, missing }) => missing.length * 2 <= mapping.columns.length);
  const [whole] = met
    .filter(({ missing }) => missing.length === 0)
    .sort((one, other) => other.mapping.columns.length - one.mapping.columns.length);
  if (whole !== undefined) return whole.mapping;
  const [nearest] = met.sort((one, other) => one.missing.length - other.missing.length);
  const missing = nearest?.missing[0];
  if (nearest !== undefined && missing !== undefined) throw headingMissing(missing, nearest.mapping, header, place);
  return null;
}

/** Half of a mapping would leave a column unread, and nothing else would tell. */
function headingMissing(
  { heading, column }: MappedColumn,
  { layout }: ColumnMapping,
  header: readonly string[],
  place: HeaderPlace,
): KnownError {
  const offered = nearestNames(
    heading,
    header.filter((name) => name.trim() !== ''),
    3,
  ).map((name) => `"${name}"`);
  return new KnownError({
    code: 'mapping-heading-missing',
    place,
    found: `--mapping says that "${heading}" is ${column} of ${layout}, and the header has no "${heading}" (nearest found: ${offered.join(', ')}).`,
    expected: 'Every heading of the mapping in the header, for the header has others of them.',
    remedy: 'Correct the heading in the mapping, or take it out; a file with other headings can have a mapping of its own.',
  });
}
