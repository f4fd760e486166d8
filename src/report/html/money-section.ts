import type { Finding } from '../../domain/findings/finding.ts';
import type { Decimal } from '../../domain/numbers/money.ts';
import { formatMoney, sum, ZERO } from '../../domain/numbers/money.ts';
import type { Report } from '../../domain/findings/report.ts';
import { shownCustomer, totalsByCustomer } from '../customer-totals.ts';
import { bar, largestOf, percentOf } from './bars.ts';
import { markup, type HtmlValue, type SafeHtml } from './safe-html.ts';
import { amountHtml, counted, currenciesOf, nameHtml } from './words.ts';

const MOST_CUSTOMERS = 12;
const MOST_MONTHS = 18;

/** Two amounts under one name, drawn side by side and never added. */
interface Pair {
  readonly name: HtmlValue;
  readonly first: Decimal;
  readonly second: Decimal;
}

interface PairChart {
  readonly title: string;
  readonly note: string;
  readonly naming: string;
  readonly heads: readonly [first: string, second: string];
  readonly kinds: readonly [first: string, second: string];
}

const BY_CUSTOMER: PairChart = {
  title: 'By customer',
  note: 'Differences of the findings listed, the most money first.',
  naming: 'Customer',
  heads: ['Owed', 'At stake'],
  kinds: ['owed', 'claimable'],
};
const BY_MONTH: PairChart = {
  ...BY_CUSTOMER,
  title: 'By month',
  note: 'By the month in which the charge concerned begins.',
  naming: 'Month',
};
const CREDITS: PairChart = {
  title: 'Credits due and received',
  note: 'Discrepancies and claims about money that comes back, by rule: what the rules yield, and what the files credit.',
  naming: 'Rule',
  heads: ['Due', 'Received'],
  kinds: ['claimable', 'received'],
};

/** The charts of money, a currency at a time: amounts of two currencies are never set on one scale. */
export function moneySection(report: Report): SafeHtml {
  const currencies = currenciesOf(report).filter((currency) => report.findings.some((one) => one.currency === currency && hasMoney(one)));
  if (currencies.length === 0) return markup``;
  return markup`<section aria-labelledby="money-title">
    <h2 id="money-title">Where the money is</h2>
    <p class="note">
      Owed: discrepancies, where the bill departs from its rules. At stake: claims that can still be made. The two are never added to one
      another; a hollow bar is below zero: billed too low.
    </p>
    ${currencies.map((currency) => {
      const own = report.findings.filter((one) => one.currency === currency && hasMoney(one));
      return markup`<section class="currency-charts" aria-labelledby="charts-${currency}">
        <h3 id="charts-${currency}">${currency}</h3>
        <div class="charts">
          ${chart(BY_CUSTOMER, customerPairs(own), currency)}${chart(BY_MONTH, monthPairs(own), currency)}${chart(CREDITS, creditPairs(own, report), currency)}
        </div>
      </section>`;
    })}
  </section>`;
}

function hasMoney({ kind, difference }: Finding): boolean {
  return kind !== 'notice' && difference !== null;
}

function customerPairs(findings: readonly Finding[]): readonly Pair[] {
  const pairs = totalsByCustomer(findings).map((totals): Pair => ({
    name: nameHtml(shownCustomer(totals)),
    first: totals.byKind.discrepancy,
    second: totals.byKind.claim,
  }));
  return withRest(pairs, MOST_CUSTOMERS, (rest) => counted(rest, 'other customer'));
}

function monthPairs(findings: readonly Finding[]): readonly Pair[] {
  const byMonth = new Map<string, { first: Decimal; second: Decimal }>();
  for (const { firstDay, kind, difference } of findings) {
    const month = firstDay?.slice(0, 7) ?? '';
    const sums = byMonth.get(month) ?? { first: ZERO, second: ZERO };
    byMonth.set(month, sums);
    if (kind === 'discrepancy') sums.first = sums.first.plus(difference ?? '0');
    else sums.second = sums.second.plus(difference ?? '0');
  }
  const latestFirst = [...byMonth].sort(([a], [b]) => (a < b ? 1 : -1));
  const pairs = latestFirst.map(([month, sums]): Pair => ({ name: month === '' ? 'without a date' : month, ...sums }));
  return withRest(pairs, MOST_MONTHS, (rest) => counted(rest, 'earlier month'));
}

function creditPairs(findings: readonly Finding[], report: Report): readonly Pair[] {
  const isBelowZero = (amount: string | null): boolean => amount?.startsWith('-') ?? false;
  const byRule = new Map<string, { first: Decimal; second: Decimal }>();
  for (const { rule, billed, expected } of findings) {
    if (!isBelowZero(billed) && !isBelowZero(expected)) continue;
    const sums = byRule.get(rule) ?? { first: ZERO, second: ZERO };
    byRule.set(rule, sums);
    sums.first = sums.first.minus(expected ?? '0');
    sums.second = sums.second.minus(billed ?? '0');
  }
  return [...byRule]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, sums]) => ({
      name: markup`<a href="#rule=${rule}"><span class="code">${rule}</span> ${report.rules[rule]?.title ?? ''}</a>`,
      ...sums,
    }));
}

/** The rest keeps its sums: nothing is left out of a chart. */
function withRest(pairs: readonly Pair[], most: number, restName: (rest: number) => string): readonly Pair[] {
  if (pairs.length <= most) return pairs;
  const rest = pairs.slice(most);
  return [
    ...pairs.slice(0, most),
    { name: restName(rest.length), first: sum(rest.map(({ first }) => first)), second: sum(rest.map(({ second }) => second)) },
  ];
}

function chart({ title, note, naming, heads, kinds }: PairChart, pairs: readonly Pair[], currency: string): SafeHtml {
  if (pairs.length === 0) return markup``;
  const largest = largestOf(pairs.flatMap(({ first, second }) => [first, second]));
  const figure = (amount: Decimal): HtmlValue =>
    amount.isZero() ? markup`<span class="num nil">–</span>` : amountHtml(formatMoney(amount, currency));
  const drawn = (amount: Decimal, kind: string): SafeHtml =>
    bar([{ kind: amount.isNegative() ? `${kind} hollow` : kind, percent: percentOf(amount, largest) }]);
  return markup`<div class="panel chart">
    <table class="bars pairs">
      <caption>
        ${title}, ${currency}
        <small>${note}</small>
      </caption>
      <thead>
        <tr>
          <th scope="col">${naming}</th>
          ${heads.map((head, index) => markup`<th scope="col" class="amount"><span class="key ${kinds[index]}" aria-hidden="true"></span>${head}</th>`)}
          <th class="drawn" aria-hidden="true"></th>
        </tr>
      </thead>
      <tbody>
        ${pairs.map(
          ({ name, first, second }) =>
            markup`<tr>
              <th scope="row">${name}</th>
              <td class="amount">${figure(first)}</td>
              <td class="amount">${figure(second)}</td>
              <td class="drawn" aria-hidden="true">${drawn(first, kinds[0])}${drawn(second, kinds[1])}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
