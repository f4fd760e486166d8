import { KnownError } from '../domain/known-error.ts';

/** Raised before a file is read, and where it turns out to hold nothing but blank lines. */
export function emptyFile(name: string): KnownError {
  return new KnownError({
    code: 'file-empty',
    place: { file: name },
    found: 'The file is empty or holds nothing but blank lines.',
    expected: 'A header row and at least one record.',
    remedy: 'Download the export again: the portal offers a file before it is written in full.',
  });
}
