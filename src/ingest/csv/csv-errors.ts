import { KnownError } from '../../domain/known-error.ts';

/** A record longer than this is no record: most often a quote that was never closed. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/** `row` is the record in which the quote opens. */
export function quoteNotClosed(file: string, row: number): KnownError {
  return new KnownError({
    code: 'quote-not-closed',
    place: { file, row },
    found: `A quoted cell opens in row ${row} and is never closed.`,
    expected: 'A closing quote for every opening one.',
    remedy: 'The file may have been cut off: download the export again. Otherwise correct the quotes of that row.',
  });
}

export function rowTooLong(file: string, row: number, isInQuotes: boolean): KnownError {
  return new KnownError({
    code: 'row-too-long',
    place: { file, row },
    found: `Row ${row} is longer than ${MAX_RECORD_BYTES.toLocaleString('en-US')} bytes.${isInQuotes ? ' A quoted cell in it is not closed within that length.' : ''}`,
    expected: 'Rows of a few kilobytes at most.',
    remedy: 'Look for a quote that is never closed in that row, or download the export again.',
  });
}
