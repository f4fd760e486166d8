import { isoDay, type Day } from '../../domain/calendar/days.ts';
import { wholeMonths } from '../../domain/calendar/cycles.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import { endOfDay, priceListProduct, startOfDay, type PriceLookup } from '../../domain/prices/price-list.ts';
import type { ReservationPayment } from '../../domain/reservations/reservation-payment.ts';
import { shown } from '../../domain/proration/working.ts';

/** The price by which a return is refunded, for one unit and one payment in the pricing currency, and how it was found. */
export interface PriceUsed {
  readonly amount: Decimal;
  readonly text: string;
  /** The policy lets a lower current price count, and nothing tells it. */
  readonly isCurrentUnknown: boolean;
}

/** The price paid, or the current one of the price lists where that is known beyond doubt and lower. */
export function lowerPrice(payment: ReservationPayment, day: Day, prices: PriceLookup | null): PriceUsed {
  const currency = payment.one.line.heading.pricingCurrency;
  const paid = `price paid P = ${shown(payment.price)} ${currency} a unit`;
  const keep = (why: string): PriceUsed => ({
    amount: payment.price,
    text: `${paid}; the current price would count where it is lower, but ${why}`,
    isCurrentUnknown: true,
  });
  if (prices === null) return keep('no price list was given');
  const { heading } = payment.one.line;
  const termMonths = wholeMonths(payment.term.firstDay, payment.term.lastDay);
  const paidMonths = wholeMonths(payment.period.firstDay, payment.period.lastDay);
  if (termMonths === null || paidMonths === null) return keep('the term is no whole number of months');
  const answer = prices.find({
    kind: 'azure-plan',
    product: priceListProduct(heading.productId, heading.skuId),
    market: heading.customerCountry,
    currency,
    termMonths,
    cycleMonths: null,
    quantities: [],
    from: startOfDay(day),
    until: endOfDay(day),
  });
  if (answer.status !== 'listed') return keep(`the price lists do not tell it for ${isoDay(day)}`);
  const [first, ...others] = answer.prices;
  if (others.length > 0) return keep('the price lists hold several that may be meant');
  if (!answer.isProven) return keep(`the price lists do not reach ${isoDay(day)}`);
  // A list prints the price of the whole term; by the month its share is paid.
  const current = first.printed.times(paidMonths).div(termMonths);
  const lower = Decimal.min(payment.price, current);
  const row = `${first.row.source.file} row ${first.row.source.row}`;
  return {
    amount: lower,
    text: `${paid}, current price ${shown(current)} ${currency} (${row}): the lower one counts, P = ${shown(lower)} ${currency}`,
    isCurrentUnknown: false,
  };
}
