import { describe, expect, it } from 'vitest';
import { dayFromIso, type Day } from '../../src/domain/calendar/days.ts';
import type { Window } from '../../src/domain/calendar/window.ts';
import { firstMonthUse, windowOn } from '../../src/policy/cancellations/window-on.ts';
import type { Parameter } from '../../src/policy/parameter.ts';
import { legacyAutomaticFullRefund } from '../../src/policy/parameters/legacy-automatic-full-refund.ts';
import { legacyRenewalFullRefund } from '../../src/policy/parameters/legacy-renewal-full-refund.ts';
import { perpetualSoftwareReturn, softwareSubscriptionReturn } from '../../src/policy/parameters/software.ts';

const day = (iso: string): Day => dayFromIso(iso)!;

function usedFor(parameter: Parameter<Window>, start: string, at: string): readonly string[] {
  const dated = windowOn(parameter, day(start), day(at), [])!;
  return firstMonthUse(parameter, day(start), day(at), dated.value, []).map(({ id, since }) => `${id} ${since}`);
}

describe('the text on the first month', () => {
  it('counts day 31 of a first month of 31 days after a purchase and a renewal of a legacy licence', () => {
    expect(usedFor(legacyAutomaticFullRefund, '2022-03-01', '2022-04-01')).toEqual(['legacy.first-month 2020-05-18']);
    expect(usedFor(legacyRenewalFullRefund, '2023-01-12', '2023-02-12')).toEqual(['legacy.first-month 2023-01-11']);
  });

  it('is not needed on day 30, which 30 days count as well', () => {
    expect(usedFor(legacyAutomaticFullRefund, '2022-03-01', '2022-03-31')).toEqual([]);
  });

  it.each([
    [perpetualSoftwareReturn, '2021-06-01', '2021-07-02'],
    [softwareSubscriptionReturn, '2022-07-11', '2022-07-20'],
  ])('says nothing of $0.id, whose other reading is another text on software', (parameter, start, at) => {
    expect(windowOn(parameter, day(start), day(at), [])?.value.otherReading).toEqual({ length: 60, unit: 'calendar-days' });
    expect(usedFor(parameter, start, at)).toEqual([]);
  });
});
