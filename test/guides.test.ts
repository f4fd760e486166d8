import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const GUIDE = readFileSync(new URL('../src/guides/monthly-routine.md', import.meta.url), 'utf8');
const SCRIPT = /```sh\n([\s\S]*?)```/.exec(GUIDE)?.[1] ?? '';

/** The script counts months with the date command of Linux. */
function hasLinuxDate(): boolean {
  try {
    return execFileSync('date', ['-u', '-d', '2026-03-01 -1 month', '+%Y-%m'], { encoding: 'utf8', stdio: 'pipe' }).trim() === '2026-02';
  } catch {
    return false;
  }
}

describe.skipIf(!hasLinuxDate())('the scheduled job of the monthly routine', () => {
  let folder = '';

  /** A command of the folder that stands before the machine's own. */
  function command(name: string, script: string): void {
    const path = join(folder, 'bin', name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }

  /** What it calls on a day, or for a month that is named. */
  function called(today: string, ...month: readonly string[]): string {
    const date = execFileSync('sh', ['-c', 'command -v date'], { encoding: 'utf8' }).trim();
    command('date', `[ "$*" = "-u +%Y-%m-01" ] && exec ${date} -u -d ${today} +%Y-%m-01\nexec ${date} "$@"`);
    const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
    return execFileSync('sh', [join(folder, 'audit-month.sh'), ...month], { encoding: 'utf8', env });
  }

  const expected = (month: string, before: string, earlier: string): string =>
    [
      `audit exports/${month} --context exports/${before} exports/${earlier}`,
      `--events record.csv --register reports/${before}/register.xlsx --baseline accepted.json`,
      `--out reports/${month} --quiet --log-file audit.log\n`,
    ].join(' ');

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'csp-recon-guide-'));
    mkdirSync(join(folder, 'bin'));
    command('csp-recon', 'echo "$@"');
    writeFileSync(join(folder, 'audit-month.sh'), SCRIPT);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['2026-10-09', '2026-09', '2026-08', '2026-07'],
    ['2026-10-31', '2026-09', '2026-08', '2026-07'],
    ['2026-03-31', '2026-02', '2026-01', '2025-12'],
    ['2027-01-09', '2026-12', '2026-11', '2026-10'],
  ])('on %s audits %s', (today, month, before, earlier) => {
    expect(called(today)).toBe(expected(month, before, earlier));
  });

  it('audits the month that is named', () => {
    expect(called('2026-10-09', '2026-03')).toBe(expected('2026-03', '2026-02', '2026-01'));
  });

  it('has the options of the command that is run by hand', () => {
    const byHand = /## 2\. Run\n\n((?: {4}.*\n)+)/.exec(GUIDE)?.[1] ?? '';
    const options = byHand.match(/--[a-z-]+/g);
    expect(options).toEqual(['--context', '--events', '--register', '--baseline', '--out']);
    for (const option of options ?? []) expect(SCRIPT).toContain(` ${option} `);
  });
});
