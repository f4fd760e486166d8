import exceljs from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditResult } from '../../src/engine/audit.ts';
import { caseHeader, caseRow, type CaseLayout } from '../support/case-rows.ts';
import { filesOf, rowsOf, storyOf, type MonthRow } from '../support/generated-month.ts';
import { auditFiles, type TextFile } from '../support/run-audit.ts';

type Cell = string | number | Date;

const LAYOUTS: readonly CaseLayout[] = ['legacy-licence', 'new-commerce'];
const NUMBERS =
  /^(UnitPrice|EffectiveUnitPrice|Quantity|BillableQuantity|Amount|TotalOtherDiscount|Subtotal|Tax|TaxTotal|Total|TotalForCustomer|PCToBCExchangeRate|SkuId)$/;
const DAYS = /Date$/;

function asText(_: string, text: string): Cell {
  return text;
}

/** As Excel holds an export that was opened and saved: numbers as numbers (SkuId without its zeros), days as dates. */
function asTyped(column: string, text: string): Cell {
  if (text === '') return '';
  if (DAYS.test(column)) return new Date(`${text}T00:00:00Z`);
  return NUMBERS.test(column) ? +text : text;
}

/** The rows as one workbook, a sheet for each layout that has any. */
async function workbookOf(rows: readonly MonthRow[], cellOf: (column: string, text: string) => Cell): Promise<TextFile> {
  const workbook = new exceljs.Workbook();
  for (const layout of LAYOUTS) {
    const lines = rows.filter((row) => row.layout === layout);
    if (lines.length === 0) continue;
    const header = caseHeader(layout);
    const sheet = workbook.addWorksheet(layout);
    sheet.addRow([...header]);
    for (const { line } of lines) sheet.addRow(caseRow(layout, line).map((text, column) => cellOf(header[column] ?? '', text)));
    header.forEach((name, column) => {
      if (DAYS.test(name)) sheet.getColumn(column + 1).numFmt = 'm/d/yyyy';
    });
  }
  return { name: 'month.xlsx', text: new Uint8Array(await workbook.xlsx.writeBuffer()) };
}

/** All that is found, without the name of the file; the sheet stands for the file of its layout. */
function found(result: AuditResult): unknown {
  const findings = result.findings.map((finding) => ({
    ...finding,
    evidence: finding.evidence.map(({ file, sheet, row, label }) => ({ layout: sheet ?? file.replace(/-\d+\.csv$/, ''), row, label })),
  }));
  return { findings, totals: result.totals(result.findings), conventions: result.conventions, unchecked: result.unchecked };
}

describe('the same rows as CSV and as a workbook', () => {
  const months = fc.array(storyOf({ isClean: false }), { minLength: 1, maxLength: 6 }).map(rowsOf);

  it.each([
    ['as text', asText],
    ['as typed cells', asTyped],
  ] as const)('give the same findings, %s', async (_, cellOf) => {
    await fc.assert(
      fc.asyncProperty(months, async (rows) => {
        const fromCsv = await auditFiles(filesOf(rows));
        const fromWorkbook = await auditFiles([await workbookOf(rows, cellOf)]);
        expect(fromWorkbook.rejected).toBe(0);
        expect(found(fromWorkbook)).toEqual(found(fromCsv));
      }),
      { numRuns: 40 },
    );
  });
});
