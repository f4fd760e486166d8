import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync, type Dirent } from 'node:fs';
import { mkdtemp, open, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { glob, isDynamicPattern } from 'tinyglobby';
import { KnownError } from '../domain/known-error.ts';

/** How an input is read, judged by its first bytes and never by its name. */
export type InputKind = 'text' | 'workbook';

/** One input that is read. */
export interface InputFile {
  /** For opening. */
  readonly path: string;
  /** As reports show it: the way the user gave it, with forward slashes; `folder/file.csv` for a file of a folder, `-` for standard input. */
  readonly name: string;
  readonly kind: InputKind;
  readonly bytes: number;
  readonly sha256: string;
  /** Standard input is kept in a temporary file, because a file may have to be read twice. `releaseInputs` deletes it. */
  readonly isSpooled: boolean;
}

/** Files of a folder with other endings are not exports: they are named as ignored, never read. */
const KNOWN_ENDINGS = new Set(['.csv', '.xlsx', '.tsv']);
const STANDARD_INPUT = '-';
/** Large enough that the calls do not count, small enough that a few chunks in flight do not. */
const CHUNK_BYTES = 256 * 1024;

interface FoundPath {
  readonly path: string;
  readonly name: string;
  readonly isSpooled: boolean;
}

/**
 * The files behind the paths, folders, globs and `-` of a command line, sorted by name, each file once.
 * `onIgnored` is told the name of every file of a folder that was left out because of its ending. What a folder or glob finds in
 * `reportFolder` is the report of the run before, never an export; a file given by its own name is read wherever it lies.
 */
export async function expandInputs(
  patterns: readonly string[],
  onIgnored: (name: string) => void = () => undefined,
  reportFolder: string | null = null,
): Promise<InputFile[]> {
  const found: FoundPath[] = [];
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
    found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const files: InputFile[] = [];
    for (const each of found) files.push(await describe(each));
    return files;
  } catch (error) {
    await releaseInputs(found);
    throw error;
  }
}

/** What a report folder holds besides what somebody put there. */
const REPORT_NAMES = new Set(['report.xlsx', 'findings.csv', 'register.xlsx', 'claims']);

/** Where the exports lie in the report folder itself (`--out .`), only the report's own files are left out. */
function isOfReport({ path }: FoundPath, pattern: string, reportFolder: string): boolean {
  if (path === resolve(pattern) || !isInside(path, reportFolder)) return false;
  const [first = ''] = withForwardSlashes(relative(reportFolder, path)).split('/');
  return !isInside(fixedPart(pattern), reportFolder) || REPORT_NAMES.has(first);
}

function isInside(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !/^\.\.[/\\]/.test(inside) && !isAbsolute(inside);
}

/** The folder below which a pattern looks. */
function fixedPart(pattern: string): string {
  const parts = withForwardSlashes(pattern).split('/');
  const firstOpen = parts.findIndex((part) => isDynamicPattern(part));
  return resolve(firstOpen === -1 ? pattern : parts.slice(0, firstOpen).join('/') || (pattern.startsWith('/') ? '/' : '.'));
}

function onlyReport(patterns: readonly string[]): KnownError {
  return new KnownError({
    code: 'only-the-report',
    place: { file: patterns.map(withForwardSlashes).join(' ') },
    found: 'Nothing is there but the report of an earlier run.',
    expected: 'At least one export.',
    remedy: 'Give the folder that holds the exports, or name another folder for the report with --out.',
  });
}

/**
 * A report must read the same wherever the files lay: a path given from the root is shown from the working folder, and one outside of it
 * by its last part, with as many folders before it as it takes to tell two files apart.
 */
function shortenAbsoluteNames(found: FoundPath[]): void {
  const outside: number[] = [];
  for (const [position, each] of found.entries()) {
    if (each.isSpooled || !isAbsolute(each.name)) continue;
    const inside = relative(process.cwd(), each.name);
    if (inside.startsWith('..') || isAbsolute(inside)) outside.push(position);
    else found[position] = { ...each, name: withForwardSlashes(inside) };
  }
  for (const position of outside) {
    const each = found[position];
    if (each === undefined) continue;
    const parts = each.name.split('/').filter((part) => part !== '');
    const others = new Set(found.filter((_, other) => other !== position).map((other) => other.name));
    let length = 1;
    const tail = (): string => parts.slice(-length).join('/');
    while (length < parts.length && [...others].some((other) => other === tail() || other.endsWith(`/${tail()}`))) length += 1;
    found[position] = { ...each, name: tail() };
  }
}

/** Deletes what was kept of standard input. */
export async function releaseInputs(files: readonly Pick<InputFile, 'path' | 'isSpooled'>[]): Promise<void> {
  for (const file of files) {
    if (!file.isSpooled) continue;
    await rm(dirname(file.path), { recursive: true, force: true });
    spools.delete(dirname(file.path));
  }
}

/** The bytes of a file, in fresh buffers, so that rows may point into them. */
export async function* openBytes(file: InputFile): AsyncGenerator<Buffer> {
  const handle = await open(file.path, 'r');
  let total = 0;
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      total += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
  if (total !== file.bytes) {
    throw new KnownError({
      code: 'file-changed',
      place: { file: file.name },
      found: `The file had ${file.bytes} bytes when the run began and ${total} when it was read.`,
      expected: 'A file that does not change while it is read.',
      remedy: 'Wait until the file is written in full, then run again.',
    });
  }
}

