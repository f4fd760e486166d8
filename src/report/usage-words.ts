import type { UsageOutcome, UsageReconciliation } from '../domain/findings/report.ts';

/** What daily usage and invoice lines are to each other, as tables print it. */
export const USAGE_WORDS: Readonly<Record<UsageOutcome, string>> = {
  compared: 'same quantity',
  covered: 'covered, no charge',
  'quantity-differs': 'quantity differs',
  'identifier-differs': 'identifier differs',
  'not-on-invoice': 'not on the invoice',
  'no-daily-rows': 'no daily rows',
  'not-checked': 'not checked',
};

/** Whether a person must look: nothing else of a comparison is more than a number. */
export function isUsageToLookAt({ outcome }: UsageReconciliation): boolean {
  return outcome !== 'compared' && outcome !== 'covered';
}
