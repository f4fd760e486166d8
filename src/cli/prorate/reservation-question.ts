import { cycleFromAnchor, type Cycle } from '../../domain/calendar/cycles.ts';
import { addDays, addMonths, isoDay, type Day } from '../../domain/calendar/days.ts';
import { minorDigits, type Decimal } from '../../domain/numbers/money.ts';
import type { ReturnedReservation } from '../../domain/reservations/reservation-refund.ts';
import { optionInvalid } from '../option-invalid.ts';
import { rateOption } from './charge-question.ts';
import {
  currencyOption,
  lacking,
  numberOption,
  refuse,
  requiredChoice,
  requiredDay,
  requiredNumber,
  type ProrateFlags,
} from './option-values.ts';

export interface ReservationQuestion {
  readonly currency: string;
  readonly pricingCurrency: string;
  readonly purchaseDay: Day;
  readonly term: Cycle;
  readonly plan: 'upfront' | 'monthly';
  readonly used: 'yes' | 'no' | 'unknown';
  readonly price: Decimal;
  /** Null where it is not told: then the price paid counts. */
  readonly currentPrice: Decimal | null;
  readonly quantity: Decimal;
  readonly returnDay: Day;
  readonly period: Cycle;
  readonly rate: Decimal;
}

const TERM_MONTHS = { '1y': 12, '3y': 36, '5y': 60 } as const;

/** A reservation given back, from the options. */
export function reservationQuestion(flags: ProrateFlags): ReservationQuestion {
  refuse(flags, ['commerce', 'first', 'last', 'start', 'billing', 'on', 'until'], 'reservation');
  const currency = currencyOption(flags, 'currency') ?? lacking('currency', 'The currency of the invoice, such as USD');
  const price = requiredNumber(flags, 'price', 'The price of one unit for one payment: upfront for the whole term, monthly for a month');
  const quantity = requiredNumber(flags, 'quantity', 'The number of units given back');
  const purchaseDay = requiredDay(flags, 'purchased', 'The day of purchase');
  const months = TERM_MONTHS[requiredChoice(flags, 'term', ['1y', '3y', '5y'] as const, 'The term: 1y, 3y or 5y')];
  const plan = requiredChoice(flags, 'plan', ['upfront', 'monthly'] as const, 'How it is paid: upfront or monthly');
  const returnDay = requiredDay(flags, 'returned', 'The day of return');
  const used =
    flags['used'] === undefined ? 'unknown' : requiredChoice(flags, 'used', ['yes', 'no', 'unknown'] as const, 'yes, no or unknown');
  const term = { firstDay: purchaseDay, lastDay: addDays(addMonths(purchaseDay, months), -1) };
  if (returnDay < purchaseDay || returnDay > term.lastDay) {
    throw optionInvalid(
      `--returned ${isoDay(returnDay)} does not lie in the term ${isoDay(term.firstDay)} to ${isoDay(term.lastDay)}.`,
      'A day of the term, its first and last day included.',
      'Correct --returned, --purchased or --term.',
    );
  }
  const period = plan === 'upfront' ? term : (cycleFromAnchor(purchaseDay, 1, returnDay, 'clamp') ?? term);
  return {
    currency,
    purchaseDay,
    term,
    plan,
    used,
    price,
    currentPrice: numberOption(flags, 'current-price'),
    quantity,
    returnDay,
    period,
    ...rateOption(flags, currency),
  };
}

/** The facts of the refund at a price. */
export function factsAt(question: ReservationQuestion, price: Decimal): ReturnedReservation {
  const { currency, pricingCurrency, quantity, returnDay, period, rate } = question;
  return { price, quantity, returnDay, period, rate, digits: minorDigits(currency), pricingDigits: minorDigits(pricingCurrency) };
}
