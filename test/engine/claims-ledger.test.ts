import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegisterEntry } from '../../src/domain/partner/claims-register.ts';
import type { Finding } from '../../src/domain/findings/finding.ts';
import { carryForward, type CreditRow, type LedgerInput } from '../../src/engine/findings/claims-ledger.ts';
import { EXAMPLE_FINDING } from '../support/example-finding.ts';

const MAY = '2026-05-10';
const JUNE = '2026-06-10';
const JULY = '2026-07-10';

const CREDIT: CreditRow = {
  subscriptionId: 's-1',
  customerId: 'c-1',
  firstDay: '2026-04-10',
  lastDay: '2026-04-30',
  amount: '-70.00',
  currency: 'EUR',
  file: 'may.csv',
  row: 5,
  invoiceNumber: 'G05',
  text: '',
};

const run = (input: Partial<LedgerInput>) =>
  carryForward({ previous: null, findings: [], credits: [], asOf: JUNE, nextBilling: () => 'not-yet', ...input });
/** As if the audited files billed until a day, and no month were missing. */
const billedUntil =
  (latest: string | null): LedgerInput['nextBilling'] =>
  (_, askedOn) =>
    latest !== null && latest > askedOn ? 'come' : 'not-yet';
const finding = (change: Partial<Finding> = {}): Finding => ({ ...EXAMPLE_FINDING, ...change });
const credit = (change: Partial<CreditRow> = {}): CreditRow => ({ ...CREDIT, ...change });

/** The register after the run of May, in which the claim was found, with what the user then wrote. */
function inMay(user: Partial<RegisterEntry> = {}, change: Partial<Finding> = {}): RegisterEntry {
  const [entry] = run({ findings: [finding(change)], asOf: MAY }).entries;
  return { ...entry!, ...user };
}

describe('a first run', () => {
  it('has an entry for every claim and for what is owed', () => {
    const cases: readonly (readonly [Partial<Finding>, boolean])[] = [
      [{ kind: 'claim', difference: '5.00' }, true],
      [{ kind: 'discrepancy', difference: '0.01' }, true],
      [{ kind: 'discrepancy', difference: '0.00' }, false],
      [{ kind: 'discrepancy', difference: '-5.00' }, false],
      [{ kind: 'discrepancy', difference: null }, false],
      [{ kind: 'notice', difference: '5.00' }, false],
      ...['CR01', 'CR03', 'CR04'].map((rule) => [{ rule, kind: 'notice', difference: '5.00' }, true] as const),
    ];
    for (const [change, isRegistered] of cases)
      expect(run({ findings: [finding(change)] }).entries, JSON.stringify(change)).toHaveLength(isRegistered ? 1 : 0);
  });

  it('opens it with the finding’s facts', () => {
    const { entries, findings, known, resolved, raisedAgain } = run({ findings: [finding({ deadline: '2026-08-01' })] });
    expect(entries).toEqual([
      {
        fingerprint: 'f-1',
        rule: 'AR01',
        customerId: 'C-1',
        customerName: 'Contoso',
        subscriptionId: 'S-1',
        product: 'Office 365 E3',
        invoiceNumber: 'G04',
        firstDay: '2026-04-01',
        lastDay: '2026-04-30',
        claim: 'The charge fits no convention.',
        amount: '70.00',
        received: null,
        currency: 'EUR',
        deadline: '2026-08-01',
        firstSeen: JUNE,
        lastSeen: JUNE,
        evidence: '',
        status: 'open',
        ticket: '',
        submittedOn: null,
        note: '',
        added: {},
      },
    ]);
    expect(findings[0]!.status).toBe('open');
    expect([known, resolved, raisedAgain]).toEqual([[], [], []]);
  });

  it('matches no credit: the finding was made beside it', () => {
    expect(run({ findings: [finding()], credits: [credit()] }).entries[0]).toMatchObject({ received: null, status: 'open' });
  });

  it('lists the most urgent first', () => {
    const findings = [
      finding({ fingerprint: 'b' }),
      finding({ fingerprint: 'a' }),
      finding({ fingerprint: 'c', deadline: '2026-09-01' }),
      finding({ fingerprint: 'd', deadline: '2026-08-01' }),
    ];
    expect(run({ findings }).entries.map(({ fingerprint }) => fingerprint)).toEqual(['d', 'c', 'a', 'b']);
  });
});

