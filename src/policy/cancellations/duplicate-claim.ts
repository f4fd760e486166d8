import { addDays, isoDay, type Day } from '../../domain/calendar/days.ts';
import type { Citation, ParameterUse } from '../../domain/findings/finding.ts';
import type { SubscriptionChain } from '../../domain/charges/subjects.ts';
import { cite } from '../citations.ts';
import { useOf, valueOn } from '../parameter.ts';
import { legacyDuplicateClaim } from '../parameters/legacy-duplicate-claim.ts';

/** Until when the credit for a duplicate order can be asked for. */
export interface DuplicateClaim {
  /** The last day, included; null where no text grants a claim (new commerce), or the purchase is unknown. */
  readonly deadline: Day | null;
  readonly isExpired: boolean;
  /** On its last day a claim is in time only where "within N days" includes day N. */
  readonly isBoundary: boolean;
  readonly working: readonly string[];
  readonly citations: readonly Citation[];
  readonly parametersUsed: readonly ParameterUse[];
}

const ON_REQUEST = cite(
  'request-credit-2021',
  'Duplicate orders, for instance after a move to another tenant or partner, are credited on request.',
);
const BY_TICKET = cite(
  'cancellation-policy-2023',
  'New commerce: beyond the cancellation window duplicate orders go by ticket; there is no entitlement.',
);

/** The clauses on duplicate orders beside the dated figure. */
export const DUPLICATE_CITATIONS: readonly Citation[] = [ON_REQUEST, BY_TICKET];

/** The claim for the newer of two subscriptions: counted from its purchase, legacy only. Source: the credit request pages of 2021. */
export function duplicateClaim({ layout, purchaseDay, ownTerms }: SubscriptionChain, asOf: Day): DuplicateClaim {
  const dated = layout === 'legacy-licence' && purchaseDay !== null ? valueOn(legacyDuplicateClaim, purchaseDay, ownTerms) : null;
  if (dated === null || purchaseDay === null)
    return {
      deadline: null,
      isExpired: false,
      isBoundary: false,
      working: [],
      citations: [layout === 'legacy-licence' ? ON_REQUEST : BY_TICKET],
      parametersUsed: [],
    };
  const deadline = addDays(purchaseDay, dated.value.length);
  const isExpired = deadline < asOf;
  const isBoundary = deadline === asOf;
  const how = isExpired
    ? ', which has passed'
    : isBoundary
      ? `: by the strict reading ${isoDay(addDays(deadline, -1))} was the last day`
      : '';
  return {
    deadline,
    isExpired,
    isBoundary,
    working: [`claim for a duplicate order: until ${isoDay(deadline)}${how}`],
    citations: [],
    parametersUsed: [useOf(legacyDuplicateClaim, dated)],
  };
}
