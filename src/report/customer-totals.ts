import type { Finding, FindingKind, Severity } from '../domain/findings/finding.ts';
import { Decimal, ZERO } from '../domain/numbers/money.ts';

/** What is at stake with one customer in one currency. */
export interface CustomerTotals {
  readonly customerId: string;
  customerName: string;
  readonly currency: string;
  readonly bySeverity: Record<Severity, number>;
  readonly byKind: Record<FindingKind, Decimal>;
  /** Of discrepancies and claims; what is only a notice is no money at stake. */
  largest: { readonly finding: Finding; readonly difference: Decimal } | null;
}

function startTotals({ customerId, customerName, currency }: Finding): CustomerTotals {
  return {
    customerId,
    customerName,
    currency,
    bySeverity: { error: 0, warning: 0, info: 0 },
    byKind: { discrepancy: ZERO, claim: ZERO, notice: ZERO },
    largest: null,
  };
}

function addFinding(totals: CustomerTotals, finding: Finding): void {
  totals.bySeverity[finding.severity]++;
  if (totals.customerName === '') totals.customerName = finding.customerName;
  if (finding.difference === null) return;
  const difference = new Decimal(finding.difference);
  totals.byKind[finding.kind] = totals.byKind[finding.kind].plus(difference);
  if (finding.kind === 'notice') return;
  if (totals.largest === null || difference.abs().gt(totals.largest.difference.abs())) totals.largest = { finding, difference };
}

/** What stands for a customer's name: of findings about a whole invoice, or a price that several customers pay, no single one can be named. */
export function shownCustomer({ customerName, customerId }: Pick<CustomerTotals, 'customerName' | 'customerId'>): string {
  return customerName === '' ? customerId || 'no single customer' : customerName;
}

/** By plain character codes: an order by a language's rules would differ between machines. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function stake({ byKind }: CustomerTotals): Decimal {
  return byKind.discrepancy.plus(byKind.claim);
}

/** One entry a customer and currency, the most money first: amounts of two currencies do not add up. */
export function totalsByCustomer(findings: readonly Finding[]): readonly CustomerTotals[] {
  const byKey = new Map<string, CustomerTotals>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.customerId === '' ? finding.customerName : finding.customerId, finding.currency]);
    let totals = byKey.get(key);
    if (totals === undefined) {
      totals = startTotals(finding);
      byKey.set(key, totals);
    }
    addFinding(totals, finding);
  }
  return [...byKey.values()].sort(
    (a, b) =>
      compareTexts(a.currency, b.currency) ||
      stake(b).comparedTo(stake(a)) ||
      compareTexts(a.customerName, b.customerName) ||
      compareTexts(a.customerId, b.customerId),
  );
}
