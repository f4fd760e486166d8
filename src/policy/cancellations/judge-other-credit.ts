import { isMoneyBack } from '../../domain/credits/cancellation-credits.ts';
import { otherCancellations, type OtherCancellation } from '../../domain/charges/other-purchases.ts';
import type { AuditedLine, SubscriptionChain } from '../../domain/charges/subjects.ts';
import type { Unchecked } from '../../domain/findings/finding.ts';
import { sum, type Decimal } from '../../domain/numbers/money.ts';
import { businessCentralCancellation } from '../parameters/marketplace.ts';
import { otherCredit, type OtherCredit, type OtherTerms } from './other-refunds.ts';

/** What a prorated credit of a software subscription is, held against what its readings give. */
export interface JudgedOtherCredit {
  readonly due: OtherCredit & { readonly amount: Decimal };
  readonly credits: readonly AuditedLine[];
  /** With the sign of the file. */
  readonly credited: Decimal;
  /** The reading it follows: 0 is the one that judges, the others are open; null where it follows none. */
  readonly reading: number | null;
}

/** A reason where nothing published tells the amount: how Business Central is credited no source says. */
export function judgeOtherCredit(
  chain: SubscriptionChain,
  cancelled: OtherCancellation & { readonly line: AuditedLine | null },
  terms: OtherTerms & { readonly isFinal: false },
): JudgedOtherCredit | Unchecked['unchecked'] {
  if (terms.parameter === businessCentralCancellation) return 'proration-not-published';
  const rate = cancelled.line?.line.rate ?? null;
  const due = otherCredit(cancelled.purchase, terms, cancelled.day, ...(rate === null ? [] : [rate]));
  const { amount } = due;
  if (amount === null) return 'dates-missing';
  const readingOf = (given: Decimal): number | null => {
    const place = due.readings.findIndex(({ amounts }) => amounts.some((figure) => figure.eq(given.abs())));
    return place < 0 ? null : place;
  };
  const alone = cancelled.line === null ? null : readingOf(cancelled.line.line.amount);
  const credits = cancelled.line !== null && alone !== null ? [cancelled.line] : creditsOf(chain, cancelled);
  const credited = sum(credits.map((one) => one.line.amount));
  return { due: { ...due, amount }, credits, credited, reading: readingOf(credited) };
}

/** The credit with what belongs to no other purchase: it may be the rest of this one. */
function creditsOf(chain: SubscriptionChain, cancelled: OtherCancellation): readonly AuditedLine[] {
  const ofOthers = otherCancellations(chain).flatMap(({ line }) => (line === null || line === cancelled.line ? [] : [line]));
  return chain.lines.filter((one) => isMoneyBack(one) && !ofOthers.includes(one));
}
