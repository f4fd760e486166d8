import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Baseline } from '../../src/domain/partner/baseline.ts';
import type { Report } from '../../src/domain/findings/report.ts';
import { main } from '../../src/cli/main.ts';
import { EXAMPLE_FINDING } from '../support/example-finding.ts';
import { exampleReport } from '../support/example-report.ts';
import { withPath } from '../support/side-files.ts';

const FINDINGS = [
  { ...EXAMPLE_FINDING, fingerprint: 'a', rule: 'AR01' },
  { ...EXAMPLE_FINDING, fingerprint: 'b', rule: 'AR01' },
  { ...EXAMPLE_FINDING, fingerprint: 'c', rule: 'CR04' },
];
const REPORT: Report = { ...exampleReport, baseline: null, findings: FINDINGS, summary: { ...exampleReport.summary, belowMinAmount: 0 } };
const WHO = ['--reason', 'agreed with Microsoft', '--owner', 'Anna'];
const TODAY = ['--as-of', '2026-11-21'];

let out = '';
let err = '';
beforeEach(() => {
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
});

interface Place {
  readonly run: (...flags: readonly string[]) => Promise<number>;
  readonly baseline: () => Promise<Baseline>;
  readonly file: string;
  readonly folder: string;
}

/** A folder with a saved report, and a baseline where one is given. */
async function inFolder(use: (place: Place) => Promise<void>, report = REPORT, before?: Baseline): Promise<void> {
  await withPath('baseline.json', async (file) => {
    const folder = dirname(file);
    const path = join(folder, 'report.json');
    await writeFile(path, JSON.stringify(report));
    if (before !== undefined) await writeFile(file, JSON.stringify(before));
    await use({
      run: (...flags) => main(['baseline', path, '--file', file, ...flags]),
      baseline: async () => JSON.parse(await readFile(file, 'utf8')) as Baseline,
      file,
      folder,
    });
  });
}

const accepted = (fingerprint: string, change: object = {}) => ({
  fingerprint,
  rule: 'AR01',
  reason: 'agreed with Microsoft',
  owner: 'Anna',
  expires: null,
  acceptedOn: '2026-11-21',
  ...change,
});

describe('csp-recon baseline', () => {
  it('accepts every finding of a report into a new file', async () => {
    await inFolder(async ({ run, baseline, folder }) => {
      expect(await run(...WHO, ...TODAY)).toBe(0);
      expect(await baseline()).toEqual({ version: 1, accepted: [accepted('a'), accepted('b'), accepted('c', { rule: 'CR04' })] });
      expect(out).toContain('3 of 3 findings accepted');
      expect(out).toContain('CR04  c  Contoso  The charge fits no convention.');
      expect((await readdir(folder)).sort()).toEqual(['baseline.json', 'report.json']);
    });
  });

  it.each([
    [['--rule', 'cr04'], ['c']],
    [
      ['--rule', 'AR01'],
      ['a', 'b'],
    ],
    [
      ['--fingerprint', 'a', 'c'],
      ['a', 'c'],
    ],
    [
      ['--rule', 'CR04', '--fingerprint', 'b'],
      ['b', 'c'],
    ],
  ])('accepts those named by %j', async (flags, fingerprints) => {
    await inFolder(async ({ run, baseline }) => {
      expect(await run(...WHO, ...TODAY, ...flags, '--expires', '2027-01-31')).toBe(0);
      const all = (await baseline()).accepted;
      expect(all.map(({ fingerprint }) => fingerprint)).toEqual(fingerprints);
      expect(all.every(({ expires }) => expires === '2027-01-31')).toBe(true);
    });
  });

  it('keeps what is accepted already, and renews what has expired', async () => {
    const before = [accepted('x', { owner: 'Bo' }), accepted('a', { owner: 'Bo' }), accepted('b', { owner: 'Bo', expires: '2026-01-01' })];
    await inFolder(
      async ({ run, baseline }) => {
        await run(...WHO, ...TODAY, '--rule', 'AR01');
        expect((await baseline()).accepted).toEqual([before[0], before[1], accepted('b')]);
        expect(out).toContain('1 of 2 findings accepted');
      },
      REPORT,
      { version: 1, accepted: before },
    );
  });

  it('prunes what has expired and what is stale', async () => {
    const before = [accepted('x'), accepted('a'), accepted('b', { expires: '2026-11-20' }), accepted('c', { expires: '2026-11-21' })];
    await inFolder(
      async ({ run, baseline }) => {
        expect(await run('--prune', ...TODAY)).toBe(0);
        expect((await baseline()).accepted).toEqual([before[1], before[3]]);
        expect(out).toContain('2 acceptances pruned');
        expect(out).toContain('AR01  x  stale: no such finding any more  (Anna: agreed with Microsoft)');
        expect(out).toContain('AR01  b  expired on 2026-11-20');
      },
      REPORT,
      { version: 1, accepted: before },
    );
  });

  it('prunes by what a report made with --baseline says is stale', async () => {
    const before = [accepted('x'), accepted('hidden'), accepted('added since')];
    const made = { ...REPORT, baseline: { accepted: 1, expired: [], stale: [accepted('x'), accepted('pruned already')] } };
    await inFolder(
      async ({ run, baseline }) => {
        expect(await run('--prune', ...TODAY)).toBe(0);
        expect((await baseline()).accepted).toEqual([before[1], before[2]]);
      },
      made,
      { version: 1, accepted: before },
    );
  });

  it('does not prune by a report that leaves findings out', async () => {
    const report = { ...REPORT, summary: { ...REPORT.summary, belowMinAmount: 1 } };
    const before: Baseline = { version: 1, accepted: [accepted('x')] };
    await inFolder(
      async ({ run, baseline }) => {
        expect(await run('--prune', ...TODAY)).toBe(2);
        expect(err).toContain('report-not-whole');
        expect(await baseline()).toEqual(before);
      },
      report,
      before,
    );
  });

  it.each([
    [['--reason', 'x'], '--owner is missing'],
    [['--owner', 'x', '--reason', ' '], '--reason is missing'],
    [[], '--reason and --owner are missing'],
    [['--prune', '--rule', 'AR01'], '--reason and --owner are missing'],
    [[...WHO, '--expires', '31.01.2027'], '--expires 31.01.2027 is no day'],
    [[...WHO, ...TODAY, '--expires', '2026-11-20'], 'is over already'],
    [[...WHO, '--rule', 'AR99', '--fingerprint', 'a', 'zz'], 'no finding of AR99, zz'],
  ])('refuses %j and writes nothing', async (flags, found) => {
    await inFolder(async ({ run, folder }) => {
      expect(await run(...flags)).toBe(2);
      expect(err).toContain(found);
      expect(await readdir(folder)).toEqual(['report.json']);
    });
  });

  it('leaves a baseline that it cannot read as it is', async () => {
    await inFolder(async ({ run, file }) => {
      await writeFile(file, '{ "version": 1, "accepted": [');
      expect(await run(...WHO)).toBe(2);
      expect(err).toContain('baseline-unreadable');
      expect(await readFile(file, 'utf8')).toBe('{ "version": 1, "accepted": [');
    });
  });
});
