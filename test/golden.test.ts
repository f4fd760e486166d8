import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runProcess } from './support/run-process.ts';

/**
 * Whole runs of the command, byte for byte: fixtures/cases/README.md says what a case is made of. `UPDATE_GOLDEN=1` writes the outputs anew;
 * read the difference before committing it.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CASES = join(ROOT, 'fixtures', 'cases');
const BIN = join(ROOT, 'src', 'bin.ts');
const IS_UPDATE = process.env['UPDATE_GOLDEN'] === '1';

/** What belongs to the case and not to the folder it runs in. */
const OWN_FILES = new Set(['command.txt', 'copies.txt']);
const EXPECTED = 'expected';
/** The one case that shows the catalogue of rules in its report: it is the same in all, and a reworded rule need not touch every case. */
const WITH_CATALOGUE = 'months/sample';
/** Workbooks are zip archives: their own tests read them. */
const COMPARED = new Set(['.csv', '.json', '.md', '.txt', '.ics', '.html']);

const leaves = readdirSync(CASES, { recursive: true, encoding: 'utf8' })
  .filter((path) => basename(path) === 'command.txt')
  .map((path) => dirname(path).replaceAll('\\', '/'))
  .sort();

type Outputs = ReadonlyMap<string, string>;

/** Words parted by spaces; a word in double quotes may hold some. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

function withoutCatalogue(report: string): string {
  return report.replace(/(?<=\n {2}"rules": )\{[\s\S]*?\n {2}\}/, `"as in ${WITH_CATALOGUE}"`);
}

async function linesOf(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** Runs a case in a folder of its own; what it printed and every text file that it wrote, by name. */
async function outputsOf(leaf: string): Promise<Outputs> {
  const source = join(CASES, leaf);
  const folder = await mkdtemp(join(tmpdir(), 'csp-recon-golden-'));
  try {
    for (const entry of await readdir(source)) {
      if (!OWN_FILES.has(entry) && entry !== EXPECTED) await cp(join(source, entry), join(folder, entry), { recursive: true });
    }
    for (const path of await linesOf(join(source, 'copies.txt'))) await cp(join(ROOT, path.trim()), join(folder, basename(path.trim())));
    const inputs = new Set(await filesBelow(folder));
    let stdout = '';
    let stderr = '';
    let exitCode: number | null = null;
    for (const line of await linesOf(join(source, 'command.txt'))) {
      const run = await runProcess([BIN, ...words(line)], folder);
      stdout += run.stdout;
      stderr += run.stderr;
      exitCode = run.exitCode;
    }
    const written = (await filesBelow(folder)).filter((path) => !inputs.has(path) && COMPARED.has(extname(path)));
    const files = await Promise.all(
      written.map(async (path) => {
        const text = await readFile(join(folder, path), 'utf8');
        return [path, basename(path) === 'report.json' && leaf !== WITH_CATALOGUE ? withoutCatalogue(text) : text] as const;
      }),
    );
    return new Map([
      ['exit-code.txt', `${exitCode ?? 'none'}\n`],
      ['summary.txt', stdout],
      ...(stderr === '' ? [] : [['stderr.txt', stderr] as const]),
      ...files,
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readExpected(leaf: string): Promise<Outputs> {
  const folder = join(CASES, leaf, EXPECTED);
  const paths = await filesBelow(folder);
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const)));
}

async function writeExpected(leaf: string, outputs: Outputs): Promise<void> {
  const folder = join(CASES, leaf, EXPECTED);
  await rm(folder, { recursive: true, force: true });
  for (const [path, text] of outputs) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

describe.concurrent('golden cases', () => {
  it.each(leaves)('%s', async (leaf) => {
    const outputs = await outputsOf(leaf);
    if (IS_UPDATE) await writeExpected(leaf, outputs);
    const expected = await readExpected(leaf);
    expect([...outputs.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [path, text] of outputs) expect(text, `${leaf}/${EXPECTED}/${path}`).toBe(expected.get(path));
  });
});
