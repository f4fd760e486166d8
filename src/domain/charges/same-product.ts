import type { SubscriptionChain } from './subjects.ts';

/** Whether two subscriptions are of one product: by its ids within a layout; across layouts, whose ids differ, by its name without case, spaces and punctuation. */
export function isSameProduct(one: SubscriptionChain, other: SubscriptionChain): boolean {
  return one.layout === other.layout ? one.productKey === other.productKey : bareName(one) === bareName(other);
}

function bareName({ productName }: SubscriptionChain): string {
  return productName.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
