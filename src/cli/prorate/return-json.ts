import { isoDay } from '../../domain/calendar/days.ts';
import { formatMoney, type Decimal } from '../../domain/numbers/money.ts';
import { useOf } from '../../policy/parameter.ts';
import { reservationRefundLimit } from '../../policy/parameters/reservation-limit.ts';
import { EXAMPLE_READING } from '../../policy/reservations/reservation-limit-use.ts';
import { exchangeOf } from './return-exchange.ts';
import { hasReadings, type CountedReturn, type WorkedReturn } from './returned-reservation.ts';

/** The objects that `--json` prints; money as decimal strings, refunds as magnitudes. */
export function returnJson(worked: WorkedReturn): unknown {
  const { question, terms } = worked;
  const billing = (amount: Decimal): string => formatMoney(amount, question.currency);
  const pricing = (amount: Decimal): string => formatMoney(amount, question.pricingCurrency);
  const exchange = exchangeOf(worked);
  return {
    kind: 'reservation',
    currency: question.currency,
    pricingCurrency: question.pricingCurrency,
    price: worked.price.toString(),
    quantity: question.quantity.toString(),
    exchangeRate: question.rate.toString(),
    plan: question.plan,
    used: question.used,
    purchased: isoDay(question.purchaseDay),
    returned: isoDay(question.returnDay),
    term: { firstDay: isoDay(question.term.firstDay), lastDay: isoDay(question.term.lastDay) },
    payment: { firstDay: isoDay(question.period.firstDay), lastDay: isoDay(question.period.lastDay) },
    daysSincePurchase: terms.daysSince,
    daysRefunded: worked.days,
    days: worked.whole,
    place: terms.place,
    refund: billing(worked.refund),
    refundIfUnused: worked.unusedRefund === null ? null : billing(worked.unusedRefund),
    statedFee: billing(worked.statedFee),
    withStatedFee: billing(worked.refund.minus(worked.statedFee)),
    prorated: Object.fromEntries([...worked.prorated].map(([name, amount]) => [name, billing(amount)])),
    paymentsLeft: worked.paymentsLeft,
    futurePayments: pricing(worked.future),
    cancelledCommitment: pricing(worked.commitment),
    cancelledCommitmentByExample: pricing(worked.commitmentByExample),
    countsAgainstLimit: worked.limit === null ? null : limitJson(worked.limit, pricing),
    working: [...terms.working, ...exchange.working],
    parametersUsed: [
      ...terms.parametersUsed,
      ...terms.statedFeeUsed,
      ...(worked.limit === null ? [] : [useOf(reservationRefundLimit, worked.limit.dated)]),
      ...exchange.used,
    ],
  };
}

/** `room` and `over` are of this return alone: earlier ones of the customer count as well. */
function limitJson(limit: CountedReturn, pricing: (amount: Decimal) => string): unknown {
  const { dated, amount, byExample, ifUnused, standing } = limit;
  return {
    measure: dated.value.measure,
    limit: dated.value.dollars,
    amount: pricing(amount),
    byExample: pricing(byExample),
    ifUnused: ifUnused === null ? null : pricing(ifUnused),
    room: standing === null ? null : pricing(standing.room),
    over: standing === null ? null : pricing(standing.over),
    reading: hasReadings(limit) ? EXAMPLE_READING : null,
  };
}
