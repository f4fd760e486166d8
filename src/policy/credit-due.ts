import type { Cancellation } from '../domain/cancellations.ts';
import { addDays } from '../domain/days.ts';
import type { ParameterUse } from '../domain/finding.ts';
import { sum, ZERO, type Decimal } from '../domain/money.ts';
import { creditFrom, seatsOn } from '../domain/seat-batches.ts';
import { chargedIn, creditsIn } from '../domain/signed-lines.ts';
import type { AuditedLine, BilledCycle, SubscriptionChain } from '../domain/subjects.ts';
import { verdictAt, type Moment, type Verdict } from '../domain/window.ts';
import { money, periodText } from '../domain/working.ts';
import { legacyRefundRule } from './legacy-exceptions.ts';
import { licenceTerms, verdictIn } from './licence-terms.ts';
import { useOf, valueOn } from './parameter.ts';
import { legacyAutomaticFullRefund } from './parameters/legacy-automatic-full-refund.ts';

/** The credit that a cancellation earns without anybody asking for it. */
export interface CreditDue {
  /** A magnitude; null where the full price is not known. */
  readonly amount: Decimal | null;
  readonly basis: string;
  readonly verdict: Verdict;
  readonly working: readonly string[];
  readonly parametersUsed: readonly ParameterUse[];
}

/** Null where none is due: new commerce after its window, and the legacy products that are only refunded on request. */
export function creditDue(
  chain: SubscriptionChain,
  cycle: BilledCycle,
  charge: AuditedLine,
  cancelled: Cancellation,
  start: Moment,
): CreditDue | null {
  return chain.layout === 'legacy-licence'
    ? legacyDue(chain, cycle, charge, cancelled, start)
    : newCommerceDue(chain, cycle, charge, cancelled);
}

/** In full inside 30 days; on day 30, which the sources leave open, and later the unused days. */
function legacyDue(
  chain: SubscriptionChain,
  cycle: BilledCycle,
  charge: AuditedLine,
  cancelled: Cancellation,
  start: Moment,
): CreditDue | null {
  if (legacyRefundRule(chain, start.day) !== 'general') return null;
  const dated = valueOn(legacyAutomaticFullRefund, start.day, chain.ownTerms);
  const parametersUsed = dated === null ? [] : [useOf(legacyAutomaticFullRefund, dated)];
  const verdict = dated === null ? 'outside' : verdictAt(start, cancelled, dated.value);
  const running = chain.cycles.filter((one) => one.cycle.firstDay >= start.day && one.cycle.firstDay <= cancelled.day);
  const stays = sum(running.flatMap((one) => [chargedIn(one), ...creditsIn(one).map((credit) => credit.line.amount)]));
  if (verdict === 'inside' && cancelled.reactivatedOn === null) {
    return {
      amount: stays,
      basis: 'in full, inside the full-refund window',
      verdict,
      working: [`charged since the purchase, less credits: ${money(charge, stays)}, all of it due`],
      parametersUsed,
    };
  }
  const due = prorated(cycle, charge, cancelled);
  const lenient = `the sources leave day ${dated?.value.length ?? 0} open: by the lenient reading all of ${money(charge, stays)} is due, by the strict one the unused days`;
  return { ...due, verdict: 'inside', working: verdict === 'boundary' ? [...due.working, lenient] : due.working, parametersUsed };
}

function newCommerceDue(chain: SubscriptionChain, cycle: BilledCycle, charge: AuditedLine, cancelled: Cancellation): CreditDue | null {
  const terms = licenceTerms(chain, cancelled);
  if (terms === null || terms.kind === 'none') return null;
  const { parametersUsed } = terms;
  if (terms.kind === 'any-day') {
    const due = prorated(cycle, charge, cancelled);
    const working = ['an extended service term, recognised by its name, can be cancelled on any day', ...due.working];
    return { ...due, verdict: 'inside', working, parametersUsed };
  }
  const verdict = verdictIn(terms, cancelled);
  if (verdict === 'outside') return null;
  if (cancelled.day === terms.start.day) {
    const charged = chargedIn(cycle);
    const working = [`charged for the cycle: ${money(charge, charged)}; cancelled on the day of purchase, all of it is due`];
    return { amount: charged, basis: 'in full, on the day of purchase', verdict, working, parametersUsed };
  }
  const due = prorated(cycle, charge, cancelled);
  const reason = terms.reading === '' ? 'whether the cancellation lies inside the window depends on the hour' : terms.reading;
  const boundary = `${reason}: by the strict reading nothing is due`;
  return { ...due, verdict, working: verdict === 'boundary' ? [...due.working, boundary] : due.working, parametersUsed };
}

/** The unused days: to the end of the cycle, or to the day before the subscription was taken up again. */
function prorated(cycle: BilledCycle, charge: AuditedLine, cancelled: Cancellation): Pick<CreditDue, 'amount' | 'basis' | 'working'> {
  const seats = seatsOn(cycle, cancelled.day);
  const whole = creditFrom(charge, cycle, seats, cancelled.day);
  const again = charge.line.heading.layout === 'legacy-licence' ? cancelled.reactivatedOn : null;
  const isTakenUp = again !== null && again <= cycle.cycle.lastDay;
  const later = isTakenUp ? creditFrom(charge, cycle, seats, again) : ZERO;
  const amount = whole === null || later === null ? null : whole.minus(later);
  const days = periodText({ firstDay: cancelled.day, lastDay: isTakenUp ? addDays(again, -1) : cycle.cycle.lastDay });
  const figure = amount === null ? 'unknown' : money(charge, amount);
  return {
    amount,
    basis: `prorated for ${days}`,
    working: [`${seats.toString()} licences, unused days ${days} of cycle ${periodText(cycle.cycle)}, by ${charge.judgedBy}: ${figure}`],
  };
}
