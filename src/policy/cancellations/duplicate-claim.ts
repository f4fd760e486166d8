import { addDays, addMonths, isoDay, type Day } from '../../domain/calendar/days.ts';
import type { Window } from '../../domain/calendar/window.ts';
import type { Citation, FindingKind, ParameterUse } from '../../domain/findings/finding.ts';
import type { DuplicateLicence } from '../../domain/charges/duplicate-licence.ts';
import type { SubscriptionChain } from '../../domain/charges/subjects.ts';
import { cite } from '../citations.ts';
import { nearestUse, useOf, valueOn, type Dated } from '../parameter.ts';
import { duplicateOrderScope } from '../parameters/duplicate-order-scope.ts';
import { legacyDuplicateClaim } from '../parameters/legacy-duplicate-claim.ts';
import { newCommerceTicket, redundantLicencesTicket } from '../parameters/new-commerce-tickets.ts';

/**
 * How a claim for a duplicate order stands: until a day to come, on its last day (in time only where "within N days" includes day N), after it;
 * by ticket without an entitlement; or not known, for no text of the time of the purchase is at hand, or its day is in no file.
 */
type Standing = 'open' | 'last-day' | 'expired' | 'by-ticket' | 'no-text' | 'undated';

/** Whether, and until when, the credit for a duplicate order can be asked for. */
export interface DuplicateClaim {
  readonly standing: Standing;
  /** The last day that is still to come, included; null where it has passed, or no text tells one. */
  readonly deadline: Day | null;
  readonly kind: FindingKind;
  readonly working: readonly string[];
  readonly citations: readonly Citation[];
  readonly parametersUsed: readonly ParameterUse[];
}

const ON_REQUEST = cite(
  'request-credit-2021',
  'Duplicate orders, for instance after a move to another tenant or partner, are credited on request.',
);

/** The clauses on duplicate orders beside the dated figures. */
export const DUPLICATE_CITATIONS: readonly Citation[] = [ON_REQUEST];

/** The figures that tell how two subscriptions of which the newer is one of new commerce are claimed. */
export const TICKET_PARAMETERS = [newCommerceTicket, redundantLicencesTicket] as const;

/**
 * The claim for two subscriptions of one product, counted from the purchase of the newer. Between two of new commerce there is none; of a legacy
 * and a new-commerce one it depends on whether the text of that time names legacy offers alone. Sources: the credit request pages of 2021 and 2023.
 */
export function duplicateClaim({ older, newer }: Pick<DuplicateLicence, 'older' | 'newer'>, asOf: Day): DuplicateClaim {
  const { purchaseDay, ownTerms } = newer;
  const isLegacy = newer.layout === 'legacy-licence';
  if (!isLegacy && older.layout !== 'legacy-licence') return byTicket(newer, asOf, []);
  if (purchaseDay === null)
    return isLegacy ? { ...UNKNOWN, standing: 'undated', kind: 'claim', working: [], citations: [ON_REQUEST] } : byTicket(newer, asOf, []);
  const scope = isLegacy ? null : valueOn(duplicateOrderScope, purchaseDay, ownTerms);
  const scopeUse = scope === null ? [] : [useOf(duplicateOrderScope, scope)];
  if (scope?.value === 'legacy-only') return byTicket(newer, asOf, scopeUse);
  const dated = valueOn(legacyDuplicateClaim, purchaseDay, ownTerms);
  if (dated === null) return withoutText(purchaseDay);
  const claim = claimUntil(purchaseDay, dated, asOf);
  return { ...claim, parametersUsed: [...scopeUse, ...claim.parametersUsed] };
}

const UNKNOWN: Pick<DuplicateClaim, 'deadline' | 'parametersUsed'> = { deadline: null, parametersUsed: [] };

/** Where the newer one stands for an upgrade, the two billing cycles of its ticket are counted from its purchase: no invoice comes before. */
function byTicket({ purchaseDay, ownTerms }: SubscriptionChain, asOf: Day, scopeUse: readonly ParameterUse[]): DuplicateClaim {
  const redundant = purchaseDay === null ? null : valueOn(redundantLicencesTicket, purchaseDay, ownTerms);
  const until = purchaseDay === null || redundant === null ? null : addMonths(purchaseDay, redundant.value);
  return {
    standing: 'by-ticket',
    deadline: null,
    kind: 'claim',
    working: [
      'new commerce: a credit for a duplicate order goes by ticket, without an entitlement and without a deadline',
      ...(until === null
        ? []
        : [
            `if the newer one stands for an upgrade that could not be made as one: by ticket within two billing cycles of its invoice, surely in time until ${isoDay(until)}${until < asOf ? ', which has passed' : ''}`,
          ]),
    ],
    citations: [],
    parametersUsed: [
      ...scopeUse,
      nearestUse(newCommerceTicket, purchaseDay ?? asOf, ownTerms),
      ...(redundant === null ? [] : [useOf(redundantLicencesTicket, redundant)]),
    ],
  };
}

/** Policy is never extended backwards: that the days are paid twice stays a fact, that a credit can be claimed is none. */
function withoutText(purchaseDay: Day): DuplicateClaim {
  const first = legacyDuplicateClaim.values[0]?.since ?? '';
  return {
    ...UNKNOWN,
    standing: 'no-text',
    kind: 'notice',
    working: [
      `the newer subscription was bought on ${isoDay(purchaseDay)}; the first dated text on duplicate orders is of ${first}: whether a credit can be claimed is not known`,
    ],
    citations: [ON_REQUEST],
  };
}

function claimUntil(purchaseDay: Day, dated: Dated<Window>, asOf: Day): DuplicateClaim {
  const deadline = addDays(purchaseDay, dated.value.length);
  const standing = deadline < asOf ? 'expired' : deadline === asOf ? 'last-day' : 'open';
  const how = {
    expired: ', which has passed',
    'last-day': `: by the strict reading ${isoDay(addDays(deadline, -1))} was the last day`,
    open: '',
  }[standing];
  return {
    standing,
    deadline: standing === 'expired' ? null : deadline,
    kind: standing === 'open' ? 'claim' : 'notice',
    working: [`claim for a duplicate order: until ${isoDay(deadline)}${how}`],
    citations: [],
    parametersUsed: [useOf(legacyDuplicateClaim, dated)],
  };
}