describe('a later run', () => {
  const user = { status: 'submitted', ticket: 'T1', submittedOn: '2026-05-20', note: 'as said', added: { Owner: 'Anna' } } as const;

  it('works our columns out anew and keeps the user’s', () => {
    const later = finding({ difference: '60.00', message: 'New words.', customerName: 'Contoso AG', deadline: '2026-08-01' });
    const { entries, findings, known } = run({ previous: [inMay(user)], findings: [later] });
    expect(entries).toEqual([
      {
        ...inMay(user),
        amount: '60.00',
        claim: 'New words.',
        customerName: 'Contoso AG',
        deadline: '2026-08-01',
        firstSeen: MAY,
        lastSeen: JUNE,
      },
    ]);
    expect(findings[0]!.status).toBe('submitted');
    expect(known).toEqual(['f-1']);
  });

  it('keeps an entry whose finding is gone as it was, and the order in which the user left them', () => {
    const previous = [inMay(user, { fingerprint: 'z' }), inMay({ status: 'waived' }, { fingerprint: 'a' })];
    const { entries } = run({ previous, findings: [finding({ fingerprint: 'm' })] });
    expect(entries.map(({ fingerprint }) => fingerprint)).toEqual(['z', 'a', 'm']);
    expect(entries.slice(0, 2)).toEqual(previous);
  });

  it('gives the register’s status to findings that would not be registered anew, and leaves others alone', () => {
    const notice = finding({ kind: 'notice', severity: 'info' });
    const { findings, entries } = run({
      previous: [inMay({ status: 'refused' })],
      findings: [notice, finding({ fingerprint: 'n', kind: 'notice' })],
    });
    expect(findings.map(({ status }) => status)).toEqual(['refused', 'open']);
    expect(entries).toHaveLength(1);
  });

  it('does not see a claim earlier than it was seen last', () => {
    const [entry] = run({ previous: [inMay({ lastSeen: JULY })], findings: [finding()] }).entries;
    expect(entry).toMatchObject({ firstSeen: MAY, lastSeen: JULY });
  });

  it('lists as resolved what is gone and settled', () => {
    const paid = { received: '70.00', evidence: 'may.csv:5' };
    const settled: readonly [Partial<RegisterEntry>, boolean][] = [
      [{ status: 'open' }, false],
      [{ status: 'submitted' }, false],
      [{ status: 'granted' }, false],
      [{ status: 'granted', ...paid, received: '69.98' }, false],
      [{ status: 'granted', ...paid, received: '69.99' }, true],
      [{ status: 'granted', ...paid }, true],
      [{ status: 'granted', amount: null }, true],
      [{ status: 'open', amount: null }, false],
      [{ status: 'refused' }, true],
      [{ status: 'waived' }, true],
    ];
    for (const [change, isResolved] of settled)
      expect(run({ previous: [inMay(change)] }).resolved, JSON.stringify(change)).toHaveLength(isResolved ? 1 : 0);
    expect(run({ previous: [inMay({ status: 'granted', ...paid })], findings: [finding()] }).resolved).toEqual([]);
  });
});

