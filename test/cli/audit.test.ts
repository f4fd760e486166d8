import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Report } from '../../src/domain/findings/report.ts';
import { generateLegacy } from '../bench/generate-legacy.ts';
import { csvText, headerOf, NEW_COMMERCE_CELLS, type Cells } from '../support/csv-charges.ts';
import { runCommand as run } from '../support/run-command.ts';

const BIN = fileURLToPath(new URL('../../src/bin.ts', import.meta.url));
const LOADER = import.meta.resolve('tsx');
const DAY = ['--as-of', '2026-10-05'];
const ESCAPE = '\u001b';

interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Alone {
  readonly child: ChildProcess;
  readonly ended: Promise<Run>;
}

function start(argv: readonly string[], env: NodeJS.ProcessEnv = process.env): Alone {
  const child = spawn(process.execPath, ['--import', LOADER, BIN, ...argv], { cwd: folder, env, stdio: 'pipe' });
  const out: Buffer[] = [];
  const error: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => error.push(chunk));
  const ended = new Promise<Run>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      resolve({ exitCode, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(error).toString() });
    });
  });
  return { child, ended };
}

async function runAlone(argv: readonly string[], input = ''): Promise<Run> {
  const { child, ended } = start(argv);
  child.stdin!.end(input);
  return ended;
}

/** Waits for what another process does. It ends with that process, not with a clock. */
async function until(isSo: () => boolean | Promise<boolean>, ended: Promise<Run>): Promise<void> {
  for (;;) {
    if (await isSo()) return;
    const run = await Promise.race([ended, pause(5, null)]);
    if (run !== null) throw new Error(`ended too early: ${run.stderr}`);
  }
}

let header: readonly string[] = [];
const GOOD: Cells = { ...NEW_COMMERCE_CELLS, BillingFrequency: 'Monthly' };
/** 0.37 more than price times quantity: AR01. */
const WRONG: Cells = {
  ...GOOD,
  SubscriptionId: 's2',
  CustomerId: 'c2',
  CustomerDomainName: 'fabrikam.onmicrosoft.com',
  Subtotal: '61.87',
  Total: '61.87',
};
const BROKEN: Cells = { ...GOOD, SubscriptionId: 's3', Subtotal: '#REF!' };

function csv(...rows: readonly Cells[]): string {
  return csvText(header, rows);
}

const working = process.cwd();
let folder = '';

beforeAll(async () => {
  header = await headerOf('new-commerce/header-2023');
});
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'csp-recon-audit-')));
  process.chdir(folder);
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.chdir(working);
  await rm(folder, { recursive: true, force: true });
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function reportIn(out = 'csp-recon-report'): Promise<Report> {
  return JSON.parse(await readFile(join(folder, out, 'report.json'), 'utf8')) as Report;
}

/** Every file below a folder with its bytes. */
async function bytesBelow(path: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) found.set(relative(path, file), await readFile(file, 'latin1'));
  }
  return found;
}

const ALL_FORMATS = ['report.json', 'report.xlsx', 'findings.csv', 'deadlines.ics', 'register.xlsx', 'claims/claims.xlsx'];

/** The sample's month; its incomplete export would end every run with 2. */
const MONTH = ['demo/*.csv', '--context', 'demo/context'];
/** The sample's own lists, which lie in its folder and are no exports. */
const LISTS = ['--prices', 'demo/prices', '--incidents', 'demo/partner/incidents.csv', '--invoices', 'demo/partner/invoices.csv'];

