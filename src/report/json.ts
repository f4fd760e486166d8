import { writeFile } from 'node:fs/promises';
import type { Report } from '../domain/findings/report.ts';
import { chunks } from './chunks.ts';

/** A value as it stands at `depth` inside the whole document. Line breaks inside texts are escaped, so every raw one is layout. */
function nested(value: unknown, depth: number): string {
  const text = JSON.stringify(value, null, 2) as string | undefined;
  return (text ?? 'null').replaceAll('\n', `\n${'  '.repeat(depth)}`);
}

function* member(key: string, value: unknown): Generator<string> {
  const name = `  ${JSON.stringify(key)}: `;
  if (!Array.isArray(value) || value.length === 0) {
    yield `${name}${nested(value, 1)}`;
    return;
  }
  let separator = `${name}[\n    `;
  for (const element of value as readonly unknown[]) {
    yield `${separator}${nested(element, 2)}`;
    separator = ',\n    ';
  }
  yield '\n  ]';
}

/** The bytes of `JSON.stringify(report, null, 2)` and a line feed, in pieces of an array element each. */
function* pieces(report: Report): Generator<string> {
  let separator = '{\n';
  for (const [key, value] of Object.entries(report)) {
    if (value === undefined) continue;
    yield separator;
    yield* member(key, value);
    separator = ',\n';
  }
  yield '\n}\n';
}

/** Writes report.json. */
export async function writeJson(path: string, report: Report): Promise<void> {
  await writeFile(path, chunks(pieces(report)), 'utf8');
}