describe('a credit', () => {
  const matched = (change: Partial<CreditRow>, entry: Partial<RegisterEntry> = {}) =>
    run({ previous: [inMay(entry)], credits: [credit(change)] }).entries[0]!;

  it.each(['open', 'submitted', 'granted'] as const)('in full makes a claim that is %s granted', (status) => {
    const before = inMay({ status, ticket: 'T1', note: 'kept' });
    const { entries, resolved } = run({ previous: [before], credits: [credit()] });
    expect(entries).toEqual([{ ...before, status: 'granted', received: '70.00', evidence: 'may.csv:5' }]);
    expect(resolved).toEqual(entries);
  });

  it.each([
    ['-69.99', 'granted'],
    ['-70.01', 'granted'],
    ['-69.98', 'open'],
  ])('of %s is within or beyond one minor unit of 70.00', (amount, status) => {
    expect(matched({ amount })).toMatchObject({ status, received: amount.slice(1) });
  });

  it.each<[string, Partial<CreditRow>]>([
    ['above the claim and the band', { amount: '-70.02' }],
    ['of another subscription', { subscriptionId: 's-2' }],
    ['of another customer', { customerId: 'c-2' }],
    ['in another currency', { currency: 'USD' }],
    ['for the days after', { firstDay: '2026-05-01', lastDay: '2026-05-31' }],
    ['for the days before', { firstDay: '2026-03-01', lastDay: '2026-03-31' }],
    ['without a period', { firstDay: null, lastDay: null }],
    ['on the invoice that the claim is about', { invoiceNumber: 'G04' }],
    ['that is a charge', { amount: '70.00' }],
  ])('%s is not matched', (_, change) => {
    expect(matched(change)).toMatchObject({ status: 'open', received: null, evidence: '' });
  });

  it('in part leaves the status, and the claim says how much is open', () => {
    const [first] = run({ previous: [inMay({ status: 'submitted' })], credits: [credit({ amount: '-20.00' })] }).entries;
    expect(first).toMatchObject({ status: 'submitted', received: '20.00', evidence: 'may.csv:5' });
    expect(first!.claim).toBe('The charge fits no convention. (20.00 of 70.00 EUR received, 50.00 still open)');
    const rest = credit({ amount: '-50.00', file: 'june.csv', row: 9, invoiceNumber: '' });
    const [second] = run({ previous: [first!], credits: [rest], asOf: JULY }).entries;
    expect(second).toMatchObject({
      status: 'granted',
      received: '70.00',
      evidence: 'may.csv:5\njune.csv:9',
      claim: 'The charge fits no convention.',
    });
  });

  it('may come in several rows of one file', () => {
    const parts = [credit({ amount: '-30.00', row: 6 }), credit({ amount: '-40.00' })];
    expect(run({ previous: [inMay()], credits: parts }).entries[0]).toMatchObject({
      status: 'granted',
      received: '70.00',
      evidence: 'may.csv:5\nmay.csv:6',
    });
  });

  it('goes to the claim that it is the very amount of, before it is part of a larger one', () => {
    const previous = [inMay({ status: 'granted' }), inMay({}, { fingerprint: 'f-2', difference: '20.00' })];
    const [large, small] = run({ previous, credits: [credit({ amount: '-20.00' })] }).entries;
    expect(large).toMatchObject({ received: null });
    expect(small).toMatchObject({ received: '20.00', status: 'granted' });
  });

  it('goes to one claim only, first to whom it was promised', () => {
    const previous = [inMay(), inMay({ status: 'granted' }, { fingerprint: 'f-2' })];
    const [open, granted] = run({ previous, credits: [credit()] }).entries;
    expect(open).toMatchObject({ received: null, status: 'open' });
    expect(granted).toMatchObject({ received: '70.00' });
  });

  it('is not counted again, for this claim or another', () => {
    const first = inMay({ received: '20.00', evidence: 'may.csv:5' });
    const other = inMay({}, { fingerprint: 'f-2' });
    const { entries } = run({ previous: [first, other], credits: [credit({ amount: '-20.00' })] });
    expect(entries).toEqual([{ ...first, claim: expect.stringContaining('50.00 still open') as string }, other]);
  });

  it('of yen has no decimals', () => {
    const yen = inMay({}, { currency: 'JPY', difference: '7000' });
    expect(run({ previous: [yen], credits: [credit({ currency: 'JPY', amount: '-6999' })] }).entries[0]).toMatchObject({
      received: '6999',
      status: 'granted',
    });
  });
});