describe('exit codes', () => {
  /** A baseline that accepts every finding of the given severities leaves a report of the others. */
  async function sampleWithout(...accepted: readonly string[]): Promise<readonly string[]> {
    const report = await reportIn('all');
    const findings = report.findings.filter(({ severity }) => accepted.includes(severity));
    const entry = { reason: 'test', owner: 'test', expires: null, acceptedOn: '2026-10-05' };
    await write({
      'baseline.json': JSON.stringify({ version: 1, accepted: findings.map(({ fingerprint, rule }) => ({ fingerprint, rule, ...entry })) }),
    });
    return ['audit', ...MONTH, ...LISTS, ...DAY, '--format', 'json', '--quiet', '--baseline', 'baseline.json'];
  }

  it('are 2 where a part of an export is missing, whatever is tolerated or accepted', async () => {
    await run('sample', 'demo');
    const argv = ['audit', 'demo/incomplete-export', ...DAY, '--format', 'json', '--quiet'];
    expect((await run(...argv, '--out', 'all')).exitCode).toBe(2);
    const baseline = ['--file', 'accepted.json', '--reason', 'known', '--owner', 'test'];
    expect((await run('baseline', 'all/report.json', ...baseline)).exitCode).toBe(0);
    const { exitCode, stdout, stderr } = await run(...argv, '--baseline', 'accepted.json', '--fail-on', 'never', '--max-rejected', '9');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('export-incomplete');
    expect((await reportIn('csp-recon-report')).findings).toEqual([]);
  });

  it('are 2 where a part of an export of another month is missing, which no finding speaks of', async () => {
    await run('sample', 'demo');
    const argv = ['audit', ...MONTH, '--context', 'demo/incomplete-export', ...DAY, '--format', 'json', '--quiet', '--fail-on', 'never'];
    expect((await run(...argv)).exitCode).toBe(2);
    expect((await reportIn('csp-recon-report')).findings.map(({ rule }) => rule)).not.toContain('IN08');
  });

  it('are those of --fail-on and the worst finding', async () => {
    await run('sample', 'demo');
    await run('audit', ...MONTH, ...LISTS, ...DAY, '--format', 'json', '--out', 'all', '--quiet');
    const severities = ['error', 'warning', 'info'] as const;
    const limits = [...severities, 'never'] as const;
    const codes: Record<string, readonly (number | null)[]> = {};
    for (const [index, worst] of [...severities, 'none'].entries()) {
      const argv = await sampleWithout(...severities.slice(0, index));
      const runs: (number | null)[] = [];
      for (const limit of limits) runs.push((await run(...argv, '--fail-on', limit)).exitCode);
      codes[worst] = runs;
    }
    expect(codes).toEqual({ error: [1, 1, 1, 0], warning: [0, 1, 1, 0], info: [0, 0, 1, 0], none: [0, 0, 0, 0] });
  });

  it('fail on errors where nothing is said', async () => {
    await write({ 'good.csv': csv(GOOD), 'wrong.csv': csv(WRONG) });
    expect((await run('audit', 'good.csv', ...DAY, '--format', 'json')).exitCode).toBe(0);
    expect((await run('audit', 'wrong.csv', ...DAY, '--format', 'json')).exitCode).toBe(1);
  });

  it('are 2 beyond --max-rejected, whatever else was found', async () => {
    await write({ 'a.csv': csv(GOOD, WRONG, BROKEN, { ...BROKEN, SubscriptionId: 's4' }) });
    const codes: (number | null)[] = [];
    for (const more of [[], ['--max-rejected', '1'], ['--max-rejected', '2'], ['--max-rejected', '2', '--fail-on', 'never']]) {
      const { exitCode, stderr } = await run('audit', 'a.csv', ...DAY, '--format', 'json', ...more);
      codes.push(exitCode);
      expect(stderr.startsWith('error  a.csv:4  rejected-rows – 2 rows could not be read')).toBe(exitCode === 2);
      expect((await reportIn()).rejections.map(({ row }) => row)).toEqual([4, 5]);
    }
    expect(codes).toEqual([2, 2, 1, 0]);
    expect((await run('audit', 'a.csv', ...DAY, '--format', 'json', '--fail-on', 'never')).exitCode).toBe(2);
  });

  it('heed --min-amount: findings below are counted and not listed', async () => {
    await write({ 'a.csv': csv(GOOD, WRONG) });
    for (const [least, exitCode, listed, counted] of [
      ['0', 1, ['0.37'], 0],
      ['0.37', 1, ['0.37'], 0],
      ['0.38', 0, [], 1],
    ] as const) {
      expect((await run('audit', 'a.csv', ...DAY, '--format', 'json', '--min-amount', least)).exitCode).toBe(exitCode);
      const { findings, summary } = await reportIn();
      expect(findings.flatMap(({ difference }) => difference ?? [])).toEqual(listed);
      expect(summary.belowMinAmount).toBe(counted);
    }
  });

  it('say beside the totals what findings below --min-amount come to', async () => {
    await write({ 'a.csv': csv(GOOD, WRONG) });
    const { stdout } = await run('audit', 'a.csv', ...DAY, '--min-amount', '0.38');
    expect(stdout).toContain('  1 finding below 0.38 EUR is not listed and in no total: discrepancies 0.37 EUR, claims 0.00 EUR');
    const { totals } = await reportIn();
    expect(totals).toMatchObject([{ discrepancies: '0.00', notListed: { findings: 1, discrepancies: '0.37', claims: '0.00' } }]);
    const page = await readFile(join(folder, 'csp-recon-report', 'report.html'), 'utf8');
    expect(page).toMatch(
      /without <span class="num">0\.37<\/span\s*> <span class="currency">EUR<\/span> in findings below 0\.38, which are not listed/,
    );
    await run('audit', 'a.csv', ...DAY, '--min-amount', '0.37', '--format', 'json');
    expect((await reportIn()).totals[0]).not.toHaveProperty('notListed');
  });
});

