import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { cycleFromAnchor } from '../src/domain/calendar/cycles.ts';
import { addDays, addMonths, dayFromIso, type Day } from '../src/domain/calendar/days.ts';
import { Decimal } from '../src/domain/numbers/money.ts';
import { freedOn, roomOn } from '../src/domain/reservations/refund-limit.ts';
import { daysLeft, futurePayments, paymentsAfter } from '../src/domain/reservations/reservation-refund.ts';
import { valueOn } from '../src/policy/parameter.ts';
import { reservationRefundLimit } from '../src/policy/parameters/reservation-limit.ts';
import { cycleDays, type Cycle } from '../src/domain/calendar/cycles.ts';
import { main } from '../src/cli/main.ts';
import { printedBy } from './support/printed-by.ts';

const text = z.string();
const file = z.strictObject({
  sources: z.record(text, text),
  table: z.array(
    z.strictObject({ source: text, row: text, used: text, returned: text, days: text, refund: text, withFee: text, fee: text }),
  ),
  examples: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('days'),
        id: text,
        basis: text,
        source: text,
        title: text,
        purchased: text,
        years: text,
        returned: text,
        left: text,
        of: text,
      }),
      z.strictObject({
        kind: z.literal('limit'),
        id: text,
        basis: text,
        source: text,
        title: text,
        payment: text,
        payments: text,
        paid: text,
        counts: text,
        room: text,
      }),
      z.strictObject({
        kind: z.literal('exchange'),
        id: text,
        basis: text,
        source: text,
        title: text,
        payment: text,
        payments: text,
        paid: text,
        commitment: text,
      }),
    ]),
  ),
});
const published = file.parse(
  parse(readFileSync(new URL('../fixtures/published/reservations.yaml', import.meta.url), 'utf8'), { schema: 'failsafe' }),
);

const day = (iso: string): Day => dayFromIso(iso)!;

function term(purchased: string, years: string): Cycle {
  return { firstDay: day(purchased), lastDay: addDays(addMonths(day(purchased), +years * 12), -1) };
}

/** The payment of a month that was the last one made, and the term it belongs to. */
function afterPayment(paid: string, payments: string): { period: Cycle; term: Cycle } {
  const start = day('2020-01-01');
  const whole = { firstDay: start, lastDay: addDays(addMonths(start, +payments), -1) };
  return { period: cycleFromAnchor(start, 1, addMonths(start, +paid - 1), 'clamp')!, term: whole };
}

interface Worked {
  readonly daysSincePurchase: number;
  readonly refund: string;
  readonly withStatedFee: string;
  readonly statedFee: string;
}

describe('the published table of returned reservations', () => {
  it('is here with its source', () => {
    for (const { source } of [...published.table, ...published.examples]) expect(Object.keys(published.sources)).toContain(source);
    expect(published.table).toHaveLength(6);
  });

  it.each(published.table)('$row, returned on $returned', async ({ used, returned, days, refund, withFee, fee }) => {
    const given = [
      '--price',
      '3650',
      '--quantity',
      '1',
      '--currency',
      'USD',
      '--purchased',
      '2021-01-01',
      '--term',
      '1y',
      '--plan',
      'upfront',
    ];
    const argv = ['prorate', '--kind', 'reservation', ...given, '--returned', returned, '--used', used, '--json'];
    const { code, out } = await printedBy(() => main(argv));
    expect(code).toBe(0);
    const worked = JSON.parse(out) as Worked;
    expect(worked).toMatchObject({ daysSincePurchase: +days, refund, withStatedFee: withFee, statedFee: fee });
  });
});

describe('the published example of 36 payments beside the words of the policy', () => {
  it.each([
    // Bought on 2021-01-01: month 18 is June 2022, month 12 December 2021. With all of the month's days, and with its last one.
    ['2022-06-15', '1853.33', '1800.00'],
    ['2022-06-30', '1803.33', '1800.00'],
    ['2021-12-01', '2500.00', '2400.00'],
    ['2021-12-31', '2403.22', '2400.00'],
    ['2023-06-15', '653.33', '600.00'],
  ])('returned on %s: %s by the words, %s by the example', async (returned, amount, byExample) => {
    const given = [
      '--price',
      '100',
      '--quantity',
      '1',
      '--currency',
      'USD',
      '--purchased',
      '2021-01-01',
      '--term',
      '3y',
      '--plan',
      'monthly',
    ];
    const argv = ['prorate', '--kind', 'reservation', ...given, '--returned', returned];
    const { code, out } = await printedBy(() => main([...argv, '--json']));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ countsAgainstLimit: { measure: 'commitment', amount, byExample } });
    const { out: words } = await printedBy(() => main(argv));
    expect(words).toContain(`counts ${amount} USD against the customer’s limit`);
    expect(words).toContain(`by the other reading ${byExample} USD: the published example of 2021-04-14`);
    expect(words).toContain('36 payments of USD 100, returned in month 18: 1,800 count, 48,200 are left');
    const [refunded, future] = [(Number(amount) - Number(byExample)).toFixed(2), byExample];
    expect(words).toContain(`(${refunded} USD + ${future} USD)`);
    expect(words).toContain(`remaining commitment: ${amount} USD = ${refunded} USD + ${future} USD`);
  });

  it('has one figure where the term was paid upfront, and before the commitment counted', async () => {
    const given = ['--price', '3650', '--quantity', '1', '--currency', 'USD', '--purchased', '2021-01-01', '--term', '1y'];
    for (const own of [
      ['--plan', 'upfront', '--returned', '2021-10-01'],
      ['--plan', 'monthly', '--returned', '2021-04-13'],
    ]) {
      const { out } = await printedBy(() => main(['prorate', '--kind', 'reservation', ...given, ...own]));
      expect(out).not.toContain('by the other reading');
    }
  });
});

describe('the published examples of reservations', () => {
  it.each(published.examples)('$id: $title', (example) => {
    if (example.kind === 'days') {
      const period = term(example.purchased, example.years);
      expect([daysLeft({ period, returnDay: day(example.returned) }), cycleDays(period)]).toEqual([+example.left, +example.of]);
      return;
    }
    const { period, term: whole } = afterPayment(example.paid, example.payments);
    const left = paymentsAfter(period, whole);
    expect(left).toBe(+example.payments - +example.paid);
    const future = futurePayments({ price: new Decimal(example.payment), quantity: new Decimal(1) }, left!);
    if (example.kind === 'exchange') {
      expect(future.toFixed(2)).toBe(example.commitment);
      return;
    }
    const returned = day('2023-01-31');
    const { value } = valueOn(reservationRefundLimit, returned, [])!;
    const returns = [{ day: returned, dollars: future }];
    expect(future.toFixed(2)).toBe(example.counts);
    expect(roomOn(returns, returned, value.period, new Decimal(value.dollars)).toFixed(2)).toBe(example.room);
    // After 365 days the whole limit is there again, and the day before it is not.
    const again = freedOn(returned, value.period);
    expect(again - returned).toBe(365);
    expect(roomOn(returns, again, value.period, new Decimal(value.dollars)).toFixed(2)).toBe('50000.00');
    expect(roomOn(returns, addDays(again, -1), value.period, new Decimal(value.dollars)).toFixed(2)).toBe(example.room);
  });
});
