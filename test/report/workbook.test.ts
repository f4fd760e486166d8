import { createHash } from 'node:crypto';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/findings/finding.ts';
import type { ProratedLine, Report } from '../../src/domain/findings/report.ts';
import { writers } from '../../src/report/report-writer.ts';
import { claimsOf } from '../../src/report/claim-text.ts';
import { writeClaimsWorkbook } from '../../src/report/xlsx/claims-workbook.ts';
import { LinesSheet } from '../../src/report/xlsx/lines-sheet.ts';
import { SteadyWorkbook } from '../../src/report/xlsx/steady-workbook.ts';
import { writeWorkbook } from '../../src/report/xlsx/workbook.ts';
import { exampleLines, exampleReport, HOSTILE_NAME } from '../support/example-report.ts';

const SHEETS = [
  'Summary',
  'Read me',
  'Findings',
  'Proofs',
  'By customer',
  'Credits',
  'Deadlines',
  'Reconciliation',
  'Lines',
  'Conventions',
  'Rejected',
  'Rules',
];

let folder: string;
let workbook: ExcelJS.Workbook;

async function written(report: Report, lines: (() => Iterable<ProratedLine>) | null): Promise<string> {
  const path = join(folder, `${report.asOf}-${report.findings.length}.xlsx`);
  await writeWorkbook(path, report, lines);
  return path;
}

async function read(path: string): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return book;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'csp-recon-xlsx-'));
  workbook = await read(await written(exampleReport, () => exampleLines));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function sheet(name: string, book = workbook): ExcelJS.Worksheet {
  return book.getWorksheet(name)!;
}

/** Sheets whose first row adds up what the filter shows, above the header. */
const WITH_TOTALS: ReadonlySet<string> = new Set(['Findings', 'Lines']);
const TABLES = SHEETS.slice(2);
const headerRowOf = (name: string): number => (WITH_TOTALS.has(name.replace(/ \d+$/, '')) ? 2 : 1);

/** The cell of a table by its header and its row among the data, counted from 1. */
function cell(name: string, header: string, row: number, book = workbook): ExcelJS.Cell {
  const headers = sheet(name, book).getRow(headerRowOf(name)).values as readonly unknown[];
  const column = headers.indexOf(header);
  expect(column, `${name} has a column ${header}`).toBeGreaterThan(0);
  return sheet(name, book)
    .getRow(row + headerRowOf(name))
    .getCell(column);
}

/** The row of the Summary whose first cell is `label`, from the block that begins with `title`. */
function summaryRow(title: string, label: string, book = workbook): readonly unknown[] {
  let isInside = false;
  let found: readonly unknown[] = [];
  sheet('Summary', book).eachRow((row) => {
    const values = row.values as readonly unknown[];
    if (values[1] === title) isInside = true;
    if (isInside && found.length === 0 && values[1] === label) found = values.slice(1);
  });
  return found;
}

