import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBytes } from '../../src/ingest/containers/open-bytes.ts';
import type { InputFile } from '../../src/ingest/input-file.ts';
import { expandInputs, releaseInputs } from '../../src/ingest/open-input.ts';
import { knownErrorOf } from '../support/csv-charges.ts';
import { zipArchive, type ZipEntry } from '../support/zip-writer.ts';

const TEXT = 'a,b\n1,2\n';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csp-recon-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function given(name: string, bytes: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

async function contentOf(file: InputFile): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of openBytes(file)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function codeOf(name: string, bytes: Buffer): Promise<readonly [code: string, file: string]> {
  const error = await knownErrorOf(expandInputs([await given(name, bytes)]));
  return [error.code, error.place?.file ?? ''];
}

describe('a gzip file', () => {
  it('is known by its bytes, and is the input that it holds', async () => {
    const packed = gzipSync(TEXT);
    const [file] = await expandInputs([await given('april.csv', packed)]);
    expect(file).toMatchObject({ name: 'april.csv', kind: 'text', bytes: TEXT.length, sha256: sha256(TEXT), gzipBytes: packed.length });
    expect(file?.container).toEqual({ kind: 'gzip', path: 'april.csv', sha256: sha256(packed), bytes: packed.length });
    expect(await contentOf(file!)).toBe(TEXT);
  });

  it('is read to the end of its last member, past padding', async () => {
    const packed = Buffer.concat([gzipSync('a,b\n'), gzipSync('1,2\n'), Buffer.alloc(100)]);
    const [file] = await expandInputs([await given('april.csv.gz', packed)]);
    expect(await contentOf(file!)).toBe(TEXT);
  });

  it('is refused wherever it is cut, save between two members', async () => {
    const first = gzipSync('a,b\n'.repeat(40));
    const whole = Buffer.concat([first, gzipSync('1,2\n'.repeat(40))]);
    for (let cut = 2; cut < whole.length; cut += 1) {
      if (cut === first.length) continue;
      expect([cut, ...(await codeOf('april.csv.gz', whole.subarray(0, cut)))]).toEqual([cut, 'archive-cut-off', 'april.csv.gz']);
    }
  });

  it('is refused when anything but padding follows it', async () => {
    for (const garbage of [Buffer.from('rest'), Buffer.concat([Buffer.alloc(9), Buffer.from('rest')]), gzipSync('x').fill(7, 12)]) {
      expect(await codeOf('april.csv.gz', Buffer.concat([gzipSync(TEXT), garbage]))).toEqual(['archive-damaged', 'april.csv.gz']);
    }
  });

  it('may hold a workbook, which is kept in a temporary file until it is released', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('April').addRow(['a', 'b']);
    const bytes = Buffer.from(await book.xlsx.writeBuffer());
    const [file] = await expandInputs([await given('april.xlsx.gz', gzipSync(bytes))]);
    expect(file).toMatchObject({ kind: 'workbook', sha256: sha256(bytes), isSpooled: true, packing: null });
    await releaseInputs([file!]);
    await expect(stat(file!.path)).rejects.toThrow('ENOENT');
  });

  it('may not hold another archive', async () => {
    expect(await codeOf('april.csv.gz', gzipSync(gzipSync(TEXT)))).toEqual(['archive-nested', 'april.csv.gz']);
    expect(await codeOf('april.zip.gz', gzipSync(zipArchive([{ name: 'a.csv', content: TEXT }])))).toEqual([
      'archive-nested',
      'april.zip.gz',
    ]);
  });

  it('may not expand without limit', async () => {
    expect(await codeOf('april.csv.gz', gzipSync(Buffer.alloc(2 ** 26 + 1)))).toEqual(['archive-too-large', 'april.csv.gz']);
    expect((await expandInputs([await given('april.csv.gz', gzipSync(Buffer.alloc(2 ** 20, 'a')))]))[0]?.bytes).toBe(2 ** 20);
  });
});

