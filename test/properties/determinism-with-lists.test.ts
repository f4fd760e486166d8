import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';

const MONTHS = ['2022-07', '2022-08', '2022-08-rebilled', '2022-09'] as const;
const QUARTER = 'fixtures/cases/months/quarter';
const SIDE_INPUTS = [
  ['--context', join(QUARTER, 'context')],
  ['--invoices', join(QUARTER, 'partner', 'invoices.csv')],
  ['--incidents', join(QUARTER, 'partner', 'incidents.csv')],
] as const;

/** Every file below a folder with its bytes. */
async function bytesBelow(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.sort().map(async (file) => [file.slice(folder.length), await readFile(file)] as const)));
}

describe('two runs over a quarter with invoices and incidents', () => {
  it('write the same bytes into every file, in whatever order files and lists are named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'csp-recon-lists-'));
    try {
      const files = MONTHS.map((month) => join(QUARTER, `${month}-new-commerce.csv`));
      const run = async (name: string, paths: readonly string[], lists: readonly (readonly string[])[]): Promise<string> => {
        const out = join(folder, name, 'report');
        const settings = ['--as-of', '2022-10-05', '--out', out, '--format', 'xlsx,csv,json,html,ics', '--fail-on', 'never', '--quiet'];
        expect(await main(['audit', ...paths, ...lists.flat(), ...settings])).toBe(0);
        return out;
      };
      const [one, other] = [
        await bytesBelow(await run('one', files, SIDE_INPUTS)),
        await bytesBelow(await run('other', [...files].reverse(), [...SIDE_INPUTS].reverse())),
      ];
      expect([...one.keys()]).toEqual(expect.arrayContaining(['/report.json', '/report.xlsx', '/register.xlsx', '/deadlines.ics']));
      expect([...other.keys()]).toEqual([...one.keys()]);
      const differing = [...one].filter(([name, bytes]) => other.get(name)?.equals(bytes) !== true).map(([name]) => name);
      expect(differing).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
