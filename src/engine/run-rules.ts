import type { UncheckedReason } from '../domain/expected-charge.ts';
import type { Detection, Unchecked } from '../domain/finding.ts';
import type { AuditedLine, CustomerHoldings, UnlistedLines } from '../domain/subjects.ts';
import { outageSubjects } from '../policy/outage-claims.ts';
import { isReservation, reservationsOf } from '../domain/reservations.ts';
import type { AnyRule, RuleContext } from '../rules/rule.ts';

export interface RawFinding {
  readonly rule: AnyRule;
  readonly detection: Detection;
  /** Whether it concerns an audited file. One that only concerns context months is not raised, but still silences what rests on its cause. */
  readonly isRaised: boolean;
}

export interface RuleResults {
  readonly findings: readonly RawFinding[];
  readonly unchecked: readonly UncheckedLine[];
}

interface UncheckedLine {
  readonly rule: string;
  readonly reason: UncheckedReason;
  readonly line: AuditedLine | null;
  readonly lines: number;
}

/** A finding concerns what its first line is of. One that has a subject of its own, and no line, comes from an input that is always audited. */
function isAboutAudited({ evidence, subject }: Detection): boolean {
  const first = evidence.find((one) => 'line' in one);
  return first === undefined ? subject !== undefined : first.line.line.isAudited;
}

interface Sorted extends RuleResults {
  readonly findings: RawFinding[];
  readonly unchecked: UncheckedLine[];
}

function sortInto({ findings, unchecked }: Sorted, rule: AnyRule, results: Iterable<Detection | Unchecked>): void {
  for (const result of results) {
    if ('unchecked' in result) {
      const { line, lines = 1 } = result;
      if (line?.line.isAudited ?? true) unchecked.push({ rule: rule.code, reason: result.unchecked, line, lines });
    } else {
      findings.push({ rule, detection: result, isRaised: result.isAboutAudited ?? isAboutAudited(result) });
    }
  }
}

/** Shows the rules of a price list's key the lines of one key, over all customers. */
export function runPriceRules(rules: readonly AnyRule[], unlisted: UnlistedLines, context: RuleContext): RuleResults {
  const sorted: Sorted = { findings: [], unchecked: [] };
  for (const rule of rules) if (rule.scope === 'price-key') sortInto(sorted, rule, rule.check(unlisted, context));
  return sorted;
}

/** Shows every rule its subjects among the holdings of one customer. */
export function runRules(rules: readonly AnyRule[], customer: CustomerHoldings, context: RuleContext): RuleResults {
  const sorted: Sorted = { findings: [], unchecked: [] };
  const sort = (rule: AnyRule, results: Iterable<Detection | Unchecked>): void => {
    sortInto(sorted, rule, results);
  };
  const outages = customer.incidents.length === 0 ? [] : outageSubjects(customer, context.asOf, context.claimant);
  // Reservations are judged by their own rules alone.
  const hasReservations = customer.chains.some(isReservation);
  const holdings = hasReservations ? { ...customer, chains: customer.chains.filter((chain) => !isReservation(chain)) } : customer;
  const reservations = hasReservations ? reservationsOf(customer) : [];
  for (const rule of rules) {
    switch (rule.scope) {
      case 'line':
        for (const chain of customer.chains) for (const line of chain.lines) sort(rule, rule.check(line, context));
        break;
      case 'subscription':
        for (const chain of holdings.chains) sort(rule, rule.check(chain, context));
        break;
      case 'reservation':
        for (const reservation of reservations) sort(rule, rule.check(reservation, context));
        break;
      case 'incident':
        for (const outage of outages) sort(rule, rule.check(outage, context));
        break;
      case 'customer':
      case 'shared-domain':
        sort(rule, rule.check(holdings, context));
        break;
      case 'price-key':
        break;
    }
  }
  return sorted;
}
