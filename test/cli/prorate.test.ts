import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { main } from '../../src/cli/main.ts';
import { addDays, dayFromIso, isoDay } from '../../src/domain/calendar/days.ts';
import { Decimal } from '../../src/domain/numbers/money.ts';
import { auditFiles } from '../support/run-audit.ts';
import { printedBy } from '../support/printed-by.ts';

const FOLDER = new URL('../../fixtures/published/', import.meta.url);
const FILES = ['legacy-licence.csv', 'new-commerce.csv'] as const;

const index = z.object({
  examples: z.array(
    z.object({
      id: z.string(),
      rows: z.array(
        z.object({
          file: z.enum(FILES),
          row: z.string(),
          part: z.string(),
          amount: z.string(),
          fits: z.array(z.string()),
          figures: z.record(z.string(), z.string()),
        }),
      ),
    }),
  ),
});
const { examples } = index.parse(parse(readFileSync(new URL('examples.yaml', FOLDER), 'utf8'), { schema: 'failsafe' }));
const rows = examples.flatMap((example) => example.rows.map((row) => ({ ...row, label: `${example.id} (${row.file}:${row.row})` })));

interface Answer {
  readonly conventions: readonly { readonly convention: string; readonly amount: string; readonly isPublished: boolean }[];
  readonly billingOverview: {
    readonly amount: string;
    readonly byCalendarMonth: { readonly days: number; readonly amount: string } | null;
  };
  readonly exact: string;
  readonly isWholePeriod: boolean;
  readonly policy: {
    readonly credit: string;
    readonly fullRefundRequest: { readonly amount: string; readonly until: string; readonly hasEarlierCycles: boolean } | null;
  } | null;
}

async function run(...argv: readonly string[]): Promise<{ code: number; out: string; error: string }> {
  return printedBy(() => main(['prorate', ...argv]));
}

async function json(...argv: readonly string[]): Promise<Answer> {
  const { code, out, error } = await run(...argv, '--json');
  expect(error).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out) as Answer;
}

