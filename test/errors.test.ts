import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../src/domain/findings/report.ts';
import { zipArchive } from './support/zip-writer.ts';
import { runProcess, type ProcessRun } from './support/run-process.ts';

/**
 * Every error a user can meet, in a process of its own: fixtures/errors/README.md says what a case is made of. `UPDATE_GOLDEN=1` writes the
 * messages and their list anew; read each as somebody would who sees it for the first time.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CASES = join(ROOT, 'fixtures', 'errors');
const README = join(CASES, 'README.md');
const BIN = join(ROOT, 'src', 'bin.ts');
const MAIN = new URL('../src/cli/main.ts', import.meta.url).href;
const IS_UPDATE = process.env['UPDATE_GOLDEN'] === '1';
const OWN_FILES = new Set(['command.txt', 'message.txt']);

const names = readdirSync(CASES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

/** Errors that no small input of a test can provoke. */
const NOT_PROVOKED: Readonly<Record<string, string>> = {
  'file-changed': 'another program must write to the file while it is read',
  'file-unreadable': 'whoever runs the tests may be allowed to read everything',
  'register-text-too-long': 'a cell of Excel holds no text that is too long for a cell',
  'side-input-too-large': 'the file would have 64 MiB',
  'xlsx-too-large': 'tested with smaller limits in test/ingest/xlsx-rows.test.ts',
};

/** The report is written all the same: it says what could not be read. */
const WITH_REPORT = new Set(['rejected-rows', 'export-incomplete']);
/** Mistakes that no file is to blame for. */
const WITHOUT_FILE = new Set(['usage', 'option-invalid', 'nothing-to-explain', 'baseline-without-reason']);
const WITH_ROW = new Set([
  'rejected-rows',
  'unknown-layout',
  'header-duplicate-column',
  'header-malformed',
  'header-changes',
  'quote-not-closed',
  'row-too-long',
  'date-order-contradictory',
  'decimal-mark-contradictory',
  'side-input-cell',
  'side-input-row',
  'side-input-column-missing',
  'side-input-duplicate-column',
  'incident-customer-unknown',
  'incident-twice',
]);
/** A message that fills half a screen is not read. */
const LONGEST = 520;
/** The mapping to begin with is to be copied, not read. */
const LONGEST_WITH_MAPPING = 600;

const HEADER =
  'CustomerId,InvoiceNumber,OrderId,ProductId,SkuId,ChargeType,UnitPrice,Quantity,Subtotal,TaxTotal,Total,Currency,SubscriptionId,ChargeStartDate,ChargeEndDate';
const RECORD = 'c1,G1,o1,CFQ7TTC0LH0R,0001,cycleCharge,20.50,2,41.00,0,41.00,EUR,s1,9/1/2026,9/30/2026';
const EXPORT = `${HEADER}\n${RECORD}\n`;

