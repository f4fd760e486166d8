import type { AuditedLine } from '../../domain/charges/subjects.ts';
import type { RawFinding } from '../run-rules.ts';

/** One cause, one finding: a code silences those after it in its row, about the same lines. Rows are followed transitively. */
const CHAINS: readonly (readonly string[])[] = [
  ['LC01', 'DU01', 'LC07', 'LC04', 'LC02', 'LC03'],
  ['AR08', 'LC04'],
  ['AR05', 'AR01'],
  // What AR01 is for invoice lines, AR07 is for usage rows.
  ['AR05', 'AR07'],
  ['CR03', 'CR02'],
  ['CR06', 'CR02'],
  ['AR08', 'CR02'],
  ['CR01', 'CR02'],
  ['DU04', 'DU02'],
  ['PR01', 'LC06'],
  ['IN04', 'DU01'],
  ['IN03', 'IN01'],
  ['RS02', 'RS01'],
];

/**
 * Silenced without what that one would silence: a credit that came late is not missing any more, but whether it is the right amount is a cause of
 * its own.
 */
const ALONE: readonly (readonly [string, string])[] = [['CR08', 'CR01']];

function silencedBy(code: string, seen: Set<string> = new Set()): Set<string> {
  for (const chain of CHAINS) {
    const place = chain.indexOf(code);
    if (place < 0) continue;
    for (const silenced of chain.slice(place + 1)) {
      if (seen.has(silenced)) continue;
      seen.add(silenced);
      silencedBy(silenced, seen);
    }
  }
  return seen;
}

const SILENCES: ReadonlyMap<string, ReadonlySet<string>> = new Map([...CHAINS, ...ALONE].flat().map((code) => [code, silenced(code)]));

function silenced(code: string): ReadonlySet<string> {
  return new Set([...silencedBy(code), ...ALONE.filter(([speaks]) => speaks === code).map(([, silent]) => silent)]);
}

/** LC03 speaks only of cycles on which no other rule reported anything. */
const ONLY_WHERE_ALL_ELSE_IS_SILENT = 'LC03';

/** Drops the findings of one customer whose cause a more specific rule reports. */
export function keepMostSpecific(findings: readonly RawFinding[]): readonly RawFinding[] {
  const reportedBy = new Map<AuditedLine, Set<string>>();
  for (const found of findings) {
    for (const line of linesOf(found)) reportedBy.set(line, (reportedBy.get(line) ?? new Set()).add(found.rule.code));
  }
  return findings.filter((found) => {
    const lines = [...linesOf(found), ...(found.detection.restsOn ?? [])];
    return !lines.some((line) => [...(reportedBy.get(line) ?? [])].some((code) => isSilencedBy(found.rule.code, code)));
  });
}

/** The same among findings that are about subjects and not about lines: an invoice, an incident. */
export function keepMostSpecificOfSubjects(findings: readonly RawFinding[]): readonly RawFinding[] {
  const reportedBy = new Map<string, Set<string>>();
  const keyOf = ({ detection }: RawFinding): string => detection.subject?.key ?? '';
  for (const found of findings) {
    const key = keyOf(found);
    reportedBy.set(key, (reportedBy.get(key) ?? new Set()).add(found.rule.code));
  }
  return findings.filter((found) => ![...(reportedBy.get(keyOf(found)) ?? [])].some((code) => isSilencedBy(found.rule.code, code)));
}

export function linesOf({ detection }: RawFinding): readonly AuditedLine[] {
  return detection.evidence.flatMap((one) => ('line' in one ? [one.line] : []));
}

/** Whether a finding of one rule is left out where another rule reports the same cause. */
export function isSilencedBy(code: string, other: string): boolean {
  if (code === ONLY_WHERE_ALL_ELSE_IS_SILENT) return other !== code;
  return SILENCES.get(other)?.has(code) ?? false;
}
