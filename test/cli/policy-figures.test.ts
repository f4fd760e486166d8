import { describe, expect, it } from 'vitest';
import { addDays, dayFromIso, isoDay } from '../../src/domain/calendar/days.ts';
import { main } from '../../src/cli/main.ts';
import type { Parameter } from '../../src/policy/parameter.ts';
import { parameters } from '../../src/policy/parameters/index.ts';
import { printedBy } from '../support/printed-by.ts';

const all = parameters as unknown as readonly Parameter<unknown>[];
/** Lines are wrapped; words are compared. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const printed = async (...argv: readonly string[]): Promise<string> => flat((await printedBy(() => main(argv))).out);

describe('explain of a policy figure', () => {
  it.each(all.map((one) => [one.id, one] as const))('%s gives every value, its day, its basis and its source', async (id, parameter) => {
    const text = await printed('explain', id);
    expect(text).toContain(flat(parameter.title));
    for (const { since, basis, value, citation, later } of parameter.values) {
      expect(text).toContain(`since ${since}`);
      expect(text).toContain(later === undefined ? `(${basis})` : flat(`(${basis}; by a later text: ${later})`));
      if (value !== null) expect(text).toContain(flat(parameter.show(value)));
      expect(text).toContain(flat(citation.title));
      expect(text).toContain(flat(citation.clause));
    }
  });
});

describe('rules --as-of', () => {
  const days = [...new Set(all.flatMap(({ values }) => values.map(({ since }) => since)))].sort();

  it.each(days)('%s and the day before print the figures in force', async (since) => {
    for (const day of [isoDay(addDays(dayFromIso(since)!, -1)), since]) {
      const text = await printed('rules', '--as-of', day);
      for (const { id, values, show } of all) {
        const dated = values.findLast((one) => one.since <= day);
        const value = dated === undefined || dated.value === null ? 'not known for this day' : flat(show(dated.value));
        expect(text, `${id} on ${day}`).toContain(`${id} ${value}`);
      }
    }
  });
});
