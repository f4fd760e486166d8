import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/findings/finding.ts';
import { writeFindingsCsv } from '../../src/report/findings-csv.ts';
import { exampleReport, HOSTILE_NAME } from '../support/example-report.ts';

const COLUMNS =
  'severity,rule,name,kind,status,customerId,customerName,subscriptionId,product,invoiceNumber,chargeType,firstDay,lastDay,billed,expected,lowest,highest,difference,currency,confidence,deadline,message,working,nextAction,citations,evidence,fingerprint';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'csp-recon-csv-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function written(findings: readonly Finding[]): Promise<string> {
  const path = join(folder, 'findings.csv');
  await writeFindingsCsv(path, { ...exampleReport, findings });
  return readFileSync(path, 'utf8');
}

function records(csv: string): Record<string, string>[] {
  return parse(csv, { columns: true, bom: true, record_delimiter: '\r\n' });
}

describe('findings.csv', () => {
  it('begins with a BOM, ends its lines with CRLF, and has the columns in order', async () => {
    const csv = await written(exampleReport.findings);
    const lines = csv.split('\r\n');
    expect(lines[0]).toBe(`\ufeff${COLUMNS}`);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('holds one row a finding, with amounts as they are and nothing where there is none', async () => {
    const rows = records(await written(exampleReport.findings));
    expect(rows).toHaveLength(exampleReport.findings.length);
    for (const [index, finding] of exampleReport.findings.entries()) {
      const row = rows[index]!;
      expect([row.billed, row.expected, row.lowest, row.highest, row.difference]).toEqual(
        [finding.billed, finding.expected, finding.lowest, finding.highest, finding.difference].map((amount) => amount ?? ''),
      );
      expect([row.severity, row.rule, row.customerId, row.product, row.fingerprint, row.deadline]).toEqual([
        finding.severity,
        finding.rule,
        finding.customerId,
        finding.product,
        finding.fingerprint,
        finding.deadline ?? '',
      ]);
    }
    expect(rows[0]!.billed).toBe('-41.34');
  });

  it('joins lists so that they can be read', async () => {
    const [row] = records(await written(exampleReport.findings));
    expect(row!.evidence).toBe('april.csv:17 credit | march.xlsx[Licences]:204 the charge it cancels');
    expect(row!.citations).toBe(
      'Billing overview for CSP partners, Proration of daily charges and credits, 2021-01-28 | Cancel a legacy subscription',
    );
    expect(row!.working).toBe(exampleReport.findings[0]!.working.join(' | '));
  });

  it('makes formulas harmless and nothing else', async () => {
    const rows = records(await written(exampleReport.findings));
    expect(rows.map(({ customerName }) => customerName)).toEqual([
      'Contoso GmbH & Co. KG',
      `'${HOSTILE_NAME}`,
      exampleReport.findings[2]!.customerName,
      exampleReport.findings[3]!.customerName,
    ]);
    expect(rows[1]!.working).toBe("'+1 line beside the one that is due");
    expect(rows[3]!.message).toBe("'-5 seats bought yesterday can still be cancelled.");
  });

  it('leaves no cell that a spreadsheet runs, whichever text is hostile', async () => {
    const [finding] = exampleReport.findings;
    const hostile = Object.fromEntries(Object.entries(finding!).map(([key, value]) => [key, typeof value === 'string' ? '=1+1' : value]));
    const [row] = records(await written([{ ...finding!, ...hostile }]));
    expect(Object.values(row!).filter((cell) => cell.startsWith('='))).toEqual([]);
  });

  it('keeps quotes, separators and line breaks inside a cell', async () => {
    const message = 'one "quoted", two\nthree';
    const [row] = records(await written([{ ...exampleReport.findings[0]!, message }]));
    expect(row!.message).toBe(message);
  });
});
