import { figureOf } from '../domain/proration/conventions.ts';
import type { ExpectedCharge, UncheckedReason } from '../domain/proration/expected-charge.ts';
import type { Detection, ParameterUse, Unchecked } from '../domain/findings/finding.ts';
import { Decimal, formatMoney, minorDigits } from '../domain/numbers/money.ts';
import { dayOfSecond, type AskedPrice, type ListedPrice } from '../domain/prices/price-list.ts';
import { isLicenceLineWithPrice } from '../domain/prices/licence-price.ts';
import { daysAskedText, keyText, listedText } from '../domain/prices/price-texts.ts';
import { roundHalfUp } from '../domain/numbers/rounding.ts';
import type { AuditedLine } from '../domain/charges/subjects.ts';
import { money, periodText, shown, signed } from '../domain/proration/working.ts';
import { FORMULA_CITATIONS, formulaBasis } from '../policy/formula-basis.ts';
import { cite } from '../policy/citations.ts';
import { useOf, valueOn } from '../policy/parameter.ts';
import { priceGuarantee } from '../policy/parameters/price-guarantee.ts';
import { legacyProrationFormula, newCommerceProrationFormula } from '../policy/parameters/proration-formula.ts';
import { defineRule } from './rule.ts';

const ONE = new Decimal(1);

type Message = 'departs' | 'departs-from-all';

/** The full price of a licence line against the price list of the day on which its term was bought or renewed. */
export const priceDiffersFromList = defineRule({
  code: 'PR01',
  name: 'price-differs-from-list',
  title: 'The price of a licence is not the one of the price list',
  scope: 'line',
  severity: 'error',
  needs: { input: 'prices', looksAt: isLicenceLineWithPrice },
  citations: [
    cite(
      'price-sheet',
      'UnitPrice of a price sheet is the price of the whole term, by product, SKU, term, billing plan, market, currency and dates.',
    ),
    cite(
      'pricing-and-offers',
      'A yearly price billed by the month is divided by twelve; of overlapping rows the newest effective start counts.',
    ),
  ],
  caseCitations: FORMULA_CITATIONS,
  parameters: [priceGuarantee, legacyProrationFormula, newCommerceProrationFormula],
  docs: {
    checks:
      'The full price of every licence line with a price above 0 must be the list price in force when its term was bought or renewed, for its product, SKU, term, billing plan, market, currency and tier, less the stated percentages; a term price billed by cycles is divided by them and compared after half-up to the minor unit. Where the line does not tell which of several prices is meant (a segment, a day on which the price changed), any of them will do. A row without an end is held against lines up to the end of the month of the newest price in the lists, for a later list may have another price.',
    why: 'A wrong price is charged every month until the term ends, and every line of the subscription computes.',
    example:
      '120.96 a year by the list is 10.08 a month. A yearly term billed by the month at 10.40 for 10 licences is 3.20 too much every month.',
    remedy: 'Send Microsoft the line and the row of the price list in a billing ticket, and ask for the price of the day of purchase.',
  },
  messages: {
    departs: '{chargeType} of {period} is priced at {price}; the price list in force {day} has {listed}',
    'departs-from-all':
      '{chargeType} of {period} is priced at {price}; none of the prices in force {day} that may be meant is that: {listed}',
  },
  *check(one) {
    const { listPrice, recalculation } = one;
    if (listPrice === null) return;
    const leave = (unchecked: UncheckedReason): Unchecked => ({ unchecked, line: one });
    if (listPrice.query === null) yield leave(listPrice.reason);
    else if (listPrice.answer.status === 'unknown') yield leave(listPrice.answer.reason);
    else if (listPrice.answer.status === 'not-listed') return;
    else if (recalculation.status === 'unchecked') yield leave(recalculation.reason);
    else if (recalculation.status === 'bounded') yield leave('full-price-unknown');
    else yield* judge(one, recalculation, listPrice, listPrice.answer);
  },
});

type Answer = Extract<AskedPrice['answer'], { status: 'listed' }>;

function* judge(one: AuditedLine, charge: ExpectedCharge, asked: AskedPrice, answer: Answer): Generator<Detection<Message> | Unchecked> {
  const { source } = charge.price;
  // These prices are not the line's own: the one is the list's, the other that of an earlier line, which is judged itself.
  if (source === 'price-list' || source === 'earlier-line-of-the-term') return;
  if (source === 'effective-unit-price') {
    yield { unchecked: 'adjustment-without-percentage', line: one };
    return;
  }
  const share = adjustedShare(one, charge);
  if (answer.prices.some((listed) => isSame(charge.price.amount, listed, share, asked))) return;
  const reason = reasonToLeave(one, charge, share, answer);
  if (reason !== null) {
    yield { unchecked: reason, line: one };
    return;
  }
  const nearest = answer.prices.reduce((best, listed) => (gap(charge, listed, share).lt(gap(charge, best, share)) ? listed : best));
  const expected = amountAt(one, charge, nearest, share);
  // The amount is that of the list price whatever the unit price says: AR06 speaks of such a cell.
  if (expected.eq(one.line.amount)) return;
  const guaranteed = guaranteeOf(one, asked);
  const { citations, parametersUsed } = formulaBasis(one);
  if (guaranteed === null) yield { unchecked: 'policy-unknown', line: one };
  else
    yield {
      ...finding(one, charge, asked, answer),
      ...amounts(one, charge, answer, nearest, share),
      citations,
      parametersUsed: [...guaranteed, ...parametersUsed],
    };
}

