import { figureOf } from '../domain/proration/conventions.ts';
import { isoDay } from '../domain/calendar/days.ts';
import type { UncheckedReason } from '../domain/proration/expected-charge.ts';
import { isRate } from '../domain/charges/charge-line.ts';
import { Decimal, formatMoney } from '../domain/numbers/money.ts';
import { isDailyUsage, type AuditedLine } from '../domain/charges/subjects.ts';
import { dailyChargeAt } from '../domain/charges/usage-charge.ts';
import { money, signed } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

const ONE = new Decimal(1);

/** The line's amount at another exchange rate, by the convention or reading that judges it; null where the line could not be recalculated. */
function amountAt(one: AuditedLine, rate: Decimal): Decimal | null {
  if (isDailyUsage(one)) return dailyChargeAt(one.line, rate);
  const { recalculation } = one;
  if (recalculation.status !== 'recalculated') return null;
  return signed(one, figureOf(one.judgedBy, { ...recalculation.facts, rate }));
}

/** Days of usage that name neither their invoice nor the day of their rate may have different rates by right. */
function openPoint(one: AuditedLine): UncheckedReason | null {
  if (!isDailyUsage(one)) return null;
  if (one.line.invoiceNumber === '') return 'no-invoice-number';
  return one.line.rateDay === null ? 'rate-date-missing' : null;
}

/** An exchange rate that cannot be right: not 1 between equal currencies, or not the one that the invoice uses for that pair and date. */
const OF_INVOICE_FILE = cite(
  'new-commerce-recon-file',
  'PCToBCExchangeRate converts the pricing currency to the billing currency and is 1 where both are the same.',
);
const OF_DAILY_FILE = cite('daily-usage-file-2021', 'BillingPreTaxTotal is worked out with the PCToBCExchangeRate of the row.');
const ONE_RATE_A_MONTH = cite(
  'billing-basics-2023',
  'One rate a currency pair holds for the purchases of a whole month; the rate of the charge date counts.',
);

export const exchangeRateDiffers = defineRule({
  code: 'AR05',
  name: 'exchange-rate-differs',
  title: 'An exchange rate departs from its invoice',
  scope: 'line',
  severity: 'error',
  seesUsage: true,
  citations: [],
  caseCitations: [OF_INVOICE_FILE, OF_DAILY_FILE, ONE_RATE_A_MONTH],
  docs: {
    checks:
      'A new-commerce line or daily usage row between equal currencies must carry the rate 1; all lines of an invoice with the same currency pair and rate date must carry the same rate, and so must its daily rows among themselves. Between two currencies 0 is no rate: the line is told here and worked out by no other rule.',
    why: 'The amount is worked out from the printed rate, so a wrong rate passes every other check of the line.',
    example: 'PricingCurrency EUR, Currency EUR, PCToBCExchangeRate 1.08: the line is 8 % too dear.',
    remedy: 'Open a billing ticket; name the rate most lines of the invoice use, or 1 for equal currencies.',
  },
  messages: {
    'not-one': 'the exchange rate is {rate} although both currencies are {currency}',
    'not-of-invoice': 'the exchange rate {from} to {currency} of {rateDay} is {rate}; most lines of invoice {invoice} use {majority}',
    'no-rate': 'the exchange rate {from} to {currency} of {rateDay} is {rate}, at which nothing can be converted',
    'no-majority':
      'invoice {invoice} uses {count} rates {from} to {currency} of {rateDay}, none of them on most lines; this line uses {rate}',
  },
  *check(one) {
    const { line, rateUse } = one;
    const { rate } = line;
    if (rate === null || rateUse === null) return;
    const { currency, pricingCurrency } = line.heading;
    const isSame = currency === pricingCurrency;
    const right = isSame ? ONE : rateUse.majority;
    const isNone = !isSame && !isRate(rate);
    if (!isNone && (isSame ? rate.eq(ONE) : rateUse.distinct < 2)) return;
    const open = isSame || isNone ? null : openPoint(one);
    if (open !== null) {
      yield { unchecked: open, line: one };
      return;
    }
    if (right !== null && rate.eq(right)) return;
    const expected = right === null ? null : amountAt(one, right);
    const values = {
      rate: rate.toString(),
      currency,
      from: pricingCurrency,
      rateDay: line.rateDay === null ? 'no stated date' : isoDay(line.rateDay),
      invoice: line.invoiceNumber === '' ? 'without number' : line.invoiceNumber,
      majority: right?.toString() ?? '',
      count: String(rateUse.distinct),
    };
    yield {
      message: isSame ? 'not-one' : isNone ? 'no-rate' : right === null ? 'no-majority' : 'not-of-invoice',
      values,
      evidence: [{ line: one, label: 'line' }],
      amounts: expected === null ? null : { billed: line.amount, expected },
      working: [
        `rate printed ${rate.toString()} for ${pricingCurrency} to ${currency}, rate date ${values.rateDay}`,
        right === null ? 'no rate is used by more than half of the lines' : `right rate ${right.toString()}`,
        ...(isNone ? ['at such a rate the line cannot be recalculated'] : []),
        ...(expected === null ? [] : [`amount at the right rate ${formatMoney(expected, currency)}, billed ${money(one, line.amount)}`]),
      ],
      confidence: 'certain',
      citations: [
        OF_INVOICE_FILE,
        ...(line.heading.layout === 'daily-usage' ? [OF_DAILY_FILE] : []),
        ...(isSame ? [] : [ONE_RATE_A_MONTH]),
      ],
      nextAction: 'Open a billing ticket and ask for the line at the right exchange rate.',
    };
  },
});
