import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineHeading } from '../../src/domain/charge-line.ts';
import { dayFromIso } from '../../src/domain/days.ts';
import { Decimal } from '../../src/domain/money.ts';
import { endOfDay, startOfDay, type ListAnswer, type PriceQuery, type PriceRow, type PriceSpan } from '../../src/domain/price-list.ts';
import { PriceIndex } from '../../src/engine/price-index.ts';

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
  const own = rows.map(({ kind, market, currency, from, until }) => ({ kind, market, currency, newestStart: from, oldestEnd: until }));
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
    const shared = { kind: 'azure-plan', planMonths: null, termMonths: null, pricedMonths: null, currency: 'USD' } as const;
    const index = indexOf([
      row({ ...shared, price: '1', tierFrom: new Decimal(1), tierTo: new Decimal(100) }),
      row({ ...shared, price: '0.8', tierFrom: new Decimal(101), tierTo: new Decimal('9223372036854780000') }),
    ]);
    const asked = { kind: 'azure-plan', currency: 'USD', termMonths: null, cycleMonths: null } as const;
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

  it('says the same whatever the order and number of the lists', () => {
    const day = (fromStart: number): number => at('2026-01-01') + fromStart * 86_400;
    const one = fc.record({
      start: fc.nat(60),
      length: fc.oneof(fc.nat(60), fc.constant(null)),
      price: fc.constantFrom('240', '252', '264'),
      segment: fc.constantFrom('', 'Commercial', 'Education'),
      plan: fc.constantFrom(1, 12),
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
        const built = rows.map(({ start, length, price, segment, plan }) => {
          const until = length === null ? Infinity : day(start + length + 1) - 1;
          return row({ price, segment, planMonths: plan, from: day(start), until });
        });
        // Published again, every row once more.
        const shuffled = [...order, ...order].map((place) => built[place]!);
        const lookup = query({ from: day(asked), until: day(asked + 1) - 1 }, '2026-01-01');
        expect(said(indexOf(shuffled).find(lookup))).toBe(said(indexOf(built).find(lookup)));
      }),
    );
  });
});
