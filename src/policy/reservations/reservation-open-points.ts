import { daysText, isoDay } from '../../domain/calendar/days.ts';
import type { PriceLookup } from '../../domain/prices/price-list.ts';
import type { CustomerHoldings } from '../../domain/charges/subjects.ts';
import type { Detection } from '../../domain/findings/finding.ts';
import { Decimal, formatMoney, sum } from '../../domain/numbers/money.ts';
import { money } from '../../domain/proration/working.ts';
import { countedOn, firstCountedDay } from '../../domain/reservations/refund-limit.ts';
import { reservationsOf, type CustomerReservation } from '../../domain/reservations/reservations.ts';
import { cite } from '../citations.ts';
import { useOf, valueOn } from '../parameter.ts';
import { reservationRefundLimit } from '../parameters/reservation-limit.ts';
import { judgeReturn, type JudgedReturn } from './judge-reservation-return.ts';
import { limitedReturns, OTHER_YEAR, type LimitedReturn } from './reservation-limit-use.ts';

type OpenPoint = 'reservation-use' | 'reservation-day' | 'reservation-year';

export const DAY_5_OPEN = cite('compare-offers-2023', 'Fewer than 5 and more than 5 days are named; day 5 itself is left open.');

/** Returns whose refund is right by one reading alone, and returns inside the limit by one reading of its year alone. */
export function reservationOpenPoints(customer: CustomerHoldings, prices: PriceLookup | null): readonly Detection<OpenPoint>[] {
  if (customer.reservationChains.length === 0) return [];
  const reservations = reservationsOf({ ...customer, chains: customer.reservationChains });
  const [first] = reservations;
  if (first === undefined) return [];
  return [
    ...reservations.flatMap((one) => one.returns.flatMap((returned) => ofRefund(judgeReturn(one, returned, prices), one))),
    ...ofYear(first),
  ];
}

/** In the first days the table refunds in full or by days, after the use that no file tells; on day 5 the texts leave open whether it is among them. */
function ofRefund(judged: JudgedReturn | string, { productName }: CustomerReservation): readonly Detection<OpenPoint>[] {
  if (typeof judged === 'string' || judged.verdict !== 'right') return [];
  const { returned, terms, payment, prorated, full, refunded } = judged;
  const [line] = returned.lines;
  if ((terms.place !== 'first-days' && terms.place !== 'boundary') || line === undefined || prorated.eq(full)) return [];
  const isDayOpen = terms.place === 'boundary';
  const readings = readingsOf(judged);
  const distance = (one: Reading): Decimal => one.amount.minus(refunded).abs();
  // Several roundings are right, so the nearest figure is the one that was meant.
  const taken = readings.reduce((best, one) => (distance(one).lt(distance(best)) ? one : best));
  const shown = (amount: Decimal): string => money(line, amount.negated());
  const others = readings.filter((one) => one !== taken).map(({ amount, words }) => `${shown(amount)} if ${words}`);
  return [
    {
      message: isDayOpen ? 'reservation-day' : 'reservation-use',
      values: {
        product: productName,
        date: isoDay(judged.facts.returnDay),
        since: String(terms.daysSince),
        elapsed: daysText(terms.daysSince),
        credit: shown(refunded),
        reading: taken.words,
        others: others.join(', '),
      },
      evidence: [...returned.lines.map((one) => ({ line: one, label: 'refund' })), { line: payment.one, label: 'payment' }],
      isAboutAudited: returned.lines.some((one) => one.line.isAudited),
      amounts: null,
      working: judged.working,
      confidence: 'possible',
      nextAction: 'Look whether the reservation was used before its return; if it was not, and the refund is prorated, ask for the rest.',
      citations: isDayOpen ? [DAY_5_OPEN] : [],
      parametersUsed: terms.parametersUsed,
    },
  ];
}

interface Reading {
  /** A magnitude. */
  readonly amount: Decimal;
  readonly words: string;
}

function readingsOf({ terms, prorated, full, statedFee }: JudgedReturn): readonly Reading[] {
  if (terms.place !== 'boundary') {
    return [
      { amount: prorated, words: 'it was used' },
      { amount: full, words: 'it was not used' },
    ];
  }
  const isFeeOpen = terms.chargedFee === null && statedFee !== null;
  return [
    { amount: prorated, words: 'that day counts no longer, or it was used' },
    { amount: full, words: 'that day counts among the first ones and it was not used' },
    ...(isFeeOpen ? [{ amount: prorated.minus(statedFee), words: 'that day counts no longer and the stated fee was taken' }] : []),
  ];
}

/** Before 2019-04-13 the text says "a year": calendar years are taken, and 365 days that end with the return may count more. */
function ofYear({ ofCustomer }: CustomerReservation): readonly Detection<OpenPoint>[] {
  const { counted } = limitedReturns(ofCustomer);
  return counted.flatMap((one) => overByOtherYear(one, counted));
}

function overByOtherYear(one: LimitedReturn, all: readonly LimitedReturn[]): readonly Detection<OpenPoint>[] {
  const dated = valueOn(reservationRefundLimit, one.day, one.reservation.ownTerms);
  const [line] = one.returned.lines;
  if (dated?.value.period !== 'calendar-year' || line === undefined || one.isExchange) return [];
  const limit = new Decimal(dated.value.dollars);
  const totalIn = (period: 'calendar-year' | 'rolling-365-days'): Decimal =>
    sum(countedOn(all, one.day, period).map((each) => each.dollars));
  const [calendar, rolling] = [totalIn('calendar-year'), totalIn('rolling-365-days')];
  if (calendar.gt(limit) || rolling.lte(limit)) return [];
  const shown = (amount: Decimal): string => `${formatMoney(amount, 'USD')} USD`;
  const counting = countedOn(all, one.day, 'rolling-365-days');
  return [
    {
      message: 'reservation-year',
      values: {
        product: one.reservation.productName,
        date: isoDay(one.day),
        total: shown(calendar),
        other: shown(rolling),
        since: isoDay(firstCountedDay(one.day, 'rolling-365-days')),
        limit: shown(limit),
      },
      evidence: [one, ...counting.filter((each) => each !== one)].flatMap((each) =>
        each.returned.lines.map((row) => ({ line: row, label: each === one ? 'refund' : 'earlier refund' })),
      ),
      isAboutAudited: line.line.isAudited,
      amounts: null,
      working: [
        `limit in force from ${dated.since} (${dated.basis}): ${reservationRefundLimit.show(dated.value)}; ${OTHER_YEAR}`,
        ...counting.map((each) => `${isoDay(each.day)}, ${each.reservation.productName} (${each.reservation.id}): ${shown(each.dollars)}`),
        `in the calendar year ${shown(calendar)}, in the 365 days that end with the return ${shown(rolling)}, over the limit by ${shown(rolling.minus(limit))}`,
      ],
      confidence: 'possible',
      nextAction: 'Expect that the refund may be questioned; the text of that time says a year and no more.',
      parametersUsed: [useOf(reservationRefundLimit, dated)],
    },
  ];
}
