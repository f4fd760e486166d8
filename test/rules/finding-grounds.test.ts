import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayFromIso, isoDay } from '../../src/domain/calendar/days.ts';
import type { Citation } from '../../src/domain/findings/finding.ts';
import { dateOf } from '../../src/policy/later-text.ts';
import { LATER_PAYMENTS_END } from '../../src/policy/reservations/later-payments.ts';
import { DAY_30_OPEN, HOURS_OR_DAYS } from '../../src/policy/open-texts.ts';
import type { Parameter } from '../../src/policy/parameter.ts';
import { parameters } from '../../src/policy/parameters/index.ts';
import { filesOf, readRuleCases, ruleCaseFiles, runRuleCase, type CaseFinding, type RuleCase } from '../support/rule-cases.ts';

const all = parameters as unknown as readonly Parameter<unknown>[];
const MARK = /later than this case; no earlier text says it/;

interface Ground {
  readonly name: string;
  readonly finding: CaseFinding;
  /** The days on which the charge lines cited were ordered or began; none for findings about other rows. */
  readonly days: readonly string[];
  /** The first of them, or the day before a start that is printed: legacy files print the day after the order. */
  readonly first: string;
  /** The last of them and of what other records and the as-of day tell. */
  readonly last: string;
  readonly isOfLeapYear: boolean;
}

const isDay = (text: string | undefined): text is string => text !== undefined && dayFromIso(text) !== null;
const dayBefore = (text: string): string => isoDay(addDays(dayFromIso(text)!, -1));

/** The days of the lines, from the case itself. Numbers behind a word are those of invoices and exports. */
function groundOf(one: RuleCase, finding: CaseFinding): Ground {
  const lines = filesOf(one).flatMap((file) => file.lines);
  const rows = finding.rows.replaceAll(/(?:invoice|export) \d+/g, '').split(' ');
  // Of an export nothing tells the day; outages are dated by incident, claim and deadline, none of which is a line.
  const cited =
    finding.rows.includes('export') || finding.rule.startsWith('SL') ? [] : lines.filter((_, place) => rows.includes(String(place + 1)));
  const days = cited
    .flatMap((line) => [line['from'], line['ordered'] ?? line['from']])
    .map((text) => text?.slice(0, 10))
    .filter(isDay)
    .sort();
  const starts = cited
    .map((line) => line['start'])
    .filter(isDay)
    .map(dayBefore);
  const recorded = [
    ...(one.events ?? []).map(({ at }) => at.slice(0, 10)),
    ...(one.invoices ?? []).map(({ date }) => date),
    // What these rules tell is of the as-of day.
    ...(['CR07', 'RS04'].includes(finding.rule) ? [one.asOf] : []),
  ].filter(isDay);
  return {
    ...{ name: one.name, finding, days },
    first: [...days, ...starts].sort()[0] ?? '',
    last: [...days, ...recorded].sort().at(-1) ?? '',
    isOfLeapYear: [...days, one.asOf].filter(isDay).some(isInLeapYear),
  };
}

describe('what findings rest on, over all cases', () => {
  const grounds: Ground[] = [];

  beforeAll(async () => {
    for (const name of ruleCaseFiles)
      for (const one of readRuleCases(name).cases)
        for (const finding of (await runRuleCase(one)).found) grounds.push(groundOf(one, finding));
  }, 300_000);

  const eachCitation = (check: (citation: Citation, date: string, ground: Ground) => void): void => {
    for (const ground of grounds) {
      if (ground.days.length === 0) continue;
      for (const citation of ground.finding.citations) {
        const date = dateOf(citation);
        if (date !== null) check(citation, date, ground);
      }
    }
  };

  it('a text later than its case is marked, and no other is', () => {
    let marked = 0;
    eachCitation((citation, date, { name, finding, days, last }) => {
      const about = `${finding.rule} ${name}: ${citation.title}`;
      if (MARK.test(citation.title)) {
        marked += 1;
        expect(date > days.at(-1)!, about).toBe(true);
      } else expect(date <= last, about).toBe(true);
    });
    expect(marked).toBeGreaterThan(0);
  });

  it('a text later than its case is cited only where no earlier one says the same', () => {
    const histories = [...all.flatMap(sameFigures), DAY_30_OPEN, HOURS_OR_DAYS, LATER_PAYMENTS_END];
    eachCitation((citation, _, { name, finding, first }) => {
      if (!MARK.test(citation.title)) return;
      for (const texts of histories.filter((one) => one.some(({ id, clause }) => id === citation.id && clause === citation.clause))) {
        const earlier = texts.filter((one) => (dateOf(one) ?? '9') <= first);
        expect(earlier, `${finding.rule} ${name}: ${citation.title}`).toEqual([]);
      }
    });
  });

  it('every value of every figure that a rule reads is used by a finding of a case', () => {
    const used = new Set(grounds.flatMap(({ finding }) => finding.parametersUsed.map(({ id, since }) => `${id} ${since}`)));
    for (const { id, values, unread } of all) {
      if (unread !== undefined) continue;
      for (const { since, value } of values) if (value !== null) expect(used, `${id} ${since}`).toContain(`${id} ${since}`);
    }
  });

  it('a day of a leap year is among the cases of every rule that counts days', () => {
    const leap = new Set(grounds.filter(({ isOfLeapYear }) => isOfLeapYear).map(({ finding }) => finding.rule));
    for (const code of ['CR01', 'CR03', 'CR04', 'CR05', 'CR07', 'CR09', 'DU02', 'DU03', 'DU04', 'PO01', 'LC07'])
      expect(leap).toContain(code);
  });
});

/** The texts of a figure, those together that follow one another and say the same. */
function sameFigures({ values }: Parameter<unknown>): readonly (readonly Citation[])[] {
  const groups: Citation[][] = [];
  for (const [place, { value, citation }] of values.entries()) {
    const before = values[place - 1];
    if (before === undefined || JSON.stringify(before.value) !== JSON.stringify(value)) groups.push([]);
    groups.at(-1)!.push(citation);
  }
  return groups;
}

/** Whether the year of a day has a 29 February. */
function isInLeapYear(day: string): boolean {
  const leap = dayFromIso(`${day.slice(0, 4)}-02-29`);
  return leap !== null && isoDay(leap).endsWith('-02-29');
}
