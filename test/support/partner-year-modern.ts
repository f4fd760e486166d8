import { cycleFrom, toCents, toText, usageAmount, type Series } from './partner-year-figures.ts';
import { modernRow, seatChange, type Course, type RowFacts, type Subscription, type YearRow } from './partner-year-rows.ts';

/** A new-commerce subscription of a year. */
export function modernOf(given: Omit<Subscription, 'end'> & Partial<Subscription>): Subscription {
  return { end: cycleFrom(given.start, 0, { length: 12 }).to, ...given };
}

interface Charges {
  /** Cycles counted from the start of the subscription. */
  readonly first: number;
  readonly last: number;
  readonly seats: number | ((place: number) => number);
  readonly series?: Series;
  readonly facts?: (place: number) => Partial<RowFacts>;
}

/** The monthly charges from one cycle to another; the first of a subscription is its purchase. */
export function modernCharges(subscription: Subscription, { first, last, seats, series = 'day', facts }: Charges): readonly YearRow[] {
  return Array.from({ length: last - first + 1 }, (_, step) => {
    const place = first + step;
    return modernRow(subscription, {
      type: place === 0 ? 'new' : 'cycleCharge',
      cycle: cycleFrom(subscription.start, place, { series }),
      seats: typeof seats === 'number' ? seats : seats(place),
      ...facts?.(place),
    });
  });
}

interface Cancelled {
  readonly bought: string;
  readonly on: string;
  /** Printed with the hour where it is known. */
  readonly boughtAt?: string;
  readonly at?: string;
  readonly isFull?: boolean;
  /** The month of the credit's file; null where it never comes. */
  readonly creditMonth?: number | null;
}

/** Ten licences of a year billed by the month, bought and cancelled in the first cycle; credited from the day of cancellation. */
function cancelled(customer: string, given: Cancelled): readonly YearRow[] {
  const subscription = modernOf({
    customer,
    id: `modern-${customer.toLowerCase().replaceAll(' ', '-')}`,
    product: 'Business Premium',
    price: '18.70',
    start: given.bought,
  });
  const cycle = cycleFrom(given.bought, 0);
  const charge = modernRow(subscription, { type: 'new', cycle, seats: 10, ordered: given.boughtAt ?? given.bought });
  const { creditMonth } = given;
  if (creditMonth === null) return [charge];
  const credit = modernRow(subscription, {
    type: 'cancelImmediate',
    cycle,
    ...(given.isFull === true ? {} : { days: { from: given.on } }),
    ...(creditMonth === undefined ? {} : { month: creditMonth }),
    ordered: given.at ?? given.on,
    seats: 10,
    isCredit: true,
  });
  return [charge, credit];
}

/** New-commerce subscriptions that were cancelled so many days after their purchase. */
export const MODERN_CANCELLATIONS: readonly Course[] = [
  { rows: cancelled('Parnell', { bought: '2024-01-14', on: '2024-01-14', isFull: true }) },
  { rows: cancelled('Phone Company', { bought: '2024-02-06', on: '2024-02-07' }) },
  {
    // The next day and inside 24 hours: a day is kept, which only one of the two published readings allows.
    rows: cancelled('Blue Yonder', {
      bought: '2024-03-12',
      boughtAt: '2024-03-12T15:00:00Z',
      on: '2024-03-13',
      at: '2024-03-13T09:00:00Z',
    }),
  },
  { rows: cancelled('School of Fine Art', { bought: '2024-04-02', on: '2024-04-08' }) },
  { rows: cancelled('Southridge', { bought: '2024-05-06', on: '2024-05-13' }) },
  { rows: cancelled('Spiced Tea', { bought: '2024-06-03', on: '2024-06-11' }) },
  {
    rows: cancelled('Tasmanian', { bought: '2024-07-08', boughtAt: '2024-07-08T10:00:00Z', on: '2024-07-15', at: '2024-07-15T09:00:00Z' }),
  },
  {
    // Credited a month late.
    rows: cancelled('Treyway', { bought: '2024-03-18', on: '2024-03-22', creditMonth: 4 }),
    events: [{ subscription: 'modern-treyway', event: 'cancel', at: '2024-03-22' }],
  },
  {
    // Never credited.
    rows: cancelled('Victory', { bought: '2024-04-18', on: '2024-04-22', creditMonth: null }),
    events: [
      { subscription: 'modern-victory', event: 'purchase', at: '2024-04-18T08:00:00Z', quantity: '10' },
      { subscription: 'modern-victory', event: 'cancel', at: '2024-04-22T08:00:00Z' },
    ],
  },
  billedAfterCancellation(),
  creditedTwice(),
];

