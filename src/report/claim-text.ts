import type { Finding } from '../domain/findings/finding.ts';
import type { CreditRequestStep, Report } from '../domain/findings/report.ts';
import { claimDocument } from './claim-frame.ts';
import { isOutageClaim, outageClaimText } from './outage-claim-text.ts';

/** The reason categories of Microsoft's credit request, by rule. Source: How and when to request a credit from Microsoft (2021, 2023). */
const REASONS: Readonly<Record<string, string>> = {
  CR01: 'Credit for a cancellation or seat decrease not received',
  CR02: 'Credit for a cancellation not correct',
  CR03: 'Accidental purchase, cancelled within the full-refund window',
  CR04: 'Accidental purchase',
  DU02: 'Duplicate order',
  DU03: 'Duplicate order after a move to another tenant',
  DU04: 'Duplicate order after a migration',
  SL01: 'Service outage (service-level agreement credit)',
  SL05: 'Credit for a service outage not correct',
};

/** What is worth asking Microsoft for: claims, and discrepancies that are owed. */
export function claimsOf(report: Report): readonly Finding[] {
  return report.findings.filter(
    (one) =>
      one.kind === 'claim' ||
      (one.kind === 'discrepancy' && one.difference !== null && !one.difference.startsWith('-') && !/^0(\.0+)?$/.test(one.difference)),
  );
}

export function reasonOf(finding: Finding): string {
  return REASONS[finding.rule] ?? 'Billing error';
}

/** A whole invoice has neither customer nor charge, and its total is with tax. */
function isOfInvoice({ rule }: Finding): boolean {
  return rule.startsWith('IN');
}

function stated(name: string, value: string): readonly string[] {
  return value === '' ? [] : [`${name.padEnd(20)}${value}`];
}

/** A claim as plain text, ready to paste into a service request: what a credit request needs, and the proof. */
export function claimText(finding: Finding, creditRequest: readonly CreditRequestStep[]): string {
  if (isOutageClaim(finding)) return outageClaimText(finding, reasonOf(finding), creditRequest);
  return claimDocument(finding, {
    reason: reasonOf(finding),
    facts: [
      ...stated('Customer', finding.customerName),
      ...stated('Customer tenant id', finding.customerId),
      ...stated('Subscription id', finding.subscriptionId),
      ...(finding.orderId === '' ? [] : [`Order id            ${finding.orderId}`]),
      `Invoice             ${finding.invoiceNumber === '' ? 'licence-based invoice of the period below' : finding.invoiceNumber}`,
      ...stated('Product', finding.product),
      ...(isOfInvoice(finding)
        ? []
        : [`Charge              ${finding.chargeType}, ${finding.firstDay ?? '?'} to ${finding.lastDay ?? '?'}`]),
      `Amount claimed      ${finding.difference ?? 'to be determined'} ${finding.currency} ${isOfInvoice(finding) ? 'with tax' : 'before tax'}`,
      ...(finding.deadline === null ? [] : [`To be requested by  ${finding.deadline}`]),
    ],
    proof: [],
    working: finding.working,
    rows: 'Billed lines',
    filing: creditRequest.filter(({ isFor }) => isFor !== 'outages'),
  });
}
