import type { RegisterEntry } from '../partner/claims-register.ts';
import { dayFromIso, type Day } from '../calendar/days.ts';
import type { Finding } from './finding.ts';
import { invariant } from '../invariant.ts';
import { Decimal, formatMoney } from '../numbers/money.ts';
import type { Report } from './report.ts';

/** The rule whose findings are payments: their difference is to be paid, where every other one is money that can come back. */
const PAYMENTS = 'IN06';

/** What a deadline is about: a finding of the report, or a claim that the register has from an earlier month. */
export type DeadlineSubject = Pick<
  Finding,
  | 'fingerprint'
  | 'rule'
  | 'kind'
  | 'customerId'
  | 'customerName'
  | 'product'
  | 'subscriptionId'
  | 'invoiceNumber'
  | 'currency'
  | 'message'
  | 'nextAction'
  | 'evidence'
>;

/** Something that can still be cancelled or claimed, or that must be paid. Money is a decimal string in the subject's currency. */
export interface Deadline {
  readonly subject: DeadlineSubject;
  /** Whether the report has a finding about it; the register alone may know of it. */
  readonly isListed: boolean;
  /** What the amount is: to be paid by the deadline, or to be had until it. */
  readonly purpose: 'pay' | 'claim';
  readonly deadline: string;
  /** Days from the as-of date to the deadline, which is itself in time: 0 is today. */
  readonly daysLeft: number;
  /** 0 where it is not known. */
  readonly amount: string;
  readonly isAmountKnown: boolean;
  readonly costPerDay: string | null;
}

/** Everything of a report and of its register that has a deadline on or after its as-of date, the most urgent first and of equals the dearest. */
export function deadlinesOf(report: Report): readonly Deadline[] {
  const asOf = dayFromIso(report.asOf);
  invariant(asOf !== null, 'a report has an as-of day');
  const { stillOpen = [], raisedAgain = [], partPaid = [] } = report.register ?? {};
  const restOf = new Map(partPaid.map((entry) => [entry.fingerprint, openRest(entry)]));
  const again = new Set(raisedAgain.map(({ fingerprint }) => fingerprint));
  const listed = new Set(report.findings.map(({ fingerprint }) => fingerprint));
  const carried = [...raisedAgain, ...stillOpen.filter(({ fingerprint }) => !again.has(fingerprint))].filter(
    ({ fingerprint }) => !listed.has(fingerprint),
  );
  const isAgain = ({ fingerprint }: Finding | RegisterEntry): boolean => again.has(fingerprint);
  return [
    ...report.findings.flatMap((one) => ofFinding(one, asOf, isAgain(one), restOf.get(one.fingerprint) ?? null)),
    ...carried.flatMap((one) => ofEntry(one, asOf, isAgain(one))),
  ].sort(
    (a, b) =>
      a.daysLeft - b.daysLeft || new Decimal(b.amount).comparedTo(a.amount) || (a.subject.fingerprint < b.subject.fingerprint ? -1 : 1),
  );
}

/** @param rest what is open of a claim that came in part: still to be asked for, whatever its status. */
function ofFinding(finding: Finding, asOf: Day, isAgain: boolean, rest: string | null): readonly Deadline[] {
  const daysLeft = daysUntil(finding.deadline, asOf);
  if (daysLeft === null || finding.deadline === null || !(isOpen(finding) || isAgain || rest !== null)) return [];
  const amount = rest ?? finding.difference ?? '0';
  const purpose = finding.rule === PAYMENTS ? 'pay' : 'claim';
  // What is paid in full stays a finding until its due date, but nothing is left to do about it.
  if (purpose === 'pay' && new Decimal(amount).isZero()) return [];
  const { deadline, costPerDay } = finding;
  return [
    {
      subject: finding,
      isListed: true,
      purpose,
      deadline,
      daysLeft,
      amount,
      isAmountKnown: rest !== null || finding.difference !== null,
      costPerDay,
    },
  ];
}

/**
 * A claim of an earlier month is still to be made, whatever the files of this run bill; and what is left of one that was granted and did not
 * come, or that came in part, is still to be asked for.
 */
function ofEntry(entry: RegisterEntry, asOf: Day, isAgain: boolean): readonly Deadline[] {
  const daysLeft = daysUntil(entry.deadline, asOf);
  const isPart = entry.received !== null && new Decimal(entry.received).gt(0);
  if (daysLeft === null || entry.deadline === null || entry.amount === null) return [];
  if (entry.status !== 'open' && !isAgain && !isPart) return [];
  const todo = isAgain || isPart ? 'Ask for what is still open' : 'Claim it';
  const subject: DeadlineSubject = {
    ...entry,
    kind: 'claim',
    message: entry.claim,
    nextAction: `${todo} by ${entry.deadline}. The register has it since ${entry.firstSeen}; its proof is in the report of that day.`,
    evidence: [],
  };
  const amount = openRest(entry) ?? '0';
  return [
    { subject, isListed: false, purpose: 'claim', deadline: entry.deadline, daysLeft, amount, isAmountKnown: true, costPerDay: null },
  ];
}

/** What has not come of a claim; null where its amount is not known. */
function openRest({ amount, received, currency }: RegisterEntry): string | null {
  return amount === null ? null : formatMoney(new Decimal(amount).minus(received ?? 0), currency);
}

/** Days from the as-of day to a deadline; null where there is none or it has passed. */
function daysUntil(deadline: string | null, asOf: Day): number | null {
  const day = deadline === null ? null : dayFromIso(deadline);
  return day === null || day < asOf ? null : day - asOf;
}

/** A claim that was submitted, granted, refused or waived needs no reminder, unless it is raised again or came in part. */
function isOpen(finding: Finding): boolean {
  return finding.status === 'open' || finding.status === 'new' || finding.status === 'known';
}