/** Cancelled with its credit in March; April is billed all the same. */
function billedAfterCancellation(): Course {
  const subscription = modernOf({
    customer: 'Proseware',
    id: 'modern-proseware',
    product: 'Business Premium',
    price: '18.70',
    start: '2024-03-04',
  });
  return {
    rows: [
      ...cancelled('Proseware', { bought: '2024-03-04', on: '2024-03-09' }),
      ...modernCharges(subscription, { first: 1, last: 1, seats: 10 }),
    ],
  };
}

/** Credited for the days left in May, and in June for the whole cycle as well. */
function creditedTwice(): Course {
  const subscription = modernOf({ customer: 'Wolf', id: 'modern-wolf', product: 'Business Premium', price: '18.70', start: '2024-05-18' });
  const again = {
    type: 'cancelImmediate',
    cycle: cycleFrom(subscription.start, 0),
    ordered: '2024-05-22',
    month: 6,
    seats: 10,
    isCredit: true,
  };
  return { rows: [...cancelled('Wolf', { bought: '2024-05-18', on: '2024-05-22' }), modernRow(subscription, again)] };
}

/** New-commerce subscriptions that run on, and what happens to their bills. */
export const MODERN_COURSES: readonly Course[] = [
  yearAtOnce(),
  seatChanges(),
  ...monthEnds(),
  leapDayTerm(),
  creditNote(),
  telcoPair(),
  usageTiers(),
  promotion(),
  smallerRenewal(),
  driftingListPrice(),
  priceStep(),
  billedTwice(),
  seatsFromWrongDay(),
  billedLate(),
  gap(),
  suspension(),
  boughtInDecember(),
];

/** A year of 366 days charged at once, two licences more in May. */
function yearAtOnce(): Course {
  const subscription = modernOf({
    customer: 'Trey Research',
    id: 'modern-year',
    product: 'Business Standard',
    price: '132.00',
    start: '2024-02-12',
    billing: 'Annual',
  });
  const year = cycleFrom(subscription.start, 0, { length: 12 });
  const charge = modernRow(subscription, { type: 'new', cycle: year, seats: 20 });
  return { rows: [charge, ...seatChange(subscription, year, '2024-05-15', 20, 22)] };
}

/** Four licences more on 20 March, two of them given back inside their window. */
function seatChanges(): Course {
  const subscription = modernOf({
    customer: 'Contoso',
    id: 'modern-seats',
    product: 'Business Standard',
    price: '11.75',
    start: '2024-01-05',
  });
  const march = cycleFrom(subscription.start, 2);
  return {
    rows: [
      ...modernCharges(subscription, { first: 0, last: 11, seats: (place) => (place < 3 ? 10 : 12) }),
      ...seatChange(subscription, march, '2024-03-20', 10, 14),
      ...seatChange(subscription, march, '2024-03-24', 14, 12),
    ],
    events: [
      { subscription: 'modern-seats', event: 'add-seats', at: '2024-03-20', quantity: '14' },
      { subscription: 'modern-seats', event: 'remove-seats', at: '2024-03-24', quantity: '12' },
    ],
  };
}

/** Yearly terms billed by the month from 31 January, 30 January and 29 February, with a licence more in a short cycle. */
function monthEnds(): readonly Course[] {
  const anchors = [
    ['31 January', '2024-01-31', 'month-end', 11],
    ['30 January', '2024-01-30', 'last-but-one', 11],
    ['29 February', '2024-02-29', 'month-end', 10],
  ] as const;
  return anchors.map(([name, start, series, last]) => {
    const subscription = modernOf({
      customer: `Month End ${name}`,
      id: `modern-${start}`,
      product: 'Business Basic',
      price: '5.60',
      start,
    });
    const cycle = cycleFrom(start, 1, { series });
    return {
      rows: [
        ...modernCharges(subscription, { first: 0, last, seats: (place) => (place < 2 ? 9 : 10), series }),
        ...seatChange(subscription, cycle, '2024-04-05' <= cycle.to ? '2024-04-05' : '2024-03-12', 9, 10),
      ],
    };
  });
}

/** A term of one month from 29 February keeps the 29th. */
function leapDayTerm(): Course {
  const subscription: Subscription = {
    customer: 'Leap',
    id: 'modern-leap',
    product: 'Business Basic',
    price: '6.70',
    start: '2024-02-29',
    end: '2024-03-28',
    term: 'One-Month commitment for monthly billing',
  };
  const rows = Array.from({ length: 4 }, (_, place) => {
    const cycle = cycleFrom(subscription.start, place);
    return modernRow({ ...subscription, start: cycle.from, end: cycle.to }, { type: place === 0 ? 'new' : 'renew', cycle, seats: 5 });
  });
  return { rows };
}

