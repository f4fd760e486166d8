import type { SourceRef } from '../../domain/charges/charge-line.ts';
import { type Convention, LEGACY_CONVENTIONS, NEW_COMMERCE_CONVENTIONS } from '../../domain/proration/conventions.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ProratedLine } from '../../domain/findings/report.ts';
import { day, label, money, text } from './cells.ts';
import { differenceFormula, figureFormula, inputColumns, isLive } from './proration-columns.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { type Column, measure, type MeasuredTable, placeInTable, ROWS_PER_SHEET, type RowPlaces, type Table, writeTable } from './table.ts';
import type { Totals } from './totals-row.ts';

const CONVENTIONS: readonly Convention[] = [...LEGACY_CONVENTIONS, ...NEW_COMMERCE_CONVENTIONS, 'by-months'];
const KNOWN: ReadonlySet<string> = new Set(CONVENTIONS);

const COLUMNS: readonly Column<ProratedLine>[] = [
  { header: 'File', widest: 30, cell: (l) => text(l.file), isFrozen: true },
  { header: 'Sheet', widest: 24, cell: (l) => text(l.sheet), isOptional: true, isFrozen: true },
  { header: 'Row', widest: 10, cell: (l) => label(l.row), isFrozen: true },
  { header: 'Customer', widest: 40, cell: (l) => text(l.customerName === '' ? l.customerId : l.customerName) },
  { header: 'Subscription', widest: 38, cell: (l) => text(l.subscriptionId) },
  { header: 'Product', widest: 44, cell: (l) => text(l.product) },
  { header: 'Invoice', widest: 24, cell: (l) => text(l.invoiceNumber) },
  { header: 'Charge type', widest: 30, cell: (l) => text(l.chargeType) },
  { header: 'First day', widest: 12, cell: (l) => day(l.firstDay) },
  { header: 'Last day', widest: 12, cell: (l) => day(l.lastDay) },
  { header: 'Currency', widest: 10, cell: (l) => text(l.currency) },
  ...inputColumns<ProratedLine>((l) => l.inputs, { price: (l) => l.fullPrice, quantity: (l) => l.quantity, rate: (l) => l.exchangeRate }),
  { header: 'Billed', widest: 20, cell: (l) => money(l.billed, l.currency) },
  { header: 'Expected', widest: 20, cell: (l) => money(l.expected, l.currency), formula: judgedFormula },
  {
    header: 'Difference',
    widest: 20,
    cell: (l) => money(l.difference, l.currency),
    formula: (l, places) => differenceFormula(l.difference, places),
  },
  { header: 'Lowest', widest: 20, cell: (l) => money(l.lowest, l.currency), formula: (l, places) => bandFormula('MIN', l, places) },
  { header: 'Highest', widest: 20, cell: (l) => money(l.highest, l.currency), formula: (l, places) => bandFormula('MAX', l, places) },
  { header: 'Judged by', widest: 20, cell: (l) => text(l.judgedBy) },
  { header: 'Fits', widest: 40, cell: (l) => text(l.fits.join(', ')) },
  ...CONVENTIONS.map((convention) => ({
    header: convention,
    widest: 20,
    cell: (l: ProratedLine) => money(l.figures[convention] ?? null, l.currency),
    formula: (l: ProratedLine, places: RowPlaces) => (l.inputs === null ? null : figureFormula(convention, l.inputs, places)),
    isOptional: true,
  })),
];

const TOTALS: Totals<ProratedLine> = {
  groupOf: (l) => l.currency,
  currencyOf: (l) => l.currency,
  amounts: { Billed: (l) => l.billed, Difference: (l) => l.difference },
};

