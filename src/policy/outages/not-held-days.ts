import { addDays, type Day } from '../../domain/calendar/days.ts';
import { ZERO } from '../../domain/numbers/money.ts';
import type { SubscriptionChain } from '../../domain/charges/subjects.ts';

/**
 * The days, both ends included, on which the files prove that none of some subscriptions was held: before the charge that bought it, and after
 * a cancellation that took all its licences away. A day that no given charge covers proves nothing: its file may not be here.
 */
export function notHeldDays(chains: readonly SubscriptionChain[], firstDay: Day, lastDay: Day): readonly Day[] {
  if (chains.length === 0) return [];
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, place) => addDays(firstDay, place));
  return days.filter((day) => chains.every((chain) => isBeforePurchase(chain, day) || isCancelled(chain, day)));
}

function isBeforePurchase({ lines }: SubscriptionChain, day: Day): boolean {
  const begun = lines.flatMap(({ line }) => (line.sign > 0 && line.firstDay !== null ? [{ line, firstDay: line.firstDay }] : []));
  const first = Math.min(...begun.map(({ firstDay }) => firstDay));
  return day < first && begun.some(({ line, firstDay }) => firstDay === first && line.kind === 'purchase');
}

function isCancelled({ lines }: SubscriptionChain, day: Day): boolean {
  const covering = lines.filter(
    ({ line: { firstDay, lastDay, kind } }) =>
      kind !== 'adjustment' && firstDay !== null && lastDay !== null && firstDay <= day && day <= lastDay,
  );
  // One of the whole period tells no day: the licences may have been held until they were given back.
  const begun = Math.min(...covering.flatMap(({ line }) => (line.sign > 0 ? (line.firstDay ?? []) : [])));
  if (!covering.some(({ line }) => line.kind === 'cancellation' && (line.firstDay ?? 0) > begun)) return false;
  return covering.reduce((held, { line }) => held.plus(line.quantity.abs().times(line.sign)), ZERO).lte(0);
}
