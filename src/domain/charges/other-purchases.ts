import { cancellationMoment } from '../credits/cancellations.ts';
import type { ChargeLine } from './charge-line.ts';
import type { Day } from '../calendar/days.ts';
import type { PartnerEvent } from '../partner/partner-event.ts';
import type { AuditedLine, SubscriptionChain } from './subjects.ts';
import type { Moment } from '../calendar/window.ts';

/** What is neither licence, usage nor reservation, as far as cancelling it goes. */
export type OtherProduct =
  | 'perpetual-software'
  | 'software-subscription'
  | 'linux-plan'
  | 'marketplace-monthly'
  | 'marketplace-yearly'
  | 'business-central'
  | 'savings-plan';

/** One purchase or renewal of such a product. Each order of perpetual software is a purchase of its own. */
export interface OtherPurchase {
  readonly product: OtherProduct;
  readonly isRenewal: boolean;
  readonly start: Moment;
  readonly charge: AuditedLine;
  /** The credit that took it back; null where no file has one. */
  readonly credit: AuditedLine | null;
}

/** The moment a purchase was given back. */
export interface OtherCancellation extends Moment {
  readonly purchase: OtherPurchase;
  /** The line of the files: a credit, or a line of 0; null where only the record tells. */
  readonly line: AuditedLine | null;
  readonly event: PartnerEvent | null;
}

/**
 * Recognised by the kind of the row and by names, for files carry no product family: a perpetual licence has neither a term nor a charge end,
 * and no `subscription` in its name. Null for licences, usage and reservations.
 */
export function otherProductOf({ heading, lastDay, firstDay }: ChargeLine): OtherProduct | null {
  const { productKind, productName, termText, cycleMonths } = heading;
  if (productKind === 'savings-plan') return 'savings-plan';
  if (productKind === 'marketplace') {
    if (/business central/i.test(productName)) return 'business-central';
    return cycleMonths === 1 && !/year|annual|trienn|\bP\dY\b/i.test(termText) ? 'marketplace-monthly' : 'marketplace-yearly';
  }
  if (productKind !== 'software') return null;
  if (/\bred ?hat\b|\brhel\b|\bsuse\b/i.test(productName)) return 'linux-plan';
  const isTermed = lastDay !== null && lastDay !== firstDay && termText !== '';
  return isTermed || /subscription/i.test(`${termText} ${productName}`) ? 'software-subscription' : 'perpetual-software';
}

/** The purchases and renewals of a chain that cost something, in the order of their days; none for licences. */
export function otherPurchases(chain: SubscriptionChain): readonly OtherPurchase[] {
  if (chain.lines.every((one) => otherProductOf(one.line) === null)) return [];
  const found = chain.lines.flatMap((charge): OtherPurchase[] => {
    const product = otherProductOf(charge.line);
    const start = startOf(chain, charge);
    const { kind, amount } = charge.line;
    const isBought = (kind === 'purchase' || kind === 'renewal') && amount.isPositive() && !amount.isZero();
    if (product === null || start === null || !isBought || isReversed(chain, charge)) return [];
    return [{ product, isRenewal: kind === 'renewal', start, charge, credit: null }];
  });
  return withCredits(chain, found);
}

/** A credit belongs to the purchase of its very amount, else to the latest before it; a purchase is taken back once. */
function withCredits(chain: SubscriptionChain, purchases: readonly OtherPurchase[]): readonly OtherPurchase[] {
  const credits = new Map<OtherPurchase, AuditedLine>();
  for (const one of chain.lines) {
    const at = isCancellation(one) && one.line.amount.isNegative() ? cancellationMoment(one, null) : null;
    if (at === null) continue;
    const open = purchases.filter((purchase) => purchase.start.day <= at.day && !credits.has(purchase));
    const own = open.findLast(({ charge }) => charge.line.amount.eq(one.line.amount.negated())) ?? open.at(-1);
    if (own !== undefined) credits.set(own, one);
  }
  return purchases.map((purchase) => ({ ...purchase, credit: credits.get(purchase) ?? null }));
}

/** Every cancellation of the purchases, by a line of the files or by the partner’s own record, whose day counts where both are given. */
export function otherCancellations(chain: SubscriptionChain): readonly OtherCancellation[] {
  const purchases = otherPurchases(chain);
  const events = chain.events.filter((event) => event.kind === 'cancel');
  const found: OtherCancellation[] = [];
  const taken = new Set<PartnerEvent>();
  const ended = new Set<OtherPurchase>();
  const add = (purchase: OtherPurchase, line: AuditedLine | null, at: Moment, event: PartnerEvent | null): void => {
    if (event !== null) taken.add(event);
    ended.add(purchase);
    found.push({ purchase, line, event, day: (event ?? at).day, second: (event ?? at).second });
  };
  const recorded = (from: Day): PartnerEvent | null => events.find((event) => !taken.has(event) && event.day >= from) ?? null;
  for (const purchase of purchases) {
    const at = purchase.credit === null ? null : cancellationMoment(purchase.credit, null);
    if (at !== null) add(purchase, purchase.credit, at, recorded(purchase.start.day));
  }
  const latest = (day: Day): OtherPurchase | undefined => purchases.findLast((one) => one.start.day <= day && !ended.has(one));
  for (const one of chain.lines.filter((line) => isCancellation(line) && line.line.amount.isZero())) {
    const at = cancellationMoment(one, null);
    const purchase = at === null ? undefined : latest(at.day);
    if (at !== null && purchase !== undefined) add(purchase, one, at, recorded(purchase.start.day));
  }
  for (const event of events.filter((one) => !taken.has(one))) {
    const purchase = latest(event.day);
    if (purchase !== undefined) add(purchase, null, event, event);
  }
  return found.sort((a, b) => a.day - b.day);
}

function isCancellation({ line }: AuditedLine): boolean {
  return line.kind === 'cancellation' && !line.heading.isTrial;
}

/** A row of the same kind that takes the whole charge back corrects it; nothing was cancelled. */
function isReversed(chain: SubscriptionChain, charge: AuditedLine): boolean {
  return chain.lines.some(
    ({ line }) => line.kind === charge.line.kind && line.firstDay === charge.line.firstDay && line.amount.eq(charge.line.amount.negated()),
  );
}

/** The instant of the partner’s record; else OrderDate, unless it lies before the charge; else the first day charged. */
function startOf(chain: SubscriptionChain, { line }: AuditedLine): Moment | null {
  const { orderDay, orderSecond, firstDay, kind } = line;
  const near = orderDay !== null && kind === 'purchase' ? orderDay : firstDay;
  const recorded = chain.events.find(
    (event) => event.kind === (kind === 'renewal' ? 'renew' : 'purchase') && near !== null && Math.abs(event.day - near) <= 1,
  );
  if (recorded !== undefined) return { day: recorded.day, second: recorded.second };
  if (orderDay !== null && (kind === 'purchase' || firstDay === null || orderDay >= firstDay))
    return { day: orderDay, second: orderSecond };
  return firstDay === null ? null : { day: firstDay, second: null };
}

/** Usage has no window, and a savings plan is final: nothing can be missing there. */
export function isCancellableProduct({ line }: AuditedLine): boolean {
  const product = otherProductOf(line);
  return product !== null && product !== 'savings-plan' && product !== 'linux-plan';
}