describe('what is printed', () => {
  it('is only the report with --format json --out -', async () => {
    await write({ 'a.csv': csv(GOOD, WRONG) });
    const argv = ['audit', 'a.csv', ...DAY, '--format', 'json'];
    const { stdout, stderr, exitCode } = await runAlone([...argv, '--out', '-', '--log-level', 'debug']);
    await run(...argv);
    expect(JSON.parse(stdout)).toEqual(await reportIn());
    expect(exitCode).toBe(1);
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { msg: string }).msg),
    ).toEqual(['files read', 'lines judged']);
    expect((await readdir(folder)).sort()).toEqual(['a.csv', 'csp-recon-report']);
  });

  it('is one report where a format is named twice', async () => {
    await write({ 'a.csv': csv(GOOD) });
    const { stdout, exitCode } = await run('audit', 'a.csv', ...DAY, '--format', 'json,json', '--out', '-');
    expect(exitCode).toBe(0);
    expect((JSON.parse(stdout) as Report).asOf).toBe('2026-10-05');
    expect((await run('audit', 'a.csv', ...DAY, '--format', 'json,csv,json', '--quiet')).exitCode).toBe(0);
    expect((await readdir(join(folder, 'csp-recon-report'))).sort()).toEqual(['findings.csv', 'report.json']);
  });

  it('is nothing with --quiet', async () => {
    await write({ 'a.csv': csv(WRONG) });
    expect(await runAlone(['audit', 'a.csv', ...DAY, '--quiet'])).toEqual({ exitCode: 1, stdout: '', stderr: '' });
    expect([...(await bytesBelow(join(folder, 'csp-recon-report'))).keys()]).toEqual(expect.arrayContaining(ALL_FORMATS));
  });

  it('is still the error with --quiet', async () => {
    await write({ 'a.csv': csv(GOOD, BROKEN) });
    const { exitCode, stdout, stderr } = await run('audit', 'a.csv', ...DAY, '--quiet', '--format', 'json');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error {2}a\.csv:3 {2}rejected-rows – .*\n$/);
  });

  it('is the summary on standard output, without escape codes where that is no terminal', async () => {
    await write({ 'a.csv': csv(WRONG) });
    const { stdout, stderr } = await runAlone(['audit', 'a.csv', ...DAY]);
    expect(stdout).toContain('a.csv: new-commerce, 1 row: 1 audited');
    expect(stdout).not.toContain(ESCAPE);
    expect(stderr).toBe('');
  });

  it('logs into --log-file instead of standard error', async () => {
    await write({ 'a.csv': csv(GOOD) });
    const { stderr } = await runAlone(['audit', 'a.csv', ...DAY, '--quiet', '--log-level', 'info', '--log-file', 'logs/run.log']);
    expect(stderr).toBe('');
    expect(await readFile(join(folder, 'logs', 'run.log'), 'utf8')).toContain('"files read"');
  });

  it.each([
    ['coloured on a terminal', undefined, true],
    ['plain with NO_COLOR', '1', false],
    ['coloured where NO_COLOR is empty', '', true],
  ])('is %s', async (_, noColor, isColoured) => {
    await write({ 'a.csv': csv(WRONG) });
    const { isTTY, columns } = process.stdout;
    const before = process.env['NO_COLOR'];
    Object.assign(process.stdout, { isTTY: true, columns: 100 });
    if (noColor === undefined) delete process.env['NO_COLOR'];
    else process.env['NO_COLOR'] = noColor;
    try {
      const { stdout } = await run('audit', 'a.csv', ...DAY, '--format', 'json');
      expect(stdout.includes(ESCAPE)).toBe(isColoured);
    } finally {
      Object.assign(process.stdout, { isTTY, columns });
      if (before === undefined) delete process.env['NO_COLOR'];
      else process.env['NO_COLOR'] = before;
    }
  });
});

