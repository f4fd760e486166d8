import { z } from 'zod';
import { LAYOUT_NAMES, type LayoutName } from '../../domain/charges/charge-line.ts';
import { KnownError } from '../../domain/known-error.ts';
import { openBytes } from '../containers/open-bytes.ts';
import { decodeText } from '../text/decode-text.ts';
import { jsonFault } from '../json-fault.ts';
import { headingKey, type ColumnMapping, type MappedColumn } from '../layouts/column-mapping.ts';
import { layouts } from '../layouts/index.ts';
import { columnKey, type ColumnNames, type Field } from '../layouts/layout.ts';
import { nearestNames } from '../nearest-names.ts';
import { jsonReading, type SideWatch } from './side-reading.ts';
import { withSideFile } from './side-rows.ts';

const one = z.strictObject({
  layout: z.enum(LAYOUT_NAMES, { error: `must be one of ${LAYOUT_NAMES.join(', ')}` }),
  columns: z
    .record(
      z.string().refine((heading) => heading.trim() !== '', 'a heading must not be empty'),
      z.string(),
    )
    .refine((columns) => Object.keys(columns).length > 0, 'must name at least one heading'),
});
const several = z.array(one).min(1, 'must hold at least one mapping');

/** Reads the file of `--mapping` whole, or refuses it: one mapping, or a list of them for files with different headings. */
export async function readMappings(path: string, name: string, watch?: SideWatch): Promise<readonly ColumnMapping[]> {
  const { text, file } = await withSideFile(path, name, async (input) => {
    if (input.kind === 'workbook') throw unreadable(name, 'The file is a workbook.');
    const chunks: Buffer[] = [];
    for await (const chunk of (await decodeText(openBytes(input), name, 'utf-8')).chunks) chunks.push(chunk);
    return { text: Buffer.concat(chunks).toString('utf8'), file: input };
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(name, `The file is not valid JSON${jsonFault(text, error)}.`);
  }
  const parsed = several.safeParse(Array.isArray(value) ? value : [value]);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unreadable(name, `At ${issue?.path.join('.') || 'its beginning'}: ${(issue?.message ?? 'not understood').slice(0, 120)}.`);
  }
  const mappings = parsed.data.map(({ layout, columns }) => ({ layout, columns: mappedColumns(layout, columns, name) }));
  watch?.(jsonReading(file, mappings.length));
  return mappings;
}

function mappedColumns(layout: LayoutName, columns: Readonly<Record<string, string>>, name: string): readonly MappedColumn[] {
  const known = Object.entries(layouts[layout].columns) as [Field, ColumnNames][];
  const headings = new Map<string, string>();
  const fields = new Map<Field, string>();
  return Object.entries(columns).map(([heading, wanted]) => {
    const found = known.find(([, { names }]) => names.some((one) => columnKey(one) === columnKey(wanted)));
    if (found === undefined) throw unknownColumn(layout, heading, wanted, known, name);
    const [field, { names }] = found;
    const sameHeading = headings.get(headingKey(heading));
    if (sameHeading !== undefined)
      throw unreadable(name, `"${sameHeading}" and "${heading}" are the same heading: case, spaces and punctuation do not count.`);
    const sameColumn = fields.get(field);
    if (sameColumn !== undefined) throw unreadable(name, `"${sameColumn}" and "${heading}" are both said to be ${names[0]}.`);
    headings.set(headingKey(heading), heading);
    fields.set(field, heading);
    return { heading, field, column: names[0] };
  });
}

function unknownColumn(
  layout: LayoutName,
  heading: string,
  wanted: string,
  known: readonly (readonly [Field, ColumnNames])[],
  name: string,
): KnownError {
  const nearest = nearestNames(
    wanted,
    known.map(([, { names }]) => names[0]),
    3,
  );
  return unreadable(name, `"${heading}" is said to be "${wanted}", which is no column of ${layout} (nearest: ${nearest.join(', ')}).`);
}

function unreadable(name: string, found: string): KnownError {
  return new KnownError({
    code: 'mapping-unreadable',
    place: { file: name },
    found,
    expected:
      'JSON such as { "layout": "new-commerce", "columns": { "Kunde": "CustomerId" } }, or a list of such: headings of your file, and for each the column of ours that it is.',
    remedy: 'Correct the file; every heading and every column stands once in a mapping.',
  });
}
