import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../src/domain/calendar/days.ts';
import { cite } from '../../src/policy/citations.ts';
import { dateOf, isLaterThan, markedAsLater, textOn } from '../../src/policy/later-text.ts';
import { DAY_30_OPEN, HOURS_OR_DAYS } from '../../src/policy/open-texts.ts';
import type { Parameter } from '../../src/policy/parameter.ts';
import { parameters } from '../../src/policy/parameters/index.ts';
import { SOURCE_DATES } from '../../src/policy/source-dates.ts';
import { rules } from '../../src/rules/index.ts';
import { citationsOfRule } from '../../src/rules/rule-citations.ts';

const day = (iso: string) => dayFromIso(iso)!;
const all = parameters as unknown as readonly Parameter<unknown>[];
const values = all.flatMap((parameter) =>
  parameter.values.map((dated, place) => ({
    name: `${parameter.id} ${dated.since}`,
    dated,
    until: parameter.values[place + 1]?.since ?? null,
  })),
);
const citations = [...rules.flatMap(citationsOfRule), ...values.map(({ dated }) => dated.citation)];

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** How a title may print a day: whole, as its month, or as its year. */
function printedAs(date: string): readonly string[] {
  const month = `${MONTHS[Number(date.slice(5, 7)) - 1]!} ${date.slice(0, 4)}`;
  return date.endsWith('-01') ? [date, month, date.slice(0, 4)] : [date, month];
}

describe('the dates of the texts', () => {
  it.each(Object.entries(SOURCE_DATES))('%s is of %s, a day of the calendar or none', (_, date) => {
    if (date !== null) expect(dayFromIso(date)).not.toBeNull();
  });

  it('are those that the titles print', () => {
    for (const citation of citations) {
      const date = dateOf(citation);
      // The first day that is known to be after the page of 2023-07-27.
      if (date === null || citation.id === 'cancellation-policy-current') continue;
      expect(
        printedAs(date).some((text) => citation.title.includes(text)),
        `${citation.title}: ${date}`,
      ).toBe(true);
    }
  });

  it('lie at or before the day from which the text is used, or the figure says why a later text speaks for that time', () => {
    for (const { name, dated } of values) {
      const date = dateOf(dated.citation);
      expect(dated.later !== undefined, name).toBe(date !== null && date > dated.since);
      if (dated.later !== undefined) expect(dated.later.trim(), name).not.toBe('');
    }
  });

  it('lie before the end of the time for which the text is used, unless it is later evidence', () => {
    for (const { name, dated, until } of values) {
      const date = dateOf(dated.citation);
      if (date !== null && until !== null && dated.later === undefined) expect(date < until, name).toBe(true);
    }
  });

  it('are the days on which figures are first seen', () => {
    for (const { name, dated } of values) {
      if (dated.basis === 'first-seen' && dated.later === undefined && dateOf(dated.citation) !== null)
        // One source stands for the revisions of some weeks and names their days.
        expect(dateOf(dated.citation) === dated.since || dated.citation.title.includes(dated.since), name).toBe(true);
    }
  });
});

describe('a figure that no rule reads', () => {
  const read = new Set(rules.flatMap((rule) => rule.parameters.map(({ id }) => id)));

  it.each(all.map((one) => [one.id, one] as const))('%s is read by a rule, or says why it can matter to no charge', (id, { unread }) => {
    expect(read.has(id)).toBe(unread === undefined);
    if (unread !== undefined) expect(unread.trim()).not.toBe('');
  });
});

describe('a text among those that say one thing', () => {
  it.each([
    [DAY_30_OPEN, '2018-03-01', 'compare-offers-2020'],
    [DAY_30_OPEN, '2020-05-04', 'compare-offers-2020'],
    [DAY_30_OPEN, '2020-05-05', 'compare-offers-2020'],
    [DAY_30_OPEN, '2023-01-10', 'compare-offers-2020'],
    [DAY_30_OPEN, '2023-01-11', 'compare-offers-2023'],
    [DAY_30_OPEN, '2024-02-29', 'compare-offers-2023'],
    [HOURS_OR_DAYS, '2021-12-01', 'migrate-subscriptions-2021'],
    [HOURS_OR_DAYS, '2023-01-10', 'migrate-subscriptions-2021'],
    [HOURS_OR_DAYS, '2023-01-11', 'billing-basics-2023'],
  ])('is the last of its day: %#', (texts, iso, id) => {
    expect(textOn(texts, day(iso)).id).toBe(id);
  });

  it('stands in the order of the dates', () => {
    for (const texts of [DAY_30_OPEN, HOURS_OR_DAYS]) expect(texts.map(dateOf)).toEqual(texts.map(dateOf).sort());
  });

  it('is later than the day before it, and not than its own day', () => {
    const [text] = DAY_30_OPEN;
    expect(isLaterThan(text!, day('2020-05-04'))).toBe(true);
    expect(isLaterThan(text!, day('2020-05-05'))).toBe(false);
    expect(markedAsLater(text!).title).toMatch(/2020-05-05 \(later than this case/);
  });

  it('without a date is later than nothing', () => {
    expect(isLaterThan(cite('sla-general-terms', 'x'), day('1990-01-01'))).toBe(false);
    expect(isLaterThan({ id: 'own-terms', title: 'x', clause: 'x' }, day('1990-01-01'))).toBe(false);
  });
});
