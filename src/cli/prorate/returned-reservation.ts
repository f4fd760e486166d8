import { cycleDays } from '../../domain/calendar/cycles.ts';
import { isoDay } from '../../domain/calendar/days.ts';
import { Decimal, ZERO } from '../../domain/numbers/money.ts';
import {
  daysLeft,
  feeOn,
  isPaidInParts,
  paymentsAfter,
  refundInPricing,
  refundsOf,
  type RefundRounding,
} from '../../domain/reservations/reservation-refund.ts';
import { valueOn, type Dated } from '../../policy/parameter.ts';
import { reservationRefundLimit, type RefundLimit } from '../../policy/parameters/reservation-limit.ts';
import { refundTermsOn, type RefundTerms } from '../../policy/reservations/reservation-terms.ts';
import { optionInvalid } from '../option-invalid.ts';
import { factsAt, type ReservationQuestion } from './reservation-question.ts';

/** The rounding by which an audit judges refunds where a file's lines tell no other: the figures here are those of the report. */
export const JUDGING: RefundRounding = 'published-seat';

/** A return worked out; money in the billing currency. */
export interface WorkedReturn {
  readonly question: ReservationQuestion;
  readonly terms: RefundTerms;
  readonly days: number;
  readonly whole: number;
  readonly price: Decimal;
  readonly prorated: ReadonlyMap<RefundRounding, Decimal>;
  /** What comes back in practice, and what would with the stated fee; by the published table, and where use is not told as if it was used. */
  readonly refund: Decimal;
  readonly unusedRefund: Decimal | null;
  readonly statedFee: Decimal;
  readonly paymentsLeft: number;
  /** One payment for the units returned, and those no longer due; both in the pricing currency. */
  readonly payment: Decimal;
  readonly future: Decimal;
  /** The refund in the pricing currency, and what is cancelled with the later payments. */
  readonly refundInPricing: Decimal;
  readonly commitment: Decimal;
  /** The same by the published example: where the term is paid in parts, the later payments alone. */
  readonly commitmentByExample: Decimal;
  readonly limit: CountedReturn | null;
}

/** What the return counts against the customer's limit on refunds; null where no limit is known for its day. */
export interface CountedReturn {
  readonly dated: Dated<RefundLimit>;
  /** In the pricing currency. */
  readonly amount: Decimal;
  /** By the published example of what counts; else the same. */
  readonly byExample: Decimal;
  /** If it was not used, where that is not told. */
  readonly ifUnused: Decimal | null;
  /** What the limit leaves beside it, and by how much it is over; null where the limit's dollars are another currency than the price's. */
  readonly standing: { readonly room: Decimal; readonly over: Decimal; readonly mostUnits: Decimal } | null;
}

export function workOut(question: ReservationQuestion): WorkedReturn {
  const { purchaseDay, returnDay, period, term, used, currentPrice } = question;
  const terms = refundTermsOn(purchaseDay, returnDay, []);
  if (terms === null)
    throw optionInvalid(
      `No text of the policy is known for a return on ${isoDay(returnDay)}.`,
      'A day for which csp-recon rules lists the reservation figures.',
      'Name a later --returned.',
    );
  const isEarly = terms.place === 'first-days' || terms.place === 'boundary';
  const price = terms.isLowerPriceUsed && currentPrice !== null ? Decimal.min(question.price, currentPrice) : question.price;
  const facts = factsAt(question, price);
  const days = daysLeft(facts);
  const whole = cycleDays(period);
  const prorated = refundsOf(facts, days);
  const full = refundsOf(facts, whole).get(JUDGING) ?? ZERO;
  const partial = prorated.get(JUDGING) ?? ZERO;
  const isFull = isEarly && used === 'no';
  const isOpen = isEarly && used === 'unknown';
  const paymentsLeft = paymentsAfter(period, term) ?? 0;
  const payment = refundInPricing(factsAt(question, question.price), whole, JUDGING);
  const future = payment.times(paymentsLeft);
  const back = refundInPricing(facts, isFull ? whole : days, JUDGING);
  const worked = {
    question,
    terms,
    days,
    whole,
    price,
    prorated,
    refund: isFull ? full : partial,
    unusedRefund: isOpen ? full : null,
    statedFee: isEarly ? ZERO : feeOn(partial, terms.statedFee ?? ZERO, facts.digits),
    paymentsLeft,
    payment,
    future,
    refundInPricing: back,
    commitment: back.plus(future),
    commitmentByExample: isPaidInParts(period, term) ? future : back,
  };
  return { ...worked, limit: countedReturn(worked, isOpen ? refundInPricing(facts, whole, JUDGING) : null) };
}

function countedReturn(worked: Omit<WorkedReturn, 'limit'>, unused: Decimal | null): CountedReturn | null {
  const { question, future, commitment, commitmentByExample } = worked;
  const dated = valueOn(reservationRefundLimit, question.returnDay, []);
  if (dated === null) return null;
  const isRefundOnly = dated.value.measure === 'refund';
  const amount = isRefundOnly ? worked.refundInPricing : commitment;
  const limit = new Decimal(dated.value.dollars);
  const left = limit.minus(amount);
  const each = amount.div(question.quantity);
  return {
    dated,
    amount,
    byExample: isRefundOnly ? amount : commitmentByExample,
    ifUnused: unused === null ? null : isRefundOnly ? unused : unused.plus(future),
    standing:
      question.pricingCurrency !== 'USD'
        ? null
        : {
            room: Decimal.max(ZERO, left),
            over: Decimal.max(ZERO, left.negated()),
            mostUnits: each.isZero() ? question.quantity : limit.div(each).toDecimalPlaces(0, Decimal.ROUND_DOWN),
          },
  };
}

/** Whether the words of the policy and its published example count two figures. */
export function hasReadings({ amount, byExample }: CountedReturn): boolean {
  return !amount.eq(byExample);
}
