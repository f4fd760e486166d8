import type { Severity } from '../domain/finding.ts';
import type { Report } from '../domain/report.ts';
import type { AuditResult } from '../engine/audit.ts';
import type { AuditOptions } from './options.ts';
import type { ReadResult } from './read-files.ts';
import { packageVersion } from './version.ts';

/** The one report, from what was read and what was found. Only options that change a figure or a list are stated. */
export function buildReport(asOf: string, options: AuditOptions, read: ReadResult, result: AuditResult): Report {
  const bySeverity: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  const byRule: Record<string, number> = {};
  for (const finding of result.findings) {
    bySeverity[finding.severity] += 1;
    byRule[finding.rule] = (byRule[finding.rule] ?? 0) + 1;
  }
  const { rounding, failOn, maxRejected, minAmount, layout, dateOrder, decimalMark, delimiter, encoding } = options;
  const stated = { rounding, failOn, maxRejected, minAmount, layout, dateOrder, decimalMark, delimiter, encoding };
  return {
    schemaVersion: '1',
    tool: { name: 'csp-recon', version: packageVersion() },
    asOf: asOf,
    options: Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)),
    inputs: read.inputs,
    totals: result.totals,
    conventions: result.conventions,
    findings: result.findings,
    unchecked: result.unchecked,
    rejections: read.rejections,
    rules: result.rules,
    summary: { bySeverity, byRule: sortedByKey(byRule), belowMinAmount: result.belowMinAmount },
  };
}

function sortedByKey(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
