import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../src/domain/calendar/days.ts';
import { creditRequestSteps } from '../../src/policy/credit-request-steps.ts';
import { claimsOf, claimText } from '../../src/report/claim-text.ts';
import { exampleReport } from '../support/example-report.ts';

const HEADING = 'How to file it (not part of the request)';
const stepsOn = (day: string) => creditRequestSteps(dayFromIso(day)!, []);
const filingOf = (rule: string, day: string): string => {
  const [any] = claimsOf(exampleReport);
  return claimText({ ...any!, rule }, stepsOn(day)).split(HEADING)[1] ?? '';
};

describe('how a claim is filed', () => {
  it('is what the texts of the day of the report say', () => {
    expect(filingOf('CR04', '2023-05-03')).toContain('(RE3eWCb)');
    expect(filingOf('CR04', '2023-05-04')).toContain('(RWN4vE)');
    expect(filingOf('CR04', '2023-05-04')).toContain('How and when to request a credit from Microsoft');
    expect(filingOf('CR04', '2026-11-20')).toContain('Admin agent or Global admin');
    expect(filingOf('CR04', '2026-11-21')).not.toContain('Global admin');
  });

  it('is another way for outages, while there was one', () => {
    expect(filingOf('SL01', '2023-05-03')).toContain('Customer services credit requests');
    expect(filingOf('SL01', '2023-05-03')).not.toContain('RE3eWCb');
    expect(filingOf('CR04', '2023-05-03')).not.toContain('Customer services credit requests');
    expect(filingOf('SL01', '2023-05-04')).toContain('(RWN4vE)');
  });

  it('stands below the text that is pasted, and not at all before the first known text', () => {
    const [any] = claimsOf(exampleReport);
    const text = claimText(any!, stepsOn('2026-11-21'));
    expect(text.indexOf('Our reference: ')).toBeLessThan(text.indexOf(HEADING));
    expect(claimText(any!, stepsOn('2021-03-30'))).not.toContain(HEADING);
  });
});
