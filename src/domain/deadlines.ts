import { dayFromIso } from './days.ts';
import type { Finding } from './finding.ts';
import { invariant } from './invariant.ts';
import { Decimal } from './money.ts';
import type { Report } from './report.ts';

/** The rule whose findings are payments: their difference is to be paid, where every other one is money that can come back. */
const PAYMENTS = 'IN06';

/** Something that can still be cancelled or claimed, or that must be paid. Money is a decimal string in the finding's currency. */
export interface Deadline {
  readonly finding: Finding;
  /** What the amount is: to be paid by the deadline, or to be had until it. */
  readonly purpose: 'pay' | 'claim';
  readonly deadline: string;
  /** Days from the as-of date to the deadline, which is itself in time: 0 is today. */
  readonly daysLeft: number;
  readonly amount: string;
  readonly costPerDay: string | null;
}

/** Everything of a report that has a deadline on or after its as-of date, the most urgent first and of equals the dearest. */
export function deadlinesOf(report: Report): readonly Deadline[] {
  const asOf = dayFromIso(report.asOf);
  invariant(asOf !== null, 'a report has an as-of day');
  return report.findings
    .flatMap((finding): readonly Deadline[] => {
      const day = finding.deadline === null ? null : dayFromIso(finding.deadline);
      if (day === null || finding.deadline === null || day < asOf || !isOpen(finding)) return [];
      const amount = finding.difference ?? '0';
      const purpose = finding.rule === PAYMENTS ? 'pay' : 'claim';
      // What is paid in full stays a finding until its due date, but nothing is left to do about it.
      if (purpose === 'pay' && new Decimal(amount).isZero()) return [];
      return [{ finding, purpose, deadline: finding.deadline, daysLeft: day - asOf, amount, costPerDay: finding.costPerDay }];
    })
    .sort(
      (a, b) =>
        a.daysLeft - b.daysLeft || new Decimal(b.amount).comparedTo(a.amount) || (a.finding.fingerprint < b.finding.fingerprint ? -1 : 1),
    );
}

/** A claim that was submitted, granted, refused or waived needs no reminder. */
function isOpen(finding: Finding): boolean {
  return finding.status === 'open' || finding.status === 'new' || finding.status === 'known';
}