/** From the first to the last column of a convention on this row: what the judged one is looked up in, and the band is taken of. */
function figureCells(places: RowPlaces): { readonly first: string; readonly last: string } | null {
  const shown = CONVENTIONS.filter((convention) => places.at(convention) !== null);
  const [first, last] = [shown[0], shown.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}

/** The figure of the convention that *Judged by* names: another name there judges the line anew. */
function judgedFormula(line: ProratedLine, places: RowPlaces): string | null {
  const cells = figureCells(places);
  const judgedBy = places.at('Judged by');
  if (line.inputs === null || cells === null || judgedBy === null || !isLive(line.inputs)) return null;
  const row = `${places.at(cells.first) ?? ''}:${places.at(cells.last) ?? ''}`;
  const headers = `${places.header(cells.first) ?? ''}:${places.header(cells.last) ?? ''}`;
  return `INDEX(${row},MATCH(${judgedBy},${headers},0))`;
}

function bandFormula(edge: 'MIN' | 'MAX', line: ProratedLine, places: RowPlaces): string | null {
  const cells = figureCells(places);
  if (line.inputs === null || cells === null || !isLive(line.inputs)) return null;
  return `${edge}(${places.at(cells.first) ?? ''}:${places.at(cells.last) ?? ''})`;
}

/** A convention without a column would be left out unseen. */
function* withKnownConventions(lines: Iterable<ProratedLine>): Generator<ProratedLine> {
  for (const line of lines) {
    for (const name of Object.keys(line.figures)) invariant(KNOWN.has(name), `the Lines sheet has a column for ${name}`);
    yield line;
  }
}

/** The *Lines* sheet, measured before it is written, so that other sheets can lead to its rows. */
export class LinesSheet {
  readonly #table: Table<ProratedLine>;
  readonly #measured: MeasuredTable<ProratedLine>;
  readonly #rowsPerSheet: number;
  readonly #places = new Places();

  /**
   * @param wanted the evidence that other sheets lead to; only its places are kept.
   * @param rowsPerSheet what one sheet may hold.
   */
  constructor(proratedLines: () => Iterable<ProratedLine>, wanted: Iterable<SourceRef>, rowsPerSheet = ROWS_PER_SHEET) {
    this.#rowsPerSheet = rowsPerSheet;
    this.#table = {
      name: 'Lines',
      columns: COLUMNS,
      pagesAcross: 3,
      totals: TOTALS,
      items: () => withKnownConventions(proratedLines()),
      ifEmpty: 'No line was prorated.',
    };
    const places = this.#places;
    for (const source of wanted) places.want(source);
    let place = 0;
    const noted = function* (): Generator<ProratedLine> {
      for (const line of withKnownConventions(proratedLines())) {
        places.note(line, place);
        place += 1;
        yield line;
      }
    };
    this.#measured = measure({ ...this.#table, items: noted });
  }

  /** Where a row of the input stands on the sheet, as `Lines!A7`; null where it is no prorated line. */
  placeOf(source: SourceRef): string | null {
    const place = this.#places.of(source);
    return place === null ? null : placeInTable(this.#table, place, this.#rowsPerSheet);
  }

  /** The working of every recalculated proration, right or wrong. */
  async write(workbook: SteadyWorkbook): Promise<void> {
    await writeTable(workbook, this.#table, this.#rowsPerSheet, this.#measured);
  }
}

/** Not on the sheet, as far as is known. */
const NOWHERE = -1;

/** Where wanted rows stand on the sheet. Hundreds of thousands may be wanted, so they are kept as numbers. */
class Places {
  /** By file and sheet, then by row. */
  readonly #places = new Map<string, Map<number, number>>();

  want(source: SourceRef): void {
    const key = tableOf(source);
    const rows = this.#places.get(key) ?? new Map<number, number>();
    rows.set(source.row, NOWHERE);
    this.#places.set(key, rows);
  }

  note(source: SourceRef, place: number): void {
    const rows = this.#places.get(tableOf(source));
    if (rows?.has(source.row) === true) rows.set(source.row, place);
  }

  of(source: SourceRef): number | null {
    const place = this.#places.get(tableOf(source))?.get(source.row) ?? NOWHERE;
    return place === NOWHERE ? null : place;
  }
}

function tableOf({ file, sheet }: SourceRef): string {
  return `${file}\u0000${sheet ?? ''}`;
}
