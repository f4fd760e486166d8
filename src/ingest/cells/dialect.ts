import { KnownError } from '../../domain/known-error.ts';

export type DateOrder = 'mdy' | 'dmy';
export type DecimalMark = '.' | ',';

/** A cell that shows how its file is written. */
export interface Proof {
  readonly row: number;
  readonly column: string;
  readonly cell: string;
}

/**
 * How much is known of one convention: given by the user, proven by a cell, or assumed until a cell proves something.
 */
export type Known<T> =
  | { readonly basis: 'given'; readonly value: T }
  | { readonly basis: 'proven'; readonly value: T; readonly proof: Proof }
  | { readonly basis: 'assumed'; readonly value: T };

/** How the numbers and days of one table are written. */
export interface Dialect {
  readonly dateOrder: Known<DateOrder>;
  readonly decimalMark: Known<DecimalMark>;
}

/**
 * A cell proves what was assumed to be otherwise: the table must be read again from its start under this dialect.
 * A signal between the parts of this folder, not an error of the user's.
 */
export class OtherDialect extends Error {
  readonly dialect: Dialect;

  constructor(dialect: Dialect) {
    super('the table is written in another dialect than was assumed');
    this.dialect = dialect;
  }
}

/** What the export itself writes, wherever it was downloaded: month first and a decimal point. */
export function startingDialect(given: { dateOrder?: DateOrder | undefined; decimalMark?: DecimalMark | undefined }): Dialect {
  return {
    dateOrder: given.dateOrder === undefined ? { basis: 'assumed', value: 'mdy' } : { basis: 'given', value: given.dateOrder },
    decimalMark: given.decimalMark === undefined ? { basis: 'assumed', value: '.' } : { basis: 'given', value: given.decimalMark },
  };
}

const NAMES = {
  mdy: 'the month before the day',
  dmy: 'the day before the month',
  '.': 'a decimal point',
  ',': 'a decimal comma',
} as const;

/** A file cannot be written in two ways at once: it was changed by a spreadsheet, and which of its cells are right is not known. */
export function contradiction(file: string, sheet: string | null, first: Proof, shows: DateOrder | DecimalMark, second: Proof): KnownError {
  const isDate = shows === 'mdy' || shows === 'dmy';
  const other = { mdy: 'dmy', dmy: 'mdy', '.': ',', ',': '.' } as const;
  return new KnownError({
    code: isDate ? 'date-order-contradictory' : 'decimal-mark-contradictory',
    place: { file, sheet, row: second.row },
    found:
      `Row ${first.row} has ${NAMES[other[shows]]} (${first.column} "${first.cell}"), ` +
      `row ${second.row} has ${NAMES[shows]} (${second.column} "${second.cell}").`,
    expected: 'One way of writing throughout the file.',
    remedy:
      'A spreadsheet with other regional settings has probably changed some of the cells and not the others. ' +
      `Download the export again and do not save it from a spreadsheet; ${isDate ? '--date-order' : '--decimal-mark'} forces one reading.`,
  });
}
