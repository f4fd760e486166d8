import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ContainerReport } from '../../domain/findings/report.ts';
import { emptyFile } from '../file-empty.ts';
import { ENDINGS_SHOWN, isExportName, type FoundPath } from '../find-paths.ts';
import type { InputFile, Packing } from '../input-file.ts';
import { UNWATCHED, type ReadingWatch } from '../reading-watch.ts';
import { grouped } from '../xlsx/xlsx-limits.ts';
import { releaseSpool, spool } from '../spool.ts';
import { archiveTooLarge, damagedArchive, nestedArchive, otherArchive, unsafePath, withoutExports, zipFaults } from './archive-errors.ts';
import { archiveLimits, mayExpandTo } from './archive-limits.ts';
import { firstZipName, isOfficeDocument, magicOf } from './magic.ts';
import { looksLikeManifest } from './manifest.ts';
import { unpackedBytes, type PackedBytes } from './open-bytes.ts';
import { ZipArchive, zipNames, type ZipEntry } from './zip-archive.ts';

const HEAD_BYTES = 512;

/**
 * The inputs in a file: the file itself, what a gzip file holds, or the exports in a zip archive; one layer of zip and one of gzip below it.
 * Every byte is read once, hashed and checked against what the archive says of it, before any of it is audited. `watch` is told of all
 * bytes but those of the file itself as to be read: whoever has all files announces these.
 */
export async function unpack(found: FoundPath, watch: ReadingWatch = UNWATCHED): Promise<readonly InputFile[]> {
  const { path, name, isSpooled } = found;
  const whole: Source = { path, name, packing: null, container: null, gzipBytes: null, isSpooled };
  const head = await headOf(whole);
  if (head.length === 0) throw emptyFile(found.name);
  const magic = magicOf(head);
  if (magic === 'gzip') {
    const container = { kind: 'gzip', path: found.name, ...(await measured(whole, watch)) } as const;
    watch.willRead(container.bytes);
    const inside = { ...whole, packing: { entry: null, isGzip: true }, container, gzipBytes: container.bytes };
    return releasing(found, [await takeIn(inside, watch)]);
  }
  if (magic === 'zip' && !(await isOffice(found.path, head))) return releasing(found, await unpackZip(whole, watch));
  return [await takeIn(whole, watch)];
}

/** Standard input that held nothing but workbooks is kept in their temporary files and no longer needed itself. */
async function releasing(found: FoundPath, files: readonly InputFile[]): Promise<readonly InputFile[]> {
  if (found.isSpooled && !files.some(({ path }) => path === found.path)) await releaseSpool(found.path);
  return files;
}

/** Bytes that are going to be an input. */
interface Source extends PackedBytes {
  readonly container: ContainerReport | null;
  readonly gzipBytes: number | null;
  readonly isSpooled: boolean;
}

async function takeIn(source: Source, watch: ReadingWatch): Promise<InputFile> {
  const head = await headOf(source);
  if (head.length === 0) throw emptyFile(source.name);
  const magic = magicOf(head);
  if (typeof magic === 'object') throw otherArchive(source.name, magic.other);
  if (magic === 'gzip') throw nestedArchive(source.name, 'gzip');
  if (magic === 'text') {
    const { bytes, sha256 } = await measured(source, watch);
    const kind = (await looksLikeManifest(source, head, bytes)) ? 'manifest' : 'text';
    return { ...source, kind, bytes, sha256, notes: [] };
  }
  if (source.packing === null) return { ...source, kind: 'workbook', ...(await measured(source, watch)), notes: [] };
  return spooledWorkbook(source, head, watch);
}

/** A workbook is read in no order, so one inside an archive is unpacked into a temporary file. */
async function spooledWorkbook(source: Source, head: Buffer, watch: ReadingWatch): Promise<InputFile> {
  const path = await spool(unpackedBytes(source, tellingOf(source, watch)));
  try {
    if (magicOf(head) === 'zip' && !(await isOffice(path, head))) throw nestedArchive(source.name, 'zip');
    const spooled = { ...source, path, packing: null, isSpooled: true };
    return { ...spooled, kind: 'workbook', ...(await measured(spooled, UNWATCHED)), notes: [] };
  } catch (error) {
    await releaseSpool(path);
    throw error;
  }
}

/** Where the list of an archive is lost, its first file tells what it was; the reader of that kind then says what is wrong. */
async function isOffice(path: string, head: Buffer): Promise<boolean> {
  return isOfficeDocument((await zipNames(path)) ?? [firstZipName(head)]);
}

