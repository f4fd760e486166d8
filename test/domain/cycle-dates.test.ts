import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  cycleDays,
  cycleFromAnchor,
  isWholeByShape,
  seriesOf,
  wholeMonths,
  type MonthEndSeries,
} from '../../src/domain/calendar/cycles.ts';
import { addDays, addMonths, dayFromIso, endOfMonth, isoDay, type Day } from '../../src/domain/calendar/days.ts';

const period = z.strictObject({ firstDay: z.string(), lastDay: z.string() });
const origin = { source: z.string(), remark: z.string() };
const walk = z.strictObject({ ...origin, series: z.enum(['month-end', 'last-but-one']), months: z.number(), cycles: z.array(period) });
const dates = z
  .strictObject({
    monthlyTerm: z.strictObject({ ...origin, series: z.literal('clamp'), cycles: z.array(period.extend({ renewal: z.string() })) }),
    annualTermFrom31January: walk,
    annualTermFrom30January: walk,
    legacyMultiYear: z.strictObject({ ...origin, cycles: z.array(period) }),
    coTerm: z.strictObject({
      ...origin,
      terms: z.array(z.strictObject({ firstDay: z.string(), term: z.string(), endsBefore: z.string(), months: z.number() })),
      slip: period.extend({ printedDays: z.number(), days: z.number() }),
    }),
    calendarAligned: z.strictObject({ ...origin, terms: z.array(period.extend({ term: z.string(), months: z.number() })) }),
  })
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/published/cycle-dates.json', import.meta.url), 'utf8')));

function day(iso: string): Day {
  const found = dayFromIso(iso);
  if (found === null) throw new Error(`${iso} is no day`);
  return found;
}

function cycleText(anchor: string, months: number, at: string, series: MonthEndSeries): string {
  const cycle = cycleFromAnchor(day(anchor), months, day(at), series);
  return cycle === null ? 'none' : `${isoDay(cycle.firstDay)} to ${isoDay(cycle.lastDay)}`;
}

describe('monthly terms keep the day of the month, held to its end', () => {
  it.each(dates.monthlyTerm.cycles)('$firstDay to $lastDay, renewed on $renewal', ({ firstDay, lastDay, renewal }) => {
    expect(cycleText(firstDay, 1, firstDay, 'clamp')).toBe(`${firstDay} to ${lastDay}`);
    expect(cycleText(firstDay, 1, lastDay, 'clamp')).toBe(`${firstDay} to ${lastDay}`);
    expect(isoDay(addDays(day(lastDay), 1))).toBe(renewal);
    expect(isWholeByShape(day(firstDay), day(lastDay), 1)).toBe(true);
    expect(wholeMonths(day(firstDay), day(lastDay))).toBe(1);
  });
});

describe.each([
  ['annualTermFrom31January', dates.annualTermFrom31January],
  ['annualTermFrom30January', dates.annualTermFrom30January],
] as const)('an annual term billed by the month: %s', (_, { series, months, cycles }) => {
  const anchor = cycles[0]?.firstDay ?? '';

  it('may follow the series that the page prints', () => {
    expect(seriesOf(day(anchor))).toContain(series);
  });

  it.each(cycles)('$firstDay to $lastDay', ({ firstDay, lastDay }) => {
    expect(cycleText(anchor, months, firstDay, series)).toBe(`${firstDay} to ${lastDay}`);
    expect(cycleText(anchor, months, lastDay, series)).toBe(`${firstDay} to ${lastDay}`);
    expect(isWholeByShape(day(firstDay), day(lastDay), months)).toBe(true);
  });

  it('leaves no day of the year out and none twice', () => {
    expect(cycles.slice(1).map((one) => one.firstDay)).toEqual(cycles.slice(0, -1).map((one) => isoDay(addDays(day(one.lastDay), 1))));
    expect(cycles.reduce((sum, one) => sum + cycleDays({ firstDay: day(one.firstDay), lastDay: day(one.lastDay) }), 0)).toBe(365);
  });
});

describe('legacy terms of several years', () => {
  const { cycles } = dates.legacyMultiYear;

  it.each(cycles)('$firstDay to $lastDay is a year', ({ firstDay, lastDay }) => {
    expect(isWholeByShape(day(firstDay), day(lastDay), 12)).toBe(true);
  });

  it('begin their next year a month before the last one ends, the year after that in step', () => {
    const [first, second, third] = cycles.map((one) => ({ firstDay: day(one.firstDay), until: addDays(day(one.lastDay), 1) }));
    expect(addMonths(second!.firstDay, 1)).toBe(first!.until);
    expect(third!.firstDay).toBe(second!.until);
  });
});

describe('first terms cut short', () => {
  it.each(dates.coTerm.terms)('$firstDay to $endsBefore are $months months of $term', ({ firstDay, endsBefore, months }) => {
    expect(wholeMonths(day(firstDay), addDays(day(endsBefore), -1))).toBe(months);
  });

  it('2 March to 2 April is no month and has 32 days, where the page speaks of 27', () => {
    const { firstDay, lastDay, days } = dates.coTerm.slip;
    expect(cycleDays({ firstDay: day(firstDay), lastDay: day(lastDay) })).toBe(days);
    expect(wholeMonths(day(firstDay), day(lastDay))).toBeNull();
  });

  it.each(dates.calendarAligned.terms)(
    '$firstDay to $lastDay ends with its month and is shorter than $term',
    ({ firstDay, lastDay, months }) => {
      expect(isoDay(endOfMonth(day(lastDay)))).toBe(lastDay);
      expect(isWholeByShape(day(firstDay), day(lastDay), months)).toBe(false);
      expect(day(lastDay)).toBeLessThan(cycleFromAnchor(day(firstDay), months, day(firstDay), 'clamp')!.lastDay);
    },
  );
});
