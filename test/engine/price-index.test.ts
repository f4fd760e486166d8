import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineHeading } from '../../src/domain/charges/charge-line.ts';
import { dayFromIso } from '../../src/domain/calendar/days.ts';
import { Decimal } from '../../src/domain/numbers/money.ts';
import {
  endOfDay,
  startOfDay,
  type ListAnswer,
  type PriceQuery,
  type PriceRow,
  type PriceSpan,
} from '../../src/domain/prices/price-list.ts';
import { PriceIndex } from '../../src/engine/prices/price-index.ts';

const at = (iso: string): number => startOfDay(dayFromIso(iso)!);
const HEADING = {
  layout: 'new-commerce',
  productId: 'P',
  skuId: '0001',
  offerId: '',
  currency: 'EUR',
  pricingCurrency: 'USD',
  customerCountry: 'NL',
} as LineHeading;

let rowNumber = 1;
function row(own: Partial<Omit<PriceRow, 'price'>> & { readonly price: string }): PriceRow {
  rowNumber += 1;
  return {
    kind: 'licence',
    product: 'p:0001',
    market: 'NL',
    currency: 'EUR',
    segment: '',
    termMonths: 12,
    planMonths: 1,
    pricedMonths: 12,
    tierFrom: null,
    tierTo: null,
    from: at('2026-01-01'),
    until: Infinity,
    list: 'prices.csv',
    source: { file: 'prices.csv', sheet: null, row: rowNumber },
    ...own,
    price: new Decimal(own.price),
  };
}

function query(own: Partial<PriceQuery>, day: string): PriceQuery {
  const shared = {
    kind: 'licence',
    product: 'p:0001',
    market: 'NL',
    currency: 'EUR',
    termMonths: 12,
    cycleMonths: 1,
    quantities: [],
  } as const;
  return { ...shared, from: at(day), until: endOfDay(dayFromIso(day)!), ...own };
}

function indexOf(rows: readonly PriceRow[], spans?: readonly PriceSpan[]): PriceIndex {
  const index = new PriceIndex([HEADING]);
  for (const each of rows) index.add(each);
  const own = rows.map(({ kind, market, currency, segment, list, from, until }) => {
    return { kind, market, currency, list, newestStart: from, oldestEnd: until, segments: new Set([segment]) };
  });
  for (const span of spans ?? own) index.addSpan(span);
  return index;
}

/** What counts of an answer: its prices, or why there is none. */
function said(answer: ListAnswer): string {
  if (answer.status === 'unknown') return answer.reason;
  if (answer.status === 'not-listed') return answer.status;
  return `${answer.prices.map(({ perCycle }) => perCycle.toString()).join(' or ')}${answer.isProven ? '' : ' unproven'}`;
}

