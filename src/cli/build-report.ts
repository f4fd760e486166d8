import { basename } from 'node:path';
import type { Baseline } from '../domain/partner/baseline.ts';
import type { RegisterEntry } from '../domain/partner/claims-register.ts';
import type { InputReport, RegisterReport, Report } from '../domain/findings/report.ts';
import { applyBaseline } from '../engine/findings/apply-baseline.ts';
import type { AuditResult } from '../engine/audit.ts';
import { carryForward, type LedgerResult } from '../engine/findings/claims-ledger.ts';
import { withUnchecked } from '../engine/unchecked-counts.ts';
import { isListed, summaryOf, withNotListed } from '../engine/findings/listed-findings.ts';
import type { AuditOptions } from './options.ts';
import type { ReadResult } from './read-files.ts';
import { packageVersion } from './version.ts';

/** What the user keeps from month to month. */
export interface Memory {
  /** The files themselves, for the list of inputs. */
  readonly inputs: readonly InputReport[];
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
    nextBilling: result.nextBilling,
  });
  const baseline = memory.baseline === null ? null : applyBaseline(carried.findings, memory.baseline, asOf);
  const wanted = baseline?.findings ?? carried.findings;
  const listed = wanted.filter((one) => isListed(one, options.minAmount));
  const notListed = wanted.filter((one) => !isListed(one, options.minAmount));
  const report: Report = {
    schemaVersion: '1',
    tool: { name: 'csp-recon', version: packageVersion() },
    asOf,
    options: statedOptions(options),
    inputs: [...read.inputs, ...memory.inputs],
    totals: withNotListed(result.totals(listed), notListed),
    conventions: result.conventions,
    findings: listed,
    reconciliation: result.reconciliation,
    unchecked: withUnchecked(result.unchecked, carried.unchecked),
    rejections: read.rejections,
    rules: result.rules,
    creditRequest: result.creditRequest,
    register: memory.register === null ? null : registerReport(carried, asOf),
    baseline: baseline === null ? null : { accepted: baseline.accepted, expired: baseline.expired, stale: baseline.stale },
    summary: summaryOf(listed, notListed.length),
  };
  return { report, register: carried.entries };
}

function registerReport(carried: LedgerResult, asOf: string): RegisterReport {
  return {
    newClaims: carried.entries.filter((entry) => entry.firstSeen === asOf).length,
    knownClaims: carried.known.length,
    resolved: carried.resolved,
    raisedAgain: carried.raisedAgain,
    stillOpen: carried.stillOpen,
    partPaid: carried.partPaid,
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
    mapping,
    dateOrder,
    decimalMark,
    pricesDateOrder,
    pricesDecimalMark,
    delimiter,
    encoding,
    invoices,
    partnerCountry,
  } = options;
  const stated = {
    rounding,
    failOn,
    maxRejected,
    minAmount,
    ...(policy === undefined ? {} : { policy: basename(policy) }),
    ...(incidents === undefined ? {} : { claimantRole, providerLeadDays }),
    ...(invoices === undefined ? {} : { invoices: basename(invoices) }),
    ...(partnerCountry === undefined ? {} : { partnerCountry }),
    layout,
    ...(mapping === undefined ? {} : { mapping: basename(mapping) }),
    dateOrder,
    decimalMark,
    pricesDateOrder,
    pricesDecimalMark,
    delimiter,
    encoding,
  };
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
}
