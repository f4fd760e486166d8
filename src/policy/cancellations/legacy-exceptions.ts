import type { Day } from '../../domain/calendar/days.ts';
import type { SubscriptionChain } from '../../domain/charges/subjects.ts';
import { valueOn } from '../parameter.ts';
import { powerBiPremiumScope } from '../parameters/power-bi-premium.ts';

export type LegacyRefundRule = 'general' | 'power-bi-premium' | 'microsoft-365-a1';

/** Which refund rule a legacy product bought on a day falls under; recognised by its name, for files carry no product family. */
export function legacyRefundRule(
  { productName, ownTerms }: Pick<SubscriptionChain, 'productName' | 'ownTerms'>,
  purchased: Day,
): LegacyRefundRule {
  if (/\bA1\b/i.test(productName) && /microsoft 365/i.test(productName)) return 'microsoft-365-a1';
  // Premium Per User is taken for a licence like others: a fixed cost a day is that of a capacity. PO01 names the other reading.
  if (!/power bi premium/i.test(productName) || isPremiumPerUser({ productName })) return 'general';
  const scope = valueOn(powerBiPremiumScope, purchased, ownTerms);
  const isCovered = scope !== null && (scope.value === 'all' || /\bP1\b/i.test(productName));
  return isCovered ? 'power-bi-premium' : 'general';
}

/** A Power BI Premium licence of a user, where all others are capacities. */
export function isPremiumPerUser({ productName }: Pick<SubscriptionChain, 'productName'>): boolean {
  return /power bi premium/i.test(productName) && /per user/i.test(productName);
}
