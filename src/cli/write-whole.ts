import { rename, rm, writeFile } from 'node:fs/promises';
import { KnownError } from '../domain/known-error.ts';

/** Writes a file through a temporary one beside it: a run that fails leaves an earlier file as it was. `what` names it in the message. */
export async function writeWhole(path: string, text: string, what: 'baseline' | 'list'): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await removeQuietly(temporary);
    if (!isFileError(error)) throw error;
    throw new KnownError({
      code: `${what}-not-writable`,
      place: { file: path },
      found: `The ${what} cannot be written there: ${fileReason(error.code)}.`,
      expected: 'A path in a folder that exists and may be written to.',
      remedy: 'Check the path and its permissions, or name another one.',
    });
  }
}

/** A failure of the file system, which the user can do something about. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'the permission is missing',
  EBUSY: 'the file is open in another program',
  EEXIST: 'a file stands where a folder should be',
  EISDIR: 'it is a folder',
  ENOENT: 'the folder does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file stands where a folder should be',
  EPERM: 'the permission is missing, or the file is open in another program',
  EROFS: 'the disk is read-only',
};

/** Why the file system refuses, in words. */
export function fileReason(code: string): string {
  return REASONS[code] ?? `the system says ${code}`;
}

/** Where the folder itself is at fault there is nothing to remove, and that must not hide the first error. */
async function removeQuietly(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}
