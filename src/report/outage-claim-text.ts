import type { Finding } from '../domain/findings/finding.ts';
import { claimDocument } from './claim-frame.ts';

/** Findings whose claim is for a service that was down: no subscription and no single charge, but incidents and their proof. */
export function isOutageClaim({ rule }: Finding): boolean {
  return rule.startsWith('SL');
}

/** The working begins so where it says how the proof stands. */
const EVIDENCE_STEP = /^(?:evidence |also asked for|e-mail from )/;

/** An outage claim as plain text: what the documentation of 2021-03-31 asks for in the request, then the working of the credit. */
export function outageClaimText(finding: Finding, reason: string): string {
  return claimDocument(finding, {
    reason,
    facts: [
      `Customer            ${finding.customerName}`,
      `Customer tenant id  ${finding.customerId}`,
      `Service             ${finding.product}`,
      `Downtime            ${finding.firstDay ?? '?'} to ${finding.lastDay ?? '?'}, hours in the working`,
      `Amount claimed      ${finding.difference === null ? 'to be determined' : `${finding.difference} ${finding.currency} before tax, an estimate`}`,
      ...(finding.deadline === null ? [] : [`To be received by   ${finding.deadline}`]),
    ],
    proof: finding.working.filter((step) => EVIDENCE_STEP.test(step)),
    working: finding.working.filter((step) => !EVIDENCE_STEP.test(step)),
    rows: 'Incidents and billed lines',
  });
}
