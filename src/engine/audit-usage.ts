import type { Detection, Unchecked } from '../domain/finding.ts';
import type { AuditedUsageLine } from '../domain/subjects.ts';
import type { AnyRule, RuleContext } from '../rules/rule.ts';
import { auditedUsage } from './audited-usage.ts';
import { compareLines, compareTexts } from './gather-chains.ts';
import type { RawFinding } from './run-rules.ts';
import { UsageDays } from './usage-days.ts';
import type { UsageLedger } from './usage-ledger.ts';
import { TierIndex } from './usage-tiers.ts';

export interface UsageResults {
  /** In an order that no order of files changes. */
  readonly findings: readonly RawFinding[];
  readonly unchecked: readonly { readonly rule: string; readonly reason: string; readonly lines: number }[];
}

/** Between two words on how far the lines are judged. */
const LINES_BETWEEN = 1024;

/**
 * Shows the usage lines to the rules about usage, one after the other: there are millions, and none is kept longer than it is looked at. Licence rules never
 * see them, for a usage row has no window, no cycle and no pair. `told` hears now and then how many lines are judged.
 */
export function auditUsage(
  ledger: UsageLedger,
  rules: readonly AnyRule[],
  context: RuleContext,
  told: (lines: number) => void = () => undefined,
): UsageResults {
  const results = new Results();
  if (ledger.length === 0) return results.table();
  const tiers = new TierIndex(ledger);
  const lineRules = rules.filter((rule) => rule.scope === 'usage-line');
  for (let index = 0; index < ledger.length; index += 1) {
    if (index % LINES_BETWEEN === 0) told(index);
    if (!ledger.table(index).isAudited) continue;
    const one = auditedUsage(ledger.line(index));
    const subject = { one, tiers: () => tiers.of(index) };
    for (const rule of lineRules) results.take(rule, rule.check(subject, context));
  }
  const days = new UsageDays(ledger);
  for (const rule of rules) {
    if (rule.scope === 'usage-day') for (const day of days.subjects()) results.take(rule, rule.check(day, context));
  }
  return results.table();
}

class Results {
  readonly #findings: RawFinding[] = [];
  readonly #unchecked = new Map<string, { rule: string; reason: string; lines: number }>();

  take(rule: AnyRule, results: Iterable<Detection | Unchecked>): void {
    for (const result of results) {
      if ('unchecked' in result) this.#count(rule.code, result.unchecked);
      else this.#findings.push({ rule, detection: result, isRaised: true });
    }
  }

  table(): UsageResults {
    return { findings: this.#findings.sort(compareFindings), unchecked: [...this.#unchecked.values()] };
  }

  #count(rule: string, reason: string): void {
    const key = `${rule} ${reason}`;
    const known = this.#unchecked.get(key);
    if (known === undefined) this.#unchecked.set(key, { rule, reason, lines: 1 });
    else known.lines += 1;
  }
}

function compareFindings(a: RawFinding, b: RawFinding): number {
  const [one, other] = [firstLine(a), firstLine(b)];
  return compareTexts(a.rule.code, b.rule.code) || (one === null || other === null ? 0 : compareLines(one.line, other.line));
}

function firstLine({ detection }: RawFinding): AuditedUsageLine | null {
  const [first] = detection.evidence;
  return first !== undefined && 'line' in first ? (first.line as AuditedUsageLine) : null;
}
