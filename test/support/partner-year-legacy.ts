import { cycleFrom, toCents, toText, type Period } from './partner-year-figures.ts';
import { legacyRow, splitCycle, type Course, type Subscription, type YearRow } from './partner-year-rows.ts';

/** A legacy subscription: bought the day before its printed start, for a year. */
export function legacyOf(given: Omit<Subscription, 'end'> & Partial<Subscription>): Subscription {
  return { end: cycleFrom(given.start, 0, { length: 12 }).to, ...given };
}

function cycle(subscription: Subscription, month: number): Period {
  return cycleFrom(subscription.start, month, { length: subscription.billing === 'Annual' ? 12 : 1 });
}

/** The charges of the cycles from one to another, counted from the start; the first of a subscription is its purchase. */
export function legacyCharges(
  subscription: Subscription,
  first: number,
  last: number,
  seats: number | ((place: number) => number),
): readonly YearRow[] {
  return Array.from({ length: last - first + 1 }, (_, step) => {
    const place = first + step;
    return legacyRow(subscription, {
      type: place === 0 ? 'Purchase fee' : 'Cycle fee',
      cycle: cycle(subscription, place),
      seats: typeof seats === 'number' ? seats : seats(place),
    });
  });
}

interface Cancelled {
  readonly on: string;
  readonly seats: number;
  /** Cycles charged before and with the cancelled one. */
  readonly cycles?: number;
  readonly isFull?: boolean;
  readonly firstDay?: string;
  readonly month?: number;
}

/** Bought, charged and cancelled with a credit from the day of cancellation, or of the whole cycle. */
function cancelled(subscription: Subscription, { on, seats, cycles = 1, isFull, firstDay, month }: Cancelled): readonly YearRow[] {
  const credit = legacyRow(subscription, {
    type: 'Cancel fee',
    cycle: cycle(subscription, cycles - 1),
    ...(isFull === true ? {} : { days: { from: firstDay ?? on } }),
    ...(month === undefined ? {} : { month }),
    seats,
    isCredit: true,
  });
  return [...legacyCharges(subscription, 0, cycles - 1, seats), credit];
}

/** Money given back beside the licence arithmetic. */
function refund(subscription: Subscription, amount: string, month: number, of: Period = cycle(subscription, 0)): YearRow {
  return legacyRow(subscription, {
    type: 'One time refund',
    cycle: of,
    seats: 1,
    isCredit: true,
    month,
    cells: { price: amount, amount: toText(-toCents(amount)), tax: '0' },
  });
}

/** Legacy subscriptions that were cancelled so many days after their purchase. */
export const LEGACY_CANCELLATIONS: readonly Course[] = [
  dayOne(),
  daySeven(),
  dayEight(),
  dayThirty(),
  dayThirtyOne(),
  claimAnswered(),
  creditedAfterTheRecord(),
  creditedInTwoParts(),
  dayNinety(),
  dayNinetyOne(),
  neverCredited(),
];

function dayOne(): Course {
  const subscription = legacyOf({ customer: 'Adatum', id: 'legacy-day-1', product: 'Office 365 E1', price: '8.00', start: '2024-01-11' });
  return { rows: cancelled(subscription, { on: '2024-01-11', seats: 10, isFull: true }) };
}

/** Prorated inside 30 days, which is too little; a part of the rest comes in April. */
function daySeven(): Course {
  const subscription = legacyOf({
    customer: 'Bellows',
    id: 'legacy-day-7',
    product: 'Office 365 E1',
    price: '120.00',
    start: '2024-02-06',
    billing: 'Annual',
  });
  return {
    rows: [...cancelled(subscription, { on: '2024-02-12', seats: 5 }), refund(subscription, '5.00', 4)],
    events: [
      { subscription: 'legacy-day-7', event: 'purchase', at: '2024-02-05', quantity: '5' },
      { subscription: 'legacy-day-7', event: 'cancel', at: '2024-02-12' },
    ],
  };
}

