import type { Detected } from '../../domain/findings/report.ts';
import type { InputFile } from '../input-file.ts';
import { likelyName } from '../nearest-names.ts';
import type { FoundHeader, SideColumns } from './bind-side-header.ts';
import type { SideSheet } from './side-rows.ts';

/** What the list of inputs tells of a side input: which file it was, how it is written and what of it was read. */
export interface SideReading {
  readonly file: Pick<InputFile, 'bytes' | 'sha256' | 'container' | 'notes'>;
  readonly kind: 'csv' | 'xlsx' | 'json';
  readonly sheet: string | null;
  /** Records: what stands above the header and blank rows are none. */
  readonly rows: number;
  /** Columns that are not read, in their order. */
  readonly unusedColumns: readonly string[];
  readonly notes: readonly string[];
  readonly detected: Detected;
}

/** Is told once of a side input that was read whole. */
export type SideWatch = (reading: SideReading) => void;

/** How the days and numbers of a table turned out to be written. */
export type DetectedCells = Pick<Detected, 'dateOrder' | 'decimalMark' | 'assumed'>;

/** Columns that are not read are named, with what one of them may be meant for: a mistyped heading would else leave a column unread without a word. */
export function readingOf<F extends string>(
  { sheet, bound, records }: FoundHeader<F>,
  sheets: readonly SideSheet[],
  columns: SideColumns<F>,
  detected: DetectedCells,
): SideReading {
  const { input, kind, delimiter, encoding } = sheet;
  const unusedColumns = bound.extraColumns.map(({ name }) => name);
  const free = (Object.keys(columns) as F[]).filter((field) => !bound.places.has(field)).map((field) => columns[field].names[0]);
  const notes = unusedColumns.flatMap((column) => {
    const meant = likelyName(column, free);
    return meant === null ? [] : [`column "${column}" is not read; if it is meant as ${meant}, rename it`];
  });
  const others = sheets.filter((one) => one !== sheet && one.rows.length > 0).map((one) => one.sheet ?? '');
  return {
    file: input,
    kind,
    sheet: sheet.sheet,
    rows: records.length,
    unusedColumns,
    notes: others.length === 0 ? notes : [...notes, `other sheets of the workbook are not read: ${others.join(', ')}`],
    detected: { delimiter, encoding, ...detected },
  };
}

/** JSON settings: nothing of them is detected, and an unknown key refuses the file. */
export function jsonReading(file: SideReading['file'], rows: number): SideReading {
  const detected = { delimiter: null, encoding: null, dateOrder: null, decimalMark: null, assumed: [] };
  return { file, kind: 'json', sheet: null, rows, unusedColumns: [], notes: [], detected };
}
