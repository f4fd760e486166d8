import type { Finding } from '../domain/finding.ts';
import { evidenceTexts } from './finding-text.ts';
import { visibleLine } from './visible-text.ts';

/** Findings whose claim is for a service that was down: no subscription and no single charge, but incidents and their proof. */
export function isOutageClaim({ rule }: Finding): boolean {
  return rule.startsWith('SL');
}

/** The working begins so where it says how the proof stands. */
const EVIDENCE_STEP = /^(?:evidence |also asked for|e-mail from )/;

/** An outage claim as plain text: what the documentation of 2021-03-31 asks for in the request, then the working of the credit. */
export function outageClaimText(finding: Finding, reason: string): string {
  const evidence = finding.working.filter((step) => EVIDENCE_STEP.test(step));
  const working = finding.working.filter((step) => !EVIDENCE_STEP.test(step));
  const lines = [
    `Credit request: ${reason}`,
    '',
    `Customer            ${finding.customerName}`,
    `Customer tenant id  ${finding.customerId}`,
    `Service             ${finding.product}`,
    `Downtime            ${finding.firstDay ?? '?'} to ${finding.lastDay ?? '?'}, hours in the working`,
    `Amount claimed      ${finding.difference === null ? 'to be determined' : `${finding.difference} ${finding.currency} before tax, an estimate`}`,
    ...(finding.deadline === null ? [] : [`To be received by   ${finding.deadline}`]),
    '',
    `${finding.message}.`,
    ...(evidence.length === 0 ? [] : ['', 'Proof', ...evidence.map((step) => `- ${step}`)]),
    '',
    'Working',
    ...working.map((step) => `- ${step}`),
    '',
    'Incidents and billed lines',
    ...evidenceTexts(finding).map((row) => `- ${row}`),
    '',
    'Rests on',
    ...finding.citations.map((one) => `- ${one.title}: ${one.clause}`),
    ...finding.parametersUsed.map((one) => `- ${one.id}: ${one.value} (since ${one.since})`),
    '',
    `Our reference: ${finding.fingerprint}`,
  ];
  return `${lines.map(visibleLine).join('\r\n')}\r\n`;
}