describe('a credit beside a finding that is still made', () => {
  it('closes a claim that the rules cannot see to be settled', () => {
    const { entries, findings } = run({ previous: [inMay()], findings: [finding()], credits: [credit()] });
    expect(entries[0]).toMatchObject({ status: 'granted', received: '70.00', lastSeen: JUNE });
    expect(findings[0]!.status).toBe('granted');
  });

  it('in a file that the finding rests on came before it', () => {
    expect(run({ previous: [inMay()], findings: [finding()], credits: [credit({ file: 'april.csv' })] }).entries[0]).toMatchObject({
      received: null,
    });
  });

  it('in another sheet of its workbook may be an answer to it, in the same sheet it is none', () => {
    const evidence = [{ file: 'year.xlsx', sheet: 'April', row: 17, label: 'charge' }];
    const matchedIn = (file: string) =>
      run({ previous: [inMay()], findings: [finding({ evidence })], credits: [credit({ file })] }).entries[0]!;
    expect(matchedIn('year.xlsx[April]')).toMatchObject({ received: null });
    expect(matchedIn('year.xlsx[May]')).toMatchObject({ received: '70.00', evidence: 'year.xlsx[May]:5' });
  });

  it.each(['CR01', 'CR03', 'CR04', 'DU02'])('is in the amount of %s already', (rule) => {
    const claim = { rule, kind: 'claim' } as const;
    const { entries } = run({
      previous: [inMay({}, claim)],
      findings: [finding({ ...claim, difference: '50.00' })],
      credits: [credit({ amount: '-20.00' })],
    });
    expect(entries[0]).toMatchObject({ amount: '50.00', received: null });
  });

  it('that was matched already is part of what was claimed', () => {
    const claim = { rule: 'CR04', kind: 'claim' } as const;
    const before = inMay({ received: '20.00', evidence: 'may.csv:5' }, claim);
    const { entries, partPaid } = run({
      previous: [before],
      findings: [finding({ ...claim, difference: '50.00' })],
      credits: [credit({ amount: '-20.00' })],
    });
    expect(entries[0]).toMatchObject({ amount: '70.00', received: '20.00' });
    expect(partPaid).toEqual(entries);
    expect(entries[0]!.claim).toContain('(20.00 of 70.00 EUR received, 50.00 still open)');
  });
});

