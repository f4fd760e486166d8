import type { UncheckedReason } from '../domain/expected-charge.ts';
import type { Detection, Unchecked } from '../domain/finding.ts';
import type { AuditedLine, CustomerHoldings } from '../domain/subjects.ts';
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
  readonly line: AuditedLine;
}

/** A finding concerns what its first line is of. One that has a subject of its own, and no line, comes from an input that is always audited. */
function isAboutAudited({ evidence, subject }: Detection): boolean {
  const first = evidence.find((one) => 'line' in one);
  return first === undefined ? subject !== undefined : first.line.line.isAudited;
}

/** Shows every rule its subjects among the holdings of one customer. */
export function runRules(rules: readonly AnyRule[], customer: CustomerHoldings, context: RuleContext): RuleResults {
  const findings: RawFinding[] = [];
  const unchecked: UncheckedLine[] = [];
  const sort = (rule: AnyRule, results: Iterable<Detection | Unchecked>): void => {
    for (const result of results) {
      if ('unchecked' in result) {
        if (result.line.line.isAudited) unchecked.push({ rule: rule.code, reason: result.unchecked, line: result.line });
      } else {
        findings.push({
          rule,
          detection: result,
          isRaised: result.isAboutAudited ?? isAboutAudited(result),
        });
      }
    }
  };
  for (const rule of rules) {
    switch (rule.scope) {
      case 'line':
        for (const chain of customer.chains) for (const line of chain.lines) sort(rule, rule.check(line, context));
        break;
      case 'subscription':
        for (const chain of customer.chains) sort(rule, rule.check(chain, context));
        break;
      case 'customer':
      case 'shared-domain':
        sort(rule, rule.check(customer, context));
    }
  }
  return { findings, unchecked };
}
