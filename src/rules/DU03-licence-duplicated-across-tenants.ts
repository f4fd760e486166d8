import { duplicateOf } from '../domain/charges/duplicate-licence.ts';
import { ZERO } from '../domain/numbers/money.ts';
import { isSameProduct } from '../domain/charges/same-product.ts';
import { money } from '../domain/proration/working.ts';
import { PRORATION_CITATIONS, sharedBasis } from '../policy/formula-basis.ts';
import { sharedDaysTexts } from '../domain/charges/shared-days-text.ts';
import { DUPLICATE_CITATIONS, duplicateClaim, TICKET_PARAMETERS } from '../policy/cancellations/duplicate-claim.ts';
import { duplicateOrderScope } from '../policy/parameters/duplicate-order-scope.ts';
import { legacyDuplicateClaim } from '../policy/parameters/legacy-duplicate-claim.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

export const licenceDuplicatedAcrossTenants = defineRule({
  code: 'DU03',
  name: 'licence-duplicated-across-tenants',
  title: 'One product is paid under two customer ids of one domain',
  scope: 'shared-domain',
  severity: 'warning',
  citations: [],
  caseCitations: [...DUPLICATE_CITATIONS, ...PRORATION_CITATIONS],
  parameters: [legacyDuplicateClaim, ...TICKET_PARAMETERS, duplicateOrderScope, legacyProrationFormula, newCommerceProrationFormula],
  docs: {
    checks:
      'Two customer ids that share a domain and pay the same product for the same days, after credits, with the same term and billing plan (not compared between legacy and new commerce) and, unless the partner’s record shows a transfer, the same quantity.',
    why: 'After two tenants are merged, or one is moved, the licences of the old tenant often keep running.',
    example: 'contoso.com moved to a new tenant on 3 May with 25 licences; the 25 of the old tenant are billed for June too.',
    remedy: 'Ask the customer which tenant is in use; cancel the other and request the duplicate-order credit before the deadline.',
  },
  messages: {
    'across-tenants':
      '{product} is paid for {days} days under two customer ids of {domain}: subscriptions {older} and {newer}; the newer one costs {billed} for these days',
  },
  *check(holdings, context) {
    const { chains } = holdings;
    for (const [position, one] of chains.entries()) {
      for (const other of chains.slice(position + 1)) {
        if (one.customerId.toLowerCase() === other.customerId.toLowerCase() || !isSameProduct(one, other)) continue;
        const pair = duplicateOf(one, other);
        const hasTransfer = [...one.events, ...other.events].some((event) => event.kind === 'transfer');
        if (pair === null || pair.differs.some((differs) => differs !== 'quantity' || !hasTransfer)) continue;
        const { lead } = pair;
        const basis = sharedBasis(pair);
        const claim = duplicateClaim(pair, context.asOf);
        yield {
          message: 'across-tenants',
          values: {
            product: pair.newer.productName,
            days: String(pair.shared.reduce((all, share) => all + share.days.length, 0)),
            domain: pair.newer.customerDomain,
            older: pair.older.subscriptionId,
            newer: pair.newer.subscriptionId,
            billed: money(lead, pair.billed),
          },
          evidence: pair.evidence,
          ...(claim.standing === 'last-day' ? { severity: 'info' as const } : {}),
          kind: claim.kind,
          amounts: { billed: pair.billed, expected: ZERO },
          working: [
            `customer ids ${pair.older.customerId} and ${pair.newer.customerId} share the domain ${pair.newer.customerDomain}`,
            ...sharedDaysTexts(pair),
            ...claim.working,
          ],
          confidence: 'likely',
          deadline: claim.deadline,
          nextAction: 'Ask the customer which tenant is in use; cancel the other and request the credit for the duplicate order.',
          citations: [...claim.citations, ...basis.citations],
          parametersUsed: [...claim.parametersUsed, ...basis.parametersUsed],
        };
      }
    }
  },
});
