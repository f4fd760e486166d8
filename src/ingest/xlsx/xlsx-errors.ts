import { type ErrorPlace, KnownError } from '../../domain/known-error.ts';

/** A workbook whose whole content is encrypted: nothing of it can be read without the password. */
export function passwordProtected(place: ErrorPlace): KnownError {
  return new KnownError({
    code: 'xlsx-password-protected',
    place,
    found: 'The workbook is protected by a password.',
    expected: 'A workbook that opens without a password.',
    remedy: 'Open it in Excel, remove the password and save it again.',
  });
}

/** The format of Excel 97-2003, which shares nothing with .xlsx but its purpose. */
export function binaryWorkbook(place: ErrorPlace): KnownError {
  return new KnownError({
    code: 'xls-binary-workbook',
    place,
    found: 'The file is a workbook in the old binary format (.xls).',
    expected: 'A workbook in the .xlsx format.',
    remedy: 'Open it in Excel and save it as .xlsx, or export the sheet as CSV.',
  });
}

/** Bytes are missing or altered: the container itself, not what it says, is at fault. */
export function truncated(place: ErrorPlace, found: string): KnownError {
  return new KnownError({
    code: 'xlsx-truncated',
    place,
    found,
    expected: 'A complete .xlsx file.',
    remedy: 'Download or copy the file again; if that does not help, open it in Excel and save it again.',
  });
}

/** A sound zip archive of something else. */
export function notAWorkbook(place: ErrorPlace, found: string): KnownError {
  return new KnownError({
    code: 'xlsx-not-a-workbook',
    place,
    found,
    expected: 'An .xlsx file with a workbook inside.',
    remedy: 'Check that this is the right file; a sheet of another program can be saved as .xlsx or exported as CSV.',
  });
}

/** The bytes are all there, but they do not say what a workbook says. */
export function damaged(place: ErrorPlace, found: string): KnownError {
  return new KnownError({
    code: 'xlsx-damaged',
    place,
    found,
    expected: 'A workbook as Excel writes it.',
    remedy: 'Open the file in Excel, let it repair the workbook, compare the repaired sheet with the source and save it again.',
  });
}

/** Past a limit that no genuine workbook reaches. */
export function tooLarge(place: ErrorPlace, found: string, expected: string): KnownError {
  return new KnownError({
    code: 'xlsx-too-large',
    place,
    found,
    expected,
    remedy: 'Check where the file comes from; split it into smaller workbooks or export the sheet as CSV.',
  });
}
