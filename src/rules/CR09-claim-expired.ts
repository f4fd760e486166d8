import { isoDay } from '../domain/calendar/days.ts';
import { money } from '../domain/proration/working.ts';
import { refundClaimParameters, refundClaims } from '../policy/cancellations/refund-claims.ts';
import { defineRule } from './rule.ts';

export const claimExpired = defineRule({
  code: 'CR09',
  name: 'claim-expired',
  title: 'A refund could have been claimed; its deadline has passed',
  scope: 'subscription',
  severity: 'info',
  citations: [],
  parameters: refundClaimParameters,
  docs: {
    checks:
      'A full refund that the policy would have granted on request (see CR04), whose deadline passed before the as-of date and which no recorded request kept.',
    why: 'It shows what late claims cost, and where the monthly routine should be quicker.',
    example: 'Cancelled on 20 April, deadline 30 May, looked at on 3 June: 66.00 can no longer be claimed.',
    remedy: 'Nothing to claim by right; a ticket may still be granted as a courtesy.',
  },
  messages: { expired: 'until {deadline} a refund of {amount} could have been requested' },
  *check(chain, context) {
    for (const claim of refundClaims(chain, context.asOf)) {
      if (
        'unchecked' in claim ||
        claim.deadline >= context.asOf ||
        claim.requestedInTime !== null ||
        claim.amount.isZero() ||
        claim.amount.isNegative()
      )
        continue;
      yield {
        message: 'expired',
        values: { deadline: isoDay(claim.deadline), amount: money(claim.about, claim.amount) },
        evidence: claim.evidence,
        isAboutAudited: claim.about.line.isAudited,
        amounts: { billed: claim.stays, expected: claim.wouldStay },
        working: claim.working,
        confidence: 'likely',
        deadline: claim.deadline,
        nextAction: 'Nothing to claim by right any more; look for what kept the claim from being made in time.',
        parametersUsed: claim.parametersUsed,
      };
    }
  },
});
