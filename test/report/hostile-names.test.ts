import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/cli/options.ts';
import { writeReport } from '../../src/cli/write-report.ts';
import type { RegisterEntry } from '../../src/domain/partner/claims-register.ts';
import type { Finding } from '../../src/domain/findings/finding.ts';
import type { Report } from '../../src/domain/findings/report.ts';
import { deadlinesCsv, deadlinesText } from '../../src/report/deadlines-table.ts';
import { findingProof } from '../../src/report/finding-proof.ts';
import { summaryText } from '../../src/report/summary-text.ts';
import { EXAMPLE_FINDING } from '../support/example-finding.ts';
import { exampleLines, exampleReport } from '../support/example-report.ts';
import { textsBelow } from '../support/written-report.ts';

/** What a name may try, and how it is to be read where texts are shown. */
const NAMES = [
  { kind: 'a formula', name: '=HYPERLINK("http://x")', legible: '=HYPERLINK("http://x")' },
  { kind: 'markup', name: '<script>alert(1)</script>', legible: '<script>alert(1)</script>' },
  { kind: 'right-to-left text', name: 'شركة الأمل للتجارة', legible: 'شركة الأمل للتجارة' },
  { kind: 'a turned direction', name: 'Contoso \u202efdp.exe', legible: 'Contoso ⟨U+202E⟩fdp.exe' },
  { kind: '300 characters', name: 'Vereinigte Werkstätten '.repeat(14).slice(0, 300).trim(), legible: 'Vereinigte Werkstätten Vereinigte' },
  { kind: 'emoji', name: 'Rocket 🚀👩‍👩‍👧 Ltd', legible: 'Rocket 🚀👩‍👩‍👧 Ltd' },
  { kind: 'control characters', name: 'Bell\u0007 \u001b[31mred\u0000\u009b', legible: 'Bell␇ ␛[31mred␀⟨U+009B⟩' },
  { kind: 'a line of its own', name: 'Two\r\nSUMMARY:lines', legible: 'Two␍' },
] as const;

const ISSUED: readonly Finding[] = NAMES.map(({ name }, index) => ({
  ...EXAMPLE_FINDING,
  kind: 'claim',
  customerName: name,
  customerId: `c-${index}`,
  product: name,
  message: name,
  working: [name],
  nextAction: name,
  invoiceNumber: name,
  evidence: [{ file: name, sheet: name, row: 2, label: name }],
  citations: [{ id: 'x', title: name, clause: name }],
  parametersUsed: [{ id: 'x', since: '2020-01-01', value: name }],
  deadline: '2026-12-05',
  fingerprint: `f-${index}`,
}));

const report: Report = {
  ...exampleReport,
  findings: ISSUED,
  inputs: NAMES.map(({ name }) => ({ ...exampleReport.inputs[0]!, path: name, sheet: name, notes: [name], extraColumns: [name] })),
  rejections: NAMES.map(({ name }) => ({ ...exampleReport.rejections[0]!, file: name, cell: name, message: name, column: name })),
};

const register: readonly RegisterEntry[] = ISSUED.map((one) => ({
  ...{ ...one, claim: one.message, amount: one.difference, received: null, evidence: '', firstSeen: '2026-11-21', lastSeen: '2026-11-21' },
  ...{ status: 'open', ticket: '', submittedOn: null, note: '', added: {} },
}));

// A letter that a terminal or an editor obeys. Tabs and line ends are ours.
const OBEYED = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csp-recon-hostile-'));
  const proratedLines = () => ISSUED.map(({ customerName, product }) => ({ ...exampleLines[0]!, customerName, product, file: product }));
  await writeReport({ report, register, proratedLines }, folder, FORMATS);
});
afterAll(() => rm(folder, { recursive: true }));

const textOf = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

describe.each(NAMES)('a name that is $kind', ({ name, legible }) => {
  const index = NAMES.findIndex((one) => one.name === name);

  it('is harmless and legible in findings.csv and deadlines.csv', async () => {
    for (const csv of [await textOf('findings.csv'), deadlinesCsv(report)]) {
      const rows: Record<string, string>[] = parse(csv, { columns: true, bom: true, record_delimiter: '\r\n' });
      const row = rows.find(({ fingerprint }) => fingerprint === `f-${index}`)!;
      expect(row['customerName'] ?? row['customer']).toContain(legible);
      for (const cell of Object.values(row)) {
        expect(cell).not.toMatch(OBEYED);
        expect(cell).not.toMatch(/^[=+@]/);
      }
    }
  });

  it('is kept to the letter in report.json', async () => {
    const { findings } = JSON.parse(await textOf('report.json')) as Report;
    expect(findings[index]!.customerName).toBe(name);
  });

  it.each(['report.xlsx', 'claims/claims.xlsx', 'register.xlsx'])('is a text, never a formula, in %s', async (path) => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(join(folder, path));
    const cells: string[] = [];
    for (const sheet of book.worksheets) {
      sheet.eachRow((row) => {
        row.eachCell((cell) => {
          if (cell.type === ExcelJS.ValueType.Formula) expect(cell.formula).not.toMatch(/http|alert/);
          else cells.push(cell.text);
        });
      });
    }
    // The register keeps what it is given to the letter, in Excel's own way of writing what XML cannot hold.
    const expected = path === 'register.xlsx' ? name.slice(0, 6).replaceAll(/\p{Cc}[^]*/gu, '') : legible;
    expect(cells.some((cell) => cell.includes(expected))).toBe(true);
    expect(cells.filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
  });

  it('is text in report.html, and no markup', async () => {
    const page = await textOf('report.html');
    expect(page).not.toContain('<script>alert');
    expect(page).not.toMatch(OBEYED);
    const data = JSON.parse(/id="data">([^]*?)<\/script>/.exec(page)?.[1] ?? '') as { findings: Finding[] };
    expect(data.findings[index]!.customerName).toContain(legible);
  });

  it('makes no line of its own in deadlines.ics and the claim texts', async () => {
    const calendar = (await textOf('deadlines.ics')).replaceAll(/\r\n[ \t]/g, '');
    expect(calendar).not.toMatch(OBEYED);
    expect(calendar.match(/^SUMMARY:/gm)).toHaveLength(NAMES.length);
    expect(calendar).toContain(legible.replaceAll(/([\\;,])/g, '\\$1'));
    const claim = await textOf(`claims/AR01-f-${index}.txt`);
    expect(claim).toMatch(/^Customer {12}/m);
    expect(claim).toContain(legible);
    expect(claim).not.toMatch(OBEYED);
    expect(claim).not.toMatch(/^SUMMARY:/m);
  });

  it('neither colours a terminal nor breaks its lines', () => {
    const texts = [
      summaryText(report, { width: 400, isColoured: false, written: [] }),
      deadlinesText(report, 400),
      findingProof(ISSUED[index]!),
    ];
    for (const text of texts) {
      expect(text).toContain(legible);
      expect(text).not.toMatch(OBEYED);
      expect(text).not.toMatch(/^SUMMARY:/m);
    }
  });
});

it('leaves no part of a file with a letter that XML or an editor cannot bear', async () => {
  for (const [path, text] of await textsBelow(folder)) {
    if (path.endsWith('report.json') || path.includes('register.xlsx')) continue;
    expect(OBEYED.exec(text)?.[0], path).toBeUndefined();
  }
});
