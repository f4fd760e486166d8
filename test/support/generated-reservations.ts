import fc from 'fast-check';
import { addDays, addMonths, dayFromIso, isoDay } from '../../src/domain/calendar/days.ts';
import { Decimal } from '../../src/domain/numbers/money.ts';
import { roundHalfUp } from '../../src/domain/numbers/rounding.ts';
import type { CaseLine } from './case-rows.ts';

/** A reservation as a story: bought, paid at once or by the month, some of its units given back once or twice. */
export interface ReservationStory {
  readonly customer: number;
  readonly order: number;
  readonly bought: number;
  readonly isMonthly: boolean;
  readonly dollars: number;
  readonly units: number;
  readonly rate: string;
  readonly returns: readonly { readonly after: number; readonly units: number; readonly cents: number; readonly isFeeTaken: boolean }[];
  readonly hasOrderId: boolean;
}

const FIRST_DAY = dayFromIso('2025-12-01')!;

const returned = fc.record({
  after: fc.integer({ min: 0, max: 150 }),
  units: fc.integer({ min: 1, max: 4 }),
  cents: fc.constantFrom(0, 0, 0, 7, -250),
  isFeeTaken: fc.boolean(),
});

/** Few customers and few orders, so that reservations meet within one limit. */
export const reservationStory: fc.Arbitrary<ReservationStory> = fc.record({
  customer: fc.integer({ min: 1, max: 2 }),
  order: fc.integer({ min: 1, max: 6 }),
  bought: fc.integer({ min: 0, max: 60 }),
  isMonthly: fc.boolean(),
  dollars: fc.integer({ min: 1, max: 40_000 }),
  units: fc.integer({ min: 1, max: 5 }),
  rate: fc.constantFrom('1', '0.85', '0.8613'),
  returns: fc.array(returned, { maxLength: 2 }),
  hasOrderId: fc.boolean(),
});

export function reservationRows(stories: readonly ReservationStory[]): readonly CaseLine[] {
  return stories.flatMap(rowsOf);
}

function rowsOf(story: ReservationStory): readonly CaseLine[] {
  const start = addDays(FIRST_DAY, story.bought);
  const end = addDays(addMonths(start, 12), -1);
  const price = new Decimal(story.dollars);
  const common = {
    customer: `customer-${story.customer}`,
    subscription: `reservation-${story.order}`,
    reservation: story.hasOrderId ? `order-${story.order}` : '',
    product: 'Reserved VM Instance D2s v3',
    term: '1 Year Reservation',
    billing: story.isMonthly ? 'Monthly' : '',
    currency: 'EUR',
    pricing: 'USD',
    rate: story.rate,
    start: isoDay(start),
    end: isoDay(end),
    price: price.toString(),
  };
  const euro = (dollars: Decimal, units: number): string => roundHalfUp(dollars.times(story.rate).times(units), 2).toFixed(2);
  const periods = story.isMonthly
    ? Array.from({ length: 6 }, (_, month) => ({ from: addMonths(start, month), to: addDays(addMonths(start, month + 1), -1) }))
    : [{ from: start, to: end }];
  const charges = periods.map(({ from, to }, place): CaseLine => ({
    ...common,
    type: place === 0 ? 'new' : 'cycleCharge',
    from: isoDay(from),
    to: isoDay(to),
    seats: String(story.units),
    amount: euro(price, story.units),
  }));
  const refunds = story.returns.map(({ after, units, cents, isFeeTaken }): CaseLine => {
    const day = addDays(start, after);
    const { from, to } = periods.find((each) => each.from <= day && day <= each.to) ?? { from: start, to: end };
    const share = price
      .times(to - day + 1)
      .div(to - from + 1)
      .times(isFeeTaken ? '0.88' : '1');
    const amount = new Decimal(euro(share, units)).plus(new Decimal(cents).div(100));
    return {
      ...common,
      type: 'cancelImmediate',
      from: isoDay(day),
      to: isoDay(to),
      ordered: isoDay(day),
      seats: String(units),
      effective: roundHalfUp(share, 6).negated().toString(),
      amount: amount.negated().toFixed(2),
    };
  });
  return [...charges, ...refunds];
}
