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

/** The working names every outage that counts so: its id, its hours, who was hit. */
const OUTAGE_STEP = /^.+: (\d{4}-\d{2}-\d{2}) \d{2}:\d{2}(?::\d{2})? to (\d{4}-\d{2}-\d{2}) \d{2}:\d{2}(?::\d{2})?, /;

/** All outages of the claim, from the first day to the last; the finding's own days are of the first alone. */
function downtimeFacts({ firstDay, lastDay, working }: Finding): readonly string[] {
  const outages = [...new Set(working)].flatMap((step) => {
    const found = OUTAGE_STEP.exec(step);
    return found === null ? [] : [{ step, from: found[1] ?? '', until: found[2] ?? '' }];
  });
  if (outages.length < 2) return [`Downtime            ${firstDay ?? '?'} to ${lastDay ?? '?'}, hours in the working`];
  const from = outages.map((one) => one.from).sort()[0] ?? '?';
  const until =
    outages
      .map((one) => one.until)
      .sort()
      .at(-1) ?? '?';
  return [`Downtime            ${from} to ${until}, ${outages.length} outages`, ...outages.map(({ step }) => `${' '.repeat(20)}${step}`)];
}

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
      ...downtimeFacts(finding),
      `Amount claimed      ${finding.difference === null ? 'to be determined' : `${finding.difference} ${finding.currency} before tax, an estimate`}`,
      ...(finding.deadline === null ? [] : [`${isAsked ? 'Asked for by        ' : 'To be received by   '}${finding.deadline}`]),
    ],
    proof: finding.working.filter((step) => EVIDENCE_STEP.test(step)),
    working: finding.working.filter((step) => !EVIDENCE_STEP.test(step) && !ADVICE_STEP.test(step)),
    rows: 'Incidents and billed lines',
    filing: creditRequest.filter(({ isFor }) => isFor !== 'others'),
  });
}
