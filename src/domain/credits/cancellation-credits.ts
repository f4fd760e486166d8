import type { Day } from '../calendar/days.ts';
import { Decimal, minorDigits, sum, ZERO } from '../numbers/money.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../charges/subjects.ts';
import { money } from '../proration/working.ts';

/** How the reason of a customer credit tells that it gives licences back; outages, Azure offers and prices have reasons of their own. */
const NAMES_LICENCES = /cancel|refund|return|suspen|terminat|licen[cs]e|seat/i;

export function isMoneyBack({ line }: AuditedLine): boolean {
  return (line.kind === 'cancellation' || line.kind === 'adjustment') && line.amount.isNegative();
}

function isAfter({ line }: AuditedLine, day: Day): boolean {
  return (line.orderDay ?? day) >= day || (line.firstDay ?? day) >= day;
}

/**
 * An adjustment that refunds the licence itself. Legacy files know refunds alone (a line item offset in part or in whole, a one-time refund); a
 * customer credit of new commerce may be for anything, and says for what.
 */
export function isRefund({ line }: AuditedLine): boolean {
  if (line.kind !== 'adjustment' || !line.amount.isNegative()) return false;
  return line.heading.layout === 'legacy-licence' || NAMES_LICENCES.test(line.creditReason);
}

/** Whether the cycle has a cancellation credit: its amount is for the rules on credits that were given. */
export function hasCancellationCredit(cycle: BilledCycle): boolean {
  return cycle.cancellations.some(isMoneyBack);
}

/** What the cycle's adjustments gave back: refunds of the licence, and credits whose reason is another or not known. */
export function adjustmentsOf(cycle: BilledCycle): { readonly refunds: readonly AuditedLine[]; readonly others: readonly AuditedLine[] } {
  const given = cycle.adjustments.filter(isMoneyBack);
  return { refunds: given.filter(isRefund), others: given.filter((one) => !isRefund(one)) };
}

/**
 * Whether a credit answers a cancellation for which its own cycle has no cancellation credit: adjustments of the cycle that come to what is due;
 * elsewhere a cancellation under another product of the subscription or of days that nothing was charged for, one of the very amount in another
 * cycle, or an adjustment of at least that amount. One minor unit a licence is allowed, for it need not follow the judged convention.
 */
export function isAnswered(chain: SubscriptionChain, cycle: BilledCycle, day: Day, due: Decimal): boolean {
  const seats = cycle.charge?.line.quantity.abs() ?? ZERO;
  const least = due.minus(seats.times(new Decimal(10).pow(-minorDigits(chain.currency))));
  const most = due.plus(due.minus(least));
  const given = sum(cycle.adjustments.filter(isMoneyBack).map((one) => one.line.amount)).abs();
  if (!given.isZero() && given.gte(least)) return true;
  const isEnough = (one: AuditedLine): boolean => {
    const amount = one.line.amount.abs();
    if (one.line.kind === 'adjustment') return amount.gte(least);
    const charge = chain.cycles.find((other) => other.lines.includes(one))?.charge ?? null;
    return charge === null || (amount.gte(least) && amount.lte(most) && !amount.eq(charge.line.amount));
  };
  const own = chain.lines.filter((one) => isMoneyBack(one) && !cycle.lines.includes(one));
  return [...own, ...chain.creditsElsewhere].some((one) => isAfter(one, day) && isEnough(one));
}

/** Why a credit of the cycle does not answer the cancellation, for the working. */
export function ofAnotherKind(one: AuditedLine): string {
  const { chargeType, amount, creditReason } = one.line;
  const reason = creditReason === '' ? 'states no reason' : `is for “${creditReason}”`;
  return `${chargeType} of ${money(one, amount)} ${reason} and does not come to what is due: not counted as the credit of the cancellation`;
}

/** Software and marketplace: a cancellation credit or a refund of any amount (how much is another rule’s), or other credits that come to what is due. */
export function isOtherAnswered(chain: SubscriptionChain, due: Decimal, day: Day): boolean {
  const given = [...chain.lines, ...chain.creditsElsewhere].filter((one) => isMoneyBack(one) && isAfter(one, day));
  return given.some((one) => one.line.kind === 'cancellation' || isRefund(one)) || sum(given.map((one) => one.line.amount.abs())).gte(due);
}