async function expandPattern(pattern: string, onIgnored: (name: string) => void): Promise<FoundPath[]> {
  if (pattern === STANDARD_INPUT) return [{ path: await spoolStandardInput(), name: STANDARD_INPUT, isSpooled: true }];
  const name = withForwardSlashes(pattern);
  const kind = await kindOfPath(pattern);
  if (kind === 'file') return [{ path: resolve(pattern), name, isSpooled: false }];
  if (kind === 'folder') return expandFolder(pattern, name, onIgnored);
  if (isDynamicPattern(name)) return expandGlob(name);
  throw new KnownError({
    code: 'file-missing',
    place: { file: name },
    found: `There is no file or folder "${name}".`,
    expected: 'The path of an export, of a folder with exports, or a glob such as "exports/*.csv".',
    remedy: 'Check the spelling and the working folder.',
  });
}

async function kindOfPath(path: string): Promise<'file' | 'folder' | 'none'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return 'none';
    throw error;
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

async function expandFolder(folder: string, name: string, onIgnored: (name: string) => void): Promise<FoundPath[]> {
  const prefix = name.endsWith('/') ? name : `${name}/`;
  const found: FoundPath[] = [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const reports = reportFolders(entries).filter((report) => resolve(report) !== resolve(folder));
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (reports.some((report) => path.startsWith(report + sep))) continue;
    if (!entry.isFile() && (await kindOfPath(path)) !== 'file') continue;
    const shown = prefix + withForwardSlashes(relative(folder, path));
    if (isExportName(entry.name)) found.push({ path: resolve(path), name: shown, isSpooled: false });
    else onIgnored(shown);
  }
  if (found.length > 0) return found;
  throw new KnownError({
    code: 'folder-without-exports',
    place: { file: name },
    found: `The folder "${name}" holds no file that ends in ${[...KNOWN_ENDINGS].join(', ')}.`,
    expected: 'A folder with at least one export.',
    remedy: 'Give the folder that holds the exports, or name the files themselves: a file given by name is read whatever its ending.',
  });
}

/** Folders below that hold a report of an earlier run: what lies in them is no export. */
function reportFolders(entries: readonly Dirent[]): readonly string[] {
  const reports = new Set(entries.filter((entry) => entry.name === 'report.json').map((entry) => entry.parentPath));
  return entries.filter((entry) => entry.name === 'findings.csv' && reports.has(entry.parentPath)).map((entry) => entry.parentPath);
}

/** Excel keeps a lock file `~$name.xlsx` beside a workbook that is open: it is no export. */
function isExportName(name: string): boolean {
  return KNOWN_ENDINGS.has(extname(name).toLowerCase()) && !name.startsWith('~$') && !name.startsWith('.');
}

async function expandGlob(pattern: string): Promise<FoundPath[]> {
  const matches = await glob(pattern, { onlyFiles: true, expandDirectories: false });
  if (matches.length > 0) return matches.map((match) => ({ path: resolve(match), name: withForwardSlashes(match), isSpooled: false }));
  throw new KnownError({
    code: 'glob-without-match',
    place: { file: pattern },
    found: `No file matches "${pattern}".`,
    expected: 'A glob that matches at least one export.',
    remedy: 'Check the pattern and the working folder, and quote the pattern so that the shell leaves it alone.',
  });
}

/** Folders that hold standard input. */
const spools = new Set<string>();

/** Deletes at once what was kept of standard input: for a run that is interrupted. */
export function discardStandardInput(): void {
  for (const folder of spools) rmSync(folder, { recursive: true, force: true });
}

async function spoolStandardInput(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'csp-recon-'));
  spools.add(folder);
  const path = join(folder, 'standard-input');
  await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }));
  return path;
}

async function describe(found: FoundPath): Promise<InputFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  let head = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(found.path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
      if (head.length < 8) head = Buffer.concat([head, chunk.subarray(0, 8)]);
      bytes += chunk.length;
      hash.update(chunk);
    }
  } catch (error) {
    throw hasCode(error, 'EACCES', 'EPERM') ? unreadable(found.name) : error;
  }
  return { ...found, kind: kindOfBytes(head, found.name), bytes, sha256: hash.digest('hex') };
}

const ARCHIVES: readonly (readonly [string, string])[] = [
  ['gzip', '1f8b'],
  ['7-Zip', '377abcaf271c'],
  ['xz', 'fd377a585a00'],
  ['Zstandard', '28b52ffd'],
  ['bzip2', '425a68'],
  ['RAR', '526172211a07'],
];

/** Zip (`PK`) and OLE containers go to the workbook reader, which knows what is no workbook; all else is text until proven otherwise. */
function kindOfBytes(head: Buffer, name: string): InputKind {
  const hex = head.toString('hex');
  if (head.length === 0) throw emptyFile(name);
  if (hex.startsWith('504b0304') || hex.startsWith('504b0506') || hex.startsWith('d0cf11e0')) return 'workbook';
  for (const [archive, magic] of ARCHIVES) {
    if (!hex.startsWith(magic)) continue;
    throw new KnownError({
      code: 'is-compressed',
      place: { file: name },
      found: `The file is a ${archive} archive; compressed files are not read yet.`,
      expected: 'A CSV file or an Excel workbook.',
      remedy: 'Unpack the file and give what was in it.',
    });
  }
  return 'text';
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

/** Also raised where a file turns out to hold nothing but blank lines. */
export function emptyFile(name: string): KnownError {
  return new KnownError({
    code: 'file-empty',
    place: { file: name },
    found: 'The file is empty or holds nothing but blank lines.',
    expected: 'A header row and at least one record.',
    remedy: 'Download the export again: the portal offers a file before it is written in full.',
  });
}

function withForwardSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
