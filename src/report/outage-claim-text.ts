import type { Finding } from '../domain/findings/finding.ts';
import type { CreditRequestStep } from '../domain/findings/report.ts';
import { claimDocument } from './claim-frame.ts';

/** Findings whose claim is for a service that was down: no subscription and no single charge, but incidents and their proof. */
export function isOutageClaim({ rule }: Finding): boolean {
  return rule.startsWith('SL');
}

/** Claims that the holder of the list cannot file: the text then goes to the provider, who can. */
function isForProvider({ messageId }: Finding): boolean {
  return messageId.startsWith('ask-provider');
}

/** The working begins so where it says how the proof stands. */
const EVIDENCE_STEP = /^(?:evidence |also asked for|e-mail from )/;

/** What is for whoever files the claim, and not for whoever reads it: how long an answer may take, and what to look at before filing. */
const ADVICE_STEP = /^(?:Microsoft aims to process|the contract credits nothing for)/;

/** An outage claim as plain text, for Microsoft or for the provider who files it: what the documentation of 2021-03-31 asks for in the request, then the working of the credit. */
export function outageClaimText(finding: Finding, reason: string, creditRequest: readonly CreditRequestStep[]): string {
  const isAsked = isForProvider(finding);
  return claimDocument(finding, {
    reason,
    facts: [
      ...(isAsked ? ['To the provider     please file this claim with Microsoft, in whose form all below is asked for', ''] : []),
      `Customer            ${finding.customerName}`,
      `Customer tenant id  ${finding.customerId}`,
      `Service             ${finding.product}`,
      `Downtime            ${finding.firstDay ?? '?'} to ${finding.lastDay ?? '?'}, hours in the working`,
      `Amount claimed      ${finding.difference === null ? 'to be determined' : `${finding.difference} ${finding.currency} before tax, an estimate`}`,
      ...(finding.deadline === null ? [] : [`${isAsked ? 'Asked for by        ' : 'To be received by   '}${finding.deadline}`]),
    ],
    proof: finding.working.filter((step) => EVIDENCE_STEP.test(step)),
    working: finding.working.filter((step) => !EVIDENCE_STEP.test(step) && !ADVICE_STEP.test(step)),
    rows: 'Incidents and billed lines',
    filing: creditRequest.filter(({ isFor }) => isFor !== 'others'),
  });
}
