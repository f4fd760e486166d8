import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { csvText, headerOf, NEW_COMMERCE_CELLS } from '../support/csv-charges.ts';
import { runCommand as run } from '../support/run-command.ts';

const working = process.cwd();
let folder = '';

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'csp-recon-deadlines-')));
  process.chdir(folder);
  const purchase = {
    ...NEW_COMMERCE_CELLS,
    ChargeType: 'new',
    OrderDate: '2026-10-01T00:00:00Z',
    SubscriptionStartDate: '2026-10-01T00:00:00Z',
    SubscriptionEndDate: '2027-09-30T00:00:00Z',
    ChargeStartDate: '2026-10-01T00:00:00Z',
    ChargeEndDate: '2026-10-31T00:00:00Z',
    BillingFrequency: 'Monthly',
  };
  await writeFile('october.csv', csvText(await headerOf('new-commerce/header-2023'), [purchase]));
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.chdir(working);
  await rm(folder, { recursive: true, force: true });
});

/** The rules of the list, in its order. */
function rulesOf(csv: string): readonly string[] {
  return csv.split(/\r?\n/).flatMap((line) => /\b(?:CR|DU|SL|RS|IN)\d\d\b/.exec(line)?.[0] ?? []);
}

describe('deadlines over exports', () => {
  it('follow the partner’s own terms', async () => {
    const plain = await run('deadlines', 'october.csv', '--as-of', '2026-10-12', '--format', 'csv');
    expect(rulesOf(plain.stdout)).toEqual([]);
    const terms = [
      {
        parameter: 'new-commerce.cancellation-window',
        since: '2026-01-01',
        value: { length: 30, unit: 'calendar-days' },
        source: 'our agreement of January',
      },
    ];
    await writeFile('policy.json', JSON.stringify({ terms }));
    const own = await run('deadlines', 'october.csv', '--as-of', '2026-10-12', '--format', 'csv', '--policy', 'policy.json');
    expect(own.exitCode).toBe(0);
    expect(rulesOf(own.stdout)).toEqual(['CR07']);
    expect(own.stdout).toContain('2026-10-31');
  });

  it('list what is still open in the register of earlier months', async () => {
    await run('sample', 'demo');
    await run('audit', 'demo/*.csv', '--context', 'demo/context', '--as-of', '2026-10-05', '--out', 'september', '--quiet');
    const alone = await run('deadlines', 'october.csv', '--as-of', '2026-10-06', '--format', 'csv');
    const register = ['--register', 'september/register.xlsx'];
    const carried = await run('deadlines', 'october.csv', '--as-of', '2026-10-06', '--format', 'csv', ...register);
    expect(carried.exitCode).toBe(0);
    expect(rulesOf(alone.stdout)).toEqual(['CR07']);
    expect(rulesOf(carried.stdout).filter((rule) => rule !== 'CR07').length).toBeGreaterThan(0);
    expect(rulesOf(carried.stdout).filter((rule) => rule === 'CR07')).toEqual(['CR07']);
  });

  it('stop at a register that cannot be read', async () => {
    await writeFile('register.xlsx', 'no workbook');
    const { exitCode, stderr } = await run('deadlines', 'october.csv', '--as-of', '2026-10-06', '--register', 'register.xlsx');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('register.xlsx');
  });
});
