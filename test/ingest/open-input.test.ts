import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBytes } from '../../src/ingest/containers/open-bytes.ts';
import { expandInputs } from '../../src/ingest/open-input.ts';
import { knownErrorOf } from '../support/csv-charges.ts';
import { zipArchive } from '../support/zip-writer.ts';

describe('expandInputs', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'csp-recon-test-'));
    await mkdir(join(folder, 'exports', 'march'), { recursive: true });
    await writeFile(join(folder, 'exports', 'b.csv'), 'b');
    await writeFile(join(folder, 'exports', 'a.TSV'), 'a');
    await writeFile(join(folder, 'exports', 'march', 'c.tsv'), 'c');
    await writeFile(join(folder, 'exports', 'notes.md'), 'n');
    await writeFile(join(folder, 'exports', '~$b.xlsx'), 'lock');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('reads the exports of a folder and below, sorted by name, and names what it leaves out', async () => {
    const ignored: string[] = [];
    const files = await expandInputs([join(folder, 'exports')], (name) => ignored.push(name));
    expect(files.map((file) => file.name)).toEqual(['a.TSV', 'b.csv', 'c.tsv']);
    expect(ignored.sort()).toEqual([`${folder}/exports/notes.md`, `${folder}/exports/~$b.xlsx`]);
  });

  it('shows the files of a folder under the name the user gave it', async () => {
    const here = process.cwd();
    process.chdir(folder);
    try {
      expect((await expandInputs(['exports/'])).map((file) => file.name)).toEqual([
        'exports/a.TSV',
        'exports/b.csv',
        'exports/march/c.tsv',
      ]);
      expect((await expandInputs(['.'])).map((file) => file.name)).toEqual(['./exports/a.TSV', './exports/b.csv', './exports/march/c.tsv']);
      expect((await expandInputs(['exports/*.csv'])).map((file) => file.name)).toEqual(['exports/b.csv']);
    } finally {
      process.chdir(here);
    }
  });

  it('takes a file once, however often and by whatever name it is given', async () => {
    const path = join(folder, 'exports', 'b.csv');
    await symlink(path, join(folder, 'exports', 'link.csv'));
    const files = await expandInputs([path, join(folder, 'exports', '*.csv'), path, join(folder, 'exports', 'link.csv')]);
    expect(files.map((file) => file.name)).toEqual(['b.csv']);
  });

  it('shows no absolute path, and tells files of one name apart by their folders', async () => {
    await writeFile(join(folder, 'exports', 'march', 'b.csv'), 'x');
    const files = await expandInputs([join(folder, 'exports')]);
    expect(files.map((file) => file.name)).toEqual(['a.TSV', 'c.tsv', 'exports/b.csv', 'march/b.csv']);
  });

  it('leaves reports of earlier runs, and notes, out of a folder', async () => {
    const earlier = join(folder, 'exports', 'earlier');
    await mkdir(join(earlier, 'claims'), { recursive: true });
    for (const name of ['report.json', 'findings.csv', 'claims/claims.xlsx', '../notes.txt']) await writeFile(join(earlier, name), 'x');
    const files = await expandInputs([join(folder, 'exports')]);
    expect(files.map((file) => file.name)).toEqual(['a.TSV', 'b.csv', 'c.tsv']);
  });

  it('leaves the report of the run before out of a folder', async () => {
    const files = await expandInputs([join(folder, 'exports')], undefined, join(folder, 'exports', 'march'));
    expect(files.map((file) => file.name)).toEqual(['a.TSV', 'b.csv']);
  });

  it('reads a file given by name whatever its ending, and a file whose name looks like a glob', async () => {
    await writeFile(join(folder, 'export[1].csv'), 'x');
    const files = await expandInputs([join(folder, 'exports', 'notes.md'), join(folder, 'export[1].csv')]);
    expect(files).toHaveLength(2);
  });

  it('knows the size, the digest and the kind of a file by its bytes', async () => {
    const path = join(folder, 'book.csv');
    const bytes = zipArchive([{ name: 'xl/workbook.xml', content: 'x' }]);
    await writeFile(path, bytes);
    const [file] = await expandInputs([path]);
    expect(file).toMatchObject({ kind: 'workbook', bytes: bytes.length, isSpooled: false, container: null });
    expect(file?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('hands an old binary workbook to the workbook reader, which knows it', async () => {
    const path = join(folder, 'book.xls');
    await writeFile(path, Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    expect((await expandInputs([path]))[0]?.kind).toBe('workbook');
  });

  it.each([
    ['file-missing', 'gone.csv', null],
    ['glob-without-match', 'exports/*.json', null],
    ['file-empty', 'empty.csv', ''],
    ['is-compressed', 'export.7z', Buffer.from('377abcaf271c0004', 'hex')],
  ])('says %s for %s', async (code, name, bytes) => {
    if (bytes !== null) await writeFile(join(folder, name), bytes);
    const error = await knownErrorOf(expandInputs([join(folder, name)]));
    expect(error.code).toBe(code);
    expect(basename(error.place?.file ?? '')).toBe(basename(name));
    expect([error.found, error.expected, error.remedy].every((text) => text.length > 10)).toBe(true);
  });

  it('says folder-without-exports for a folder of other files', async () => {
    await mkdir(join(folder, 'other'));
    await writeFile(join(folder, 'other', 'readme.md'), 'x');
    expect((await knownErrorOf(expandInputs([join(folder, 'other')]))).code).toBe('folder-without-exports');
  });

  it('reads a file in fresh buffers, and notices that it changed', async () => {
    const path = join(folder, 'large.csv');
    await writeFile(path, Buffer.alloc(600_000, 'x'));
    const [file] = await expandInputs([path]);
    const chunks: Buffer[] = [];
    for await (const chunk of openBytes(file!)) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(Buffer.alloc(600_000, 'x'))).toBe(true);
    await writeFile(path, 'shorter');
    const drain = async (): Promise<void> => {
      for await (const chunk of openBytes(file!)) expect(chunk.length).toBeGreaterThan(0);
    };
    expect((await knownErrorOf(drain())).code).toBe('file-changed');
  });

  it('keeps standard input in a file, shows it as - and deletes it', async () => {
    const script = `
      import { expandInputs, releaseInputs } from './src/ingest/open-input.ts';
      const files = await expandInputs(['-', '-']);
      console.log(JSON.stringify(files));
      await releaseInputs(files);
    `;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end('a,b\n');
    let output = '';
    for await (const text of child.stdout) output += String(text);
    const files = JSON.parse(output) as { name: string; bytes: number; path: string; isSpooled: boolean }[];
    expect(files).toMatchObject([{ name: '-', bytes: 4, isSpooled: true }]);
    await expect(stat(files[0]!.path)).rejects.toThrow('ENOENT');
  });
});
