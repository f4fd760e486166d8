import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { compareAnswers, readPeer, readReport } from './compare-answers.ts';
import type { GeneratedFile } from './export-file.ts';
import { generateLegacy } from './generate-legacy.ts';
import { generateNewCommerce } from './generate-new-commerce.ts';
import { measureProcess, median, oneAfterTheOther, type Program, type Usage } from './measure-process.ts';

/**
 * `npm run bench -- [--rows N] [--pairs N] [--keep] [--bin FILE]`: the audit against csv-parse that merely parses and against DuckDB that
 * answers the same questions, every run a fresh process. The answers are compared first: a fast wrong audit is not worth timing.
 * `--bin` measures another build than `dist/bin.js`.
 */
const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const AS_OF = '2026-11-21';
const PROGRAMS = ['report-usage', 'duckdb-peer', 'csv-parse-only'] as const;

interface Options {
  readonly rows: number;
  readonly pairs: number;
  readonly isKept: boolean;
  readonly bin: string;
}

interface BenchFile extends GeneratedFile {
  readonly layout: 'legacy-licence' | 'new-commerce';
}

interface Workplace {
  readonly folder: string;
  readonly bin: string;
  readonly files: readonly BenchFile[];
}

type Contender = 'audit' | 'csv-parse' | 'DuckDB';
const CONTENDERS: readonly Contender[] = ['audit', 'csv-parse', 'DuckDB'];

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '100000' },
      pairs: { type: 'string', default: '3' },
      keep: { type: 'boolean', default: false },
      bin: { type: 'string', default: join(REPOSITORY, 'dist/bin.js') },
    },
  });
  const count = (name: 'rows' | 'pairs'): number => {
    if (!/^[1-9]\d*$/.test(values[name])) throw new Error(`--${name} is "${values[name]}": a whole number of at least 1 is meant`);
    return Number(values[name]);
  };
  return { rows: count('rows'), pairs: count('pairs'), isKept: values.keep, bin: resolve(values.bin) };
}

/** The measured processes run as plain JavaScript: a TypeScript loader would be charged to the peers and not to the built audit. */
function compilePrograms(folder: string): void {
  symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const name of PROGRAMS) {
    const source = readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8');
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
    writeFileSync(join(folder, `${name}.mjs`), ts.transpileModule(source, { compilerOptions }).outputText);
  }
}

function prepare(folder: string, options: Options): Workplace {
  compilePrograms(folder);
  const files: BenchFile[] = [
    { layout: 'legacy-licence', ...generateLegacy(join(folder, 'legacy-licence.csv'), options.rows) },
    { layout: 'new-commerce', ...generateNewCommerce(join(folder, 'new-commerce.csv'), options.rows) },
  ];
  for (const file of files) {
    print(
      `${file.layout}: ${file.rows} rows, ${megabytes(file.bytes)} MB, ${file.subscriptions} subscriptions, ${file.wholeLines} whole and ` +
        `${file.proratedLines} prorated lines; planted ${file.wrongLines} wrong amounts, ${file.duplicateLines} duplicates`,
    );
  }
  return { folder, bin: options.bin, files };
}

function outFolder(workplace: Workplace, contender: Contender, files: readonly BenchFile[]): string {
  return join(workplace.folder, 'out', contender, files.map((file) => file.layout).join('+'));
}

/** A contender's processes for some files: the audit takes them all at once, the peers one after the other. */
function programsOf(workplace: Workplace, contender: Contender, files: readonly BenchFile[]): readonly Program[] {
  const { folder } = workplace;
  const reporter = join(folder, 'report-usage.mjs');
  if (contender === 'audit') {
    const out = outFolder(workplace, contender, files);
    const flags = ['--out', out, '--format', 'json', '--no-progress', '--quiet', '--fail-on', 'never', '--as-of', AS_OF];
    return [{ script: workplace.bin, args: ['audit', ...files.map((file) => file.path), ...flags], folder, reporter }];
  }
  return files.map((file) => {
    if (contender === 'csv-parse') return { script: join(folder, 'csv-parse-only.mjs'), args: [file.path], folder, reporter };
    const args = [file.layout, file.path, outFolder(workplace, contender, [file])];
    return { script: join(folder, 'duckdb-peer.mjs'), args, folder, reporter };
  });
}

async function measure(workplace: Workplace, contender: Contender, files: readonly BenchFile[]): Promise<Usage> {
  // An old report must not be there to be read where a run writes none.
  if (contender === 'audit') rmSync(outFolder(workplace, contender, files), { recursive: true, force: true });
  const usages: Usage[] = [];
  for (const program of programsOf(workplace, contender, files)) usages.push(await measureProcess(program));
  return oneAfterTheOther(usages);
}

