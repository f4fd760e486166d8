import type { PriceQuery } from '../domain/prices/price-list.ts';
import { isLicenceLineWithPrice } from '../domain/prices/licence-price.ts';
import { daysAskedText, keyText } from '../domain/prices/price-texts.ts';
import type { UnlistedLines } from '../domain/charges/subjects.ts';
import { periodText } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

/** Products that are billed and that the price lists of the day do not offer. One finding a key of the lists, over all customers. */
export const priceNotListed = defineRule({
  code: 'PR02',
  name: 'price-not-listed',
  title: 'The price list has no price for a licence that is billed',
  scope: 'price-key',
  severity: 'warning',
  needs: { input: 'prices', looksAt: isLicenceLineWithPrice },
  citations: [
    cite(
      'price-sheet',
      'A price sheet holds the products of one market by product, SKU, term, billing plan and currency, with the dates of each price.',
    ),
    cite('pricing-and-offers', 'Price lists are published every month.'),
  ],
  docs: {
    checks:
      'Every licence line with a price above 0 must have a price in force on the day its term was bought or renewed. One finding for all lines of one product, SKU, term, billing plan, market and currency. Only where the lists cover that day: a list of the same kind, market and currency, for the month of its newest price (a list with ended prices: from the earliest end on). Anything else is unchecked.',
    why: 'Without a price nothing says what the licence may cost, and an offer that is no longer sold should not be renewed.',
    example:
      'A yearly term billed by the month was bought in the month of the list, which has the product for terms of a year billed by the year only.',
    remedy: 'Check that the list of that month, market and segment was given; if so, ask Microsoft which price the licence is billed at.',
  },
  messages: {
    'not-listed': '{product} ({key}) has no price in force {day}: {lines} of {customers}',
  },
  *check({ verdict, lines, lineCount, customerCount }) {
    const [first] = lines;
    if (verdict.status === 'unknown') {
      yield { unchecked: verdict.reason, line: first, lines: lineCount };
      return;
    }
    const { heading } = first.line;
    const { query } = verdict;
    yield {
      message: 'not-listed',
      values: {
        product: heading.productName,
        key: keyText(query),
        day: daysAskedText(verdict),
        lines: counted(lineCount, 'line'),
        customers: customerCount === 1 ? heading.customerName : `${customerCount} customers`,
      },
      evidence: lines.map((line) => ({ line, label: 'line without a list price' })),
      subject: {
        customerId: '',
        customerName: customerCount === 1 ? heading.customerName : '',
        subscriptionId: '',
        orderId: '',
        product: heading.productName,
        invoiceNumber: '',
        chargeType: '',
        firstDay: null,
        lastDay: null,
        currency: heading.currency,
        key: identityOf(query),
      },
      amounts: null,
      working: workingOf(lines, lineCount),
      confidence: 'likely',
      nextAction:
        'Check that the price list of that month, market and segment was given; if so, ask in a ticket which list the price is from.',
    };
  },
});

function identityOf({ kind, product, market, currency, termMonths, cycleMonths }: PriceQuery): string {
  return [kind, product, market, currency, termMonths, cycleMonths].join(' ');
}

function workingOf(lines: UnlistedLines['lines'], lineCount: number): readonly string[] {
  const shown = lines.map((one) => {
    const { line, listPrice } = one;
    const day = listPrice !== null && listPrice.query !== null ? `, asked ${daysAskedText(listPrice)}` : '';
    return `${line.heading.customerName}: ${line.chargeType} of ${periodText(line)}${day}`;
  });
  return lineCount > lines.length ? [...shown, `and ${counted(lineCount - lines.length, 'more line')}`] : shown;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
