import { describe, expect, it } from 'vitest';
import { addDays, dayFromIso, isoDay } from '../../src/domain/calendar/days.ts';
import { endOf, verdictAt, type Moment, type Window } from '../../src/domain/calendar/window.ts';
import { valueOn, type Parameter } from '../../src/policy/parameter.ts';
import { parameters } from '../../src/policy/parameters/index.ts';

/** The last day that is certainly inside, those that are the boundary, and the first that is certainly outside; the hour of the start is not known. */
type Row = readonly [id: string, start: string, lastInside: string, firstBoundary: string, lastBoundary: string, firstOutside: string];

/** Windows of days and hours before and after each change, over an ordinary February, and over 29 February. Days of the purchase are UTC. */
const BOUNDARIES: readonly Row[] = [
  ['legacy.automatic-full-refund', '2018-01-13', '2018-02-11', '2018-02-12', '2018-02-12', '2018-02-13'],
  ['legacy.automatic-full-refund', '2020-02-01', '2020-03-01', '2020-03-02', '2020-03-02', '2020-03-03'],
  ['legacy.automatic-full-refund', '2020-05-05', '2020-06-03', '2020-06-04', '2020-06-04', '2020-06-05'],
  ['legacy.automatic-full-refund', '2021-09-09', '2021-10-08', '2021-10-09', '2021-10-09', '2021-10-10'],
  ['legacy.automatic-full-refund', '2023-02-01', '2023-03-02', '2023-03-03', '2023-03-03', '2023-03-04'],
  ['legacy.automatic-full-refund', '2024-02-01', '2024-03-01', '2024-03-02', '2024-03-02', '2024-03-03'],
  ['legacy.renewal-full-refund', '2023-01-11', '2023-02-09', '2023-02-10', '2023-02-10', '2023-02-11'],
  ['legacy.renewal-full-refund', '2024-01-30', '2024-02-28', '2024-02-29', '2024-02-29', '2024-03-01'],
  ['legacy.full-refund-request', '2021-09-09', '2021-12-07', '2021-12-08', '2021-12-08', '2021-12-09'],
  ['legacy.full-refund-request', '2023-05-04', '2023-08-01', '2023-08-02', '2023-08-02', '2023-08-03'],
  ['legacy.full-refund-request', '2022-12-01', '2023-02-28', '2023-03-01', '2023-03-01', '2023-03-02'],
  ['legacy.full-refund-request', '2023-12-01', '2024-02-28', '2024-02-29', '2024-02-29', '2024-03-01'],
  ['power-bi-premium.full-refund-request', '2021-09-09', '2021-09-15', '2021-09-16', '2021-09-16', '2021-09-17'],
  ['power-bi-premium.full-refund-request', '2024-02-23', '2024-02-29', '2024-03-01', '2024-03-01', '2024-03-02'],
  ['microsoft-365-a1.refund-request', '2021-09-09', '2021-10-08', '2021-10-09', '2021-10-09', '2021-10-10'],
  ['microsoft-365-a1.refund-request', '2024-01-31', '2024-02-29', '2024-03-01', '2024-03-01', '2024-03-02'],
  ['legacy.duplicate-order-claim', '2021-09-09', '2022-01-06', '2022-01-07', '2022-01-07', '2022-01-08'],
  ['legacy.duplicate-order-claim', '2023-05-04', '2023-08-31', '2023-09-01', '2023-09-01', '2023-09-02'],
  ['legacy.duplicate-order-claim', '2023-11-02', '2024-02-29', '2024-03-01', '2024-03-01', '2024-03-02'],
  ['new-commerce.full-refund', '2021-06-18', '2021-06-18', '2021-06-19', '2021-06-19', '2021-06-20'],
  ['new-commerce.full-refund', '2021-09-27', '2021-09-27', '2021-09-28', '2021-09-28', '2021-09-29'],
  ['new-commerce.full-refund', '2023-01-11', '2023-01-11', '2023-01-12', '2023-01-12', '2023-01-13'],
  ['new-commerce.full-refund', '2024-02-28', '2024-02-28', '2024-02-29', '2024-02-29', '2024-03-01'],
  ['new-commerce.cancellation-window', '2021-06-18', '2021-06-20', '2021-06-21', '2021-06-21', '2021-06-22'],
  ['new-commerce.cancellation-window', '2021-09-27', '2021-09-29', '2021-09-30', '2021-09-30', '2021-10-01'],
  ['new-commerce.cancellation-window', '2022-03-11', '2022-03-13', '2022-03-14', '2022-03-14', '2022-03-15'],
  ['new-commerce.cancellation-window', '2022-03-12', '2022-03-18', '2022-03-19', '2022-03-19', '2022-03-20'],
  ['new-commerce.cancellation-window', '2023-10-19', '2023-10-25', '2023-10-26', '2023-10-26', '2023-10-27'],
  ['new-commerce.cancellation-window', '2024-02-23', '2024-02-29', '2024-03-01', '2024-03-01', '2024-03-02'],
  ['software.perpetual-return', '2020-05-05', '2020-07-03', '2020-07-04', '2020-07-04', '2020-07-05'],
  ['software.perpetual-return', '2021-05-31', '2021-07-29', '2021-07-30', '2021-07-30', '2021-07-31'],
  ['software.perpetual-return', '2021-06-01', '2021-06-30', '2021-07-01', '2021-07-31', '2021-08-01'],
  ['software.perpetual-return', '2023-06-29', '2023-07-28', '2023-07-29', '2023-08-28', '2023-08-29'],
  ['software.perpetual-return', '2023-06-30', '2023-07-29', '2023-07-30', '2023-07-30', '2023-07-31'],
  ['software.perpetual-return', '2024-01-31', '2024-02-29', '2024-03-01', '2024-03-01', '2024-03-02'],
  ['software.subscription-return', '2020-05-05', '2020-07-03', '2020-07-04', '2020-07-04', '2020-07-05'],
  ['software.subscription-return', '2021-06-01', '2021-06-30', '2021-07-01', '2021-07-31', '2021-08-01'],
  ['software.subscription-return', '2022-07-10', '2022-08-08', '2022-08-09', '2022-09-08', '2022-09-09'],
  ['software.subscription-return', '2022-07-11', '2022-07-17', '2022-07-18', '2022-09-09', '2022-09-10'],
  ['software.subscription-return', '2023-06-29', '2023-07-05', '2023-07-06', '2023-08-28', '2023-08-29'],
  ['software.subscription-return', '2023-06-30', '2023-07-06', '2023-07-07', '2023-07-07', '2023-07-08'],
  ['software.subscription-return', '2024-02-23', '2024-02-29', '2024-03-01', '2024-03-01', '2024-03-02'],
  ['marketplace.cancellation-window', '2020-06-11', '2020-06-11', '2020-06-12', '2020-06-12', '2020-06-13'],
  ['marketplace.cancellation-window', '2022-12-31', '2022-12-31', '2023-01-01', '2023-01-01', '2023-01-02'],
  ['marketplace.cancellation-window', '2023-01-01', '2023-01-01', '2023-01-02', '2023-01-04', '2023-01-05'],
  ['marketplace.cancellation-window', '2023-07-27', '2023-07-27', '2023-07-28', '2023-07-30', '2023-07-31'],
  ['marketplace.cancellation-window', '2023-07-28', '2023-07-30', '2023-07-31', '2023-07-31', '2023-08-01'],
  ['marketplace.cancellation-window', '2024-02-27', '2024-02-29', '2024-03-01', '2024-03-01', '2024-03-02'],
  ['marketplace.yearly-cancellation-window', '2020-06-11', '2020-06-24', '2020-06-25', '2020-06-25', '2020-06-26'],
  ['marketplace.yearly-cancellation-window', '2022-12-31', '2023-01-13', '2023-01-14', '2023-01-14', '2023-01-15'],
  ['marketplace.yearly-cancellation-window', '2023-01-01', '2023-01-03', '2023-01-04', '2023-01-15', '2023-01-16'],
  ['marketplace.yearly-cancellation-window', '2023-07-27', '2023-07-29', '2023-07-30', '2023-08-10', '2023-08-11'],
  ['marketplace.yearly-cancellation-window', '2023-07-28', '2023-07-30', '2023-07-31', '2023-07-31', '2023-08-01'],
  ['marketplace.yearly-cancellation-window', '2024-02-27', '2024-02-29', '2024-03-01', '2024-03-01', '2024-03-02'],
  ['marketplace.business-central-window', '2023-07-28', '2023-08-03', '2023-08-04', '2023-08-04', '2023-08-05'],
  ['marketplace.business-central-window', '2024-02-23', '2024-02-29', '2024-03-01', '2024-03-01', '2024-03-02'],
  ['azure.fraud-claim', '2023-04-01', '2023-05-30', '2023-05-31', '2023-05-31', '2023-06-01'],
  ['azure.fraud-claim', '2024-01-01', '2024-02-29', '2024-03-01', '2024-03-01', '2024-03-02'],
  ['azure.fraud-cover', '2026-11-21', '2026-12-20', '2026-12-21', '2026-12-21', '2026-12-22'],
  ['azure.fraud-cover', '2028-01-31', '2028-02-29', '2028-03-01', '2028-03-01', '2028-03-02'],
  ['membership.refund', '2023-10-01', '2023-10-30', '2023-10-31', '2023-10-31', '2023-11-01'],
  ['membership.refund', '2024-01-31', '2024-02-29', '2024-03-01', '2024-03-01', '2024-03-02'],
];