function dayEight(): Course {
  const subscription = legacyOf({
    customer: 'Consolidated',
    id: 'legacy-day-8',
    product: 'Office 365 E1',
    price: '120.00',
    start: '2024-03-05',
    billing: 'Annual',
  });
  return { rows: cancelled(subscription, { on: '2024-03-12', seats: 5, isFull: true }) };
}

function dayThirty(): Course {
  const subscription = legacyOf({
    customer: 'Datum',
    id: 'legacy-day-30',
    product: 'Office 365 E1',
    price: '120.00',
    start: '2024-04-03',
    billing: 'Annual',
  });
  return { rows: cancelled(subscription, { on: '2024-05-02', seats: 5 }) };
}

function dayThirtyOne(): Course {
  const subscription = legacyOf({
    customer: 'Fourth Coffee',
    id: 'legacy-day-31',
    product: 'Office 365 E1',
    price: '120.00',
    start: '2024-05-07',
    billing: 'Annual',
  });
  return { rows: cancelled(subscription, { on: '2024-06-06', seats: 5 }) };
}

/** The rest of the charge was asked for in time, and comes in October. */
function claimAnswered(): Course {
  const subscription = legacyOf({
    customer: 'Graphic Design',
    id: 'legacy-claimed',
    product: 'Office 365 E1',
    price: '240.00',
    start: '2024-08-06',
    billing: 'Annual',
  });
  return {
    rows: [...cancelled(subscription, { on: '2024-09-10', seats: 2 }), refund(subscription, '44.40', 10)],
  };
}

/** Recorded in September; the prorated credit stands in October's file. */
function creditedAfterTheRecord(): Course {
  const subscription = legacyOf({
    customer: 'Liberty',
    id: 'legacy-recorded',
    product: 'Office 365 E1',
    price: '120.00',
    start: '2024-08-13',
    billing: 'Annual',
  });
  return {
    rows: cancelled(subscription, { on: '2024-09-20', seats: 5, month: 10 }),
    events: [{ subscription: 'legacy-recorded', event: 'cancel', at: '2024-09-20' }],
  };
}

/** Cancelled on day 19; the credit leaves out a day, which comes a month later. Both together are prorated where the charge is due. */
function creditedInTwoParts(): Course {
  const subscription = legacyOf({
    customer: 'Fincher',
    id: 'legacy-two-credits',
    product: 'Office 365 E1',
    price: '365.00',
    start: '2024-10-03',
    billing: 'Annual',
  });
  const shared = { type: 'Cancel fee', cycle: cycle(subscription, 0), seats: 1, isCredit: true };
  return {
    rows: [
      ...legacyCharges(subscription, 0, 0, 1),
      legacyRow(subscription, { ...shared, days: { from: '2024-10-22' }, month: 10 }),
      legacyRow(subscription, { ...shared, days: { from: '2024-10-21', to: '2024-10-21' }, month: 11 }),
    ],
  };
}

function dayNinety(): Course {
  const subscription = legacyOf({
    customer: 'Humongous',
    id: 'legacy-day-90',
    product: 'Office 365 E1',
    price: '10.00',
    start: '2024-06-04',
  });
  return { rows: cancelled(subscription, { on: '2024-09-01', seats: 6, cycles: 3 }) };
}

/** Credited from the day after the cancellation of the record: a day is missing. */
function dayNinetyOne(): Course {
  const subscription = legacyOf({ customer: 'Lamna', id: 'legacy-day-91', product: 'Office 365 E1', price: '9.00', start: '2024-07-02' });
  return {
    rows: cancelled(subscription, { on: '2024-09-30', firstDay: '2024-10-01', seats: 10, cycles: 3, month: 10 }),
    events: [{ subscription: 'legacy-day-91', event: 'cancel', at: '2024-09-30' }],
  };
}