async function unpackZip(whole: Source, watch: ReadingWatch): Promise<readonly InputFile[]> {
  const container = { kind: 'zip', path: whole.name, ...(await measured(whole, watch)) } as const;
  const handle = await open(whole.path, 'r');
  const files: InputFile[] = [];
  try {
    const zip = await ZipArchive.open(handle, archiveLimits.entries, zipFaults(whole.name));
    const { chosen, ignored } = chooseEntries(zip.entries, container);
    watch.willRead(chosen.reduce((sum, { entry }) => sum + entry.bytes, 0));
    for (const { entry, shown } of chosen) {
      const name = `${whole.name}/${shown}`;
      const packing = { entry: await zip.place(entry), isGzip: false };
      files.push(await takeEntry({ ...whole, name, packing, container }, packing, watch));
    }
    return withNote(files, ignored);
  } catch (error) {
    for (const file of files) if (file.isSpooled) await releaseSpool(file.path);
    throw error;
  } finally {
    await handle.close();
  }
}

async function takeEntry(source: Source, packing: Packing, watch: ReadingWatch): Promise<InputFile> {
  const isGzip = magicOf(await headOf(source)) === 'gzip';
  return takeIn(isGzip ? { ...source, packing: { ...packing, isGzip }, gzipBytes: packing.entry?.bytes ?? null } : source, watch);
}

interface ChosenEntry {
  readonly entry: ZipEntry;
  /** Its path in the archive, with forward slashes. */
  readonly shown: string;
}

/** The exports in an archive: by their endings as in a folder, save that a single file is an export whatever its name. */
function chooseEntries(
  entries: readonly ZipEntry[],
  { path, bytes }: ContainerReport,
): { readonly chosen: readonly ChosenEntry[]; readonly ignored: readonly string[] } {
  const files = entries.filter(({ isFolder }) => !isFolder).map((entry) => ({ entry, shown: safeName(path, entry.name) }));
  const visible = files.filter(({ shown }) => !/(^|\/)(__MACOSX\/|\.|~\$)/.test(shown));
  const named = visible.filter(({ shown }) => isExportName(shown.split('/').at(-1) ?? ''));
  const chosen = named.length === 0 && visible.length === 1 ? visible : named;
  if (chosen.length === 0)
    throw withoutExports(
      path,
      files.map(({ shown }) => shown),
      ENDINGS_SHOWN,
    );
  refuseBomb(path, bytes, chosen);
  return { chosen, ignored: visible.filter((one) => !chosen.includes(one)).map(({ shown }) => shown) };
}

/** Files that share their packed bytes, or that are all one byte, expand a small archive beyond any disk. */
function refuseBomb(archive: string, bytes: number, chosen: readonly ChosenEntry[]): void {
  const total = chosen.reduce((sum, { entry }) => sum + entry.bytes, 0);
  const most = mayExpandTo(bytes);
  if (total > most) {
    const found = `The archive says that its files expand to ${grouped(total)} bytes, more than ${grouped(archiveLimits.expansionRatio)} times its own size.`;
    throw archiveTooLarge(archive, found);
  }
  const packed = chosen.reduce((sum, { entry }) => sum + entry.packedBytes, 0);
  if (packed > bytes) throw damagedArchive(archive, 'The files of the archive share their bytes with one another.');
}

function safeName(archive: string, name: string): string {
  const shown = name.replaceAll('\\', '/');
  const steps = shown.split('/');
  const isUnsafe = shown.startsWith('/') || /^[a-z]:/i.test(shown) || steps.includes('..') || /\p{Cc}/u.test(shown);
  if (isUnsafe) throw unsafePath(archive, name.replace(/\p{Cc}/gu, '?'));
  return steps.filter((step) => step !== '.' && step !== '').join('/');
}

function withNote(files: readonly InputFile[], ignored: readonly string[]): readonly InputFile[] {
  if (ignored.length === 0) return files;
  const list = ignored.slice(0, 5).map((name) => `"${name}"`);
  const more = ignored.length > 5 ? ` and ${ignored.length - 5} more` : '';
  const note = `The archive also holds ${list.join(', ')}${more}, which by its ending is no export and was not read.`;
  return files.map((file, at) => (at === 0 ? { ...file, notes: [note] } : file));
}

async function headOf(source: PackedBytes): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of unpackedBytes(source)) {
    head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)]);
    if (head.length >= HEAD_BYTES) break;
  }
  return head;
}

/** Every byte that is read is told under the name of what it is read of. */
function tellingOf({ name }: PackedBytes, watch: ReadingWatch): (bytes: number) => void {
  return (bytes) => {
    watch.haveRead(name, bytes);
  };
}

async function measured(source: PackedBytes, watch: ReadingWatch): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of unpackedBytes(source, tellingOf(source, watch))) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { sha256: hash.digest('hex'), bytes };
}
