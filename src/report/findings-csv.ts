import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Finding } from '../domain/findings/finding.ts';
import type { Report } from '../domain/findings/report.ts';
import { citationTexts, evidenceTexts } from './finding-text.ts';
import { harmlessText } from './harmless-text.ts';
import { visibleText } from './visible-text.ts';

const SEPARATOR = ' | ';

/** An amount stays the number it is, `-41.34` too; whatever is no plain decimal is a text like any other. */
function amount(value: string | null): string {
  if (value === null) return '';
  return /^-?\d+(\.\d+)?$/.test(value) ? value : harmlessText(value);
}

function text(value: string | null): string {
  return harmlessText(visibleText(value ?? ''));
}

function joined(parts: readonly string[]): string {
  return harmlessText(visibleText(parts.join(SEPARATOR)));
}

const COLUMNS: Readonly<Record<string, (finding: Finding) => string>> = {
  severity: (f) => text(f.severity),
  rule: (f) => text(f.rule),
  name: (f) => text(f.name),
  kind: (f) => text(f.kind),
  status: (f) => text(f.status),
  customerId: (f) => text(f.customerId),
  customerName: (f) => text(f.customerName),
  subscriptionId: (f) => text(f.subscriptionId),
  product: (f) => text(f.product),
  invoiceNumber: (f) => text(f.invoiceNumber),
  chargeType: (f) => text(f.chargeType),
  firstDay: (f) => text(f.firstDay),
  lastDay: (f) => text(f.lastDay),
  billed: (f) => amount(f.billed),
  expected: (f) => amount(f.expected),
  lowest: (f) => amount(f.lowest),
  highest: (f) => amount(f.highest),
  difference: (f) => amount(f.difference),
  currency: (f) => text(f.currency),
  confidence: (f) => text(f.confidence),
  deadline: (f) => text(f.deadline),
  message: (f) => text(f.message),
  working: (f) => joined(f.working),
  nextAction: (f) => text(f.nextAction),
  citations: (f) => joined(citationTexts(f.citations)),
  evidence: (f) => joined(evidenceTexts(f)),
  fingerprint: (f) => text(f.fingerprint),
};

function* records(findings: readonly Finding[]): Generator<string[]> {
  const cells = Object.values(COLUMNS);
  for (const finding of findings) yield cells.map((cell) => cell(finding));
}

/** Writes findings.csv: UTF-8 with a BOM and CRLF, so that a double click opens it with its letters right. */
export async function writeFindingsCsv(path: string, report: Report): Promise<void> {
  const format = stringify({ bom: true, header: true, columns: Object.keys(COLUMNS), record_delimiter: 'windows' });
  await pipeline(Readable.from(records(report.findings)), format, createWriteStream(path));
}