const month = await auditFiles(FILES.map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') })));
const lines = [...month.proratedLines()];
const tables = Object.fromEntries(
  FILES.map((name) => [name, parseCsv<Readonly<Record<string, string>>>(readFileSync(new URL(name, FOLDER), 'utf8'), { columns: true })]),
);

describe('the published examples on the command line', () => {
  const prorated = rows.filter((row) => row.figures['full-period'] === undefined && row.fits.some((name) => name !== 'by-months'));

  it.each(prorated.map((row) => [row.label, row] as const))('%s comes out to the cent under every convention', async (_, row) => {
    const line = lines.find((one) => one.file === row.file && String(one.row) === row.row)!;
    expect(line.fullPrice, 'the price is known').not.toBeNull();
    const last = dayFromIso(line.lastDay)!;
    const isCredit = row.amount.startsWith('-');
    const isNew = row.file === 'new-commerce.csv';
    const answer = await json(
      ...['--kind', isCredit ? 'credit' : 'charge', '--commerce', isNew ? 'new-commerce' : 'legacy', '--currency', line.currency],
      ...['--price', line.fullPrice!.replace('…', ''), '--quantity', new Decimal(line.quantity).abs().toString()],
      ...['--first', isoDay(addDays(last, 1 - line.cycleDays)), '--last', line.lastDay, '--on', line.firstDay],
      ...(line.exchangeRate === '1' ? [] : ['--pricing-currency', 'USD', '--rate', line.exchangeRate]),
    );
    const figures = Object.fromEntries(answer.conventions.map(({ convention, amount }) => [convention, amount]));
    expect(figures).toEqual(row.figures);
    for (const name of row.fits) expect(figures[name]).toBe(row.amount);
  });

  it('takes every one of them', () => {
    expect(prorated.length).toBeGreaterThan(30);
  });

  it.each(
    rows
      .filter((row) => row.figures['full-period'] !== undefined && row.file === 'legacy-licence.csv')
      .map((row) => [row.label, row] as const),
  )('%s, a whole period, is price times quantity', async (_, row) => {
    const cells = tables[row.file]![+row.row - 2]!;
    const price = new Decimal(cells['Amount']!).abs().div(cells['Quantity']!);
    const answer = await json(
      ...['--commerce', 'legacy', '--currency', 'USD', '--price', price.toString(), '--quantity', cells['Quantity']!],
      ...['--start', '2018-01-13', '--billing', 'annual'],
    );
    expect(answer.isWholePeriod).toBe(true);
    expect(new Set(answer.conventions.map((one) => one.amount))).toEqual(new Set([row.amount.replace('-', '')]));
  });

  it('a changed billing plan by months: 250 × 11/12 = 229.16', async () => {
    const answer = await json(
      ...['--kind', 'plan-change', '--commerce', 'new-commerce', '--currency', 'EUR', '--price', '250', '--quantity', '1'],
      ...['--first', '2021-06-18', '--last', '2022-06-17', '--on', '2021-07-18'],
    );
    expect(answer.conventions).toEqual([expect.objectContaining({ convention: 'by-months', amount: '229.16', isPublished: true })]);
  });
});

const LEGACY = ['--commerce', 'legacy', '--currency', 'USD', '--price', '4', '--quantity', '1'] as const;
const NEW = ['--commerce', 'new-commerce', '--currency', 'EUR', '--price', '31', '--quantity', '10'] as const;

describe('csp-recon prorate', () => {
  it('says what the billing overview gives at its word: 4.03 for a whole month of 4.00', async () => {
    const answer = await json(...LEGACY, '--first', '2018-01-13', '--last', '2018-02-12');
    expect(answer.billingOverview.amount).toBe('4.03');
    expect(answer.conventions.every((one) => one.amount === '4.00')).toBe(true);
    const { out } = await run(...LEGACY, '--first', '2018-01-13', '--last', '2018-02-12');
    expect(out).toContain('a whole period is price × quantity');
  });

  it('says where the billing overview’s formula departs from conventions that agree: 5.12 beside 5.16', async () => {
    const ten = ['--commerce', 'new-commerce', '--currency', 'EUR', '--price', '10', '--quantity', '1'];
    const { out } = await run(...ten, '--start', '2024-01-31', '--billing', 'monthly', '--on', '2024-03-15');
    expect(out).toContain('only the overview’s formula gives another figure');
    expect(out).toContain('the overview’s formula comes to 5.12,');
    expect(out).not.toContain('the overview’s formula too');
    const whole = await run(...NEW, '--first', '2026-03-01', '--last', '2026-03-31');
    expect(whole.out).toContain('the overview’s formula too');
  });

  it('says that a formula leaves more decimals than the currency has where the quantity is no whole number', async () => {
    const half = ['--commerce', 'new-commerce', '--currency', 'EUR', '--price', '20', '--quantity', '2.5'];
    const { out } = await run(...half, '--first', '2024-02-01', '--last', '2024-02-29', '--on', '2024-02-01', '--until', '2024-02-28');
    expect(out).toMatch(/published-seat +\d+\.\d{3} EUR/);
    expect(out).toContain('it has more decimals than EUR');
    const { out: ofWhole } = await run(...NEW, '--first', '2026-03-01', '--last', '2026-03-31', '--on', '2026-03-03');
    expect(ofWhole).not.toContain('more decimals');
  });

  it('shows the days of the calendar month beside those of the cycle', async () => {
    // The cycle of 28 February to 30 March has 31 days; the month of the change 28.
    const answer = await json(...LEGACY, '--first', '2026-02-28', '--last', '2026-03-30', '--on', '2026-02-28', '--until', '2026-03-14');
    expect(answer.billingOverview).toEqual({ amount: '1.95', byCalendarMonth: { days: 28, amount: '2.10' } });
  });

  it('finds the cycle from the start of the subscription, month ends as published', async () => {
    const { out } = await run(...NEW, '--start', '2021-01-31', '--billing', 'monthly', '--on', '2021-03-05');
    expect(out).toContain('2021-02-28 to 2021-03-30, 31 days');
  });

  it('gives a credit the sign of the file, and zero-decimal currencies no decimals', async () => {
    const answer = await json(
      '--kind',
      'credit',
      '--commerce',
      'new-commerce',
      '--currency',
      'JPY',
      '--price',
      '1530',
      '--quantity',
      '2',
      ...['--first', '2026-03-01', '--last', '2026-03-31', '--on', '2026-03-17'],
    );
    expect(answer.conventions.map((one) => one.amount)).toEqual(['-1480', '-1480']);
  });

  it.each([
    ['legacy', '2026-03-30', 'in-full'],
    ['legacy', '2026-03-31', 'in-full-or-prorated'],
    // The first month, which another text names, has 31 days here.
    ['legacy', '2026-04-01', 'in-full-or-prorated'],
    ['legacy', '2026-04-02', 'prorated'],
    ['new-commerce', '2026-03-01', 'in-full'],
    ['new-commerce', '2026-03-02', 'in-full-or-prorated'],
    ['new-commerce', '2026-03-03', 'prorated'],
    ['new-commerce', '2026-03-07', 'prorated'],
    ['new-commerce', '2026-03-08', 'prorated-or-none'],
    ['new-commerce', '2026-03-09', 'none'],
  ])('a %s licence bought on 1 March and cancelled on %s: %s', async (commerce, on, credit) => {
    const cycle = ['--first', '2026-03-01', '--last', '2027-02-28', '--on', on];
    const price = ['--currency', 'EUR', '--price', '120', '--quantity', '1'];
    const answer = await json('--kind', 'cancel', '--commerce', commerce, ...price, ...cycle, '--purchased', '2026-03-01');
    expect(answer.policy?.credit).toBe(credit);
  });

  const REQUEST = ['--kind', 'cancel', '--commerce', 'legacy', '--price', '600', '--quantity', '1', '--currency', 'EUR'];
  const YEAR = ['--first', '2026-08-13', '--last', '2027-08-12', '--purchased', '2026-08-12'];

  it('names the full refund that comes to those who request it: amount, last day, source', async () => {
    const { out } = await run(...REQUEST, ...YEAR, '--on', '2026-09-12');
    for (const text of [
      'the rest, 50.60 EUR, comes to those who request it (CR04): 600.00 EUR charged for the cycle less the 549.40 EUR',
      'is in time until 2026-11-09; 2026-11-10, the last day named, counts by the lenient reading only',
      'legacy.full-refund-request',
      'request within 90 days of purchase',
    ])
      expect(out).toContain(text);
  });

  it.each([
    ['inside the automatic window', '2026-09-10', null],
    ['on its last day, by the strict reading', '2026-09-11', { amount: '48.96', certainUntil: '2026-11-09', until: '2026-11-10' }],
    ['on the last day of the request', '2026-11-10', { amount: '147.36', certainUntil: null, until: '2026-11-10' }],
    ['after it', '2026-11-11', null],
  ])('a legacy licence cancelled %s', async (_, on, request) => {
    const { policy } = await json(...REQUEST, ...YEAR, '--on', on);
    expect(policy?.fullRefundRequest).toEqual(request === null ? null : expect.objectContaining({ ...request, hasEarlierCycles: false }));
  });

  it('says that earlier cycles count too, and that new commerce knows no such request', async () => {
    const months = ['--first', '2026-09-13', '--last', '2026-10-12', '--on', '2026-09-20', '--purchased', '2026-08-12'];
    const { policy } = await json(...REQUEST, ...months);
    expect(policy?.fullRefundRequest?.hasEarlierCycles).toBe(true);
    const { out } = await run(...REQUEST, ...months);
    expect(out).toContain('all that earlier cycles charged since the purchase');
    const modern = await json(...REQUEST.map((word) => (word === 'legacy' ? 'new-commerce' : word)), ...YEAR, '--on', '2026-08-20');
    expect(modern.policy).toMatchObject({ credit: 'none', fullRefundRequest: null });
  });

  it('prints the facts, every step, and why a file may differ', async () => {
    const { out } = await run(...NEW, '--first', '2026-03-01', '--last', '2026-03-31', '--on', '2026-03-03');
    for (const text of [
      '29 of 31 days',
      'T(31 × 29/31 × 1) × 10 = 29.00 × 10 = 290.00',
      'The billing overview’s formula',
      'Why a file may differ',
    ])
      expect(out).toContain(text);
  });

  const reservation = [
    '--kind',
    'reservation',
    '--price',
    '100',
    '--quantity',
    '2',
    '--currency',
    'EUR',
    '--purchased',
    '2024-01-01',
    '--term',
    '3y',
    '--plan',
    'monthly',
  ];

  it('works a reservation out in full: by the month, in another currency, at the lower price', async () => {
    const { code, out } = await run(
      ...reservation,
      '--pricing-currency',
      'USD',
      '--rate',
      '0.9',
      '--returned',
      '2025-06-15',
      '--current-price',
      '90',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      price: '90',
      daysRefunded: 16,
      days: 30,
      refund: '86.40',
      statedFee: '10.37',
      withStatedFee: '76.03',
      paymentsLeft: 18,
      futurePayments: '3600.00',
      cancelledCommitment: '3696.00',
      countsAgainstLimit: { measure: 'commitment', amount: '3696.00' },
    });
  });

  it('rounds a refund as an audit does, and its printed parts add up', async () => {
    const { out } = await run(
      ...['--kind', 'reservation', '--price', '100', '--quantity', '1', '--currency', 'USD', '--purchased', '2024-02-01'],
      ...['--term', '3y', '--plan', 'monthly', '--returned', '2025-02-10'],
    );
    // 19 of 28 days of 100.00: 67.857…
    expect(out).toContain('67.85 USD  T(E·X) · Q');
    expect(out).toContain('half-up         67.86 USD');
    expect(out).toContain('23 later payments fall away: 23 × 100.00 USD = 2300.00 USD');
    expect(out).toContain('counts 2367.85 USD against the customer’s limit (67.85 USD + 2300.00 USD)');
    expect(out).toContain('R(67.85 USD × 0.12) = 8.14 USD; 67.85 USD − 8.14 USD');
    expect(out).toContain('59.71 USD with the stated fee');
  });

  it('gives each figure its clause, its date and its source', async () => {
    const { out } = await run(...reservation.map((word) => (word === 'EUR' ? 'USD' : word)), '--returned', '2025-06-15');
    for (const figure of [
      'reservation.refund-price, since 2021-04-14: the lower of the purchase price and the current price',
      'reservation.refund-proration, since 2018-10-12: by remaining UTC days, the day of return among them',
      'reservation.charged-fee, since 2023-10-16: no fee',
      'reservation.stated-fee, since 2023-10-16: 12 % of the prorated credit',
      'reservation.refund-limit, since 2022-10-10: USD 50,000 in 365 days of cancelled commitment, exchanges left out',
      'reservation.exchange-minimum, since 2021-04-14: the commitment that remains of the one returned, in a reservation of the same type',
      'reservation.exchange-restriction, since 2024-01-01: no purchases',
    ]) {
      const at = out.indexOf(figure);
      expect(at, figure).toBeGreaterThan(0);
      expect(out.slice(at).split('\n')[1], figure).toMatch(/^ {6}source: .+, .+: .+/);
    }
  });

  it.each([
    ['exactly at it', '50000', 'inside the limit: 0.00 USD are left'],
    ['a cent over it', '50000.01', 'over the limit by 0.01 USD: a return of all units is refused, not cut; return at most 0 units'],
  ])('says how a return stands to the limit: %s', async (_, price, said) => {
    const { out } = await run(
      ...['--kind', 'reservation', '--price', price, '--quantity', '1', '--currency', 'USD', '--purchased', '2021-01-01'],
      ...['--term', '1y', '--plan', 'upfront', '--returned', '2021-01-02', '--used', 'no'],
    );
    expect(out).toContain(said);
  });

  it('says that the limit is inside by the published example alone', async () => {
    const { out } = await run(
      ...['--kind', 'reservation', '--price', '100', '--quantity', '27', '--currency', 'USD', '--purchased', '2021-01-01'],
      ...['--term', '3y', '--plan', 'monthly', '--returned', '2022-06-15'],
    );
    expect(out).toContain('counts 50039.91 USD against');
    expect(out).toContain('over the limit by 39.91 USD');
    expect(out).toContain('return at most 26 units');
    expect(out).toContain('by the other reading it is inside the limit');
  });

  it('says both figures where use is not told in the first days', async () => {
    const { out } = await run(
      ...['--kind', 'reservation', '--price', '3650', '--quantity', '1', '--currency', 'USD'],
      ...['--purchased', '2021-01-01', '--term', '1y', '--plan', 'upfront', '--returned', '2021-01-06'],
    );
    expect(out).toContain('3650.00 USD if it was not used');
    expect(out).toContain('if it was not used it counts 3650.00 USD');
    expect(out).toContain('3600.00 USD if it was used');
    expect(out).toContain('which is the boundary');
  });

  it.each([
    [
      'a missing price',
      ['--commerce', 'legacy', '--currency', 'USD', '--quantity', '1', '--first', '2026-03-01', '--last', '2026-03-31'],
      '--price is missing',
    ],
    [
      'a price that is none',
      [...NEW.map((word) => (word === '31' ? '31,00' : word)), '--first', '2026-03-01', '--last', '2026-03-31'],
      '31,00 is no amount',
    ],
    ['a day that is none', [...NEW, '--first', '2026-02-30', '--last', '2026-03-31'], '2026-02-30 is no day'],
    ['a currency that is none', [...NEW.map((word) => (word === 'EUR' ? 'euro' : word))], 'euro is no currency'],
    ['a cycle that ends before it begins', [...NEW, '--first', '2026-03-31', '--last', '2026-03-01'], 'before it begins'],
    ['days outside the cycle', [...NEW, '--first', '2026-03-01', '--last', '2026-03-31', '--on', '2026-04-01'], 'do not lie in the cycle'],
    [
      'a start at a month end of two series',
      [...NEW, '--start', '2021-02-28', '--billing', 'monthly', '--on', '2021-04-30'],
      'give different cycles',
    ],
    ['a day before the start', [...NEW, '--start', '2021-02-28', '--billing', 'monthly', '--on', '2021-02-01'], 'lies before --start'],
    ['a rate without a second currency', [...NEW, '--first', '2026-03-01', '--last', '2026-03-31', '--rate', '0.9'], '--rate is given'],
    [
      'a second currency without a rate',
      [...NEW, '--first', '2026-03-01', '--last', '2026-03-31', '--pricing-currency', 'USD'],
      '--rate is missing',
    ],
    ['a rate for legacy commerce', [...LEGACY, '--first', '2026-03-01', '--last', '2026-03-31', '--rate', '0.9'], '--rate says nothing'],
    [
      'a plan change of legacy commerce',
      [...LEGACY, '--kind', 'plan-change', '--first', '2026-03-01', '--last', '2026-03-31'],
      'legacy commerce',
    ],
    [
      'a plan change of part of a month',
      [...NEW, '--kind', 'plan-change', '--first', '2026-03-01', '--last', '2027-02-28', '--on', '2026-03-05'],
      'by whole months',
    ],
    [
      'a purchase after the cancellation',
      [...NEW, '--kind', 'cancel', '--first', '2026-03-01', '--last', '2026-03-31', '--purchased', '2026-03-02'],
      '--purchased lies after',
    ],
    ['an option of another kind', [...NEW, '--first', '2026-03-01', '--last', '2026-03-31', '--used', 'no'], '--used says nothing'],
    ['an option given twice', [...reservation, '--currency', 'USD'], '--currency is given 2 times'],
    ['a return outside the term', [...reservation, '--returned', '2027-01-01'], 'does not lie in the term'],
    [
      'a return before any known policy',
      [...reservation.map((word) => (word === '2024-01-01' ? '2017-01-01' : word)), '--returned', '2017-06-01'],
      'No text of the policy',
    ],
    [
      'a reservation without its term',
      ['--kind', 'reservation', '--price', '1', '--quantity', '1', '--currency', 'USD', '--purchased', '2024-01-01'],
      '--term is missing',
    ],
  ])('refuses %s', async (_, argv, found) => {
    const { code, error } = await run(...argv);
    expect(code).toBe(2);
    expect(error).toContain('option-invalid');
    expect(error).toContain(found);
  });
});
