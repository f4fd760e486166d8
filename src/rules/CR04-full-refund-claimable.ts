import { addDays, isoDay } from '../domain/calendar/days.ts';
import { money } from '../domain/proration/working.ts';
import { refundClaimParameters, refundClaims, type RefundClaim } from '../policy/cancellations/refund-claims.ts';
import { defineRule } from './rule.ts';

export const fullRefundClaimable = defineRule({
  code: 'CR04',
  name: 'full-refund-claimable',
  title: 'A full refund can still be requested',
  scope: 'subscription',
  severity: 'warning',
  citations: [],
  parameters: refundClaimParameters,
  docs: {
    checks:
      'A legacy subscription that was cancelled after the automatic window, with a prorated credit given or due, while a full refund can still be requested: until 90 days after purchase; Power BI Premium 7 days, then less the fixed cost of each day; Microsoft 365 A1 30 days and only with no users assigned. What the partner’s record says was requested in time stays open until its credit comes.',
    why: 'The rest of the charge comes back only to those who ask in time.',
    example: 'Bought on 1 March at 480.00, cancelled on 20 April with −414.00: until 30 May the other 66.00 can be requested.',
    remedy:
      'Submit the credit request form with a service request before the deadline: accidental purchase, with order, subscription and dates.',
  },
  messages: {
    claimable: 'cancelled on {cancelled}; {amount} of the charge can still be requested until {deadline}',
    requested: 'cancelled on {cancelled}; {amount} of the charge was requested on {requested}, in time, and has not come',
    'requested-boundary':
      'cancelled on {cancelled}; {amount} of the charge was requested on {requested}, day {day} of {window}, in time by the lenient reading only, and has not come',
    boundary: 'cancelled on {cancelled}; {amount} of the charge can be requested today, day {day} of {window}, by the lenient reading only',
  },
  *check(chain, context) {
    for (const claim of refundClaims(chain, context.asOf)) {
      if ('unchecked' in claim) {
        yield claim;
        continue;
      }
      const requested = claim.requestedInTime;
      // What was requested in time stays due until it comes; what was not ends with its deadline.
      if ((requested === null && claim.deadline < context.asOf) || claim.amount.isZero() || claim.amount.isNegative()) continue;
      // On its last day a claim is in time only where "within N days" includes day N. It is measured to the day of the request.
      const isBoundary = claim.deadline === (requested ?? context.asOf);
      const isLegacyGiven = context.invoices.isAudited(chain.layout, '');
      yield {
        message: requested === null ? (isBoundary ? 'boundary' : 'claimable') : isBoundary ? 'requested-boundary' : 'requested',
        values: {
          cancelled: isoDay(claim.cancelled.day),
          amount: money(claim.about, claim.amount),
          deadline: isoDay(claim.deadline),
          requested: requested === null ? '' : isoDay(requested),
          day: String(claim.deadline - claim.purchased),
          window: `${claim.deadline - claim.purchased} days`,
        },
        evidence: claim.evidence,
        // A recorded cancellation or request is open in every month until its credit comes, whatever month holds the charge.
        isAboutAudited: claim.about.line.isAudited || ((claim.cancelled.line === null || requested !== null) && isLegacyGiven),
        severity: isBoundary ? 'info' : 'warning',
        amounts: { billed: claim.stays, expected: claim.wouldStay },
        working: [
          ...claim.working,
          ...(requested === null
            ? []
            : [`requested on ${isoDay(requested)}, day ${requested - claim.purchased}: the day of the request counts`]),
          ...(isBoundary
            ? [
                `strict reading: the last day was ${isoDay(addDays(claim.deadline, -1))}, nothing can be requested any more; lenient reading: ${money(claim.about, claim.amount)}`,
              ]
            : []),
        ],
        confidence: claim.isEvidenceMissing ? 'possible' : 'likely',
        deadline: requested === null ? claim.deadline : null,
        nextAction: nextAction(claim),
        parametersUsed: claim.parametersUsed,
      };
    }
  },
});

function nextAction(claim: RefundClaim): string {
  const until = isoDay(claim.deadline);
  if (claim.requestedInTime !== null)
    return `Requested on ${isoDay(claim.requestedInTime)}: ask in the ticket where it stands; once granted, the credit comes on the next invoice.`;
  if (claim.isEvidenceMissing)
    return `Check that no user is assigned, then submit the credit request by ${until} with a report that shows it.`;
  return `Submit the credit request form with a service request by ${until} (accidental purchase).`;
}
