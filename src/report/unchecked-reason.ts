import type { UncheckedCount } from '../domain/findings/report.ts';

/** Why something had to be left, with the months whose files would tell: `next-invoice-not-given (2023-08)`. */
export function uncheckedReason({ reason, months }: UncheckedCount): string {
  return months === undefined ? reason : `${reason} (${months.join(', ')})`;
}