/** April's charge is taken back by a credit note and billed again with another address in May. */
function creditNote(): Course {
  const subscription = modernOf({
    customer: 'Margie',
    id: 'modern-margie',
    product: 'Business Standard',
    price: '12.00',
    start: '2023-11-15',
  });
  const april: RowFacts = { type: 'cycleCharge', cycle: cycleFrom(subscription.start, 5), seats: 25, month: 5 };
  return {
    rows: [
      ...modernCharges(subscription, { first: 2, last: 11, seats: 25 }),
      modernRow(subscription, { ...april, isCredit: true, cells: { invoice: 'G024005100' } }),
      modernRow(subscription, { ...april, cells: { invoice: 'G024005200' } }),
    ],
  };
}

/** The two lines of an E5 suite, every month as a pair. */
function telcoPair(): Course {
  const subscription = modernOf({
    customer: 'Northwind',
    id: 'modern-telco',
    product: 'Microsoft 365 E5',
    price: '52.30',
    start: '2023-12-08',
  });
  const months: Charges = { first: 1, last: 11, seats: 40 };
  return { rows: [...modernCharges(subscription, months), ...modernCharges({ ...subscription, price: '4.10' }, months)] };
}

/** Usage in two tiers of one meter, and one of another. */
function usageTiers(): Course {
  const subscription = modernOf({
    customer: 'Tailspin',
    id: 'modern-usage',
    product: 'Azure plan',
    price: '0.00',
    start: '2024-01-01',
    term: '',
  });
  const tiers = [
    { meter: 'Storage, first tier', price: '0.085000', quantity: '51200.000' },
    { meter: 'Storage, first tier', price: '0.081000', quantity: '1200.500' },
    { meter: 'Compute hours', price: '0.192000', quantity: '744.000' },
  ];
  const rows = Array.from({ length: 12 }, (_, place) => {
    const cycle = cycleFrom(subscription.start, place);
    return tiers.map(({ meter, price, quantity }) =>
      modernRow(subscription, {
        type: 'new',
        cycle,
        ordered: cycle.to,
        seats: 1,
        cells: {
          meter,
          price,
          effective: price,
          seats: quantity,
          amount: toText(usageAmount(toCents(price), toCents(quantity), 920_000n)),
          tax: '0',
          pricing: 'USD',
          rate: '0.92',
          rateDate: cycle.from,
          billing: '',
          unit: '1 Unit',
          description: 'Azure plan',
        },
      }),
    );
  });
  return { rows: rows.flat() };
}

/** Ten per cent off until the renewal of 10 June. */
function promotion(): Course {
  const subscription = modernOf({
    customer: 'Relecloud',
    id: 'modern-promotion',
    product: 'Business Premium',
    price: '15.00',
    start: '2023-06-10',
  });
  const cells = { price: '15.00', adjustment: '["10.0% Promotion discount"]', promotion: 'promotion-10' };
  const renewed = { ...subscription, start: '2024-06-10', end: '2025-06-09' };
  const renewal = modernRow(renewed, { type: 'renew', cycle: cycleFrom(renewed.start, 0), seats: 8 });
  return {
    rows: [
      ...modernCharges({ ...subscription, price: '13.50' }, { first: 7, last: 11, seats: 8, facts: () => ({ cells }) }),
      renewal,
      ...modernCharges(renewed, { first: 1, last: 6, seats: 8 }),
    ],
  };
}

/** Renewed on 21 August for ten of twelve licences at a new price. */
function smallerRenewal(): Course {
  const subscription = modernOf({
    customer: 'Litware',
    id: 'modern-renewal',
    product: 'Business Basic',
    price: '5.00',
    start: '2023-08-21',
  });
  const renewed = { ...subscription, price: '5.60', end: '2025-08-20' };
  const renewal = modernRow(renewed, { type: 'renew', cycle: cycleFrom(subscription.start, 12), seats: 10 });
  return {
    rows: [
      ...modernCharges(subscription, { first: 5, last: 11, seats: 12 }),
      renewal,
      ...modernCharges(renewed, { first: 13, last: 16, seats: 10 }),
    ],
  };
}

/** From September UnitPrice shows a newer list price; what is charged stays as it was. */
function driftingListPrice(): Course {
  const subscription = modernOf({
    customer: 'Van Arsdel',
    id: 'modern-drift',
    product: 'Business Premium',
    price: '18.70',
    start: '2024-03-07',
  });
  return {
    rows: modernCharges(subscription, { first: 0, last: 9, seats: 6, facts: (place) => (place < 6 ? {} : { cells: { price: '20.60' } }) }),
  };
}

