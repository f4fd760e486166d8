import type { Detection, Unchecked } from '../../domain/findings/finding.ts';
import type { AuditedUsageLine } from '../../domain/charges/subjects.ts';
import type { AnyRule, RuleContext } from '../../rules/rule.ts';
import { auditedUsage } from './audited-usage.ts';
import { compareLines, compareTexts } from '../chains/gather-chains.ts';
import type { Gathered } from '../gathered.ts';
import { isSilencedBy } from '../findings/precedence.ts';
import { RateUses } from '../invoices/rate-uses.ts';
import type { RawFinding } from '../run-rules.ts';
import { UsageDays } from './usage-days.ts';
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
 * see them, for a usage row has no window, no cycle and no pair. Rows of voided invoices that are billed again are left. `told` hears now and then how many lines are judged.
 */
export function auditUsage(
  { usage: ledger, voidedUsage: voided }: Pick<Gathered, 'usage' | 'voidedUsage'>,
  rules: readonly AnyRule[],
  context: RuleContext,
  told: (lines: number) => void = () => undefined,
): UsageResults {
  const results = new Results();
  if (ledger.length === 0) return results.table();
  const tiers = new TierIndex(ledger);
  const rates = new RateUses(ledger);
  const lineRules = rules.filter((rule) => rule.scope === 'usage-line' || (rule.scope === 'line' && rule.seesUsage === true));
  for (let index = 0; index < ledger.length; index += 1) {
    if (index % LINES_BETWEEN === 0) told(index);
    if (!ledger.table(index).isAudited || voided.has(index)) continue;
    const line = ledger.line(index);
    const one = auditedUsage(line, rates.of(line));
    const subject = { one, tiers: () => tiers.of(index) };
    const found: RawFinding[] = [];
    for (const rule of lineRules) {
      if (rule.scope === 'usage-line') results.take(rule, rule.check(subject, context), found);
      else if (rule.scope === 'line') results.take(rule, rule.check(one, context), found);
    }
    results.keep(found.length < 2 ? found : mostSpecific(found));
  }
  const days = new UsageDays(ledger, voided);
  const ofDays: RawFinding[] = [];
  for (const rule of rules) {
    if (rule.scope === 'usage-day') for (const day of days.subjects()) results.take(rule, rule.check(day, context), ofDays);
  }
  results.keep(ofDays);
  return results.table();
}

/** One cause, one finding, among those of one row. A finding that could not say what is right leaves the others their figures. */
function mostSpecific(found: readonly RawFinding[]): readonly RawFinding[] {
  const said = found.filter(({ detection }) => detection.amounts !== null);
  return found.filter(({ rule }) => !said.some((other) => isSilencedBy(rule.code, other.rule.code)));
}

class Results {
  readonly #findings: RawFinding[] = [];
  readonly #unchecked = new Map<string, { rule: string; reason: string; lines: number }>();

  /** Counts what the rule had to leave, and adds what it found to `found`. */
  take(rule: AnyRule, results: Iterable<Detection | Unchecked>, found: RawFinding[]): void {
    for (const result of results) {
      if ('unchecked' in result) this.#count(rule.code, result.unchecked);
      else found.push({ rule, detection: result, isRaised: true });
    }
  }

  keep(found: readonly RawFinding[]): void {
    for (const one of found) this.#findings.push(one);
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
