import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lacksOf } from '../../src/domain/invoices/api-export.ts';
import { checkExport, type CheckedExport } from '../../src/ingest/containers/export-parts.ts';
import { readManifest } from '../../src/ingest/containers/manifest.ts';
import { expandInputs } from '../../src/ingest/open-input.ts';

const PART = gzipSync('{"CustomerId":"c1"}\n');
const SIZE = PART.length;

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csp-recon-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function checked(manifest: object, files: Readonly<Record<string, Buffer>>): Promise<CheckedExport> {
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  const inputs = await expandInputs([folder]);
  const file = inputs.find(({ kind }) => kind === 'manifest');
  if (file === undefined) throw new Error('the manifest is not known as one');
  return checkExport(file, await readManifest(file), true, inputs);
}

const SPELLINGS = [
  [
    'as documented',
    { eTag: '0x5B', createdDateTime: '2026-10-08', blobCount: 1, blobs: [{ name: 'folder/part-1.json.gz', sizeInBytes: SIZE }] },
  ],
  [
    'as misspelt in the sample',
    { eTag: '0x5B', utcCretedDateTime: '2026-10-08', blobCount: 1, blobs: [{ name: 'part-1.json.gz', sizeinBytes: String(SIZE) }] },
  ],
] as const;

describe('a manifest', () => {
  it.each(SPELLINGS)('%s names its parts', async (_, manifest) => {
    const { apiExport, notes } = await checked(manifest, { 'part-1.json.gz': PART });
    expect(apiExport).toMatchObject({ eTag: '0x5B', listed: ['part-1.json.gz'], announced: 1, missing: [], misSized: [] });
    expect(notes).toEqual(['Manifest of 1 part, of which 1 was given; eTag 0x5B; made 2026-10-08.']);
  });

  it('tells of parts that are missing or of another size', async () => {
    const blobs = [
      { name: 'a.json.gz', sizeInBytes: SIZE + 1 },
      { name: 'b.json.gz', sizeInBytes: SIZE },
    ];
    const { apiExport } = await checked({ blobs }, { 'a.json.gz': PART });
    expect(apiExport).toMatchObject({
      missing: [{ name: 'b.json.gz', row: 3 }],
      misSized: [{ name: 'a.json.gz', row: 2, announced: SIZE + 1, found: SIZE }],
    });
  });

  it('does not take one file for two parts of one name', async () => {
    const blobs = [{ name: 'one/a.json.gz' }, { name: 'two/a.json.gz' }];
    const { apiExport } = await checked({ blobs }, { 'a.json.gz': PART });
    expect(apiExport).toMatchObject({ missing: [{ name: 'a.json.gz', row: 3 }] });
  });

  it('says where its own sizes do not add up', async () => {
    const { apiExport, notes } = await checked(
      { sizeInBytes: 1, blobs: [{ name: 'a.json.gz', sizeInBytes: SIZE }] },
      { 'a.json.gz': PART },
    );
    expect(lacksOf(apiExport)).toEqual([]);
    expect(notes[1]).toBe(`The manifest says that its parts have 1 bytes together; those that it lists have ${SIZE}.`);
  });

  it('says what it could not check, and what it does not list', async () => {
    const blobs = [{ name: 'a.json.gz', sizeInBytes: SIZE }];
    const { apiExport, notes } = await checked({ blobs }, { 'a.json': Buffer.from('{}'), 'c.json.gz': PART });
    expect(apiExport).toMatchObject({ missing: [], misSized: [] });
    expect(notes.slice(1)).toEqual([
      'The size of a.json.gz could not be checked: unpacked before it was given.',
      expect.stringMatching(/^The manifest does not list .*c\.json\.gz: read all the same\.$/),
    ]);
  });
});
