import { isoDay } from '../calendar/days.ts';
import { formatMoney } from '../numbers/money.ts';
import { dayOfSecond, type ListedPrice, type PriceQuery, type Second } from './price-list.ts';

const LENGTHS: ReadonlyMap<number, readonly [term: string, plan: string]> = new Map([
  [0, ['once', 'no plan']],
  [1, ['P1M', 'monthly plan']],
  [12, ['P1Y', 'annual plan']],
  [36, ['P3Y', 'triennial plan']],
]);

/** `cfq7ttc0lh0r:0001 P1Y monthly plan NL EUR`: the key by which a price stands in the lists. */
export function keyText({ product, market, currency, termMonths, cycleMonths }: PriceQuery): string {
  const term = termMonths === null ? '' : (LENGTHS.get(termMonths)?.[0] ?? `${termMonths} months`);
  const plan = cycleMonths === null ? '' : (LENGTHS.get(cycleMonths)?.[1] ?? `billed every ${cycleMonths} months`);
  return [product.toUpperCase(), term, plan, market, currency].filter((part) => part !== '').join(' ');
}

/** `on 2026-03-01`, or `between 2026-02-28 and 2026-03-01` where either day may be the one. */
export function daysAskedText({ query: { from, until } }: { readonly query: Pick<PriceQuery, 'from' | 'until'> }): string {
  const [first, last] = [isoDay(dayOfSecond(from)), isoDay(dayOfSecond(until))];
  return first === last ? `on ${first}` : `between ${first} and ${last}`;
}

function secondText(second: Second, open: string): string {
  return Number.isFinite(second) ? isoDay(dayOfSecond(second)) : open;
}

/** What a row of a list says, and how it comes to the price of a charge cycle. */
export function listedText({ printed, perCycle, cycles, row }: ListedPrice): string {
  const { segment, currency } = row;
  const price = formatMoney(printed, currency);
  const divided =
    cycles === null || cycles.months === cycles.of
      ? ''
      : `, for a charge cycle R(${price} × ${cycles.months}/${cycles.of}) = ${formatMoney(perCycle, currency)}`;
  const dates = `${secondText(row.from, 'the beginning')} to ${secondText(row.until, 'an open end')}`;
  return `list price ${price} ${currency}${segment === '' ? '' : `, ${segment}`}, in force ${dates}${divided}`;
}
