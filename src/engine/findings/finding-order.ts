import { SEVERITIES, type Finding } from '../../domain/findings/finding.ts';
import { compareTexts } from '../chains/gather-chains.ts';

/** Severity, rule, customer, subscription, days; the fingerprint settles what is left, so no file order shows. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compareTexts(a.rule, b.rule) ||
      compareTexts(a.customerId, b.customerId) ||
      compareTexts(a.subscriptionId, b.subscriptionId) ||
      compareTexts(a.firstDay ?? '', b.firstDay ?? '') ||
      compareTexts(a.fingerprint, b.fingerprint),
  );
}