describe('inputs', () => {
  it('may be files, a folder, a glob or standard input: the findings are the same', async () => {
    await write({ 'in/a.csv': csv(GOOD), 'in/b.csv': csv(WRONG), 'in/notes.md': 'no export' });
    const prints: string[] = [];
    for (const paths of [['in/a.csv', 'in/b.csv'], ['in'], ['in/*.csv'], ['in/b.csv', 'in', 'in/a.csv']]) {
      await run('audit', ...paths, ...DAY, '--format', 'json');
      const { inputs, findings } = await reportIn();
      expect(inputs.map(({ path, lines }) => [path, lines])).toEqual([
        ['in/a.csv', 1],
        ['in/b.csv', 1],
      ]);
      prints.push(JSON.stringify(findings));
    }
    expect(new Set(prints).size).toBe(1);
    const { stdout, exitCode } = await runAlone(['audit', '-', ...DAY, '--format', 'json', '--out', '-'], csv(GOOD, WRONG));
    const report = JSON.parse(stdout) as Report;
    expect(exitCode).toBe(1);
    expect(report.inputs).toMatchObject([{ path: '-', lines: 2 }]);
    const ofFiles = (JSON.parse(prints[0]!) as Report['findings']).map(({ fingerprint }) => fingerprint);
    expect(report.findings.map(({ fingerprint }) => fingerprint)).toEqual(ofFiles);
  });

  it('given with --context are never reported on, also where they lie in an audited folder', async () => {
    await write({ 'in/a.csv': csv(GOOD), 'in/before/b.csv': csv(WRONG) });
    expect((await run('audit', 'in', ...DAY, '--format', 'json')).exitCode).toBe(1);
    for (const context of ['in/before', 'in/before/b.csv', 'in/**/b.csv']) {
      expect((await run('audit', 'in', '--context', context, ...DAY, '--format', 'json')).exitCode).toBe(0);
      const { inputs, findings, totals, rejections } = await reportIn();
      expect(inputs.map(({ path, role, lines }) => [path, role, lines])).toEqual([
        ['in/a.csv', 'audited', 1],
        ['in/before/b.csv', 'context', 1],
      ]);
      expect([findings, rejections, totals.map(({ lines }) => lines)]).toEqual([[], [], [1]]);
    }
  });

  it('of the same bytes are read once, and the report says so', async () => {
    await write({ 'a.csv': csv(WRONG), 'copy of a.csv': csv(WRONG) });
    const { stdout, exitCode } = await run('audit', '.', ...DAY, '--format', 'json');
    expect(exitCode).toBe(1);
    const { inputs, findings, totals } = await reportIn();
    expect(inputs[1]).toMatchObject({ rows: 1, lines: 0, skipped: 1, skippedBy: { 'file-given-twice': 1 } });
    expect(stdout).toContain(`the same bytes as ${inputs[0]!.path}`);
    expect([findings.length, totals[0]!.lines]).toEqual([1, 1]);
  });

  it('account for every row: lines, rejected and skipped add up', async () => {
    const glued = `sep=,\r\n${csv(GOOD, WRONG)}${csv(BROKEN)}\r\n\r\n`;
    await write({
      'a.csv': glued,
      'b.csv': csv({ ...GOOD, SubscriptionId: 's9' }),
      'c.csv': glued,
      'old/d.csv': csv(GOOD, BROKEN, BROKEN),
    });
    await run('audit', '*.csv', '--context', 'old', ...DAY, '--format', 'json');
    const { inputs, rejections, totals } = await reportIn();
    expect(inputs.map(({ path, rows, lines, rejected, skipped }) => [path, rows, lines, rejected, skipped])).toEqual([
      ['a.csv', 5, 2, 1, 2],
      ['b.csv', 1, 1, 0, 0],
      ['c.csv', 5, 0, 0, 5],
      ['old/d.csv', 3, 1, 2, 0],
    ]);
    for (const { path, rows, lines, rejected, skipped, skippedBy } of inputs) {
      expect(lines + rejected + skipped, path).toBe(rows);
      expect(
        Object.values(skippedBy).reduce((sum, count) => sum + count, 0),
        path,
      ).toBe(skipped);
      expect(rejections.filter(({ file }) => file === path).length, path).toBe(rejected);
    }
    expect(totals.map(({ lines }) => lines)).toEqual([3]);
  });

  it('may have their options in a configuration file further up; flags win', async () => {
    await write({
      'csp-recon.config.json': '{ "failOn": "never", "format": "json", "out": "from-config", "asOf": "2026-10-05", "paths": ["a.csv"] }',
      'deep/down/a.csv': csv(WRONG),
    });
    process.chdir(join(folder, 'deep', 'down'));
    expect((await run('audit', '--quiet')).exitCode).toBe(0);
    expect((await run('audit', 'a.csv', '--quiet', '--fail-on', 'error', '--out', 'from-flag')).exitCode).toBe(1);
    expect((await readdir('.')).sort()).toEqual(['a.csv', 'from-config', 'from-flag']);
    expect(await readdir('from-config')).toEqual(['report.json']);
    expect(await reportIn('deep/down/from-flag')).toMatchObject({ asOf: '2026-10-05', options: { failOn: 'error' } });
    await writeFile('other.json', '{ "failOn": "info" }');
    expect((await run('audit', 'a.csv', '--quiet', '--config', 'other.json', ...DAY)).exitCode).toBe(1);
  });
});