describe('report.xlsx as a workbook', () => {
  it('has its sheets in order', () => {
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(SHEETS);
  });

  it.each(TABLES)('%s has a filter, a frozen header, and is set up for print', (name) => {
    const { autoFilter, views, pageSetup, rowCount } = sheet(name);
    const header = headerRowOf(name);
    expect(autoFilter).toMatch(new RegExp(`^A${header}:[A-Z]+${rowCount}$`));
    expect(views[0]).toMatchObject({ state: 'frozen', ySplit: header });
    expect(pageSetup).toMatchObject({
      orientation: 'landscape',
      fitToPage: true,
      fitToHeight: 0,
      paperSize: 9,
      printTitlesRow: `1:${header}`,
    });
    expect(pageSetup.printArea).toMatch(new RegExp(`^A1:[A-Z]+${rowCount}$`));
    expect(sheet(name).getRow(header).getCell(1)).toMatchObject({ font: { bold: true }, fill: { pattern: 'solid' } });
  });

  it('has the same bytes for the same report, whenever it is written', async () => {
    const first = readFileSync(await written(exampleReport, () => exampleLines));
    await new Promise((resolve) => setTimeout(resolve, 2100)); // a zip's clock counts in twos of seconds
    expect(readFileSync(await written(exampleReport, () => exampleLines)).equals(first)).toBe(true);
    expect(workbook.created).toEqual(new Date('2026-11-21T00:00:00Z'));
  });

  it('holds no formulas but its own, and no text of an input in any of them', () => {
    const own =
      /^(SUBTOTAL|IF\(SUBTOTAL|ROUND|HYPERLINK\("#'(Lines( \d+)?|Rules|Findings|Proofs)'!A\d+"|[A-Z]+\d+\*|INDEX|MIN|MAX|-?[\d.]+\/\d+$)/;
    for (const { name } of workbook.worksheets) {
      sheet(name).eachRow((row) => {
        row.eachCell((each) => {
          if (each.type === ExcelJS.ValueType.Formula) {
            expect(each.formula).toMatch(own);
            expect(each.formula).not.toContain('http');
            return;
          }
          expect([ExcelJS.ValueType.String, ExcelJS.ValueType.RichText, ExcelJS.ValueType.Number, ExcelJS.ValueType.Date]).toContain(
            each.type,
          );
          expect(each.text.startsWith('=')).toBe(false);
        });
      });
    }
  });

  it('has daily usage beside its invoice lines, every figure a number, and marks what a person must look at', () => {
    const rows = sheet('Reconciliation').rowCount - 1;
    const [compared, missing] = [rows - 1, rows];
    expect(cell('Reconciliation', 'Step', compared).value).toBe('Daily usage: Subtotal less days');
    const figures = ['Amount', 'Invoice Subtotal', 'Sum of daily rows', 'Invoice quantity', 'Daily quantity', 'Daily rows', 'Lines'];
    expect(figures.map((header) => cell('Reconciliation', header, compared).value)).toEqual([
      -0.4712, 1000, 1000.4712, 30.623456, 30.623456, 30, 1,
    ]);
    expect(cell('Reconciliation', 'Outcome', compared).value).toBe('same quantity');
    expect(cell('Reconciliation', 'Outcome', missing).value).toBe('not on the invoice');
    expect(cell('Reconciliation', 'Outcome', missing).fill).not.toEqual(cell('Reconciliation', 'Outcome', compared).fill);
    expect(cell('Reconciliation', 'Amount', missing).value).toBeNull();
    expect(cell('Reconciliation', 'Usage from', compared).value).toEqual(new Date('2026-09-01T00:00:00Z'));
  });

  it('is written where nothing was found', async () => {
    const nothing: Report = {
      ...exampleReport,
      asOf: '2026-11-22',
      inputs: [],
      totals: [],
      conventions: [],
      findings: [],
      reconciliation: [],
      unchecked: [],
      rejections: [],
      rules: {},
    };
    const book = await read(await written(nothing, () => []));
    const below = (name: string): ExcelJS.CellValue =>
      sheet(name, book)
        .getRow(headerRowOf(name) + 1)
        .getCell(1).value;
    expect(TABLES.map((name) => [name, sheet(name, book).rowCount])).toEqual(TABLES.map((name) => [name, headerRowOf(name) + 1]));
    expect(below('Rejected')).toBe('Every row could be read.');
    expect(below('Deadlines')).toBe('Nothing can be cancelled, claimed or paid by a day.');
  });

  it('fails, and does not hang, where the file cannot be written or the lines cannot be read', async () => {
    await expect(writeWorkbook(join(folder, 'none', 'report.xlsx'), exampleReport, () => exampleLines)).rejects.toThrow('ENOENT');
    const broken = function* (): Generator<ProratedLine> {
      yield exampleLines[0]!;
      throw new Error('no more lines');
    };
    await expect(writeWorkbook(join(folder, 'broken.xlsx'), exampleReport, broken)).rejects.toThrow('no more lines');
  });
});

describe('the Read me', () => {
  const texts = (book: ExcelJS.Workbook): string => JSON.stringify(sheet('Read me', book).getSheetValues());

  it('promises the way to a line only where the workbook has the lines', async () => {
    expect(texts(workbook)).toContain('“show line” to the line on Lines');
    const saved = texts(await read(await written({ ...exampleReport, asOf: '2026-11-22' }, null)));
    expect(saved).not.toContain('show line');
    expect(saved).not.toContain('On Lines');
    expect(saved).toContain('only csp-recon audit writes them');
  });
});

describe('the Summary', () => {
  it('says when, by what, and how many', () => {
    const { value } = sheet('Summary').getRow(3).getCell(2);
    expect(value).toEqual(new Date('2026-11-21T00:00:00Z'));
    expect(sheet('Summary').getRow(4).getCell(2).value).toBe('csp-recon 0.1.0');
    expect(sheet('Summary').getRow(5).getCell(2).value).toBe(
      'errors: 2, warnings: 1, notices: 1; not listed, as below the smallest amount: 3',
    );
  });

  it('has the control totals as numbers, with more digits than a number keeps as text', () => {
    const block = 'Control totals by currency';
    expect(summaryRow(block, 'EUR')).toEqual(['EUR', 990, 981, 48211.07, 9160.1, 57371.17, -1204.55, 0.48, '123456789012345.67']);
    expect(summaryRow(block, 'JPY')).toEqual(['JPY', 7, 7, 2469134, 246913, 2716047, 0, 1234567, 0]);
  });

  it('has the money of findings that are not listed beside the totals', async () => {
    const [euro, ...others] = exampleReport.totals;
    const totals = [{ ...euro!, notListed: { findings: 3, discrepancies: '12.34', claims: '-5.00' } }, ...others];
    const book = await read(await written({ ...exampleReport, options: { minAmount: '50' }, totals }, () => []));
    const block = 'Control totals by currency';
    expect(summaryRow(block, 'EUR', book).slice(7)).toEqual([0.48, '123456789012345.67', 12.34, -5]);
    const summary = sheet('Summary', book);
    const notes = summary.getColumn(1).values;
    // The last note above a header keeps off its fill.
    expect(summary.getRow(notes.indexOf('Currency') - 1).height).toBeGreaterThan(18);
    expect(notes).toContainEqual(
      expect.stringContaining('3 findings below 50 EUR are not listed and in no total: discrepancies 12.34 EUR, claims -5.00 EUR.'),
    );
  });

  it('has the findings by rule, what could not be checked, and what was read', () => {
    expect(summaryRow('Findings by rule', 'credit-differs')).toEqual(['credit-differs', 'CR02', 'error', 1, 'EUR', 0.48]);
    expect(summaryRow('Findings by rule', 'duplicate-line')).toEqual(['duplicate-line', 'DU01', 'error', 1, 'JPY', 1234567]);
    expect(summaryRow('What could not be checked', 'charge-differs')).toEqual(['charge-differs', 'AR01', 8, 'full-price-unknown']);
    const read = summaryRow('What was read', 'april.csv');
    expect(read.slice(3, 9)).toEqual([1000, 997, 1, 2, 'legacy-licence', 'csv; delimiter “;”; utf-8; dates dmy; decimal mark “,”']);
  });
});

describe('the Findings', () => {
  it('have money as numbers in their currency’s digits', () => {
    expect(cell('Findings', 'Billed', 1)).toMatchObject({
      value: -41.34,
      type: ExcelJS.ValueType.Number,
      numFmt: '#,##0.00;[Red]-#,##0.00',
    });
    expect(cell('Findings', 'Difference', 2)).toMatchObject({ result: 1234567, numFmt: '#,##0;[Red]-#,##0' });
    expect(cell('Findings', 'Billed', 3)).toMatchObject({ value: '123456789012345.67', type: ExcelJS.ValueType.String });
    expect(cell('Findings', 'Billed', 4).value).toBeNull();
  });

  it('have days as dates', () => {
    expect(cell('Findings', 'First day', 1)).toMatchObject({ value: new Date('2026-04-12T00:00:00Z'), type: ExcelJS.ValueType.Date });
    expect(cell('Findings', 'Deadline', 1)).toMatchObject({ value: new Date('2026-12-05T00:00:00Z'), numFmt: 'yyyy-mm-dd' });
    expect(cell('Findings', 'Deadline', 2).value).toBeNull();
  });

  it('have texts whole, hostile ones harmless', () => {
    expect(cell('Findings', 'Customer', 2).value).toBe(`'${HOSTILE_NAME}`);
    expect(cell('Findings', 'Customer', 3).value).toBe(exampleReport.findings[2]!.customerName);
    expect(cell('Findings', 'Customer', 4).value).toBe('شركة الأمل للتجارة');
    expect(cell('Findings', 'Product', 2).value).toBe('Office 365 E3 🚀');
  });

  it('wrap what is too long, and are high enough for it', () => {
    expect(cell('Findings', 'Customer', 3).alignment).toMatchObject({ wrapText: true });
    expect(sheet('Findings').getRow(5).height).toBeGreaterThanOrEqual(15 * 8);
    expect(cell('Findings', 'Currency', 1).alignment.wrapText).toBeUndefined();
  });

  it('have columns wide enough for every number in them', () => {
    sheet('Findings').eachRow((row) => {
      row.eachCell((each, column) => {
        if (typeof each.value !== 'number' || sheet('Findings').getColumn(column).hidden) return;
        const shown = each.value.toLocaleString('en', { minimumFractionDigits: 2 });
        expect(sheet('Findings').getColumn(column).width).toBeGreaterThan(shown.length);
      });
    });
  });

  it('have rows high enough for a name of wide letters, and keep the line break of a name', async () => {
    const [one] = exampleReport.findings;
    const findings = ['N'.repeat(300), 'a\nb'].map((customerName, at) => ({ ...one!, customerName, fingerprint: `name-${at}` }));
    const book = await read(await written({ ...exampleReport, asOf: '2026-11-23', findings }, () => []));
    for (const name of ['Findings', 'By customer']) {
      const customer = cell(name, 'Customer', 1, book);
      const { width = 0 } = sheet(name, book).getColumn(Number(customer.col));
      // An N is 1.27 digits wide in Calibri, and a line of text 15 points high.
      expect(sheet(name, book).getRow(Number(customer.row)).height).toBeGreaterThanOrEqual(15 * Math.ceil((300 * 1.27) / width));
    }
    // A plain text of several lines is shown as one by LibreOffice.
    expect(cell('Findings', 'Customer', 2, book).value).toEqual({ richText: [{ text: 'a\nb' }] });
  });

  it('colour each severity in its own way', () => {
    const colours = [1, 3, 4].map((row) => JSON.stringify(cell('Findings', 'Severity', row).fill));
    expect(new Set(colours).size).toBe(3);
  });

  it('cut a text that Excel cannot hold, and say so', async () => {
    const long: Finding = { ...exampleReport.findings[0]!, message: 'x'.repeat(40_000) };
    const book = await read(await written({ ...exampleReport, findings: [long] }, () => []));
    const { value } = cell('Findings', 'What is wrong', 1, book);
    expect(value).toHaveLength(32_767);
    expect(value).toMatch(/the whole text is in report\.json\)$/);
  });
});

describe('the Proofs', () => {
  /** The rows of a finding by its fingerprint, as part and text. */
  const proofOf = ({ fingerprint }: Finding, book = workbook): readonly (readonly [part: string, proof: string])[] => {
    const rows: [string, string][] = [];
    sheet('Proofs', book).eachRow((row) => {
      const [, , part = '', proof = '', print] = [1, 2, 3, 4, 5].map((column) => row.getCell(column).text);
      if (print === fingerprint) rows.push([part, proof]);
    });
    return rows;
  };

  it('hold what each finding rests on, a part a row', () => {
    const [first] = exampleReport.findings;
    expect(proofOf(first!)).toEqual([
      ['finding', first!.message],
      ['working', first!.working.join('\n')],
      ['clause', expect.stringContaining('Billing overview for CSP partners')],
      ['evidence', 'april.csv:17 credit\nmarch.xlsx[Licences]:204 the charge it cancels'],
    ]);
  });

  it('and the findings lead to one another', () => {
    const rows = [1, 2, 3, 4];
    for (const row of rows) {
      const [, target = ''] = /'Proofs'!A(\d+)/.exec(cell('Findings', 'Proof', row).formula) ?? [];
      const proof = sheet('Proofs').getRow(Number(target));
      expect(proof.getCell(5).text).toBe(cell('Findings', 'Fingerprint', row).text);
      expect(proof.getCell(3).text).toBe('finding');
      expect(proof.getCell(1).formula).toContain(`'Findings'!A${row + 2}"`);
    }
  });

  it('stand in claims.xlsx too, of its claims alone', async () => {
    const path = join(folder, 'claims.xlsx');
    await writeClaimsWorkbook(path, exampleReport);
    const book = await read(path);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['Claims', 'Proofs']);
    const claims = claimsOf(exampleReport);
    expect(claims.length).toBeGreaterThan(1);
    for (const [index, { fingerprint }] of claims.entries()) {
      const [, target = ''] = /'Proofs'!A(\d+)/.exec(cell('Claims', 'Proof', index + 1, book).formula) ?? [];
      expect(sheet('Proofs', book).getRow(Number(target)).getCell(5).text).toBe(fingerprint);
      expect(cell('Claims', 'Fingerprint', index + 1, book).text).toBe(fingerprint);
    }
  });

  it('spread what is too high for one row over several, and lose no line', async () => {
    const working = Array.from({ length: 40 }, (_, index) => `step ${index}`);
    const long: Finding = { ...exampleReport.findings[0]!, working };
    const rows = proofOf(long, await read(await written({ ...exampleReport, asOf: '2026-11-23', findings: [long] }, () => [])));
    const parts = rows.filter(([part]) => part === 'working').map(([, proof]) => proof.split('\n'));
    expect(parts.flat()).toEqual(working);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(409 / 15);
  });
});

