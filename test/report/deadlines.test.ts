import { describe, expect, it } from 'vitest';
import type { ClaimStatus, RegisterEntry } from '../../src/domain/partner/claims-register.ts';
import { deadlinesOf } from '../../src/domain/findings/deadlines.ts';
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

describe('the alarm of a deadline', () => {
  it.each([
    ['2026-11-21', '-P3D'],
    ['2026-12-01', '-P3D'],
    ['2026-12-02', '-P2D'],
    ['2026-12-03', '-P1D'],
    ['2026-12-04', 'PT0S'],
    ['2026-12-05', 'PT0S'],
  ])(
    'of 5 December is, in a report of %s, %s from it: after the day of the report, unless that is the last day itself',
    (asOf, trigger) => {
      const calendar = deadlinesCalendar({ ...reportOf('12.30'), asOf });
      expect(/TRIGGER:(\S+)/.exec(calendar)?.[1]).toBe(trigger);
    },
  );
});

describe('a report with a smallest amount', () => {
  const cut = (report: Report): Report => ({
    ...report,
    options: { minAmount: '50' },
    summary: { ...report.summary, belowMinAmount: 2 },
  });

  it('says under its deadlines that findings are left out', () => {
    const text = deadlinesText(cut(reportOf('70.00')), 120);
    expect(text).toContain('2 findings below 50 are not listed.');
    expect(text).toContain('make the report without --min-amount');
    const whole = { ...reportOf('70.00'), summary: { ...exampleReport.summary, belowMinAmount: 0 } };
    expect(deadlinesText(whole, 120)).not.toContain('--min-amount');
  });

  it('does not claim that nothing can be claimed', () => {
    const text = deadlinesText(cut({ ...exampleReport, findings: [], register: null }), 120);
    expect(text).toContain('of what the report lists.');
    expect(text).toContain('2 findings below 50 are not listed.');
  });
});

describe('a claim of the register', () => {
  const entryOf = (status: ClaimStatus, received: string | null): RegisterEntry => ({
    fingerprint: first!.fingerprint,
    rule: 'CR04',
    customerId: 'c-1',
    customerName: 'Lucerne Press',
    subscriptionId: 's-1',
    product: 'Office 365 E3',
    invoiceNumber: '',
    firstDay: null,
    lastDay: null,
    claim: 'A claim.',
    amount: '70.00',
    received,
    currency: 'EUR',
    deadline: DEADLINE,
    firstSeen: '2026-10-05',
    lastSeen: '2026-10-05',
    evidence: '',
    status,
    ticket: '',
    submittedOn: null,
    note: '',
    added: {},
  });
  const registerOf = (
    raisedAgain: readonly RegisterEntry[],
    stillOpen: readonly RegisterEntry[],
    partPaid: readonly RegisterEntry[] = [],
  ): Report['register'] => ({
    newClaims: 0,
    knownClaims: 0,
    resolved: [],
    raisedAgain,
    stillOpen,
    partPaid,
  });
  const dueOf = (report: Report): readonly string[] =>
    deadlinesOf(report).map(({ subject, amount, isListed }) => `${amount} ${isListed ? 'listed' : subject.nextAction.slice(0, 26)}`);
  const without = (register: Report['register']): readonly string[] => dueOf({ ...exampleReport, findings: [], register });

  it('that is open, or of which a part came, has what is left', () => {
    expect(without(registerOf([], [entryOf('open', null)]))).toEqual(['70.00 Claim it by 2026-12-05. Th']);
    for (const status of ['open', 'submitted', 'granted'] as const)
      expect(without(registerOf([], [entryOf(status, '20.00')])), status).toEqual(['50.00 Ask for what is still open']);
  });

  it('that was submitted or granted and of which nothing came needs no reminder', () => {
    for (const status of ['submitted', 'granted'] as const)
      for (const received of [null, '0.00']) expect(without(registerOf([], [entryOf(status, received)])), status).toEqual([]);
  });

  it('that is still found and came in part has its open rest, whatever its status', () => {
    for (const status of ['open', 'submitted', 'granted'] as const) {
      const found = reportOf('70.00');
      const findings = found.findings.map((one) => ({ ...one, status }));
      const register = registerOf([], [], [entryOf(status, '20.00')]);
      expect(dueOf({ ...found, findings, register }), status).toEqual(['50.00 listed']);
    }
  });

  it('that is raised again stands there once, whether it is still open from earlier or still found', () => {
    const entry = entryOf('granted', null);
    expect(without(registerOf([entry], [entry]))).toEqual(['70.00 Ask for what is still open']);
    expect(without(registerOf([entry], []))).toEqual(['70.00 Ask for what is still open']);
    const found = reportOf('70.00');
    const granted = found.findings.map((one) => ({ ...one, status: 'granted' as const }));
    expect(dueOf({ ...found, findings: granted, register: registerOf([entry], []) })).toEqual(['70.00 listed']);
    expect(dueOf({ ...found, findings: granted, register: registerOf([], []) })).toEqual([]);
  });
});
