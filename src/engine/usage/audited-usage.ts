import type { UsageLine } from '../../domain/charges/charge-line.ts';
import type { AuditedUsageLine, RateUse } from '../../domain/charges/subjects.ts';

/** A usage line as a finding's evidence. */
export function auditedUsage(line: UsageLine, rateUse: RateUse | null = null): AuditedUsageLine {
  return {
    line,
    recalculation: { status: 'unchecked', reason: 'not-a-licence-line', cycle: null },
    listedPrice: null,
    listPrice: null,
    judgedBy: 'published-usage',
    rateUse,
    ownTerms: [],
  };
}
