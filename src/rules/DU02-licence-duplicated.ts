import { isoDay, type Day } from '../domain/calendar/days.ts';
import { duplicateOf, type DuplicateLicence } from '../domain/charges/duplicate-licence.ts';
import type { Detection } from '../domain/findings/finding.ts';
import { ZERO } from '../domain/numbers/money.ts';
import type { CustomerHoldings, SubscriptionChain } from '../domain/charges/subjects.ts';
import { money } from '../domain/proration/working.ts';
import { PRORATION_CITATIONS, sharedBasis } from '../policy/formula-basis.ts';
import { sharedDaysTexts } from '../domain/charges/shared-days-text.ts';
import { DUPLICATE_CITATIONS, duplicateClaim, TICKET_PARAMETERS, type DuplicateClaim } from '../policy/cancellations/duplicate-claim.ts';
import { legacyDuplicateClaim } from '../policy/parameters/legacy-duplicate-claim.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

type Message = 'likely' | 'possible';

export const licenceDuplicated = defineRule({
  code: 'DU02',
  name: 'licence-duplicated',
  title: 'One customer pays two subscriptions of one product for the same days',
  scope: 'customer',
  severity: 'warning',
  citations: [],
  caseCitations: [...DUPLICATE_CITATIONS, ...PRORATION_CITATIONS],
  parameters: [legacyDuplicateClaim, ...TICKET_PARAMETERS, legacyProrationFormula, newCommerceProrationFormula],
  docs: {
    checks:
      'Two subscriptions of one customer and one product (ProductId and SkuId, or the offer) whose paid days overlap, after credits. Likely where quantity, term and billing plan are the same; possible where one of them differs.',
    why: 'After a migration or a second order the old subscription often keeps running beside the new one.',
    example: 'Microsoft 365 Business Premium, 25 licences, twice: one since January, one since 3 May, both billed for June.',
    remedy:
      'Ask the customer whether both are wanted. If not, cancel the newer and request the credit for the duplicate order before the deadline.',
  },
  messages: {
    likely:
      '{product} is paid twice for {days} days: subscriptions {older} and {newer}, same quantity, term and plan; the newer one costs {billed} for these days',
    possible:
      '{product} is paid on two subscriptions for {days} days, {older} and {newer}, with different {differs}; the newer one costs {billed} for these days',
  },
  *check(customer, context) {
    const holdings = [...byProduct(customer).values()];
    for (const chains of holdings) {
      for (const [position, one] of chains.entries()) {
        for (const other of chains.slice(position + 1)) {
          const duplicate = duplicateOf(one, other);
          if (duplicate !== null) yield finding(duplicate, context.asOf);
        }
      }
    }
  },
});

function byProduct(customer: CustomerHoldings): ReadonlyMap<string, readonly SubscriptionChain[]> {
  const groups = new Map<string, SubscriptionChain[]>();
  for (const chain of customer.chains) {
    const key = `${chain.layout} ${chain.productKey} ${chain.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), chain]);
  }
  return groups;
}

/** A subscription bought after its predecessor was handed over to another tenant or partner replaces it, whatever its quantity. */
function isAfterTransfer(pair: DuplicateLicence): boolean {
  const handedOver = pair.older.events.find((event) => event.kind === 'transfer')?.day;
  return handedOver !== undefined && pair.newer.purchaseDay !== null && pair.newer.purchaseDay >= handedOver;
}

function finding(pair: DuplicateLicence, asOf: Day): Detection<Message> {
  const { older, newer, billed, lead } = pair;
  const differs = pair.differs.filter((one) => one !== 'quantity' || !isAfterTransfer(pair));
  const purchased = newer.purchaseDay;
  const claim = duplicateClaim(pair, asOf);
  const basis = sharedBasis(pair);
  const isLikely = differs.length === 0;
  const days = pair.shared.reduce((all, one) => all + one.days.length, 0);
  return {
    message: isLikely ? 'likely' : 'possible',
    values: {
      product: newer.productName,
      days: String(days),
      older: older.subscriptionId,
      newer: newer.subscriptionId,
      differs: differs.join(', '),
      billed: money(lead, billed),
    },
    evidence: pair.evidence,
    severity: isLikely && claim.standing !== 'last-day' ? 'warning' : 'info',
    kind: isLikely ? claim.kind : 'notice',
    amounts: { billed, expected: ZERO },
    working: [
      ...sharedDaysTexts(pair),
      `older subscription bought ${older.purchaseDay === null ? 'on an unknown day' : isoDay(older.purchaseDay)}, newer ${purchased === null ? 'on an unknown day' : isoDay(purchased)}`,
      ...claim.working,
    ],
    confidence: isLikely ? 'likely' : 'possible',
    deadline: isLikely ? claim.deadline : null,
    nextAction: nextAction(claim),
    citations: [...claim.citations, ...basis.citations],
    parametersUsed: [...claim.parametersUsed, ...basis.parametersUsed],
  };
}

function nextAction({ standing, deadline }: DuplicateClaim): string {
  if (standing === 'expired')
    return 'The deadline for a duplicate-order credit has passed. Ask the customer whether both are wanted and stop one.';
  if (standing === 'no-text')
    return 'Ask the customer whether both are wanted and stop one; look for the policy of that date before a credit is asked for.';
  if (deadline === null)
    return 'Ask the customer whether both are wanted; if not, stop one and open a ticket (no entitlement to a credit).';
  return `Ask the customer whether both are wanted; if not, request the duplicate-order credit by ${isoDay(deadline)}.`;
}
