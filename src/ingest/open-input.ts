import { realpath, stat } from 'node:fs/promises';
import { unpack } from './containers/unpack.ts';
import { KnownError } from '../domain/known-error.ts';
import { expandPattern, hasCode, isOfReport, onlyReport, shortenAbsoluteNames, type FoundPath } from './find-paths.ts';
import type { InputFile } from './input-file.ts';
import { UNWATCHED, type ReadingWatch } from './reading-watch.ts';
import { releaseSpool } from './spool.ts';

/**
 * The inputs behind the paths, folders, globs and `-` of a command line, sorted by name, each file once; an archive yields the files in it.
 * `onIgnored` is told the name of every file of a folder that was left out because of its ending. What a folder or glob finds in
 * `reportFolder` is the report of the run before, never an export; a file given by its own name is read wherever it lies.
 */
export async function expandInputs(
  patterns: readonly string[],
  onIgnored: (name: string) => void = () => undefined,
  reportFolder: string | null = null,
  watch: ReadingWatch = UNWATCHED,
): Promise<InputFile[]> {
  const found: FoundPath[] = [];
  const files: InputFile[] = [];
  const seen = new Set<string>();
  try {
    for (const pattern of new Set(patterns)) {
      for (const candidate of await expandPattern(pattern, onIgnored)) {
        if (reportFolder !== null && isOfReport(candidate, pattern, reportFolder)) continue;
        const identity = await realpath(candidate.path);
        if (!seen.has(identity)) found.push(candidate);
        seen.add(identity);
      }
    }
    if (found.length === 0) throw onlyReport(patterns);
    shortenAbsoluteNames(found);
    found.sort(byName);
    for (const { path } of found) watch.willRead((await stat(path)).size);
    for (const each of found) files.push(...(await lookInto(each, watch)));
    return files.sort(byName);
  } catch (error) {
    await releaseInputs([...found, ...files]);
    throw error;
  }
}

/** Deletes what was kept in temporary files. */
export async function releaseInputs(files: readonly Pick<InputFile, 'path' | 'isSpooled'>[]): Promise<void> {
  for (const file of files) if (file.isSpooled) await releaseSpool(file.path);
}

async function lookInto(found: FoundPath, watch: ReadingWatch): Promise<readonly InputFile[]> {
  try {
    return await unpack(found, watch);
  } catch (error) {
    throw hasCode(error, 'EACCES', 'EPERM') ? unreadable(found.name) : error;
  }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function unreadable(name: string): KnownError {
  return new KnownError({
    code: 'file-unreadable',
    place: { file: name },
    found: 'The file may not be read by this user.',
    expected: 'A file that this user may read.',
    remedy: 'Change its permissions, or close the program that keeps it locked.',
  });
}
