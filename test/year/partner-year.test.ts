import { beforeAll, describe, expect, it } from 'vitest';
import { deadlinesOf } from '../../src/domain/findings/deadlines.ts';
import type { Finding } from '../../src/domain/findings/finding.ts';
import { toCents, toText } from '../support/partner-year-figures.ts';
import { fileName, MONTHS, YEAR_ROWS, type YearRow } from '../support/partner-year.ts';
import { auditMonthly, auditWhole, withYear, type Run } from '../support/partner-year-runs.ts';
import { LOOK_ALIKES, OUTCOMES, STORIES, UNCHECKED, USER_ENTRIES, type Evidence, type Figures, type Story } from './stories.ts';

/**
 * The year of a partner, once month by month with the register carried forward, and once in one go. Both tell the same story; where a
 * story is another one in one go, the data say why.
 */
let monthly: ReadonlyMap<number, Run>;
let whole: Run;
let onThirdOfJanuary: Run;

beforeAll(async () => {
  await withYear(async (folder) => {
    monthly = await auditMonthly(folder, USER_ENTRIES);
    whole = await auditWhole(folder);
    onThirdOfJanuary = await auditWhole(folder, '2025-01-03');
  });
});

const describeFinding = ({ rule, customerName, kind, billed, expected }: Finding): string =>
  [rule, customerName, kind, billed, expected].join(' ');
const describeStory = (rule: string, customer: string, kind: string, figures: Figures): string =>
  [rule, customer, kind, figures?.[0], figures?.[1]].join(' ');

function findingsOf(month: number, { rule, customer }: Story): readonly Finding[] {
  return monthly.get(month)!.report.findings.filter((one) => one.rule === rule && one.customerName === customer);
}

/** The figures of a story in one go: the same as in its only month, unless the data say otherwise. */
function wholeOf({ rule, kind, monthly: figures, whole: other }: Story): { rule: string; kind: string; figures: Figures } | null {
  if (other === null) return null;
  return { rule, kind, figures: Object.values(figures)[0] ?? null, ...other };
}

describe('the year of a partner', () => {
  it.each(MONTHS)('month %i raises what its files show, and nothing else', (month) => {
    const expected = STORIES.flatMap(({ rule, customer, kind, monthly: figures }) =>
      month in figures ? [describeStory(rule, customer, kind, figures[month]!)] : [],
    );
    expect(monthly.get(month)!.report.findings.map(describeFinding).sort()).toEqual(expected.sort());
  });

  it('raises the same in one go, but for what the data explain', () => {
    const expected = STORIES.flatMap((story) => {
      const told = wholeOf(story);
      return told === null ? [] : [describeStory(told.rule, story.customer, told.kind, told.figures)];
    });
    expect(whole.report.findings.map(describeFinding).sort()).toEqual(expected.sort());
    // Rules that were not run for want of a side input are told by their own tests.
    expect(whole.report.unchecked.filter(({ reason }) => !/^no-(invoices|incidents|prices)$/.test(reason))).toEqual(UNCHECKED);
    for (const { customer, whole: other, why, isInParts } of STORIES)
      expect(other === undefined || isInParts === true || why !== undefined, `${customer} differs without a reason`).toBe(true);
  });

  it('has one fingerprint a cause, month by month and in one go', () => {
    for (const story of STORIES) {
      const months = Object.keys(story.monthly).map(Number);
      const prints = months.flatMap((month) => findingsOf(month, story).map((one) => one.fingerprint));
      const name = `${story.rule} ${story.customer}`;
      expect(new Set(prints).size, name).toBe(story.isInParts === true ? months.length : 1);
      const told = wholeOf(story);
      if (told === null || told.rule !== story.rule) continue;
      const [inOneGo] = whole.report.findings.filter((one) => one.rule === story.rule && one.customerName === story.customer);
      expect(prints[0], name).toBe(inOneGo!.fingerprint);
    }
  });

  it('adds the months of a lasting cause up to the whole', () => {
    const parts = STORIES.filter((story) => story.isInParts === true);
    expect(parts.length).toBeGreaterThan(0);
    for (const story of parts) {
      for (const place of [0, 1] as const) {
        const sum = Object.values(story.monthly).reduce((all, figures) => all + toCents(figures![place]), 0n);
        expect(toText(sum), `${story.rule} ${story.customer}`).toBe(wholeOf(story)!.figures![place]);
      }
    }
  });

  it('raises nothing on the known look-alikes', () => {
    const inRows = new Set(YEAR_ROWS.map(({ line }) => line['name']));
    const told = new Set(STORIES.map(({ customer }) => customer));
    expect([...LOOK_ALIKES, ...told].sort()).toEqual([...inRows].sort());
    const raised = [whole, ...monthly.values()].flatMap(({ report }) => report.findings.map((one) => one.customerName));
    expect(LOOK_ALIKES.filter((customer) => raised.includes(customer))).toEqual([]);
  });

  it('bills in the months and in one go what the rows add up to', () => {
    const sumOf = (rows: readonly YearRow[]): string => toText(rows.reduce((all, { line }) => all + toCents(line['amount']!), 0n));
    expect(whole.report.totals[0]!.billed).toBe(sumOf(YEAR_ROWS));
    for (const month of MONTHS)
      expect(monthly.get(month)!.report.totals[0]!.billed).toBe(sumOf(YEAR_ROWS.filter((row) => row.month === month)));
  });

  it('lists what can still be cancelled on a day', () => {
    const open = onThirdOfJanuary.report.findings.filter((one) => one.rule === 'CR07');
    expect(open.map((one) => [one.product, one.billed, one.expected, one.deadline])).toEqual([
      ['Visio Plan 2', '560.00', '0.00', '2025-01-15'],
      // From 3 to 29 January 27 of 31 days come back: 93.00 − T(18.60 × 27 / 31) × 5.
      ['Business Premium', '93.00', '12.00', '2025-01-06'],
    ]);
  });
});