describe('a granted claim', () => {
  const granted = inMay({ status: 'granted', note: 'MS said yes' });

  it('is raised again when the next invoice has come without the credit', () => {
    const { entries, raisedAgain, resolved } = run({ previous: [granted], nextBilling: billedUntil('2026-06-01') });
    expect(entries).toEqual([{ ...granted, claim: 'granted, credit not received: The charge fits no convention.' }]);
    expect(raisedAgain).toEqual(entries);
    expect(resolved).toEqual([]);
  });

  it.each([MAY, '2026-04-30', null])('waits while the latest billing is of %s', (latest) => {
    const { entries, raisedAgain } = run({ previous: [granted], nextBilling: billedUntil(latest) });
    expect([entries, raisedAgain]).toEqual([[granted], []]);
  });

  it.each([
    ['2026-05-31', 1],
    ['2026-06-01', 0],
    ['2026-06-05', 0],
    ['2026-05-01', 1],
  ] as const)('that was submitted on %s, with the latest billing of 1 June, is raised %i times', (submittedOn, times) => {
    const { raisedAgain } = run({ previous: [{ ...granted, submittedOn }], nextBilling: billedUntil('2026-06-01') });
    expect(raisedAgain).toHaveLength(times);
  });

  it('accuses nobody where a month is missing before the invoices given, and names it', () => {
    const { entries, raisedAgain, unchecked } = run({ previous: [granted], nextBilling: () => ({ missingMonth: '2026-05' }) });
    expect([entries, raisedAgain]).toEqual([[granted], []]);
    expect(unchecked).toEqual([{ rule: 'AR01', reason: 'next-invoice-not-given', lines: 1, months: ['2026-05'] }]);
  });

  it('is asked about with its own entry', () => {
    const asked: RegisterEntry[] = [];
    run({
      previous: [granted, inMay()],
      nextBilling: (entry) => {
        asked.push(entry as RegisterEntry);
        return 'not-yet';
      },
    });
    expect(asked).toEqual([granted]);
  });

  it('stays raised while its finding is still made, and until its status is changed or the credit comes', () => {
    const first = run({ previous: [granted], findings: [finding()], nextBilling: billedUntil('2026-06-01') });
    expect(first.raisedAgain).toHaveLength(1);
    const again = run({ previous: first.entries, findings: [finding()], asOf: JULY });
    expect(again.raisedAgain).toHaveLength(1);
    const changed = first.entries.map((entry) => ({ ...entry, status: 'submitted' as const }));
    expect(run({ previous: changed, asOf: JULY }).entries[0]!.claim).toBe('The charge fits no convention.');
    const paid = run({ previous: first.entries, credits: [credit()], asOf: JULY, nextBilling: billedUntil('2026-07-01') });
    expect(paid.entries[0]).toMatchObject({ claim: 'The charge fits no convention.', received: '70.00' });
    expect([paid.raisedAgain.length, paid.resolved.length]).toEqual([0, 1]);
  });

  it('is given time by a part-payment, and raised for the rest at the invoice after', () => {
    const part = run({ previous: [granted], credits: [credit({ amount: '-20.00' })], nextBilling: billedUntil('2026-06-01') });
    expect(part.raisedAgain).toEqual([]);
    const next = run({ previous: part.entries, asOf: JULY, nextBilling: billedUntil('2026-07-01') });
    expect(next.raisedAgain[0]!.claim).toBe(
      'granted, credit not received: The charge fits no convention. (20.00 of 70.00 EUR received, 50.00 still open)',
    );
  });

  it.each(['refused', 'waived', 'open', 'submitted'] as const)('that is %s instead stays quiet', (status) => {
    expect(run({ previous: [{ ...granted, status }], nextBilling: billedUntil('2026-06-01') }).raisedAgain).toEqual([]);
  });
});

