import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportJsonSchema, reportSchema } from '../../src/report/report-schema.ts';
import { exampleReport } from '../support/example-report.ts';

type Path = readonly (string | number)[];

/** The example with one value set, or taken away where it is undefined. */
function changed(path: Path, value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(exampleReport));
  let target = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) target = target[key] as Record<string | number, unknown>;
  const last = path.at(-1)!;
  if (value === undefined) Reflect.deleteProperty(target, last);
  else target[last] = value;
  return copy;
}

const REFUSED: readonly (readonly [Path, unknown])[] = [
  [['schemaVersion'], '2'],
  [['tool', 'name'], 'other'],
  [['asOf'], '21.11.2026'],
  [['asOf'], '2026-02-30'],
  [['generatedAt'], '2026-11-21T12:00:00Z'],
  [['totals', 0, 'billed'], 12.5],
  [['totals', 0, 'billed'], '1,204.55'],
  [['totals', 0, 'billed'], '1e3'],
  [['totals', 0, 'lines'], -1],
  [['totals', 0, 'lines'], 1.5],
  [['inputs', 0, 'role'], 'other'],
  [['inputs', 0, 'skippedBy', 'boredom'], 1],
  [['inputs', 0, 'detected', 'dateOrder'], 'ymd'],
  [['inputs', 0, 'bytes'], undefined],
  [['conventions', 0, 'judgedBy'], 'yes'],
  [['findings', 0, 'severity'], 'fatal'],
  [['findings', 0, 'kind'], 'overcharge'],
  [['findings', 0, 'confidence'], 'sure'],
  [['findings', 0, 'difference'], '=1+1'],
  [['findings', 0, 'deadline'], ''],
  [['findings', 0, 'customerName'], null],
  [['findings', 0, 'fingerprint'], undefined],
  [['findings', 0, 'evidence', 0, 'row'], 0],
  [['findings', 0, 'evidence', 0, 'path'], 'x'],
  [['findings', 0, 'citations', 0, 'url'], 'x'],
  [['rejections', 0, 'file'], undefined],
  [['rules', 'CR02', 'docs', 'remedy'], undefined],
  [['summary', 'bySeverity', 'info'], undefined],
  [['summary', 'bySeverity', 'fatal'], 1],
  [['unchecked', 0, 'lines'], '8'],
];

describe('the schema of report.json', () => {
  it('accepts the example, and gives it back with the same bytes', () => {
    const parsed = reportSchema.parse(JSON.parse(JSON.stringify(exampleReport)));
    expect(JSON.stringify(parsed)).toBe(JSON.stringify(exampleReport));
  });

  it.each(REFUSED)('refuses %j = %j', (path, value) => {
    const result = reportSchema.safeParse(changed(path, value));
    expect(result.success).toBe(false);
    const at = result.error?.issues[0]?.path ?? [];
    expect(at).toEqual(path.slice(0, at.length));
  });

  it('is written as a JSON Schema by the step of the build', () => {
    const folder = mkdtempSync(join(tmpdir(), 'csp-recon-schema-'));
    try {
      const path = join(folder, 'report.schema.json');
      execFileSync(process.execPath, ['--import', 'tsx', 'src/report/write-schema.ts', path]);
      const schema: unknown = JSON.parse(readFileSync(path, 'utf8'));
      expect(schema).toEqual(reportJsonSchema());
      expect(schema).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        additionalProperties: false,
        required: Object.keys(exampleReport),
        $defs: { Finding: { additionalProperties: false, required: Object.keys(exampleReport.findings[0]!) } },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