describe('the report folder', () => {
  it('holds the same bytes after the same run', async () => {
    await run('sample', 'demo');
    for (const out of ['one', 'two']) await run('audit', ...MONTH, ...DAY, '--out', out);
    const [one, two] = [await bytesBelow('one'), await bytesBelow('two')];
    expect([...one.keys()]).toEqual(expect.arrayContaining(ALL_FORMATS));
    expect(two).toEqual(one);
  });

  it('is replaced by the next run, its claims too', async () => {
    await write({ 'wrong.csv': csv(WRONG), 'good.csv': csv(GOOD) });
    await run('audit', 'wrong.csv', ...DAY);
    expect(existsSync('csp-recon-report/claims')).toBe(true);
    await run('audit', 'good.csv', ...DAY);
    const replaced = await bytesBelow('csp-recon-report');
    await run('audit', 'good.csv', ...DAY, '--out', 'fresh');
    expect(replaced).toEqual(await bytesBelow('fresh'));
    expect(existsSync('csp-recon-report/claims')).toBe(false);
  });

  it('of the run before is not read, wherever it lies', async () => {
    await write({ 'in/a.csv': csv(WRONG) });
    for (const [path, out] of [
      ['.', 'csp-recon-report'],
      ['in', 'in/report'],
      ['in', 'in'],
      ['in/**', 'in/report'],
      ['in/a.csv', 'in'],
    ] as const) {
      const reports: Report[] = [];
      while (reports.length < 2) {
        expect((await run('audit', path, ...DAY, '--out', out)).exitCode, `${path} into ${out}`).toBe(1);
        reports.push(await reportIn(out));
      }
      expect(reports[1]).toEqual(reports[0]);
      expect(reports[1]!.inputs.map(({ lines }) => lines)).toEqual([1]);
      for (const name of await readdir(out)) if (name !== 'a.csv') await rm(join(out, name), { recursive: true });
    }
  });

  it('is left as it was where a file of it cannot be replaced', async () => {
    await write({ 'a.csv': csv(WRONG), 'b.csv': csv(GOOD) });
    await run('audit', 'a.csv', ...DAY, '--format', 'csv,json');
    await mkdir('csp-recon-report/report.xlsx/held', { recursive: true });
    const before = await bytesBelow('csp-recon-report');
    await run('audit', 'b.csv', ...DAY, '--format', 'json', '--out', 'csp-recon-report/findings.csv');
    expect(await bytesBelow('csp-recon-report')).toEqual(before);
  });
});

