import type { Finding, FindingKind, Severity } from '../../src/domain/findings/finding.ts';
import type { Report } from '../../src/domain/findings/report.ts';
import { exampleReport } from './example-report.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const KINDS: readonly FindingKind[] = ['discrepancy', 'claim', 'notice'];

function findingOf(number: number): Finding {
  const place = Math.floor((number * 3) / 10_000) % 3;
  const cents = ((number * 7919) % 99_991) - 20_000;
  const amount = (cents / 100).toFixed(2);
  return {
    ...exampleReport.findings[0]!,
    rule: `XX${String((number % 7) + 1).padStart(2, '0')}`,
    severity: SEVERITIES[place]!,
    kind: KINDS[number % 3]!,
    customerId: `customer-${number % 250}`,
    customerName: `Customer ${number % 250}`,
    product: `Product ${number % 40}`,
    currency: number % 5 === 0 ? 'USD' : 'EUR',
    billed: amount,
    expected: '0.00',
    difference: amount,
    deadline: number % 10 === 0 ? `2026-12-${String((number % 28) + 1).padStart(2, '0')}` : null,
    status: number % 11 === 0 ? 'submitted' : 'open',
    fingerprint: number.toString(16).padStart(20, '0'),
  };
}

/** A report with so many findings of rules that no catalogue knows: a reporter must not depend on which rules there are. */
export function reportOfMany(count: number): Report {
  const findings = Array.from({ length: count }, (_, number) => findingOf(number));
  const bySeverity = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) bySeverity[severity] += 1;
  return { ...exampleReport, findings, summary: { ...exampleReport.summary, bySeverity } };
}
