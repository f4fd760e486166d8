import { isoDay } from '../domain/calendar/days.ts';
import { duplicateOf } from '../domain/charges/duplicate-licence.ts';
import { ZERO } from '../domain/numbers/money.ts';
import { isSameProduct } from '../domain/charges/same-product.ts';
import { money } from '../domain/proration/working.ts';
import { PRORATION_CITATIONS, sharedBasis } from '../policy/formula-basis.ts';
import { sharedDaysTexts } from '../domain/charges/shared-days-text.ts';
import { cite } from '../policy/citations.ts';
import { DUPLICATE_CITATIONS, duplicateClaim, TICKET_PARAMETERS, type DuplicateClaim } from '../policy/cancellations/duplicate-claim.ts';
import { duplicateOrderScope } from '../policy/parameters/duplicate-order-scope.ts';
import { legacyDuplicateClaim } from '../policy/parameters/legacy-duplicate-claim.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

export const licenceDuplicatedAcrossCommerce = defineRule({
  code: 'DU04',
  name: 'licence-duplicated-across-commerce',
  title: 'One product is paid as a legacy and as a new-commerce subscription',
  scope: 'customer',
  severity: 'warning',
  citations: [
    cite('scenarios-recurring', 'A migration to new commerce charges the new subscription and credits the legacy one for the same days.'),
  ],
  caseCitations: [...DUPLICATE_CITATIONS, ...PRORATION_CITATIONS],
  parameters: [legacyDuplicateClaim, ...TICKET_PARAMETERS, duplicateOrderScope, legacyProrationFormula, newCommerceProrationFormula],
  docs: {
    checks:
      'A legacy and a new-commerce subscription of one customer with the same product name (without case, spaces and punctuation) that are paid for the same days, after credits.',
    why: 'A migration that did not end the legacy subscription bills both until somebody looks.',
    example: 'Microsoft 365 E3 migrated on 25 January; the legacy subscription is billed for 21 February to 20 March without a credit.',
    remedy:
      'Cancel the legacy subscription and request the credit for the duplicated days: before the deadline where the newer was bought before 4 May 2023 or is the legacy one, else by ticket, without an entitlement.',
  },
  messages: {
    both: '{product} is paid for {days} days on legacy subscription {legacy} and on new-commerce subscription {modern}; the newer one costs {billed} for these days',
  },
  *check(customer, context) {
    const legacy = customer.chains.filter((chain) => chain.layout === 'legacy-licence');
    for (const old of legacy) {
      for (const modern of customer.chains.filter((chain) => chain.layout === 'new-commerce' && isSameProduct(chain, old))) {
        const pair = duplicateOf(old, modern);
        if (pair === null) continue;
        const { lead } = pair;
        const basis = sharedBasis(pair);
        const claim = duplicateClaim(pair, context.asOf);
        yield {
          message: 'both',
          values: {
            product: modern.productName,
            days: String(pair.shared.reduce((all, share) => all + share.days.length, 0)),
            legacy: old.subscriptionId,
            modern: modern.subscriptionId,
            billed: money(lead, pair.billed),
          },
          evidence: pair.evidence,
          ...(claim.standing === 'last-day' ? { severity: 'info' as const } : {}),
          kind: claim.kind,
          amounts: { billed: pair.billed, expected: ZERO },
          working: [...sharedDaysTexts(pair), ...claim.working],
          // After a partial migration other quantities may both be wanted.
          confidence: pair.differs.includes('quantity') ? 'possible' : 'likely',
          deadline: claim.deadline,
          nextAction: nextAction(claim),
          citations: [...claim.citations, ...basis.citations],
          parametersUsed: [...claim.parametersUsed, ...basis.parametersUsed],
        };
      }
    }
  },
});

function nextAction({ standing, deadline }: DuplicateClaim): string {
  if (standing === 'expired') return 'End the legacy subscription. The deadline for a duplicate-order credit has passed.';
  if (standing === 'no-text')
    return 'End the legacy subscription; look for the policy of that date before a credit for the days paid twice is asked for.';
  if (deadline === null)
    return 'End the legacy subscription and open a ticket for the credit of the days paid twice (no entitlement to a credit).';
  return `End the legacy subscription and request the credit for the days paid twice by ${isoDay(deadline)}.`;
}