/** What the stated adjustments leave of the unit price: 1 without any. */
function adjustedShare({ line }: AuditedLine, charge: ExpectedCharge): Decimal {
  const unit = line.unitPrice?.abs() ?? null;
  return charge.price.source === 'unit-price-after-adjustments' && unit !== null && !unit.isZero() ? charge.price.amount.div(unit) : ONE;
}

function isSame(price: Decimal, listed: ListedPrice, share: Decimal, { query }: AskedPrice): boolean {
  const digits = minorDigits(query.currency);
  const billed = roundHalfUp(price, digits);
  return roundHalfUp(listed.perCycle.times(share), digits).eq(billed) || roundHalfUp(exactPerCycle(listed).times(share), digits).eq(billed);
}

/** Before it is rounded: an adjustment may have been taken from either. */
function exactPerCycle({ printed, cycles }: ListedPrice): Decimal {
  return cycles === null ? printed : printed.times(cycles.months).div(cycles.of);
}

function gap(charge: ExpectedCharge, listed: ListedPrice, share: Decimal): Decimal {
  return listed.perCycle.times(share).minus(charge.price.amount).abs();
}

/** Why a price that is none of the list's is no departure that can be shown. */
function reasonToLeave(
  { line }: AuditedLine,
  charge: ExpectedCharge,
  share: Decimal,
  { prices, isProven }: Answer,
): UncheckedReason | null {
  if (!isProven) return 'price-list-does-not-cover';
  const isBelow = prices.every((listed) => charge.price.amount.lt(listed.perCycle.times(share)));
  // E5 suites are billed as two lines, each with a part of the price.
  if (isBelow && /\bE5\b/i.test(line.heading.productName)) return 'billed-in-two-parts';
  const isUnstated = charge.price.source !== 'unit-price-after-adjustments' && line.heading.promotionId !== '';
  return isBelow && isUnstated ? 'adjustment-without-percentage' : null;
}

function amountAt(one: AuditedLine, charge: ExpectedCharge, listed: ListedPrice, share: Decimal): Decimal {
  const { billed, whole } = charge.priceShare;
  return signed(one, figureOf(one.judgedBy, { ...charge.facts, billed, whole, price: listed.perCycle.times(share) }));
}

/** Only a row that opens a term has its price by itself; that later ones keep it is the price guarantee. Null where that is not known of the day. */
function guaranteeOf({ line, ownTerms }: AuditedLine, { query }: AskedPrice): readonly ParameterUse[] | null {
  if (line.kind === 'purchase' || line.kind === 'renewal' || line.kind === 'plan-change' || line.kind === 'conversion') return [];
  const dated = valueOn(priceGuarantee, dayOfSecond(query.from), ownTerms);
  return dated === null ? null : [useOf(priceGuarantee, dated)];
}

const CONFIDENCE = { order: 'certain', renewal: 'certain', 'term-start': 'likely' } as const;

function finding(one: AuditedLine, charge: ExpectedCharge, asked: AskedPrice, { prices }: Answer) {
  const { line } = one;
  const isOpen = prices.length > 1;
  const { currency } = asked.query;
  return {
    message: isOpen ? ('departs-from-all' as const) : ('departs' as const),
    values: {
      chargeType: line.chargeType,
      period: periodText(line),
      price: `${formatMoney(charge.price.amount, currency)} ${currency}`,
      day: daysAskedText(asked),
      listed: prices.map(({ perCycle }) => `${formatMoney(perCycle, currency)} ${currency}`).join(' or '),
    },
    evidence: [{ line: one, label: 'line' }, ...prices.map(({ row }) => ({ source: row.source, label: 'price list' }))],
    confidence: isOpen ? ('possible' as const) : CONFIDENCE[asked.basis],
    nextAction: 'Send the line and the row of the price list in a billing ticket; ask for the price of the day of purchase.',
  };
}

function amounts(one: AuditedLine, charge: ExpectedCharge, { prices }: Answer, nearest: ListedPrice, share: Decimal) {
  const { line, listPrice } = one;
  const figures = prices.map((listed) => amountAt(one, charge, listed, share));
  const expected = amountAt(one, charge, nearest, share);
  const band = prices.length > 1 ? { lowest: Decimal.min(...figures), highest: Decimal.max(...figures) } : {};
  const adjusted = nearest.perCycle.times(share);
  const key = listPrice !== null && listPrice.query !== null ? [`key of the price list: ${keyText(listPrice.query)}`] : [];
  const whose = prices.length > 1 ? 'the nearest of them' : 'that';
  return {
    amounts: { billed: line.amount, expected, ...band },
    working: [
      `full price of the line P = ${formatMoney(charge.price.amount, line.heading.pricingCurrency)} ${line.heading.pricingCurrency}`,
      ...key,
      ...prices.map((listed) => listedText(listed)),
      ...(share.eq(ONE)
        ? []
        : [`after the stated adjustments ${line.priceAdjustment}: ${shown(nearest.perCycle)} × ${shown(share)} = ${shown(adjusted)}`]),
      `at ${whose}, by ${one.judgedBy}: ${money(one, expected)}`,
    ],
  };
}