/** The record says cancelled; no credit ever comes. */
function neverCredited(): Course {
  const subscription = legacyOf({ customer: 'Coho', id: 'legacy-never', product: 'Office 365 E1', price: '12.40', start: '2023-10-12' });
  return {
    rows: legacyCharges(subscription, 3, 7, 4),
    events: [{ subscription: 'legacy-never', event: 'cancel', at: '2024-05-20' }],
  };
}

/** Legacy subscriptions that run on, and what happens to their bills. */
export const LEGACY_COURSES: readonly Course[] = [quiet(), seatChanges(), threeYears(), billedTwice(), boughtInDecember()];

/** Nothing happens; its charge near the month's end tells that the month's file is complete. */
function quiet(): Course {
  const subscription = legacyOf({
    customer: 'Alpine Ski House',
    id: 'legacy-quiet',
    product: 'Exchange Online',
    price: '3.40',
    start: '2023-03-27',
  });
  const renewed = { ...subscription, start: '2024-03-27', end: '2025-03-26' };
  const renewal = legacyRow(renewed, { type: 'Renew fee', cycle: cycle(renewed, 0), seats: 30 });
  return { rows: [...legacyCharges(subscription, 10, 11, 30), renewal, ...legacyCharges(renewed, 1, 9, 30)] };
}

/** Five licences more on 25 March, seven fewer on 20 July, each on the file of the month after. */
function seatChanges(): Course {
  const subscription = legacyOf({ customer: 'Contoso', id: 'legacy-seats', product: 'Office 365 E1', price: '8.00', start: '2024-01-05' });
  const up = '2024-03-25';
  const down = '2024-07-20';
  return {
    rows: [
      ...legacyCharges(subscription, 0, 11, (place) => (place < 3 ? 10 : place < 7 ? 15 : 8)),
      ...splitCycle(subscription, cycle(subscription, 2), up, 10, 15, 4),
      ...splitCycle(subscription, cycle(subscription, 6), down, 15, 8, 8),
    ],
    events: [
      { subscription: 'legacy-seats', event: 'add-seats', at: up, quantity: '15' },
      { subscription: 'legacy-seats', event: 'remove-seats', at: down, quantity: '8' },
    ],
  };
}

/** The second year is charged a month before the first one ends, as published for terms of several years. */
function threeYears(): Course {
  const subscription = legacyOf({
    customer: 'Munson',
    id: 'legacy-three-years',
    product: 'Project Plan 3',
    price: '300.00',
    start: '2024-01-05',
    end: '2027-01-04',
    billing: 'Annual',
  });
  const second = legacyRow(subscription, { type: 'Cycle fee', cycle: cycle(subscription, 11), seats: 3 });
  return { rows: [...legacyCharges(subscription, 0, 0, 3), second] };
}

/** The cycle of 10 March stands in March's file and again in April's. */
function billedTwice(): Course {
  const subscription = legacyOf({ customer: 'Wingtip', id: 'legacy-twice', product: 'Visio Plan 2', price: '11.70', start: '2023-09-10' });
  const again = legacyRow(subscription, { type: 'Cycle fee', cycle: cycle(subscription, 6), seats: 7, month: 4 });
  const renewed = { ...subscription, start: '2024-09-10', end: '2025-09-09' };
  const renewal = legacyRow(renewed, { type: 'Renew fee', cycle: cycle(renewed, 0), seats: 7 });
  return { rows: [...legacyCharges(subscription, 4, 11, 7), again, renewal, ...legacyCharges(renewed, 1, 3, 7)] };
}

/** Still inside 30 days on 8 January. */
function boughtInDecember(): Course {
  const subscription = legacyOf({
    customer: 'Nod',
    id: 'legacy-december',
    product: 'Visio Plan 2',
    price: '140.00',
    start: '2024-12-17',
    billing: 'Annual',
  });
  return { rows: legacyCharges(subscription, 0, 0, 4) };
}