describe('the other sheets', () => {
  it('By customer adds up exactly, one row a customer and currency, the most money first', async () => {
    const [first, second] = exampleReport.findings;
    const findings = [
      { ...first!, difference: '0.10' },
      { ...first!, difference: '0.20', rule: 'CR01' },
      { ...first!, difference: '5.00', kind: 'claim' as const, severity: 'warning' as const },
      // A notice is no money at stake, however large.
      { ...first!, difference: '9.00', kind: 'notice' as const, severity: 'info' as const },
      { ...first!, customerId: 'other', customerName: 'Other', difference: '-3.00' },
      { ...first!, customerId: '', customerName: '', difference: '-4.00' },
      second!,
    ];
    const book = await read(await written({ ...exampleReport, findings }, () => []));
    const rows = [1, 2, 3, 4].map((row) => (sheet('By customer', book).getRow(row + 1).values as readonly unknown[]).slice(1, 9));
    expect(rows).toEqual([
      ['Contoso GmbH & Co. KG', 'EUR', 2, 1, 1, 0.3, 5, 5],
      ['Other', 'EUR', 1, 0, 0, -3, 0, -3],
      ['no single customer', 'EUR', 1, 0, 0, -4, 0, -4],
      [`'${HOSTILE_NAME}`, 'JPY', 1, 0, 0, 1234567, 0, 1234567],
    ]);
  });

  it('Credits holds the CR family', () => {
    const rules = [1, 2, 3, 4].map((row) => cell('Credits', 'Rule', row).value);
    expect(rules).toEqual(['CR02', 'CR04', 'CR07', null]);
  });

  it('Lines has every line, and a column for each convention that occurs', () => {
    const headers = (sheet('Lines').getRow(2).values as readonly unknown[]).slice(1);
    expect(headers.slice(0, 3)).toEqual(['File', 'Row', 'Customer']);
    expect(headers.slice(-7)).toEqual([
      'Fits',
      'published-legacy',
      'exact-once',
      'shown-unit',
      'daily-cut',
      'published-seat',
      'published-usage',
    ]);
    expect(cell('Lines', 'Row', 2)).toMatchObject({ value: 1024, numFmt: '0' });
    expect(cell('Lines', 'Rate', 2)).toMatchObject({ value: 151.25, numFmt: '#,##0.0000000000;[Red]-#,##0.0000000000' });
    expect(cell('Lines', 'published-seat', 2)).toMatchObject({ value: 29431, numFmt: '#,##0;[Red]-#,##0' });
    expect(cell('Lines', 'published-seat', 1).value).toBeNull();
    expect(cell('Lines', 'Fits', 2).value).toBe('published-seat, published-usage');
  });

  it('Lines goes on in a second sheet where one is full', async () => {
    const path = join(folder, 'lines.xlsx');
    const output = createWriteStream(path);
    const book = new SteadyWorkbook(output, new Date(0));
    const lines = Array.from({ length: 5 }, (_, index): ProratedLine => ({ ...exampleLines[0]!, row: index + 2 }));
    await new LinesSheet(() => lines, [], 2).write(book);
    await Promise.all([finished(output), book.commit()]);
    const back = await read(path);
    expect(back.worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ['Lines', 4],
      ['Lines 2', 4],
      ['Lines 3', 3],
    ]);
    expect(cell('Lines 3', 'Row', 1, back).value).toBe(6);
    expect(sheet('Lines 2', back).autoFilter).toMatch(/^A2:[A-Z]+4$/);
  });

  it('Lines reaches the disk while it is written: rows wait for the compressor', async () => {
    const path = join(folder, 'streamed.xlsx');
    let bytesBeforeTheLast = 0;
    const many = function* (): Generator<ProratedLine> {
      for (let row = 2; row < 10_000; row++)
        yield { ...exampleLines[0]!, row, subscriptionId: createHash('sha256').update(`${row}`).digest('hex') };
      bytesBeforeTheLast = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      yield exampleLines[1]!;
    };
    await writeWorkbook(path, exampleReport, many);
    expect(bytesBeforeTheLast).toBeGreaterThan(statSync(path).size / 2);
  });

  it('Lines refuses a convention without a column', async () => {
    const strange = { ...exampleLines[0]!, figures: { invented: '1.00' } };
    await expect(written(exampleReport, () => [strange])).rejects.toThrow('invented');
  });

  it('Conventions, Rejected and Rules hold what the report holds', () => {
    expect((sheet('Conventions').getRow(3).values as readonly unknown[]).slice(1)).toEqual([
      'legacy-licence',
      'EUR',
      'exact-once',
      'yes',
      120,
      118,
      30,
    ]);
    expect(cell('Rejected', 'Cell', 1).value).toBe("'-12,,5");
    expect(cell('Rejected', 'Row', 1).value).toBe(5);
    const rows = Object.entries(exampleReport.rules).flatMap(([code, { citations }]) => [
      ...Array.from({ length: 5 }, () => code),
      ...(citations.length > 0 ? [code] : []),
    ]);
    const codes: string[] = [];
    let sources = '';
    sheet('Rules').eachRow((row, number) => {
      if (number > 1) codes.push(row.getCell(1).text);
      if (row.getCell(4).text === 'sources') sources += row.getCell(5).text;
    });
    expect(codes).toEqual(rows);
    expect(sources).toContain('Cancel a legacy subscription');
    const [, target = ''] = /'Rules'!A(\d+)/.exec(cell('Findings', 'Rule', 1).formula) ?? [];
    expect(sheet('Rules').getRow(Number(target)).getCell(1).text).toBe(exampleReport.findings[0]!.rule);
    expect(sheet('Rules').getRow(Number(target)).getCell(4).text).toBe('what it is');
  });
});

describe('the writers', () => {
  it('are named as the contract names them', () => {
    expect([...writers].map(([format, { fileName }]) => [format, fileName])).toEqual([
      ['json', 'report.json'],
      ['csv', 'findings.csv'],
      ['html', 'report.html'],
      ['ics', 'deadlines.ics'],
      ['xlsx', 'report.xlsx'],
    ]);
  });
});
