import { invoiceKey } from '../domain/invoice.ts';
import type { AuditedLine } from '../domain/subjects.ts';
import { isSilencedBy, linesOf } from './precedence.ts';
import type { RawFinding } from './run-rules.ts';

const VOID_COUNTED = 'IN04';
const DUPLICATE = 'DU01';

/** The keys of the voided invoices whose lines are reported as counted beside those of their replacement. */
export function voidedInvoices(found: readonly RawFinding[]): ReadonlySet<string> {
  return new Set(
    found.flatMap(({ rule, detection }) => (rule.code === VOID_COUNTED ? [invoiceKey(detection.subject?.invoiceNumber ?? '')] : [])),
  );
}

/**
 * Drops what the lines of a voided invoice beside their replacement cause among the findings of one customer. Of equal lines billed several
 * times as many surplus copies are dropped as stand on voided invoices: a line that the replacement itself bills twice stays one.
 */
export function withoutVoided(findings: readonly RawFinding[], voided: ReadonlySet<string>): readonly RawFinding[] {
  if (voided.size === 0) return findings;
  const isVoided = ({ line }: AuditedLine): boolean => voided.has(invoiceKey(line.invoiceNumber));
  const dropped = new Map<unknown, number>();
  return findings.filter((found) => {
    const { rule, detection } = found;
    if (!isSilencedBy(rule.code, VOID_COUNTED)) return true;
    const lines = new Set([...linesOf(found), ...(detection.restsOn ?? [])]);
    const voidedLines = [...lines].filter(isVoided).length;
    if (rule.code !== DUPLICATE) return voidedLines === 0;
    const copies = detection.restsOn;
    const before = dropped.get(copies) ?? 0;
    if (before >= voidedLines) return true;
    dropped.set(copies, before + 1);
    return false;
  });
}