const day = (iso: string) => dayFromIso(iso)!;
const whole = (iso: string): Moment => ({ day: day(iso), second: null });
function isWindow(value: unknown): value is Window {
  return typeof value === 'object' && value !== null && 'length' in value && 'unit' in value;
}

/** Outages, reservations and invoices have days of their own: months, billing dates. */
const windows = (parameters as unknown as readonly Parameter<Window>[]).filter(
  ({ id, values }) => !/^(?:outage|reservation|billing)\.|publication$/.test(id) && values.some(({ value }) => isWindow(value)),
);

function windowOf(id: string, start: string): Window {
  return valueOn(
    windows.find((one) => one.id === id)!,
    day(start),
    [],
  )!.value;
}

describe('the boundaries of windows', () => {
  it.each(BOUNDARIES)('%s from %s: inside until %s, open from %s to %s, outside from %s', (id, start, inside, first, last, outside) => {
    const window = windowOf(id, start);
    const verdictOn = (iso: string) => verdictAt(whole(start), whole(iso), window);
    expect([inside, first, last, outside].map(verdictOn)).toEqual(['inside', 'boundary', 'boundary', 'outside']);
    expect(isoDay(addDays(day(inside), 1))).toBe(first);
    expect(isoDay(addDays(day(last), 1))).toBe(outside);
    expect(verdictOn(start)).toBe('inside');
  });

  it.each(BOUNDARIES)('%s from %s: the printed end agrees', (id, start, inside, first, last) => {
    const end = endOf(whole(start), windowOf(id, start));
    expect(isoDay(end.lenientLastDay)).toBe(last);
    // Day N of "within N days" is the deadline that is printed, though only the lenient reading counts it.
    expect(isoDay(end.deadline)).toBe(end.isLastDayOpen ? first : inside);
  });

  it.each(windows.map((one) => [one.id, one] as const))(
    '%s: each value begins in the table, and a window holds 29 February',
    (id, { values }) => {
      const rows = BOUNDARIES.filter(([name]) => name === id);
      for (const [place, { since, value }] of values.entries()) {
        const before = values[place - 1]?.value;
        if (value === null || JSON.stringify(before) === JSON.stringify(value)) continue;
        const next = values[place + 1]?.since ?? '9999';
        expect(
          rows.some(([, start]) => start >= since && start < next),
          `${id} ${since}`,
        ).toBe(true);
      }
      expect(
        rows.some(([, start, , , , outside]) => holdsLeapDay(start, outside)),
        id,
      ).toBe(true);
    },
  );
});

function holdsLeapDay(start: string, outside: string): boolean {
  return [start, outside].some((iso) => {
    const leap = dayFromIso(`${iso.slice(0, 4)}-02-29`);
    return leap !== null && isoDay(leap) >= start && isoDay(leap) <= outside;
  });
}
