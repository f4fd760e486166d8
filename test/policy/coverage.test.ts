import { describe, expect, it } from 'vitest';
import { addDays, dayFromIso, isoDay } from '../../src/domain/calendar/days.ts';
import { useOf, valueOn, POLICY_VERIFIED_ON, type DatedValue, type Parameter } from '../../src/policy/parameter.ts';
import { parameters } from '../../src/policy/parameters/index.ts';
import { CHANGES } from './changes.ts';

type Known = Parameter<unknown>;

const all = parameters as unknown as readonly Known[];
const named = all.map((parameter) => [parameter.id, parameter] as const);
const dayOf = (dated: DatedValue<unknown>) => dayFromIso(dated.since)!;

describe('the parameters together', () => {
  it('have ids and titles of their own', () => {
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    expect(new Set(all.map((one) => one.title)).size).toBe(all.length);
  });
});

describe.each(named)('%s', (_, parameter) => {
  const { values } = parameter;

  it('begins on days of the calendar, each later than the one before and none after the day of the last check', () => {
    expect(values.length).toBeGreaterThan(0);
    for (const dated of values) expect(dayFromIso(dated.since), dated.since).not.toBeNull();
    const days = values.map(dayOf);
    expect(days).toEqual([...days].sort((a, b) => a - b));
    expect(new Set(days).size).toBe(days.length);
    expect(days.at(-1)).toBeLessThanOrEqual(dayFromIso(POLICY_VERIFIED_ON)!);
  });

  it('names a source and a clause for every value', () => {
    for (const { citation, since } of values) {
      expect(citation.id, since).not.toBe('');
      expect(citation.title, since).not.toBe('');
      expect(citation.clause, since).not.toBe('');
    }
  });

  it('is null before its first day: policy is never extended backwards', () => {
    expect(valueOn(parameter, addDays(dayOf(values[0]!), -1), [])).toBeNull();
    expect(valueOn(parameter, dayFromIso('1990-01-01')!, [])).toBeNull();
  });

  it('holds from each of its days on until the day before the next', () => {
    for (const [position, dated] of values.entries()) {
      const next = values[position + 1];
      const days = [dayOf(dated), addDays(dayOf(dated), 1), ...(next === undefined ? [] : [addDays(dayOf(next), -1)])];
      for (const day of days)
        expect(valueOn(parameter, day, [])?.since ?? null, String(day)).toBe(dated.value === null ? null : dated.since);
    }
  });

  it('says every value in words', () => {
    for (const dated of values) {
      if (dated.value === null) continue;
      expect(parameter.show(dated.value).trim()).not.toBe('');
      const use = useOf(parameter, dated as DatedValue<unknown> & { readonly value: object | string | number });
      expect(use).toEqual({
        ...{ id: parameter.id, since: dated.since, value: parameter.show(dated.value), citation: dated.citation },
        ...(dated.later === undefined ? {} : { mayBeLater: true }),
      });
    }
  });

  it('has another value or another source on each of its days', () => {
    for (const [position, dated] of values.entries()) {
      const before = values[position - 1];
      if (before === undefined) continue;
      const isSame =
        JSON.stringify(before.value) === JSON.stringify(dated.value) &&
        before.citation.id === dated.citation.id &&
        before.citation.clause === dated.citation.clause;
      expect(isSame, dated.since).toBe(false);
    }
  });

  it('keeps its unit: a length is hours or calendar days, and above 0', () => {
    for (const { value } of values) {
      if (typeof value !== 'object' || value === null || !('length' in value) || !('unit' in value)) continue;
      expect(value.length).toBeGreaterThan(0);
      expect(['hours', 'calendar-days']).toContain(value.unit);
    }
  });
});

describe('the dates on which a published figure changed', () => {
  const valueOf = (id: string, day: string): string | null => {
    const parameter = all.find((one) => one.id === id)!;
    const dated = valueOn(parameter, dayFromIso(day)!, []);
    return dated === null ? null : parameter.show(dated.value);
  };

  it.each(CHANGES)('%s on %s: %s', (id, day, expected) => {
    expect(valueOf(id, day)).toBe(expected);
  });

  /** Reservations, outages and invoices are dated by tables of their own. */
  const own = all.filter(({ id }) => !/^(?:reservation|outage)\.|^billing\.(?:payment|dispute)|publication|currenc(?:y|ies)$/.test(id));

  it.each(own.map((one) => [one.id, one] as const))('%s: each change has its day and the day before', (id, { values }) => {
    const rows = new Set(CHANGES.filter(([name]) => name === id).map(([, day]) => day));
    for (const [place, { since, value }] of values.entries()) {
      const before = values[place - 1]?.value ?? null;
      if (JSON.stringify(before) === JSON.stringify(value)) continue;
      expect(rows, `${id} ${since}`).toContain(since);
      expect(rows, `${id}, the day before ${since}`).toContain(isoDay(addDays(dayFromIso(since)!, -1)));
    }
  });
});
