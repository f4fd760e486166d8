import type { DeadlineSubject } from '../domain/findings/deadlines.ts';
import type { Citation, Finding } from '../domain/findings/finding.ts';

/** Where the evidence stands, as a reader looks it up: `april.csv:17 credit`, `april.xlsx[Sheet1]:17 credit`. */
export function evidenceTexts(finding: Finding): readonly string[] {
  return finding.evidence.map(({ file, sheet, row, label }) => `${file}${sheet === null ? '' : `[${sheet}]`}:${row} ${label}`.trimEnd());
}

/** Title and clause of each source. */
export function citationTexts(citations: readonly Citation[]): readonly string[] {
  return citations.map(({ title, clause }) => (clause === '' ? title : `${title}, ${clause}`));
}

/** Whom and what a finding is about: customer and product, or the invoice where it is about a whole one, or the file that tells of an export. */
export function aboutText({ customerName, product, invoiceNumber, evidence }: DeadlineSubject): string {
  const named = [customerName, product].filter((part) => part !== '');
  if (named.length > 0) return named.join(' · ');
  return invoiceNumber === '' ? (evidence[0]?.file ?? '') : `invoice ${invoiceNumber}`;
}