/** True where the audit, DuckDB and the generator agree, file by file and with both files given at once. */
async function answersAgree(workplace: Workplace, cases: readonly (readonly BenchFile[])[]): Promise<boolean> {
  for (const file of workplace.files) await measure(workplace, 'DuckDB', [file]);
  let isAgreed = true;
  for (const files of cases) {
    await measure(workplace, 'audit', files);
    const report = readReport(outFolder(workplace, 'audit', files));
    const recalculated = report.totals.map((total) => `${total.recalculated} of ${total.lines}`).join(', ');
    print(`\nanswers of ${caseName(files)} (lines recalculated: ${recalculated})`);
    for (const file of files) {
      const { summary, problems } = compareAnswers(report, file, readPeer(outFolder(workplace, 'DuckDB', [file])));
      print(`  ${summary}`);
      for (const problem of problems) print(`  DIFFERENT: ${problem}`);
      if (problems.length > 0) isAgreed = false;
    }
  }
  return isAgreed;
}

/** Pairs are interleaved, every other one backwards, so that a machine that slows down or speeds up hits all alike. */
async function timeCase(
  workplace: Workplace,
  files: readonly BenchFile[],
  pairs: number,
): Promise<ReadonlyMap<Contender, readonly Usage[]>> {
  const usages = new Map<Contender, Usage[]>(CONTENDERS.map((contender) => [contender, []]));
  for (let pair = 0; pair < pairs; pair++) {
    const order = pair % 2 === 0 ? CONTENDERS : CONTENDERS.toReversed();
    for (const contender of order) usages.get(contender)!.push(await measure(workplace, contender, files));
  }
  return usages;
}

function resultRows(files: readonly BenchFile[], usages: ReadonlyMap<Contender, readonly Usage[]>): string[][] {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const audit = usages.get('audit')!;
  return CONTENDERS.map((contender) => {
    const runs = usages.get(contender)!;
    const seconds = median(runs.map((run) => run.seconds));
    const ratio = (of: (usage: Usage) => number): string =>
      contender === 'audit' ? '' : median(audit.map((run, pair) => of(run) / of(runs[pair]!))).toFixed(2);
    return [
      contender === 'audit' ? caseName(files) : '',
      contender,
      `${rows}`,
      seconds.toFixed(2),
      `${Math.round(rows / seconds)}`,
      median(runs.map((run) => run.processorSeconds)).toFixed(2),
      megabytes(median(runs.map((run) => run.peakBytes))),
      ratio((usage) => usage.seconds),
      ratio((usage) => usage.peakBytes),
    ];
  });
}

const TITLES = ['files', 'program', 'rows', 'seconds', 'rows/s', 'cpu s', 'peak MB', 'audit/peer time', 'audit/peer memory'];

function printTable(rows: readonly (readonly string[])[]): void {
  const table = [TITLES, ...rows];
  const widths = TITLES.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const isText = (column: number): boolean => column < 2;
  for (const row of table) {
    print(row.map((text, column) => (isText(column) ? text.padEnd(widths[column]!) : text.padStart(widths[column]!))).join('  '));
  }
}

function caseName(files: readonly BenchFile[]): string {
  return files.length > 1 ? 'both' : files[0]!.layout;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function run(options: Options, folder: string): Promise<boolean> {
  const workplace = prepare(folder, options);
  mkdirSync(join(folder, 'out'), { recursive: true });
  const cases = [...workplace.files.map((file) => [file]), workplace.files];
  if (!(await answersAgree(workplace, cases))) return false;
  print(
    `\n${options.pairs} interleaved pairs of whole processes; medians, ratios are medians of the ratio of each pair (below 1: the audit is less)`,
  );
  const table: string[][] = [];
  for (const files of cases) table.push(...resultRows(files, await timeCase(workplace, files, options.pairs)));
  printTable(table);
  return true;
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!existsSync(options.bin)) {
    process.stderr.write(`bench: ${options.bin} is not there. Build it first: npm run build\n`);
    process.exitCode = 2;
    return;
  }
  const [processor] = cpus();
  print(`node ${process.version}, ${cpus().length} × ${processor?.model ?? 'unknown processor'}, ${megabytes(totalmem())} MB`);
  const folder = mkdtempSync(join(tmpdir(), 'csp-recon-bench-'));
  let isKept = options.isKept;
  try {
    const isAgreed = await run(options, folder);
    if (!isAgreed) {
      process.stderr.write('bench: the answers differ, nothing was timed\n');
      process.exitCode = 1;
      isKept = true;
    }
  } finally {
    if (isKept) print(`files kept in ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

await main();