describe('the index of the price lists', () => {
  it('wants only what the charges can ask for: product, currency of billing or pricing, market', () => {
    const index = new PriceIndex([HEADING]);
    expect(index.wants('p:0001', 'NL', 'EUR')).toBe(true);
    expect(index.wants('p:0001', 'NL', 'USD')).toBe(true);
    expect(index.wants('p:0002', 'NL', 'EUR')).toBe(false);
    expect(index.wants('p:0001', 'US', 'USD')).toBe(false);
    expect(index.wants('p:0001', 'NL', 'SEK')).toBe(false);
    expect(new PriceIndex([HEADING, { ...HEADING, customerCountry: '' }]).wants('p:0001', 'US', 'USD')).toBe(true);
  });

  it('divides the price of a term by its cycles, half-up to the minor unit', () => {
    expect(said(indexOf([row({ price: '3393.90' })]).find(query({}, '2026-01-15')))).toBe('282.83');
  });

  it('gives the price of a reservation as printed, for reservations have no billing plan, on any day that is asked', () => {
    const rows = [
      row({ kind: 'azure-plan', planMonths: null, currency: 'USD', price: '900', until: at('2026-03-01') - 1 }),
      row({ kind: 'azure-plan', planMonths: null, currency: 'USD', price: '876', from: at('2026-03-01') }),
      row({ kind: 'azure-plan', planMonths: null, currency: 'USD', price: '2100', termMonths: 36, pricedMonths: 36 }),
    ];
    const index = indexOf(rows);
    const asked = { kind: 'azure-plan', currency: 'USD', cycleMonths: null } as const;
    expect(said(index.find(query(asked, '2026-02-28')))).toBe('900');
    expect(said(index.find(query(asked, '2026-03-01')))).toBe('876');
    expect(said(index.find(query({ ...asked, termMonths: 36 }, '2026-03-01')))).toBe('2100');
  });

  it('has tiers as published (Z6): 1 to 100 at 1.00, from 101 on at 0.80', () => {
    const shared = { planMonths: null, termMonths: null, pricedMonths: null, currency: 'USD' } as const;
    const index = indexOf([
      row({ ...shared, price: '1', tierFrom: new Decimal(1), tierTo: new Decimal(100) }),
      row({ ...shared, price: '0.8', tierFrom: new Decimal(101), tierTo: new Decimal('9223372036854780000') }),
    ]);
    const asked = { currency: 'USD', termMonths: null, cycleMonths: null } as const;
    const priceAt = (quantity: number): string => said(index.find(query({ ...asked, quantities: [new Decimal(quantity)] }, '2026-01-15')));
    expect([1, 100, 101, 100_000].map(priceAt)).toEqual(['1', '1', '0.8', '0.8']);
    expect(new Decimal(priceAt(100)).times(100).plus(priceAt(101)).toString()).toBe('100.8');
  });

  it('takes for software the row with the latest end, for licences the one with the newest start', () => {
    const overlapping = (kind: 'software' | 'licence') =>
      indexOf([
        row({ kind, price: '240', until: at('2026-12-31') }),
        row({ kind, price: '264', from: at('2026-02-01'), until: at('2026-06-30') }),
        row({ kind, price: '1', from: at('2026-03-01'), product: 'other' }),
      ]);
    expect(said(overlapping('software').find(query({ kind: 'software' }, '2026-02-15')))).toBe('20');
    expect(said(overlapping('licence').find(query({}, '2026-02-15')))).toBe('22');
  });

  it('reaches to the end of the month of the newest start, per market and currency', () => {
    const index = indexOf([row({ price: '240' }), row({ price: '1', market: 'BE', from: at('2026-09-01') })]);
    expect(said(index.find(query({}, '2026-01-31')))).toBe('20');
    expect(said(index.find(query({}, '2026-02-01')))).toBe('20 unproven');
    expect(said(index.find(query({}, '2025-12-31')))).toBe('price-list-does-not-cover');
    expect(said(index.find(query({ product: 'q' }, '2026-01-01')))).toBe('not-listed');
    expect(said(index.find(query({ product: 'q' }, '2026-02-01')))).toBe('price-list-does-not-cover');
    expect(said(index.find(query({ product: 'q', market: 'US' }, '2026-01-15')))).toBe('price-list-does-not-cover');
  });

  describe('split into the lists of months, of which July is not given', () => {
    const june = (own: Partial<PriceRow> = {}) => row({ list: 'june', from: at('2026-06-01'), ...own, price: '240' });
    const august = (own: Partial<PriceRow> = {}) => row({ list: 'august', from: at('2026-08-01'), ...own, price: '264' });
    /** A product of both lists: each knows its month. */
    const others = [june({ product: 'other' }), august({ product: 'other' })];
    const ofDay = (index: PriceIndex, day: string): string => said(index.find(query({}, day)));

    it('has a price of June up to its last day and one of August from its first, and proves neither in July', () => {
      const index = indexOf([june(), august()]);
      expect(['2026-06-30', '2026-07-01', '2026-07-31', '2026-08-01', '2026-08-31', '2026-09-01'].map((day) => ofDay(index, day))).toEqual([
        '20',
        '20 unproven',
        '20 unproven',
        '22',
        '22',
        '22 unproven',
      ]);
    });

    it('does not accuse in the gap where the list of June ends its prices with the month', () => {
      const index = indexOf([june({ until: at('2026-07-01') - 1 }), august({ until: at('2026-09-01') - 1 })]);
      expect(['2026-06-30', '2026-07-01', '2026-07-31', '2026-08-01', '2026-08-31', '2026-09-01'].map((day) => ofDay(index, day))).toEqual([
        '20',
        'price-list-does-not-cover',
        'price-list-does-not-cover',
        '22',
        '22',
        'price-list-does-not-cover',
      ]);
    });

    it('has no price of a product that a list lacks, in the month of that list alone', () => {
      const days = ['2026-05-31', '2026-06-01', '2026-06-30', '2026-07-01', '2026-07-31', '2026-08-01', '2026-08-31', '2026-09-01'];
      const index = indexOf(others);
      expect(days.map((day) => ofDay(index, day))).toEqual([
        'price-list-does-not-cover',
        'not-listed',
        'not-listed',
        'price-list-does-not-cover',
        'price-list-does-not-cover',
        'not-listed',
        'not-listed',
        'price-list-does-not-cover',
      ]);
      // In August's list and not in June's; then in June's and not in August's, which ends a price without an end.
      expect(days.map((day) => ofDay(indexOf([...others, august()]), day)).slice(1, 7)).toEqual([
        'not-listed',
        'not-listed',
        'price-list-does-not-cover',
        'price-list-does-not-cover',
        '22',
        '22',
      ]);
      expect(days.map((day) => ofDay(indexOf([...others, june()]), day)).slice(1)).toEqual([
        '20',
        '20',
        '20 unproven',
        '20 unproven',
        'not-listed',
        'not-listed',
        '20 unproven',
      ]);
    });

    it('takes a price that the list of August repeats for the price of July too', () => {
      const index = indexOf([june(), august({ product: 'other' }), { ...june(), list: 'august' }]);
      expect(ofDay(index, '2026-07-15')).toBe('20');
    });

    it('ends no price by the list of another segment, and every price by one that names none', () => {
      const education = august({ product: 'other', segment: 'Education' });
      expect(ofDay(indexOf([june({ segment: 'Commercial' }), education]), '2026-08-15')).toBe('20 unproven');
      expect(ofDay(indexOf([june({ segment: 'Education' }), education]), '2026-08-15')).toBe('not-listed');
      expect(ofDay(indexOf([june({ segment: 'Commercial' }), august({ product: 'other' })]), '2026-08-15')).toBe('not-listed');
    });

    it('knows a day between two lists that meet, whatever its hour', () => {
      const july = row({ list: 'july', product: 'other', from: at('2026-07-01'), price: '1' });
      const overNight = { from: at('2026-06-30'), until: endOfDay(dayFromIso('2026-07-01')!) };
      expect(said(indexOf([...others, july]).find(query(overNight, '2026-06-30')))).toBe('not-listed');
      expect(said(indexOf(others).find(query(overNight, '2026-06-30')))).toBe('price-list-does-not-cover');
    });
  });

  it('says the same whatever the order and number of the lists', () => {
    const day = (fromStart: number): number => at('2026-01-01') + fromStart * 86_400;
    const one = fc.record({
      start: fc.nat(60),
      length: fc.oneof(fc.nat(60), fc.constant(null)),
      price: fc.constantFrom('240', '252', '264'),
      segment: fc.constantFrom('', 'Commercial', 'Education'),
      plan: fc.constantFrom(1, 12),
      list: fc.constantFrom('one', 'two', 'three'),
    });
    const lists = fc.array(one, { maxLength: 12 }).chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        order: fc.shuffledSubarray(
          rows.map((_, place) => place),
          { minLength: rows.length, maxLength: rows.length },
        ),
        asked: fc.nat(130),
      }),
    );
    fc.assert(
      fc.property(lists, ({ rows, order, asked }) => {
        const built = rows.map(({ start, length, price, segment, plan, list }) => {
          const until = length === null ? Infinity : day(start + length + 1) - 1;
          return row({ price, segment, list, planMonths: plan, from: day(start), until });
        });
        // Published again, every row once more.
        const shuffled = [...order, ...order].map((place) => built[place]!);
        const lookup = query({ from: day(asked), until: day(asked + 1) - 1 }, '2026-01-01');
        expect(said(indexOf(shuffled).find(lookup))).toBe(said(indexOf(built).find(lookup)));
      }),
    );
  });
});