describe('an interrupted run', () => {
  let month = '';
  beforeAll(async () => {
    month = await mkdtemp(join(tmpdir(), 'csp-recon-large-'));
    generateLegacy(join(month, 'large.csv'), 200_000);
  });
  afterAll(() => rm(month, { recursive: true, force: true }));

  let temporary = '';
  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'csp-recon-tmp-'));
  });
  afterEach(() => rm(temporary, { recursive: true, force: true }));

  const ownTemporary = (): NodeJS.ProcessEnv => ({ ...process.env, TMPDIR: temporary });
  /** tsx keeps its own files there too. */
  const spools = async (): Promise<readonly string[]> => (await readdir(temporary)).filter((name) => name.startsWith('csp-recon'));

  it('gives 130 while it writes, and leaves the earlier report and nothing else', async () => {
    await write({ 'a.csv': csv(WRONG) });
    await run('audit', 'a.csv', ...DAY);
    const before = await bytesBelow(folder);
    const { child, ended } = start(['audit', join(month, 'large.csv'), ...DAY], ownTemporary());
    const isWriting = async (): Promise<boolean> => (await readdir('csp-recon-report')).some((name) => name.startsWith('.unfinished'));
    await until(isWriting, ended);
    child.kill('SIGINT');
    const { exitCode, stdout, stderr } = await ended;
    expect([exitCode, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(/^error {2}interrupted – /);
    expect(await bytesBelow(folder)).toEqual(before);
    expect((await readdir(folder, { recursive: true })).filter((name) => name.includes('unfinished'))).toEqual([]);
    expect(await spools()).toEqual([]);
  });

  it('makes no report folder where there was none', async () => {
    const { child, ended } = start(['audit', join(month, 'large.csv'), ...DAY, '--out', 'deep/down'], ownTemporary());
    await until(() => existsSync('deep/down'), ended);
    child.kill('SIGTERM');
    expect((await ended).exitCode).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives 130 while it waits for standard input, and keeps nothing of it', async () => {
    const { child, ended } = start(['audit', '-', ...DAY], ownTemporary());
    child.stdin!.write(csv(GOOD));
    await until(async () => (await spools()).length > 0, ended);
    child.kill('SIGINT');
    expect((await ended).exitCode).toBe(130);
    expect(await spools()).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });
});
