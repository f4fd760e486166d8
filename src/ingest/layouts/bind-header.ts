import type { LayoutName } from '../../domain/charges/charge-line.ts';
import { KnownError } from '../../domain/known-error.ts';
import { mappingFor, type ColumnMapping } from './column-mapping.ts';
import type { BoundLayout } from './bound-layout.ts';
import type { HeaderPlace } from './header-place.ts';
import { bestMatch, candidateLayouts, matchHeader } from './match-header.ts';

/**
 * The layout of a header, or null where it is none that is audited. `only` restricts the choice; a mapping whose headings the header has decides it.
 */
export function recogniseHeader(
  header: readonly string[],
  place: HeaderPlace,
  only?: LayoutName,
  mappings: readonly ColumnMapping[] = [],
): BoundLayout | null {
  const mapping = mappingFor(
    header,
    mappings.filter(({ layout }) => only === undefined || layout === only),
    place,
  );
  const fitting = candidateLayouts(mapping?.layout ?? only)
    .map((layout) => matchHeader(layout, header, mapping))
    .filter((each) => each.missing.length === 0);
  const best = bestMatch(fitting);
  if (best === null) return null;
  if (best.duplicate !== null) throw duplicateColumn(header, best.duplicate, place, mapping !== null);
  return best.bound;
}

function duplicateColumn(
  header: readonly string[],
  [first, second]: readonly [number, number],
  place: HeaderPlace,
  isMapped: boolean,
): KnownError {
  return new KnownError({
    code: 'header-duplicate-column',
    place,
    found: `Columns ${first + 1} ("${header[first] ?? ''}") and ${second + 1} ("${header[second] ?? ''}") of the header mean the same.`,
    expected: 'Every column once.',
    remedy: isMapped
      ? 'Correct --mapping, or remove one of the two columns.'
      : 'Download the export again, or remove the column that was added.',
  });
}
