import { basename } from 'node:path';
import type { Baseline } from '../domain/baseline.ts';
import type { RegisterEntry } from '../domain/claims-register.ts';
import type { Finding, Severity } from '../domain/finding.ts';
import { Decimal } from '../domain/money.ts';
import type { RegisterReport, Report } from '../domain/report.ts';
import { applyBaseline } from '../engine/apply-baseline.ts';
import type { AuditResult } from '../engine/audit.ts';
import { carryForward, type LedgerResult } from '../engine/claims-ledger.ts';
import type { AuditOptions } from './options.ts';
import type { ReadResult } from './read-files.ts';
import { packageVersion } from './version.ts';

/** What the user keeps from month to month. */
export interface Memory {
  readonly register: readonly RegisterEntry[] | null;
  readonly baseline: Baseline | null;
}

export interface BuiltReport {
  readonly report: Report;
  /** The claims register to be written with the report. */
  readonly register: readonly RegisterEntry[];
}

/** The one report, from what was read and found and what the user keeps. Only options that change a figure or a list are stated. */
export function buildReport(asOf: string, options: AuditOptions, read: ReadResult, result: AuditResult, memory: Memory): BuiltReport {
  // The register sees everything that was found: an accepted finding is still there.
  const carried = carryForward({
    previous: memory.register,
    findings: result.findings,
    credits: result.credits,
    asOf,
    latestBilling: (entry) => result.latestBillings.get(entry.customerId.toLowerCase()) ?? null,
  });
  const baseline = memory.baseline === null ? null : applyBaseline(carried.findings, memory.baseline, asOf);
  const wanted = baseline?.findings ?? carried.findings;
  const listed = wanted.filter((one) => one.difference === null || new Decimal(one.difference).abs().gte(options.minAmount));
  const report: Report = {
    schemaVersion: '1',
    tool: { name: 'csp-recon', version: packageVersion() },
    asOf,
    options: statedOptions(options),
    inputs: read.inputs,
    totals: result.totals(listed),
    conventions: result.conventions,
    findings: listed,
    reconciliation: result.reconciliation,
    unchecked: result.unchecked,
    rejections: read.rejections,
    rules: result.rules,
    register: memory.register === null ? null : registerReport(carried, asOf),
    baseline: baseline === null ? null : { accepted: baseline.accepted, expired: baseline.expired, stale: baseline.stale },
    summary: summaryOf(listed, wanted.length - listed.length),
  };
  return { report, register: carried.entries };
}

function registerReport(carried: LedgerResult, asOf: string): RegisterReport {
  return {
    newClaims: carried.entries.filter((entry) => entry.firstSeen === asOf).length,
    knownClaims: carried.known.length,
    resolved: carried.resolved,
    raisedAgain: carried.raisedAgain,
  };
}

function statedOptions(options: AuditOptions): Report['options'] {
  const {
    rounding,
    failOn,
    maxRejected,
    minAmount,
    policy,
    claimantRole,
    providerLeadDays,
    incidents,
    layout,
    dateOrder,
    decimalMark,
    delimiter,
    encoding,
    invoices,
  } = options;
  const stated = {
    rounding,
    failOn,
    maxRejected,
    minAmount,
    ...(policy === undefined ? {} : { policy: basename(policy) }),
    ...(incidents === undefined ? {} : { claimantRole, providerLeadDays }),
    ...(invoices === undefined ? {} : { invoices: basename(invoices) }),
    layout,
    dateOrder,
    decimalMark,
    delimiter,
    encoding,
  };
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
}

function summaryOf(findings: readonly Finding[], belowMinAmount: number): Report['summary'] {
  const bySeverity: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  const byRule: Record<string, number> = {};
  for (const finding of findings) {
    bySeverity[finding.severity] += 1;
    byRule[finding.rule] = (byRule[finding.rule] ?? 0) + 1;
  }
  return { bySeverity, byRule: sortedByKey(byRule), belowMinAmount };
}

function sortedByKey(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
