import type { AcceptedFinding, Baseline } from '../../domain/partner/baseline.ts';
import type { Finding } from '../../domain/findings/finding.ts';

export interface BaselineResult {
  /** What stays in the report, in the order given. */
  readonly findings: readonly Finding[];
  /** How many findings the baseline has taken out. */
  readonly accepted: number;
  /** Acceptances that have expired while their finding is still there: it is reported again. */
  readonly expired: readonly AcceptedFinding[];
  /** Acceptances, expired or not, that no finding has any more. */
  readonly stale: readonly AcceptedFinding[];
}

/**
 * Takes the accepted findings out of the list. `findings` must be all that were found, before `--min-amount` leaves any out: an acceptance
 * of one that is only not listed would pass for stale.
 * @param asOf `YYYY-MM-DD`; an acceptance still holds on the day it expires.
 */
export function applyBaseline(findings: readonly Finding[], { accepted }: Baseline, asOf: string): BaselineResult {
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  const hiding = new Set(accepted.filter((each) => !hasExpired(each, asOf)).map(({ fingerprint }) => fingerprint));
  const kept = findings.filter(({ fingerprint }) => !hiding.has(fingerprint));
  return {
    findings: kept,
    accepted: findings.length - kept.length,
    expired: accepted.filter((each) => hasExpired(each, asOf) && found.has(each.fingerprint)),
    stale: accepted.filter(({ fingerprint }) => !found.has(fingerprint)),
  };
}

/** Whether an acceptance no longer holds. */
export function hasExpired({ expires }: AcceptedFinding, asOf: string): boolean {
  return expires !== null && expires < asOf;
}
