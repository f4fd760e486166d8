import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/findings/report.ts';
import { readRegister } from '../../src/ingest/side-inputs/register.ts';
import { runCommand, type CommandRun } from '../support/run-command.ts';
import { textsBelow } from '../support/written-report.ts';

const DAY = '2026-10-05';
/** In the folder's and the file's name, in a sheet of the register, in a rejected cell and in words of the user's. */
const CUSTOMER = 'Bellows College';

let folder: string;
let input: string;
let context: string;
let invoices: string;
let incidents: string;

const DEFAULTS: readonly string[] = ['--as-of', DAY, '--fail-on', 'never', '--no-progress'];

function audit(out: string, ...more: readonly string[]): Promise<CommandRun> {
  const tolerated = more.includes('--max-rejected') ? [] : ['--max-rejected', '9'];
  return runCommand(
    'audit',
    input,
    '--context',
    context,
    '--invoices',
    invoices,
    '--incidents',
    incidents,
    ...DEFAULTS,
    ...tolerated,
    '--out',
    out,
    ...more,
  );
}

async function reportIn(out: string): Promise<Report> {
  return JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as Report;
}

/** Every name, customer id, domain and file of the sample, as the exports print them. */
let originals: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csp-recon-redact-'));
  const sample = join(folder, 'sample');
  await runCommand('sample', sample);
  input = join(folder, CUSTOMER);
  context = join(sample, 'context');
  await mkdir(input);
  const modern = await readFile(join(sample, '2026-09-new-commerce.csv'), 'utf8');
  const lines = modern.trimEnd().split(/\r?\n/);
  const header = lines[0]!.split(',');
  // A row whose cells slipped: its price cell holds the customer's name.
  const slipped = lines[1]!.split(',');
  slipped[header.indexOf('UnitPrice')] = CUSTOMER;
  await writeFile(join(input, `${CUSTOMER} new.csv`), `${[...lines, slipped.join(',')].join('\n')}\n`);
  await writeFile(join(input, `${CUSTOMER} legacy.csv.gz`), gzipSync(await readFile(join(sample, '2026-09-legacy-licence.csv'))));
  for (const name of ['2026-09-daily-usage.csv', '2026-09-legacy-usage.csv'])
    await writeFile(join(input, `${CUSTOMER} ${name}`), await readFile(join(sample, name)));
  incidents = join(sample, 'partner', 'incidents.csv');
  invoices = join(folder, `${CUSTOMER} invoices.csv`);
  await writeFile(invoices, await readFile(join(sample, 'partner', 'invoices.csv')));
  await audit(join(folder, 'plain'));
  const { findings, inputs } = await reportIn(join(folder, 'plain'));
  const domains = [...modern.matchAll(/[a-z0-9-]+\.onmicrosoft\.com/g)].map(([domain]) => domain);
  originals = [
    ...new Set([
      ...findings.flatMap((one) => [one.customerName, one.customerId]),
      ...inputs.flatMap(({ path, container }) => [path, container?.path ?? '']),
      ...domains,
      CUSTOMER,
    ]),
  ].filter((one) => one !== '');
});
afterAll(() => rm(folder, { recursive: true }));

function expectNothingLeft(texts: Iterable<readonly [string, string]>): void {
  for (const [path, text] of texts) {
    const low = text
      .toLowerCase()
      .replaceAll('&amp;', '&')
      .replaceAll('&apos;', "'")
      .replaceAll('&#39;', "'")
      .replaceAll(/\r\n[ \t]/g, '');
    expect(
      originals.filter((original) => low.includes(original.toLowerCase())),
      path,
    ).toEqual([]);
  }
}

