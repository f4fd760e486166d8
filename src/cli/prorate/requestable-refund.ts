import { addDays, isoDay } from '../../domain/calendar/days.ts';
import { formatMoney, minorDigits, type Decimal } from '../../domain/numbers/money.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import type { ProrationAnswer, ProrationQuestion } from '../../domain/proration/prorate.ts';
import type { CancellationVerdict } from '../../policy/cancellations/cancellation-verdict.ts';

/** The full refund that can still be requested for a cancelled legacy subscription (CR04), as data. */
export interface RequestableRefund {
  /** The last day of the request by the strict reading (null: before the cancellation), and day N, which counts by the lenient one alone. */
  readonly certainUntil: string | null;
  readonly until: string;
  /** What stays of the cycle's charge after the prorated credit. */
  readonly amount: Decimal;
  readonly charged: Decimal;
  readonly credited: Decimal;
  /** Whether cycles before the one worked out were charged since the purchase: what they charged can be requested too. */
  readonly hasEarlierCycles: boolean;
}

export function requestableRefund(
  question: ProrationQuestion,
  answer: ProrationAnswer,
  verdict: CancellationVerdict,
  purchased: ProrationQuestion['firstDay'],
): RequestableRefund | null {
  const credit = answer.figures.find((one) => one.isPublished);
  if (verdict.request === null || credit === undefined) return null;
  const charged = roundHalfUp(question.price.times(question.quantity), minorDigits(question.currency));
  const credited = credit.amount.abs();
  const certain = addDays(verdict.request.lastDay, -1);
  return {
    certainUntil: certain < question.firstDay ? null : isoDay(certain),
    until: isoDay(verdict.request.lastDay),
    amount: charged.minus(credited),
    charged,
    credited,
    // Files print the day after the order as the first: only a cycle that begins later has one before it.
    hasEarlierCycles: purchased + 1 < question.cycle.firstDay,
  };
}

/** The same in words, as lines below what the policy gives back. */
export function requestableRefundText(refund: RequestableRefund, currency: string, sources: readonly string[]): readonly string[] {
  const money = (amount: Decimal): string => `${formatMoney(amount, currency)} ${currency}`;
  return [
    `the rest, ${money(refund.amount)}, comes to those who request it (CR04): ${money(refund.charged)} charged for the cycle less the ${money(refund.credited)} of published-legacy`,
    ...(refund.hasEarlierCycles
      ? ['and with it all that earlier cycles charged since the purchase: the refund goes back to its start']
      : []),
    `the request, a credit for an accidental purchase, ${refund.certainUntil === null ? 'has no certain day left' : `is in time until ${refund.certainUntil}`}; ${refund.until}, the last day named, counts by the lenient reading only`,
    ...sources,
  ];
}
