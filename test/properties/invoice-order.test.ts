import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/findings/finding.ts';
import { dayFromIso } from '../../src/domain/calendar/days.ts';
import type { InvoiceHeader } from '../../src/domain/invoices/invoice-header.ts';
import { Decimal, sum } from '../../src/domain/numbers/money.ts';
import type { AuditResult } from '../../src/engine/audit.ts';
import { caseFile, type CaseLine } from '../support/case-rows.ts';
import { auditFiles } from '../support/run-audit.ts';

/** Few numbers, amounts and currencies, so that invoices are shared, voided, replaced and mixed all the time. */
const number = fc.constantFrom('G1', 'G2', 'g2', 'G3', 'C1', 'D000001', '');
const cents = fc.constantFrom(-100, 100, 121, 200, 221, 242);

const line: fc.Arbitrary<CaseLine> = fc
  .record({
    invoice: number,
    subscription: fc.constantFrom('s-1', 's-2', 's-3'),
    currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
    amount: cents,
    tax: fc.constantFrom(0, 0, 21),
    first: fc.constantFrom('2026-08-01', '2026-09-01'),
  })
  .map(({ invoice, subscription, currency, amount, tax, first }) => ({
    invoice,
    subscription,
    productId: subscription,
    currency,
    type: amount < 0 ? 'customerCredit' : 'new',
    price: (amount / 100).toFixed(2),
    amount: (amount / 100).toFixed(2),
    tax: (tax / 100).toFixed(2),
    from: first,
    to: first === '2026-08-01' ? '2026-08-31' : '2026-09-30',
  }));

const header = fc.record({
  invoiceNumber: fc.constantFrom('G1', 'G2', 'G3', 'C1', 'D000001'),
  day: fc.constantFrom('2026-08-31', '2026-09-07', '2026-09-30', '2026-12-01'),
  currency: fc.constantFrom('EUR', 'EUR', 'USD'),
  total: cents,
  tax: fc.option(fc.constantFrom(0, 21, 42)),
  status: fc.constantFrom('active' as const, 'active' as const, 'void' as const),
  replaces: fc.constantFrom('', '', 'G1', 'G2', 'C1', 'G9'),
  paidOn: fc.option(fc.constantFrom('2026-12-02', '2027-01-01')),
  hasPaidOn: fc.boolean(),
  publishedOn: fc.option(fc.constantFrom('2026-10-08', '2026-10-09')),
});

const headers = fc.uniqueArray(header, { selector: (one) => one.invoiceNumber, maxLength: 5 }).map((all): readonly InvoiceHeader[] =>
  all.map((one, place) => {
    const money = (amount: number): Decimal => new Decimal((amount / 100).toFixed(2));
    const isNote = one.invoiceNumber === 'C1';
    return {
      source: { file: 'invoices.csv', sheet: null, row: place + 2 },
      invoiceNumber: one.invoiceNumber,
      invoiceDay: dayFromIso(one.day)!,
      currency: one.currency,
      total: isNote ? money(one.total).abs().negated() : money(one.total),
      tax: one.tax === null ? null : money(one.tax),
      adjustments: null,
      kind: isNote ? 'credit-note' : 'invoice',
      status: one.status,
      replaces: one.replaces === one.invoiceNumber ? '' : one.replaces,
      paidOn: one.paidOn === null ? null : dayFromIso(one.paidOn),
      hasPaidOn: one.hasPaidOn,
      publishedOn: one.publishedOn === null ? null : dayFromIso(one.publishedOn),
    };
  }),
);

/** Which of equal rows is shown is the only thing that an order may decide. */
function withoutPlaces(finding: Finding): unknown {
  return { ...finding, evidence: finding.evidence.map(({ label }) => label) };
}

function ofInvoices({ findings, unchecked, reconciliation }: AuditResult): unknown {
  return { findings: findings.map(withoutPlaces), unchecked, reconciliation };
}

/** total + Σ steps + unexplained = lines, and what is said of the outcome is so. */
function expectToAddUp({ reconciliation }: AuditResult): void {
  for (const { total, steps, unexplained, linesTotal, outcome, details } of reconciliation) {
    if (total === null || unexplained === null || linesTotal === null) {
      expect(outcome).toBe('not-checked');
      continue;
    }
    const walked = sum([total, unexplained, ...steps.map(({ amount }) => amount)].map((amount) => new Decimal(amount)));
    expect(walked.eq(linesTotal)).toBe(true);
    if (outcome === 'agrees') expect([steps, new Decimal(unexplained).isZero()]).toEqual([[], true]);
    if (outcome === 'explained') expect(new Decimal(unexplained).isZero()).toBe(true);
    if (outcome === 'unexplained') expect(new Decimal(unexplained).isZero()).toBe(false);
    const of = (name: string): Decimal => new Decimal(details.find(({ step }) => step === name)?.amount ?? '0');
    expect(of('charges').plus(of('credits')).eq(linesTotal)).toBe(true);
    expect(of('subtotal').plus(of('tax')).eq(linesTotal)).toBe(true);
  }
}

/** The lines as one file, or in several. */
async function audit(lines: readonly CaseLine[], list: readonly InvoiceHeader[], fileOf: (place: number) => number): Promise<AuditResult> {
  const files = [0, 1].map((file) => ({ name: `f${file}.csv`, lines: lines.filter((_, place) => fileOf(place) === file) }));
  return auditFiles(
    files.filter((file) => file.lines.length > 0).map((file) => ({ name: file.name, text: caseFile('new-commerce', file.lines) })),
    { asOf: '2026-12-15', invoices: list },
  );
}

/** Its hundred cases show every invoice rule and every outcome. */
const FIXED_SEED = 20261127;

describe('the order of lines, files and invoices', () => {
  it('changes no finding about an invoice', async () => {
    const months = fc.tuple(fc.array(line, { minLength: 1, maxLength: 12 }), headers).chain(([lines, list]) =>
      fc.record({
        lines: fc.constant(lines),
        list: fc.constant(list),
        order: fc.shuffledSubarray(lines, { minLength: lines.length, maxLength: lines.length }),
        listOrder: fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length }),
        files: fc.array(fc.nat(1), { minLength: lines.length, maxLength: lines.length }),
      }),
    );
    const found = new Set<string>();
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(months, async ({ lines, list, order, listOrder, files }) => {
        const asTold = await audit(lines, list, () => 0);
        const shuffled = await audit(order, listOrder, (place) => files[place]!);
        for (const { rule } of asTold.findings) found.add(rule);
        expect(ofInvoices(shuffled)).toEqual(ofInvoices(asTold));
        expectToAddUp(asTold);
        for (const { outcome } of asTold.reconciliation) outcomes.add(outcome);
      }),
      // The same half at every run: what must occur among the cases is not left to chance. The other half is new each time.
      { numRuns: 200, examples: fc.sample(months, { seed: FIXED_SEED, numRuns: 100 }).map((month): [typeof month] => [month]) },
    );
    for (const code of ['IN01', 'IN02', 'IN03', 'IN04', 'IN05', 'IN06', 'IN07']) expect(found, code).toContain(code);
    expect([...outcomes].sort()).toEqual(['agrees', 'explained', 'not-checked', 'unexplained']);
  });
});