/** From August the price itself is higher, in mid-term; with the renewal of November it may be. */
function priceStep(): Course {
  const subscription = modernOf({
    customer: 'Fabrikam Residences',
    id: 'modern-step',
    product: 'Business Premium',
    price: '18.70',
    start: '2023-11-17',
  });
  const renewed = { ...subscription, price: '20.60', start: '2024-11-17', end: '2025-11-16' };
  const renewal = modernRow(renewed, { type: 'renew', cycle: cycleFrom(renewed.start, 0), seats: 5 });
  return {
    rows: [
      ...modernCharges(subscription, { first: 2, last: 11, seats: 5, facts: (place) => (place < 9 ? {} : { price: '20.60' }) }),
      renewal,
      ...modernCharges(renewed, { first: 1, last: 1, seats: 5 }),
    ],
  };
}

/** June's charge stands in July's file again; August's takes it back. */
function billedTwice(): Course {
  const subscription = modernOf({
    customer: 'Wide World',
    id: 'modern-twice',
    product: 'Business Basic',
    price: '5.60',
    start: '2024-02-08',
  });
  const june: RowFacts = { type: 'cycleCharge', cycle: cycleFrom(subscription.start, 4), seats: 16 };
  return {
    rows: [
      ...modernCharges(subscription, { first: 0, last: 10, seats: 16 }),
      modernRow(subscription, { ...june, month: 7 }),
      modernRow(subscription, { ...june, isCredit: true, month: 8 }),
    ],
  };
}

/** Two licences more on 12 April by the record; both halves are billed from the 5th. */
function seatsFromWrongDay(): Course {
  const subscription = modernOf({
    customer: 'City Power',
    id: 'modern-wrong-day',
    product: 'Business Premium',
    price: '18.70',
    start: '2024-02-20',
  });
  return {
    rows: [
      ...modernCharges(subscription, { first: 0, last: 10, seats: (place) => (place < 2 ? 10 : 12) }),
      ...seatChange(subscription, cycleFrom(subscription.start, 1), '2024-04-05', 10, 12),
    ],
    events: [{ subscription: 'modern-wrong-day', event: 'add-seats', at: '2024-04-12', quantity: '12' }],
  };
}

/** Renewed before its time on 1 May; the cycle that ran until 14 May is billed in June. */
function billedLate(): Course {
  const subscription = modernOf({
    customer: 'Lakeshore',
    id: 'modern-late',
    product: 'Business Standard',
    price: '12.00',
    start: '2023-05-15',
  });
  const renewed = { ...subscription, start: '2024-05-01', end: '2025-04-30' };
  const renewal = modernRow(renewed, { type: 'renew', cycle: cycleFrom(renewed.start, 0), seats: 5 });
  return {
    rows: [
      ...modernCharges(subscription, { first: 8, last: 10, seats: 5 }),
      renewal,
      ...modernCharges(renewed, { first: 1, last: 7, seats: 5 }),
      ...modernCharges(subscription, { first: 11, last: 11, seats: 5, facts: () => ({ month: 6 }) }),
    ],
  };
}

/** May is not billed. */
function gap(): Course {
  const subscription = modernOf({ customer: 'Lucerne', id: 'modern-gap', product: 'Business Basic', price: '5.60', start: '2023-11-11' });
  return {
    rows: [
      ...modernCharges(subscription, { first: 2, last: 5, seats: 11 }),
      ...modernCharges(subscription, { first: 7, last: 11, seats: 11 }),
    ],
  };
}

/** Suspended from June to September, and billed on. */
function suspension(): Course {
  const subscription = modernOf({
    customer: 'Woodgrove',
    id: 'modern-suspended',
    product: 'Business Basic',
    price: '5.60',
    start: '2024-02-19',
  });
  return {
    rows: modernCharges(subscription, { first: 0, last: 10, seats: 14 }),
    events: [
      { subscription: 'modern-suspended', event: 'suspend', at: '2024-06-03' },
      { subscription: 'modern-suspended', event: 'reactivate', at: '2024-09-05' },
    ],
  };
}

/** Inside its window on 3 January, not on the 8th any more. */
function boughtInDecember(): Course {
  const subscription = modernOf({
    customer: 'Nod',
    id: 'modern-december',
    product: 'Business Premium',
    price: '18.60',
    start: '2024-12-30',
  });
  return {
    rows: [modernRow(subscription, { type: 'new', cycle: cycleFrom(subscription.start, 0), seats: 5, ordered: '2024-12-30T16:00:00Z' })],
  };
}
