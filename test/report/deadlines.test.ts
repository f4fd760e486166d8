import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/findings/report.ts';
import { deadlinesCalendar } from '../../src/report/deadlines-ics.ts';
import { deadlinesCsv, deadlinesText } from '../../src/report/deadlines-table.ts';
import { exampleReport } from '../support/example-report.ts';

const [first] = exampleReport.findings;
const DEADLINE = '2026-12-05';

/** One claim with a deadline, of a known amount or of none. */
function reportOf(difference: string | null): Report {
  const finding = { ...first!, kind: 'claim', status: 'open', deadline: DEADLINE, customerName: 'Lucerne Press', difference } as const;
  return { ...exampleReport, findings: [finding], register: null };
}

describe('a deadline', () => {
  it('has its amount in every list', () => {
    const calendar = deadlinesCalendar(reportOf('12.30')).replaceAll('\r\n ', '');
    expect(calendar).toContain(`Lucerne Press: 12.30 EUR until ${DEADLINE}`);
    expect(calendar).toContain('Amount: 12.30 EUR');
    expect(deadlinesCsv(reportOf('12.30'))).toContain(`${DEADLINE},14,12.30,EUR`);
    expect(deadlinesText(reportOf('12.30'), 120)).toContain('12.30 EUR');
  });

  it('has none where no amount is known, and not 0', () => {
    const calendar = deadlinesCalendar(reportOf(null)).replaceAll('\r\n ', '');
    expect(calendar).toContain(`Lucerne Press until ${DEADLINE}`);
    expect(calendar).toContain('Amount: not known');
    expect(calendar).not.toContain('0 EUR');
    expect(deadlinesCsv(reportOf(null))).toContain(`${DEADLINE},14,,EUR`);
    expect(deadlinesText(reportOf(null), 120)).not.toMatch(/ 0 EUR/);
  });
});