/** Inputs that are no text, or too long to keep. */
const BUILT: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  'archive-altered': (folder) => writeFile(join(folder, 'april.zip'), zipArchive([{ name: 'april.csv', content: EXPORT, checksum: 1 }])),
  'archive-bomb-gzip': (folder) => writeFile(join(folder, 'april.csv.gz'), gzipSync(Buffer.alloc(2 ** 26 + 1, 'a'))),
  'archive-bomb-zip': (folder) =>
    writeFile(join(folder, 'april.zip'), zipArchive([{ name: 'april.csv', content: Buffer.alloc(2 ** 26 + 1, 'a') }])),
  'archive-climbs-out': (folder) => writeFile(join(folder, 'april.zip'), zipArchive([{ name: '../april.csv', content: EXPORT }])),
  'archive-cut-gzip': (folder) => writeFile(join(folder, 'april.csv.gz'), gzipSync(EXPORT).subarray(0, 120)),
  'archive-cut-zip': (folder) =>
    writeFile(join(folder, 'april.zip'), zipArchive([{ name: 'april.csv', content: EXPORT }]).subarray(0, 120)),
  'archive-encrypted': (folder) =>
    writeFile(join(folder, 'april.zip'), zipArchive([{ name: 'exports/april.csv', content: EXPORT, flags: 0x801 }])),
  'archive-garbage-behind-gzip': (folder) =>
    writeFile(join(folder, 'april.csv.gz'), Buffer.concat([gzipSync(EXPORT), Buffer.alloc(512), gzipSync(EXPORT)])),
  'archive-lies-about-size': (folder) =>
    writeFile(join(folder, 'april.zip'), zipArchive([{ name: 'april.csv', content: EXPORT, size: 10 }])),
  'archive-nested': (folder) =>
    writeFile(
      join(folder, 'months.zip'),
      zipArchive([{ name: 'april.zip', content: zipArchive([{ name: 'april.csv', content: EXPORT }]) }]),
    ),
  'archive-rooted-path': (folder) => writeFile(join(folder, 'april.zip'), zipArchive([{ name: 'C:\\april.csv', content: EXPORT }])),
  'archive-without-exports': (folder) =>
    writeFile(
      join(folder, 'april.zip'),
      zipArchive([
        { name: 'notes.txt', content: 'x' },
        { name: 'logo.png', content: 'x' },
      ]),
    ),
  // Stored and not compressed: its size is the same whatever zlib packs it.
  'manifest-part-of-other-size': async (folder) => {
    const part = await readFile(join(CASES, 'manifest-part-missing', 'part-1.json'));
    await writeFile(join(folder, 'part-1.json.gz'), gzipSync(part, { level: 0 }));
  },
  'json-record-too-long': (folder) => writeFile(join(folder, 'april.json'), `{"items": [{"CustomerId": "${'x'.repeat(2 ** 20)}"}]}`),
  'is-seven-zip': (folder) => writeFile(join(folder, 'april.7z'), Buffer.from('377abcaf271c0004', 'hex')),
  'not-a-text-file': (folder) => writeFile(join(folder, 'april.csv'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0])),
  'row-too-long': (folder) => writeFile(join(folder, 'april.csv'), `${EXPORT}${'x'.repeat(1024 * 1024 + 1)}\n`),
  'text-not-in-encoding': (folder) => writeFile(join(folder, 'april.csv'), Buffer.from(EXPORT.replace('c1', 'Müller'), 'latin1')),
  'xls-binary-workbook': (folder) => writeFile(join(folder, 'april.xls'), oleContainer('Workbook')),
  'xlsx-damaged': (folder) => writeFile(join(folder, 'april.xlsx'), zipArchive([...WORKBOOK_PARTS, { name: 'xl/a.xml', content: '<a>' }])),
  'xlsx-not-a-workbook': (folder) =>
    writeFile(join(folder, 'april.xlsx'), zipArchive([{ name: '[Content_Types].xml', content: '<Types/>' }])),
  'xlsx-password-protected': (folder) => writeFile(join(folder, 'april.xlsx'), oleContainer('EncryptedPackage')),
  'xlsx-truncated': async (folder) => {
    const whole = await workbook([HEADER.split(','), RECORD.split(',')]);
    await writeFile(join(folder, 'april.xlsx'), whole.subarray(0, whole.length / 2));
  },
  'register-bad-cell': async (folder) => {
    await writeFile(join(folder, 'register.xlsx'), await workbook(registerRows('done')));
  },
  'register-would-be-lost': async (folder) => {
    await mkdir(join(folder, 'csp-recon-report'));
    await writeFile(join(folder, 'csp-recon-report', 'register.xlsx'), await workbook(registerRows('submitted')));
  },
};

/** A package whose workbook names a sheet and does not say where it is. */
const WORKBOOK_PARTS = [
  {
    name: '_rels/.rels',
    content:
      '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  },
  { name: 'xl/workbook.xml', content: '<workbook xmlns:r="r"><sheets><sheet name="April" sheetId="1" r:id="r1"/></sheets></workbook>' },
];

/** As much of the container of old and of encrypted workbooks as tells which of them it is. */
function oleContainer(stream: string): Buffer {
  const bytes = Buffer.alloc(4096);
  bytes.write('d0cf11e0a1b11ae1', 'hex');
  bytes.write(stream, 1024, 'utf16le');
  return bytes;
}

function registerRows(status: string): readonly (readonly string[])[] {
  return [
    ['Fingerprint', 'Status', 'Ticket', 'Submitted on', 'Note'],
    ['0123abcd', status, '2409260040001', '', 'Asked for it.'],
  ];
}

async function workbook(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('April');
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

interface Job {
  readonly folder: string;
  readonly args: readonly string[];
}

/** To start a process takes far longer than to fail in it, so one process runs many commands, each in its own folder. A bug shows its stack. */
const DRIVER = `
import { main } from ${JSON.stringify(MAIN)};
const print = process.stdout.write.bind(process.stdout);
const runs = [];
for (const { folder, args } of JSON.parse(process.argv[1])) {
  const run = { exitCode: 1, stdout: '', stderr: '' };
  process.chdir(folder);
  process.stdout.write = (text) => ((run.stdout += text), true);
  process.stderr.write = (text) => ((run.stderr += text), true);
  try {
    run.exitCode = await main(args);
  } catch (error) {
    run.stderr += error.stack;
  }
  runs.push(run);
}
print(JSON.stringify(runs));
`;

async function runJobs(jobs: readonly Job[]): Promise<readonly ProcessRun[]> {
  const { stdout, stderr } = await runProcess(['--input-type=module', '--eval', DRIVER, JSON.stringify(jobs)], ROOT);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as readonly ProcessRun[];
}

/** Words parted by spaces; a word in double quotes may hold some. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

/** Every file and folder below, with the bytes of the files. */
async function everythingBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = new Map<string, string>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    found.set(relative(folder, path).replaceAll('\\', '/'), entry.isFile() ? await readFile(path, 'latin1') : '');
  }
  return found;
}

