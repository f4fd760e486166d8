import type { UncheckedReason } from '../domain/expected-charge.ts';
import type { Detection, Unchecked } from '../domain/finding.ts';
import type { AuditedLine, CustomerHoldings } from '../domain/subjects.ts';
import type { AnyRule, RuleContext } from '../rules/rule.ts';

export interface RawFinding {
  readonly rule: AnyRule;
  readonly detection: Detection;
}

export interface RuleResults {
  readonly findings: readonly RawFinding[];
  readonly unchecked: readonly { readonly rule: string; readonly reason: UncheckedReason; readonly line: AuditedLine }[];
}

function subjectsOf(rule: AnyRule, customer: CustomerHoldings, context: RuleContext): Iterable<Iterable<Detection | Unchecked>> {
  switch (rule.scope) {
    case 'line':
      return customer.chains.flatMap((chain) => chain.lines).map((line) => rule.check(line, context));
    case 'subscription':
      return customer.chains.map((chain) => rule.check(chain, context));
    case 'customer':
    case 'shared-domain':
      return [rule.check(customer, context)];
  }
}

/** Shows every rule its subjects among the holdings of one customer. Only what concerns audited files is raised. */
export function runRules(rules: readonly AnyRule[], customer: CustomerHoldings, context: RuleContext): RuleResults {
  const findings: RawFinding[] = [];
  const unchecked: { rule: string; reason: UncheckedReason; line: AuditedLine }[] = [];
  for (const rule of rules) {
    for (const results of subjectsOf(rule, customer, context)) {
      for (const result of results) {
        if ('unchecked' in result) {
          if (result.line.line.isAudited) unchecked.push({ rule: rule.code, reason: result.unchecked, line: result.line });
        } else if (result.isAboutAudited === true || result.evidence[0]?.line.line.isAudited === true) {
          findings.push({ rule, detection: result });
        }
      }
    }
  }
  return { findings, unchecked };
}