describe('any register', () => {
  const day = fc.integer({ min: 1, max: 30 }).map((each) => `2026-04-${String(each).padStart(2, '0')}`);
  const period = fc.tuple(day, day).map((days) => [...days].sort() as [string, string]);
  const amount = fc.constantFrom('10.00', '20.00', '30.00', '30.01', '50.00', '70.00');
  const name = fc.constantFrom('s-1', 's-2');
  const credits = fc
    .array(fc.tuple(name, amount, period, fc.constantFrom('april.csv', 'may.csv')), { maxLength: 8 })
    .map((rows) =>
      rows.map(([subscriptionId, value, [firstDay, lastDay], file], row) =>
        credit({ subscriptionId, amount: `-${value}`, firstDay, lastDay, file, row }),
      ),
    );
  const claims = fc
    .array(
      fc.record({
        change: fc.tuple(name, amount, period, fc.constantFrom('AR01', 'CR04')),
        status: fc.constantFrom('open', 'submitted', 'granted', 'refused', 'waived'),
        isStillFound: fc.boolean(),
        firstSeen: fc.constantFrom(MAY, JUNE),
      }),
      { maxLength: 6 },
    )
    .map((all) =>
      all.map(({ change: [subscriptionId, difference, [firstDay, lastDay], rule], status, isStillFound, firstSeen }, index) => {
        const found = finding({ subscriptionId, difference, firstDay, lastDay, rule, fingerprint: `f-${index}` });
        return { found, isStillFound, entry: { ...run({ findings: [found], asOf: firstSeen }).entries[0]!, status } };
      }),
    );
  const input = fc.tuple(claims, credits, fc.constantFrom(null, '2026-05-01', '2026-06-01')).map(([all, rows, latest]): LedgerInput => ({
    previous: all.map(({ entry }) => entry),
    findings: all.filter(({ isStillFound }) => isStillFound).map(({ found }) => found),
    credits: rows,
    asOf: JUNE,
    nextBilling: billedUntil(latest),
  }));

  it('is not changed by the same run again', () => {
    fc.assert(
      fc.property(input, (given) => {
        const first = carryForward(given);
        expect(carryForward({ ...given, previous: first.entries })).toEqual(first);
      }),
      { numRuns: 500 },
    );
  });

  it('has what is new as new still when the run is made again', () => {
    const first = run({ findings: [finding()] });
    expect(run({ previous: first.entries, findings: [finding()] })).toEqual(first);
  });

  it('does not depend on the order of credits, findings or rows', () => {
    const byFingerprint = (entries: readonly RegisterEntry[]) => new Map(entries.map((entry) => [entry.fingerprint, entry]));
    fc.assert(
      fc.property(input, fc.infiniteStream(fc.nat()), (given, stream) => {
        const shuffled = <T>(items: readonly T[]): readonly T[] =>
          items
            .map((item) => [stream.next().value as number, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item);
        const other = carryForward({
          ...given,
          previous: shuffled(given.previous!),
          findings: shuffled(given.findings),
          credits: shuffled(given.credits),
        });
        expect(byFingerprint(other.entries)).toEqual(byFingerprint(carryForward(given).entries));
      }),
      { numRuns: 500 },
    );
  });

  it('never has a claim paid beyond one minor unit, a credit counted twice, or a word of the user’s changed', () => {
    fc.assert(
      fc.property(input, (given) => {
        const { entries } = carryForward(given);
        const places = entries.flatMap(({ evidence }) => evidence.split('\n').filter((place) => place !== ''));
        expect(new Set(places).size).toBe(places.length);
        for (const [index, entry] of entries.entries()) {
          const before = given.previous![index]!;
          expect(parseFloat(entry.received ?? '0') * 100).toBeLessThanOrEqual(parseFloat(entry.amount!) * 100 + 1.000001);
          expect({ ...entry, status: before.status }).toMatchObject({ ticket: before.ticket, note: before.note, added: before.added });
          if (entry.status !== before.status) expect(entry.status).toBe('granted');
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is open from earlier months', () => {
  it('is told while no file of the run speaks of it, and not when its finding is there again, paid or given up', () => {
    const open = (input: Partial<LedgerInput>) => run(input).stillOpen.map(({ fingerprint }) => fingerprint);
    expect(open({ previous: [inMay()] })).toEqual(['f-1']);
    for (const status of ['submitted', 'granted'] as const) expect(open({ previous: [inMay({ status })] }), status).toEqual(['f-1']);
    for (const status of ['refused', 'waived'] as const) expect(open({ previous: [inMay({ status })] }), status).toEqual([]);
    expect(open({ previous: [inMay()], findings: [finding()] })).toEqual([]);
    expect(open({ previous: [inMay()], credits: [credit()] })).toEqual([]);
    expect(open({ previous: [inMay()], credits: [credit({ amount: '-30.00' })] })).toEqual(['f-1']);
  });
});

describe('a claim that was given up', () => {
  it.each(['refused', 'waived'] as const)('%s: has the money that came after all as evidence, and keeps what was written', (status) => {
    const [entry] = run({ previous: [inMay({ status, note: 'they said no' })], credits: [credit()] }).entries;
    expect(entry).toMatchObject({ status, note: 'they said no', received: '70.00', evidence: 'may.csv:5' });
  });

  it('takes no other amount, and none that a claim still waits for', () => {
    const refused = inMay({ status: 'refused' });
    expect(run({ previous: [refused], credits: [credit({ amount: '-30.00' })] }).entries[0]).toMatchObject({ received: null });
    const waiting = inMay({ status: 'submitted', fingerprint: 'f-2' });
    const [first, second] = run({ previous: [refused, waiting], credits: [credit()] }).entries;
    expect(first).toMatchObject({ status: 'refused', received: null });
    expect(second).toMatchObject({ status: 'granted', received: '70.00' });
  });
});