describe('the deadlines of a month', () => {
  it('keep the claims of earlier months until they have passed, though no file of the month tells of them', () => {
    const carried = (month: number): readonly string[] =>
      deadlinesOf(monthly.get(month)!.report)
        .filter(({ isListed }) => !isListed)
        .map(({ subject, amount, deadline }) => `${subject.rule} ${subject.customerName} ${amount} ${deadline}`);
    // Bought on 5 March; two months of 160.00 were told in March and April.
    expect(carried(5)).toEqual(['DU03 Fabrikam Group 160.00 2024-07-03', 'DU03 Fabrikam Group 160.00 2024-07-03']);
    expect(carried(6).filter((one) => one.includes('Fabrikam Group'))).toEqual([]);
    // Bought on 5 August, found in September, asked for in October and no longer to be claimed.
    expect(carried(10)).toEqual([]);
  });
});

describe('the claims register after the year', () => {
  /** A row of the year as the register names it. */
  function placeOf({ month, layout, amount }: Evidence, customer: string): string {
    const rows = YEAR_ROWS.filter((row) => row.month === month && row.layout === layout);
    const place = rows.findIndex(({ line }) => line['name'] === customer && line['amount'] === amount);
    return `${fileName(layout, month)}:${place + 2}`;
  }

  it.each(OUTCOMES)('has $rule of $customer as $status', ({ rule, customer, evidence, says = '', ...outcome }) => {
    const entries = monthly.get(12)!.register.filter((one) => one.rule === rule && one.customerName === customer);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ ...outcome, evidence: evidence.map((one) => placeOf(one, customer)).join('\n') });
    expect(entries[0]!.claim).toContain(says);
  });

  it('has every other claim once, open, with the amount of its latest run', () => {
    const worked = new Set(OUTCOMES.map(({ rule, customer }) => `${rule} ${customer}`));
    const expected = STORIES.flatMap(({ rule, customer, kind, monthly: figures, isInParts }) => {
      if (kind === 'notice' || worked.has(`${rule} ${customer}`)) return [];
      // What Microsoft credited too much is no claim of the partner's.
      const amounts = Object.values(figures).flatMap((one) => {
        const owed = toCents(one![0]) - toCents(one![1]);
        return owed > 0n ? [toText(owed)] : [];
      });
      return (isInParts === true ? amounts : amounts.slice(-1)).map((amount) => `${rule} ${customer} ${amount} open`);
    });
    const others = monthly.get(12)!.register.filter((one) => !worked.has(`${one.rule} ${one.customerName}`));
    expect(others.map((one) => [one.rule, one.customerName, one.amount, one.status].join(' ')).sort()).toEqual(expected.sort());
    expect(others.every(({ received, evidence }) => received === null && evidence === '')).toBe(true);
  });

  it('says in the month of the credit what is resolved, and every month what was granted and did not come', () => {
    const customers = (month: number, list: 'resolved' | 'raisedAgain'): readonly string[] =>
      monthly.get(month)!.report.register![list].map((one) => one.customerName);
    expect(customers(4, 'resolved')).toContain('Treyway');
    expect(customers(10, 'resolved')).toContain('Graphic Design');
    // Asked on 8 May: legacy charges run ahead of their file by up to a month, so May's may have been dated before that day.
    expect(MONTHS.slice(1).filter((month) => customers(month, 'raisedAgain').includes('Wingtip'))).toEqual([6, 7, 8, 9, 10, 11, 12]);
    expect(
      MONTHS.slice(1)
        .flatMap((month) => customers(month, 'raisedAgain'))
        .every((customer) => customer === 'Wingtip'),
    ).toBe(true);
  });
});
