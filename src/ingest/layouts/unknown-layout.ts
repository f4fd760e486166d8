import type { LayoutName } from '../../domain/charges/charge-line.ts';
import { KnownError } from '../../domain/known-error.ts';
import { likelyName } from '../nearest-names.ts';
import type { HeaderPlace } from './header-place.ts';
import { mappingFor, type ColumnMapping } from './column-mapping.ts';
import { columnKey } from './layout.ts';
import { bestMatch, candidateLayouts, matchHeader, type HeaderMatch } from './match-header.ts';

/** What was stated and not detected. */
export interface StatedLayout {
  readonly only?: LayoutName | undefined;
  readonly mappings?: readonly ColumnMapping[];
  /** Options that state what is else detected: one of them may be wrong. */
  readonly overrides?: readonly string[];
}

const PRICE_LIST = { title: 'a price list', remedy: 'Give price lists with --prices, and reconciliation files as <paths>.' };

/** Exports of the same portal that are no reconciliation of licences, by columns that only they have. */
const otherExports: readonly { readonly title: string; readonly marks: readonly string[]; readonly remedy?: string }[] = [
  { title: 'a list of invoices', marks: ['invoicedate', 'totalcharges'] },
  { title: 'a summary of invoices', marks: ['balanceamount', 'accountingdate'] },
  { ...PRICE_LIST, marks: ['producttitle', 'effectivestartdate'] },
  { ...PRICE_LIST, marks: ['offerid', 'listprice'] },
];

/** Columns named in a message; the rest is counted. */
const MOST_NAMED = 4;
const MOST_HEADINGS = 8;
/** Shown of one name, which may be as long as a record may be. */
const NAME_LENGTH = 40;

/** Names the layout that comes nearest, what the header has of it and what it lacks, and how to say what its headings mean. */
export function unknownLayout(
  header: readonly string[],
  place: HeaderPlace,
  { only, mappings = [], overrides = [] }: StatedLayout = {},
): KnownError {
  const mapping = mappingFor(header, mappings, place);
  const match = (layout: ReturnType<typeof candidateLayouts>[number]): HeaderMatch =>
    matchHeader(layout, header, mapping?.layout === layout.name ? mapping : null);
  const nearest = bestMatch(candidateLayouts(only ?? mapping?.layout).map(match));
  const other = otherExports.find(({ marks }) => marks.every((mark) => header.some((name) => columnKey(name) === mark)));
  const isNear = nearest !== null && nearest.known > 0 && other === undefined;
  const fitting = only === undefined ? null : bestMatch(candidateLayouts().map(match));
  const isOtherLayout = fitting?.missing.length === 0;
  const names = candidateLayouts(only).map(({ name }) => name);
  return new KnownError({
    code: 'unknown-layout',
    place,
    found: isOtherLayout
      ? `The header is that of ${fitting.bound.layout.name}, not of ${only ?? ''} as --layout says.`
      : other === undefined
        ? `The header is not that of an audited export: ${shownNames(isNear ? nearest.bound.extraColumns : header, header.length, isNear)}.`
        : `This is ${other.title}, which is not audited.`,
    expected: isNear
      ? `One of an audited export.${nearestText(nearest)}`
      : `The header of ${names.join(', ').replace(/, (?=[^,]*$)/, ' or ')}.`,
    remedy: remedyOf(isNear && !isOtherLayout ? nearest : null, overrides, other?.remedy),
  });
}

/** The headings that no layout knows, or all of a header that is like none. */
function shownNames(names: readonly string[], columns: number, areUnknown: boolean): string {
  if (areUnknown && names.length === 0) return `all of its ${columns} columns are known, but needed ones are not there`;
  const most = areUnknown ? MOST_NAMED : MOST_HEADINGS;
  const shown = names.slice(0, most).map((name) => name.slice(0, NAME_LENGTH));
  const more = names.length > most ? `, … (${columns} columns)` : '';
  return `${areUnknown ? 'not known in it: ' : ''}${shown.join(', ')}${more}`;
}

function nearestText({ bound: { layout, mapping }, present, missing }: HeaderMatch): string {
  const some = present.slice(0, MOST_NAMED).join(', ') + (present.length > MOST_NAMED ? ', …' : '');
  const has = present.length === 0 ? 'none' : `${present.length} (${some})`;
  const how = mapping === null ? '' : ' with --mapping';
  return ` The nearest is ${layout.name}: of its ${present.length + missing.length} needed columns the header has ${has}${how}; it lacks ${missing.join(', ')}.`;
}

/** `overrides` come first: what was stated wrongly is not mended by a mapping. */
function remedyOf(nearest: HeaderMatch | null, overrides: readonly string[], ofOther: string | undefined): string {
  const without =
    overrides.length === 0 ? '' : `Leave ${overrides.join(' and ')} out to have ${overrides.length === 1 ? 'it' : 'them'} detected`;
  if (nearest === null || nearest.bound.extraColumns.length === 0) {
    if (without !== '') return `${without}.`;
    return ofOther ?? 'Give the reconciliation file itself, its header as the first row and the English column names unchanged.';
  }
  const own = without === '' ? 'Give the export itself' : without;
  return `${own}, or say in a file for --mapping what its headings mean: ${snippetOf(nearest)}.`;
}

/** A mapping to begin with: headings that are like what is missing, and a placeholder where none is. */
function snippetOf({ bound: { layout, extraColumns }, missing }: HeaderMatch): string {
  const columns = missing.slice(0, MOST_NAMED).map((name) => {
    const heading = likelyName(name, extraColumns) ?? '<heading>';
    return `${JSON.stringify(heading)}: ${JSON.stringify(name)}`;
  });
  const more = missing.length > MOST_NAMED ? ', …' : '';
  return `{ "layout": "${layout.name}", "columns": { ${columns.join(', ')}${more} } }`;
}