describe('audit --redact', () => {
  it('leaves nothing of the original in any file, on standard output, in the log or in an error', async () => {
    const out = join(folder, 'redacted');
    const log = join(folder, 'log.json');
    const { stdout, stderr, exitCode } = await audit(out, '--redact', '--log-level', 'debug', '--log-file', log, '--max-rejected', '0');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('rejected-rows');
    const texts = await textsBelow(out);
    for (const name of ['report.json', 'findings.csv', 'report.html', 'deadlines.ics', 'report.xlsx!xl/worksheets/sheet1.xml'])
      expect([...texts.keys()]).toContain(join(out, name));
    expect([...texts.keys()].filter((path) => path.includes('claims'))).not.toEqual([]);
    expectNothingLeft([...texts, ['standard output', stdout], ['standard error', stderr], ['log', await readFile(log, 'utf8')]]);
    // The test can fail: the report that is not redacted holds them, but for the domains of which no finding speaks.
    const plain = [...(await textsBelow(join(folder, 'plain'))).values()].join('\n').toLowerCase();
    const missing = originals.filter((original) => !plain.includes(original.toLowerCase()));
    expect(missing.filter((one) => !one.endsWith('.onmicrosoft.com'))).toEqual([]);
    expect(plain).toContain('contososuites.onmicrosoft.com');
  });

  it('changes no figure, rule, fingerprint or order of the report, and says that it is redacted', async () => {
    const plain = await reportIn(join(folder, 'plain'));
    const redacted = await reportIn(join(folder, 'redacted'));
    expect(redacted.options).toMatchObject({ redact: true });
    expect(redacted.totals).toEqual(plain.totals);
    const facts = (report: Report): unknown =>
      report.findings.map(({ rule, billed, expected, difference, fingerprint, subscriptionId, evidence }) => [
        ...[rule, billed, expected, difference, fingerprint, subscriptionId],
        evidence.map(({ row }) => row),
      ]);
    expect(facts(redacted)).toEqual(facts(plain));
    expect(redacted.rejections[0]).toMatchObject({ cell: '[redacted]', row: plain.rejections[0]!.row });
  });

  it('gives a customer the same pseudonym in every run and place, another customer another, and another key others', async () => {
    const names = async (out: string): Promise<ReadonlyMap<string, string>> => {
      const plain = await reportIn(join(folder, 'plain'));
      const { findings } = await reportIn(out);
      // A finding about a whole invoice names no customer.
      const named = findings.map(({ customerName }, index) => [plain.findings[index]!.customerName, customerName] as const);
      return new Map(named.filter(([name]) => name !== ''));
    };
    await audit(join(folder, 'again'), '--redact', '--format', 'json');
    const first = await names(join(folder, 'redacted'));
    expect(await names(join(folder, 'again'))).toEqual(first);
    expect(new Set(first.values()).size).toBe(first.size);
    for (const pseudonym of first.values()) expect(pseudonym).toMatch(/^Customer [0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}$/);
    await writeFile(join(folder, 'key'), 'a key of more than sixteen bytes');
    await audit(join(folder, 'keyed'), '--redact', '--redact-key', join(folder, 'key'), '--format', 'json');
    const keyed = await names(join(folder, 'keyed'));
    expect([...keyed.values()].filter((one) => [...first.values()].includes(one))).toEqual([]);
  });

  it('writes a register that any later run carries forward, status and ticket kept', async () => {
    const path = join(folder, 'redacted', 'register.xlsx');
    const before = await readRegister(path, path);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path);
    const sheet = book.getWorksheet('Register')!;
    const column = (header: string): number => {
      let found = 0;
      sheet.getRow(2).eachCell((cell, number) => {
        if (cell.text === header) found = number;
      });
      return found;
    };
    sheet.getRow(3).getCell(column('Status')).value = 'submitted';
    sheet.getRow(3).getCell(column('Ticket')).value = '2610050040001234';
    sheet.getRow(3).getCell(column('Note')).value = `${CUSTOMER} called`;
    sheet.getRow(4).getCell(column('Ticket')).value = 'ask Anna of Fabrikam';
    const edited = join(folder, 'edited.xlsx');
    await book.xlsx.writeFile(edited);
    for (const flags of [['--redact'], []]) {
      const out = join(folder, `next-${flags.length}`);
      await audit(out, '--register', edited, ...flags);
      const after = await readRegister(join(out, 'register.xlsx'), 'register.xlsx');
      expect(after.map(({ fingerprint }) => fingerprint)).toEqual(before.map(({ fingerprint }) => fingerprint));
      expect(after[0]).toMatchObject({
        status: 'submitted',
        ticket: '2610050040001234',
        note: flags.length === 1 ? '[redacted]' : `${CUSTOMER} called`,
      });
      expect(after[1]?.ticket).toBe(flags.length === 1 ? '[redacted]' : 'ask Anna of Fabrikam');
      if (flags.length === 1) expectNothingLeft(await textsBelow(out));
      else expect(after.map(({ customerName }) => customerName)).toContain(CUSTOMER);
    }
  });

  it('names no file and quotes no cell in an error that ends the run', async () => {
    const broken = join(folder, `${CUSTOMER} broken.csv`);
    await writeFile(broken, `${CUSTOMER},Quantity\n1,2\n`);
    const missing = join(folder, `${CUSTOMER} missing.csv`);
    for (const [path, code] of [
      [broken, 'unknown-layout'],
      [missing, 'file-missing'],
    ] as const) {
      const run = (...flags: readonly string[]) => runCommand('audit', path, ...DEFAULTS, '--out', join(folder, 'failed'), ...flags);
      const { stderr, exitCode } = await run('--redact');
      expect(exitCode).toBe(2);
      expect(stderr).toContain(code);
      expect(stderr).toContain('Without --redact the names are shown.');
      expectNothingLeft([['standard error', stderr]]);
      expect((await run()).stderr).toContain(CUSTOMER);
    }
  });

  it('does not put a redacted register in the place of the user’s words', async () => {
    const out = join(folder, 'next-0');
    const kept = await readFile(join(out, 'register.xlsx'));
    const { stderr, exitCode } = await audit(out, '--redact', '--register', join(out, 'register.xlsx'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('register-would-be-lost');
    expect(await readFile(join(out, 'register.xlsx'))).toEqual(kept);
  });
});

describe('render', () => {
  it('writes the very bytes of the audit again from report.json alone', async () => {
    const out = join(folder, 'rendered');
    const { exitCode, stdout } = await runCommand('render', join(folder, 'plain', 'report.json'), '--out', out);
    expect(exitCode).toBe(0);
    for (const name of ['report.json', 'findings.csv', 'report.html', 'deadlines.ics'])
      expect(await readFile(join(out, name), 'utf8'), name).toBe(await readFile(join(folder, 'plain', name), 'utf8'));
    expect(stdout).toContain('Only csp-recon audit writes the sheet Lines of report.xlsx and register.xlsx');
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(join(out, 'report.xlsx'));
    expect(book.getWorksheet('Lines')!.getCell('A2').text).toContain('Only csp-recon audit writes the prorated lines');
    const texts = [...(await textsBelow(out)).keys()];
    expect(texts.some((path) => path.includes('register.xlsx'))).toBe(false);
  });

  it('redacts a saved report as well, and leaves one that is redacted as it is', async () => {
    const out = join(folder, 'rendered-redacted');
    const { stdout } = await runCommand('render', join(folder, 'plain', 'report.json'), '--redact', '--out', out);
    expectNothingLeft([...(await textsBelow(out)), ['standard output', stdout]]);
    const { stdout: again } = await runCommand('render', join(out, 'report.json'), '--redact', '--format', 'json', '--out', '-');
    expect(again).toBe(await readFile(join(out, 'report.json'), 'utf8'));
    const audited = await reportIn(join(folder, 'redacted'));
    const rendered = await reportIn(out);
    expect(rendered.findings.map(({ customerName, customerId }) => [customerName, customerId])).toEqual(
      audited.findings.map(({ customerName, customerId }) => [customerName, customerId]),
    );
  });

  it('lists from a smallest amount on as the audit does, and no finding that the report lacks', async () => {
    await audit(join(folder, 'large'), '--min-amount', '50', '--format', 'json');
    const { stdout } = await runCommand(
      'render',
      join(folder, 'plain', 'report.json'),
      '--min-amount',
      '50',
      '--format',
      'json',
      '--out',
      '-',
    );
    expect(JSON.parse(stdout)).toEqual(await reportIn(join(folder, 'large')));
    expect((JSON.parse(stdout) as Report).totals.some(({ notListed }) => notListed !== undefined)).toBe(true);
    const inSteps = join(folder, 'in-steps');
    await runCommand('render', join(folder, 'plain', 'report.json'), '--min-amount', '5', '--format', 'json', '--out', inSteps);
    const again = ['--min-amount', '50', '--format', 'json', '--out', '-'];
    expect((await runCommand('render', join(inSteps, 'report.json'), ...again)).stdout).toBe(stdout);
    const { stderr, exitCode } = await runCommand(
      'render',
      join(folder, 'large', 'report.json'),
      '--min-amount',
      '10',
      '--out',
      join(folder, 'small'),
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('report-not-whole');
  });

  it.each([[['--redact']], [['--min-amount', '50']]])('does not lose the saved report to %j', async (flags) => {
    const path = join(folder, 'plain', 'report.json');
    const before = await readFile(path, 'utf8');
    const { stderr, exitCode } = await runCommand('render', path, ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('report-would-be-lost');
    expect(await readFile(path, 'utf8')).toBe(before);
  });
});
