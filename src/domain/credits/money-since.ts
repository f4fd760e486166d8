import type { Cancellation } from './cancellations.ts';
import { addDays, type Day } from '../calendar/days.ts';
import { sum, type Decimal } from '../numbers/money.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../charges/subjects.ts';

/** What was charged and credited from a purchase until the end of the cycle that was cancelled. */
export interface MoneySince {
  /** Charges and both halves of seat changes. */
  readonly charges: readonly AuditedLine[];
  readonly credits: readonly AuditedLine[];
  readonly charged: Decimal;
  /** Negative or zero. */
  readonly credited: Decimal;
  /** Whether a given file holds a charge that a refund could give back. */
  readonly isCharged: boolean;
}

/** Later cycles are left: a charge that begins after the cancellation is LC07's, and its credit gives back nothing else. */
export function moneySince(chain: SubscriptionChain, purchased: Day, cancelled: Cancellation): MoneySince {
  const lastDay = cancelled.cycle?.cycle.lastDay ?? cancelled.day;
  // The record of a purchase may be a day after the first day that the file charges.
  const since = chain.lines.filter(
    ({ line: { firstDay } }) => firstDay !== null && firstDay >= addDays(purchased, -1) && firstDay <= lastDay,
  );
  const isGivenBack = (one: AuditedLine): boolean => one.line.kind === 'cancellation' || one.line.kind === 'adjustment';
  const charges = since.filter((one) => !isGivenBack(one));
  const credits = since.filter((one) => isGivenBack(one) && one.line.amount.isNegative());
  return {
    charges,
    credits,
    charged: sum(charges.map((one) => one.line.amount)),
    credited: sum(credits.map((one) => one.line.amount)),
    isCharged: charges.some((one) => one.line.kind !== 'seat-change' && one.line.amount.isPositive() && !one.line.amount.isZero()),
  };
}

/**
 * The charge that a refund is about: that of the cycle which was cancelled, else the first one since the purchase. Credits come and change
 * from month to month; the charge does not.
 */
export function leadingCharge(cycle: BilledCycle | null, charges: readonly AuditedLine[]): AuditedLine | null {
  const own = cycle?.charge ?? null;
  if (own !== null && charges.includes(own)) return own;
  return charges.find(({ line }) => line.kind !== 'seat-change' && line.amount.isPositive() && !line.amount.isZero()) ?? null;
}