describe('a zip archive', () => {
  it('yields its exports by their paths, sorted, and names what it leaves out', async () => {
    const bytes = zipArchive([
      { name: 'march/', content: '' },
      { name: 'march/b.csv', content: 'b' },
      { name: 'a.csv', content: TEXT, method: 'store' },
      { name: 'parts\\1.json.gz', content: gzipSync('{}') },
      { name: 'notes.txt', content: 'n' },
      { name: '__MACOSX/._a.csv', content: 'x' },
      { name: '.hidden.csv', content: 'x' },
    ]);
    const files = await expandInputs([await given('exports', bytes)]);
    expect(files.map(({ name }) => name)).toEqual(['exports/a.csv', 'exports/march/b.csv', 'exports/parts/1.json.gz']);
    expect(await Promise.all(files.map(contentOf))).toEqual([TEXT, 'b', '{}']);
    expect(files.every(({ container }) => container?.sha256 === sha256(bytes))).toBe(true);
    expect(files.flatMap(({ notes }) => notes)).toEqual([
      'The archive also holds "notes.txt", which by its ending is no export and was not read.',
    ]);
  });

  it('with a single file yields it whatever its name', async () => {
    const files = await expandInputs([await given('april.zip', zipArchive([{ name: 'Reconciliation-closed', content: TEXT }]))]);
    expect(files.map(({ name }) => name)).toEqual(['april.zip/Reconciliation-closed']);
  });

  const refused: readonly (readonly [code: string, file: string, entries: readonly ZipEntry[]])[] = [
    ['archive-path-unsafe', 'a.zip', [{ name: '../april.csv', content: TEXT }]],
    ['archive-path-unsafe', 'a.zip', [{ name: 'x\\..\\..\\april.csv', content: TEXT }]],
    ['archive-path-unsafe', 'a.zip', [{ name: '/etc/april.csv', content: TEXT }]],
    ['archive-path-unsafe', 'a.zip', [{ name: 'C:\\april.csv', content: TEXT }]],
    ['archive-path-unsafe', 'a.zip', [{ name: 'april\u0000.csv', content: TEXT }]],
    ['archive-damaged', 'a.zip/april.csv', [{ name: 'april.csv', content: TEXT, size: 3 }]],
    ['archive-damaged', 'a.zip/april.csv', [{ name: 'april.csv', content: TEXT, size: 300 }]],
    ['archive-damaged', 'a.zip/april.csv', [{ name: 'april.csv', content: TEXT, checksum: 1 }]],
    ['archive-damaged', 'a.zip/april.csv', [{ name: 'april.csv', content: TEXT, methodCode: 14 }]],
    [
      'archive-damaged',
      'a.zip',
      [
        { name: 'april.csv', content: TEXT },
        { name: 'April.CSV', content: 'other' },
      ],
    ],
    ['archive-encrypted', 'a.zip/april.csv', [{ name: 'april.csv', content: TEXT, flags: 0x801 }]],
    ['archive-nested', 'a.zip/b.zip', [{ name: 'b.zip', content: zipArchive([{ name: 'april.csv', content: TEXT }]) }]],
    ['is-compressed', 'a.zip/april.csv', [{ name: 'april.csv', content: Buffer.from('377abcaf271c0004', 'hex') }]],
    ['archive-too-large', 'a.zip', [{ name: 'april.csv', content: Buffer.alloc(2 ** 26 + 1) }]],
    [
      'archive-without-exports',
      'a.zip',
      [
        { name: 'a.txt', content: 'x' },
        { name: 'b.txt', content: 'x' },
      ],
    ],
    ['archive-without-exports', 'a.zip', []],
    ['file-empty', 'a.zip/april.csv', [{ name: 'april.csv', content: '' }]],
  ];

  it.each(refused)('is refused: %s in %s', async (code, file, entries) => {
    expect(await codeOf('a.zip', zipArchive(entries))).toEqual([code, file]);
  });

  it('is read whole or refused with a known error, whatever is changed in it', async () => {
    const whole = zipArchive([
      { name: 'april.csv', content: TEXT.repeat(20) },
      { name: 'may.csv.gz', content: gzipSync(TEXT) },
    ]);
    const path = join(folder, 'a.zip');
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255), length: fc.integer({ min: 4, max: whole.length }) });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, byte, length }) => {
        const bytes = Buffer.from(whole.subarray(0, length));
        if (at > 3 && at < length) bytes[at] = byte;
        await writeFile(path, bytes);
        try {
          const files = await expandInputs([path]);
          const texts = await Promise.all(files.filter(({ kind }) => kind === 'text').map(contentOf));
          // A changed name may hide a file from the folder's point of view, but never change what is read of one.
          for (const text of texts) expect([TEXT, TEXT.repeat(20)]).toContain(text);
          await releaseInputs(files);
        } catch (error) {
          expect(error).toHaveProperty('remedy');
        }
      }),
      { numRuns: 300 },
    );
  });
});
