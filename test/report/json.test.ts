import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/findings/report.ts';
import { writeJson } from '../../src/report/json.ts';
import { exampleReport } from '../support/example-report.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'csp-recon-json-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function written(report: Report): Promise<string> {
  const path = join(folder, 'report.json');
  await writeJson(path, report);
  return readFileSync(path, 'utf8');
}

describe('report.json', () => {
  it('has the bytes of JSON.stringify with two blanks, and a line feed', async () => {
    expect(await written(exampleReport)).toBe(`${JSON.stringify(exampleReport, null, 2)}\n`);
  });

  it('parses back to the same report', async () => {
    expect(JSON.parse(await written(exampleReport))).toEqual(exampleReport);
  });

  it('has them with no findings, and with more than one chunk of them', async () => {
    const [finding] = exampleReport.findings;
    for (const findings of [[], Array.from({ length: 500 }, () => finding!)]) {
      const report = { ...exampleReport, findings };
      expect(await written(report)).toBe(`${JSON.stringify(report, null, 2)}\n`);
    }
  });

  it('keeps line breaks, quotes and lone surrogates inside texts as JSON does', async () => {
    const report = { ...exampleReport, options: { note: 'a\n  "b"\u2028\ud83d', none: [], nested: { list: [1, { x: null }] } } };
    expect(await written(report)).toBe(`${JSON.stringify(report, null, 2)}\n`);
  });
});
