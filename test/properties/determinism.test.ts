import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { filesOf, rowsOf, storyOf } from '../support/generated-month.ts';

const FORMATS = ['report.json', 'findings.csv'] as const;

describe('two runs over the same files', () => {
  it('write the same bytes, wherever the report goes', async () => {
    const months = fc.array(storyOf({ isClean: false }), { minLength: 1, maxLength: 8 }).map(rowsOf);
    await fc.assert(
      fc.asyncProperty(months, async (rows) => {
        const folder = await mkdtemp(join(tmpdir(), 'csp-recon-twice-'));
        try {
          const files = filesOf(rows, (place) => place % 2);
          for (const file of files) await writeFile(join(folder, file.name), file.text);
          const paths = files.map((file) => join(folder, file.name));
          const written: string[][] = [];
          for (const [out, order] of [
            ['one', paths],
            ['two', [...paths].reverse()],
          ] as const) {
            const target = join(folder, out);
            await main(['audit', ...order, '--as-of', '2026-11-21', '--out', target, '--format', 'json,csv', '--quiet']);
            written.push(await Promise.all(FORMATS.map((name) => readFile(join(target, name), 'utf8'))));
          }
          expect(written[1]).toEqual(written[0]);
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 25 },
    );
  });
});
