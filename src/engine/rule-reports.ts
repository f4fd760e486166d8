import type { RuleReport } from '../domain/findings/report.ts';
import { citationsOfRule } from '../rules/rule-citations.ts';
import { rules } from '../rules/index.ts';

/** What a report says of every rule. */
export function ruleReports(): Readonly<Record<string, RuleReport>> {
  return Object.fromEntries(
    rules.map((rule) => [
      rule.code,
      { name: rule.name, title: rule.title, severity: rule.severity, scope: rule.scope, docs: rule.docs, citations: citationsOfRule(rule) },
    ]),
  );
}