interface Outcome extends ProcessRun {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

/** A folder with the inputs of a case. */
async function folderOf(name: string): Promise<string> {
  const source = join(CASES, name);
  const folder = await mkdtemp(join(tmpdir(), 'csp-recon-error-'));
  for (const entry of await readdir(source)) {
    if (!OWN_FILES.has(entry)) await cp(join(source, entry), join(folder, entry), { recursive: true });
  }
  await BUILT[name]?.(folder);
  return folder;
}

/** The words of every command of a case. */
function commandsOf(name: string): readonly (readonly string[])[] {
  return readFileSync(join(CASES, name, 'command.txt'), 'utf8')
    .replace(/\n$/, '')
    .split('\n')
    .map(words);
}

function lastCommandOf(name: string): readonly string[] {
  return commandsOf(name).at(-1) ?? [];
}

const folders = new Map<string, string>();
const outcomes = new Map<string, Outcome>();

/** Runs the case that fails in its folder; the commands before it have been run. */
async function runLast(some: readonly string[]): Promise<void> {
  const folder = (name: string): string => folders.get(name) ?? '';
  const before = await Promise.all(some.map((name) => everythingBelow(folder(name))));
  const runs = await runJobs(some.map((name) => ({ folder: folder(name), args: lastCommandOf(name) })));
  for (const [index, name] of some.entries()) {
    outcomes.set(name, { ...runs[index]!, before: before[index]!, after: await everythingBelow(folder(name)) });
  }
}

beforeAll(async () => {
  for (const name of names) folders.set(name, await folderOf(name));
  await runJobs(
    names.flatMap((name) =>
      commandsOf(name)
        .slice(0, -1)
        .map((args) => ({ folder: folders.get(name) ?? '', args })),
    ),
  );
  const half = Math.ceil(names.length / 2);
  await Promise.all([runLast(names.slice(0, half)), runLast(names.slice(half))]);
});

afterAll(async () => {
  for (const folder of folders.values()) await rm(folder, { recursive: true, force: true });
});

interface Message {
  readonly file: string | null;
  readonly row: number | null;
  readonly code: string;
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

/** The parts of a message, which must be one line of the form that the house prescribes. */
function partsOf(message: string): Message {
  const match = /^error {2}(?:(\S+?)(?:\[[^\]]*\])?(?::(\d+))? {2})?([a-z][a-z-]*) – (.+) – expected: (.+) – (.+)\n$/.exec(message);
  if (match === null) throw new Error(`not of the form of an error: ${message}`);
  const [, file = null, row, code = '', found = '', expected = '', remedy = ''] = match;
  return { file, row: row === undefined ? null : Number.parseInt(row, 10), code, found, expected, remedy };
}

function expectWellWritten(message: string): void {
  const { file, row, code, found, expected, remedy } = partsOf(message);
  if (!WITHOUT_FILE.has(code)) expect(file, 'names the file').not.toBeNull();
  if (WITH_ROW.has(code)) expect(row, 'names the row').not.toBeNull();
  expect(found, 'begins like a sentence').toMatch(/^[A-Z"0-9]|^--[a-z]/);
  expect(expected, 'goes on after the colon').toMatch(/^[a-z"0-9-]|^[A-Z]{2,}/);
  for (const part of [found, expected]) expect(part, 'has no full stop in the middle of the line').not.toMatch(/[.]$/);
  expect(remedy, 'is a sentence').toMatch(/^[A-Z].*[.?]$/);
  expect(message, 'shows nothing of the program or the machine').not.toMatch(/undefined|\bnull\b|NaN|\bat \S+:\d+|node:|csp-recon-error-/);
  expect(message.length, 'is read to its end').toBeLessThan(remedy.includes('--mapping') ? LONGEST_WITH_MAPPING : LONGEST);
}

describe('error catalogue', () => {
  it.each(names)('%s', async (name) => {
    const { exitCode, stderr, stdout, before, after } = outcomes.get(name)!;
    if (IS_UPDATE) await writeFile(join(CASES, name, 'message.txt'), stderr);
    expect(stderr).toBe(await readFile(join(CASES, name, 'message.txt'), 'utf8'));
    expect(exitCode).toBe(2);
    expectWellWritten(stderr);
    const { code, file, row } = partsOf(stderr);
    if (!WITH_REPORT.has(code)) {
      expect(stdout).toBe('');
      expect(after, 'nothing is left behind').toEqual(before);
      return;
    }
    const report = JSON.parse(after.get('csp-recon-report/report.json') ?? '{}') as Report;
    if (code === 'rejected-rows') expect(report.rejections[0]).toMatchObject({ file, row });
    else expect(report.findings.find(({ rule }) => rule === 'IN08')?.evidence[0]).toMatchObject({ file });
    expect([...after.keys()].filter((path) => /unfinished|\.tmp/.test(path))).toEqual([]);
  });
});

function listOf(messages: readonly (readonly [name: string, message: string])[]): string {
  const cell = (text: string): string => text.trimEnd().replaceAll('|', '\\|').replaceAll('<', '&lt;');
  const rows = messages.map(([name, message]) => `| \`${name}\` | ${cell(message)} |`);
  const missing = Object.entries(NOT_PROVOKED).map(([code, reason]) => `| \`${code}\` | ${reason} |`);
  return [
    '| case | message |',
    '| --- | --- |',
    ...rows,
    '',
    'Not provoked here:',
    '',
    '| code | why |',
    '| --- | --- |',
    ...missing,
    '',
  ].join('\n');
}

/** One of each kind: on the command line, before anything is read, while it is read, after the report, by another command. */
const ALSO_ALONE = ['command-misspelt', 'config-unknown-key', 'unknown-layout', 'spreadsheet-error', 'explain-nothing'];

describe.concurrent('in a process of its own', () => {
  it.each(ALSO_ALONE)('%s', async (name) => {
    const folder = await folderOf(name);
    const run = await runProcess([BIN, ...lastCommandOf(name)], folder);
    await rm(folder, { recursive: true });
    expect(run).toMatchObject({ exitCode: 2, stderr: await readFile(join(CASES, name, 'message.txt'), 'utf8') });
  });
});

describe('the list of messages', () => {
  const messages = () => names.map((name) => [name, readFileSync(join(CASES, name, 'message.txt'), 'utf8')] as const);

  it('stands in the README', async () => {
    const text = await readFile(README, 'utf8');
    const written = `${text.slice(0, text.indexOf('| case | message |'))}${listOf(messages())}`;
    if (IS_UPDATE) await writeFile(README, written);
    expect(await readFile(README, 'utf8')).toBe(written);
  });

  it('has every error that the source knows', () => {
    const provoked = new Set(messages().map(([, message]) => partsOf(message).code));
    const source = join(ROOT, 'src');
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const codes = files.flatMap((path) => {
      const text = readFileSync(join(source, path), 'utf8');
      return [...text.matchAll(/new KnownError\(\{\s*code:([^,]+),/g)].flatMap(([, expression = '']) =>
        [...expression.matchAll(/'([a-z-]+)'/g)].map((match) => match[1] ?? ''),
      );
    });
    expect(codes.length).toBeGreaterThan(40);
    expect([...new Set(codes)].filter((code) => !provoked.has(code)).sort()).toEqual(Object.keys(NOT_PROVOKED).sort());
  });

  it('is about inputs that exist', () => {
    expect(Object.keys(BUILT).filter((name) => !names.includes(name))).toEqual([]);
    expect(names.filter((name) => !readdirSync(join(CASES, name)).includes('command.txt'))).toEqual([]);
  });
});
