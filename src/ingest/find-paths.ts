import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { KnownError } from '../domain/known-error.ts';
import { spoolStandardInput } from './spool.ts';

/** A file that a command line leads to, before it is looked into. */
export interface FoundPath {
  readonly path: string;
  /** As reports show it. */
  readonly name: string;
  readonly isSpooled: boolean;
}

/** Files of a folder or an archive with other endings are not exports: they are named as ignored, never read. */
const KNOWN_ENDINGS = new Set(['.csv', '.tsv', '.xlsx', '.json', '.jsonl', '.gz', '.zip']);
/** As an error lists them. */
export const ENDINGS_SHOWN = [...KNOWN_ENDINGS].join(', ');
const STANDARD_INPUT = '-';
/** Options of a run, found upward from the working folder. */
export const CONFIG_NAME = 'csp-recon.config.json';

/** What a report folder holds besides what somebody put there. */
const REPORT_NAMES = new Set(['report.json', 'report.xlsx', 'findings.csv', 'register.xlsx', 'claims']);

/** Where the exports lie in the report folder itself (`--out .`), only the report's own files are left out. */
export function isOfReport({ path }: FoundPath, pattern: string, reportFolder: string): boolean {
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

export function onlyReport(patterns: readonly string[]): KnownError {
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
export function shortenAbsoluteNames(found: FoundPath[]): void {
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

/** The files behind a path, a folder, a glob or `-`. `onIgnored` is told of every file of a folder that is left out for its ending. */
export async function expandPattern(pattern: string, onIgnored: (name: string) => void): Promise<FoundPath[]> {
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

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
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
    found: `The folder "${name}" holds no file that ends in ${ENDINGS_SHOWN}.`,
    expected: 'A folder with at least one export.',
    remedy: 'Give the folder that holds the exports, or name the files themselves: a file given by name is read whatever its ending.',
  });
}

/** Folders below that hold a report of an earlier run: what lies in them is no export. */
function reportFolders(entries: readonly Dirent[]): readonly string[] {
  const reports = new Set(entries.filter((entry) => entry.name === 'report.json').map((entry) => entry.parentPath));
  return entries.filter((entry) => entry.name === 'findings.csv' && reports.has(entry.parentPath)).map((entry) => entry.parentPath);
}

/** Excel keeps a lock file `~$name.xlsx` beside a workbook that is open; the options of a run are no export either. */
export function isExportName(name: string): boolean {
  const isOther = name.startsWith('~$') || name.startsWith('.') || name === CONFIG_NAME;
  return KNOWN_ENDINGS.has(extname(name).toLowerCase()) && !isOther;
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

function withForwardSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
