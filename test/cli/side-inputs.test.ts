import { createHash } from 'node:crypto';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/findings/report.ts';
import { csvText, headerOf, NEW_COMMERCE_CELLS } from '../support/csv-charges.ts';
import { runCommand } from '../support/run-command.ts';

const working = process.cwd();
let folder = '';
let report: Report;
let stdout = '';
let page = '';
let summary = '';

const FILES = {
  'own-events.csv': 'subscriptionId,event,at,quantity,Kommentar\ns1,suspend,2021-05-20,,x\ns1,reactivate,2021-05-21,3,\n',
  'invoices.csv':
    'invoiceNumber;invoiceDate;currency;total;kind;published\nG000000001;2021-06-02;EUR;61,50;invoice;2021-06-04\nG000000002;2021-06-13;EUR;1,00;invoice;\n',
  'incidents.json': '[]',
  'policy.json':
    '{"terms":[{"parameter":"billing.payment-term","since":"2021-01-01","value":{"length":45,"unit":"calendar-days"},"source":"ours"}]}',
  'baseline.json': '{"version":1,"accepted":[]}',
} as const;

/** One month beside every list of the partner's own. */
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'csp-recon-side-')));
  process.chdir(folder);
  const cells = { ...NEW_COMMERCE_CELLS, ChargeStartDate: '5/20/2021', ChargeEndDate: '6/19/2021', InvoiceNumber: 'G000000001' };
  await writeFile('may.csv', csvText(await headerOf('new-commerce/header-2023'), [cells]));
  for (const [name, text] of Object.entries(FILES)) await writeFile(name, text);
  const audit = ['audit', 'may.csv', '--as-of', '2021-07-05', '--quiet', '--format', 'json,xlsx'];
  await runCommand(...audit, '--out', 'earlier');
  const run = await runCommand(
    ...['audit', 'may.csv', '--as-of', '2021-07-05', '--format', 'json,xlsx,html', '--out', 'out'],
    ...['--events', 'own-events.csv', '--invoices', 'invoices.csv', '--incidents', 'incidents.json'],
    ...['--policy', 'policy.json', '--baseline', 'baseline.json', '--register', 'earlier/register.xlsx'],
  );
  stdout = run.stdout;
  report = JSON.parse(await readFile('out/report.json', 'utf8')) as Report;
  page = await readFile('out/report.html', 'utf8');
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile('out/report.xlsx');
  summary = book
    .getWorksheet('Summary')!
    .getSheetValues()
    .map((row) => JSON.stringify(row))
    .join('\n');
});
afterAll(async () => {
  process.chdir(working);
  await rm(folder, { recursive: true, force: true });
});

describe('the partner’s own lists and settings', () => {
  it('stand among the inputs with their role, rows and hash', () => {
    expect(report.inputs.map(({ path, role, layout, rows, lines }) => [path, role, layout, rows, lines])).toEqual([
      ['may.csv', 'audited', 'new-commerce', 1, 1],
      ['own-events.csv', 'events', 'partner-events', 2, 2],
      ['invoices.csv', 'invoices', 'invoice-list', 2, 2],
      ['policy.json', 'policy', 'own-terms', 1, 1],
      ['incidents.json', 'incidents', 'incident-list', 0, 0],
      ['earlier/register.xlsx', 'register', 'claims-register', 0, 0],
      ['baseline.json', 'baseline', 'baseline', 0, 0],
    ]);
    for (const [name, text] of Object.entries(FILES)) {
      const own = report.inputs.find(({ path }) => path === name)!;
      expect([own.sha256, own.bytes], name).toEqual([createHash('sha256').update(text).digest('hex'), Buffer.byteLength(text)]);
    }
  });

  it('say how they were read', () => {
    expect(report.inputs.find(({ role }) => role === 'invoices')!.detected).toEqual({
      delimiter: ';',
      encoding: 'utf-8',
      dateOrder: null,
      decimalMark: ',',
      assumed: [],
    });
  });

  it('name the columns that are not read, and what one may be meant for', () => {
    const ofRole = (role: string) => report.inputs.find((one) => one.role === role)!;
    expect([ofRole('events').extraColumns, ofRole('events').notes]).toEqual([['Kommentar'], []]);
    expect(ofRole('invoices').extraColumns).toEqual(['published']);
    expect(ofRole('invoices').notes).toEqual(['column "published" is not read; if it is meant as publishedOn, rename it']);
    expect(stdout).toContain('own-events.csv (events): partner-events, 2 rows: 2 used');
    expect(stdout).toContain('columns not read: Kommentar');
    expect(stdout).toContain('column "published" is not read; if it is meant as publishedOn, rename it');
  });

  it('stand in the workbook and in the page', () => {
    for (const { path, sha256 } of report.inputs) {
      expect(summary).toContain(path);
      expect(summary).toContain(sha256);
      expect(page).toContain(sha256);
    }
    for (const shown of [summary, page]) expect(shown).toContain('columns not used: Kommentar');
  });
});

describe('the partner’s own country', () => {
  const audit = (...own: readonly string[]) =>
    runCommand('audit', 'may.csv', '--as-of', '2021-09-05', '--quiet', '--format', 'json', '--out', 'country', ...own);

  it.each([
    ['a flag', ['--partner-country', 'nl'], null],
    ['a setting', [], { partnerCountry: 'NL' }],
  ])('is read from %s and stated among the options', async (_, own, config) => {
    if (config !== null) await writeFile('csp-recon.config.json', JSON.stringify(config));
    await audit(...own);
    if (config !== null) await rm('csp-recon.config.json');
    const { options } = JSON.parse(await readFile('country/report.json', 'utf8')) as Report;
    expect(options['partnerCountry']).toBe('NL');
  });

  it('is refused where it is no code of two letters', async () => {
    const { exitCode, stderr } = await audit('--partner-country', 'Netherlands');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--partner-country is "Netherlands" – expected: the two letters of a country, such as NL');
  });
});
