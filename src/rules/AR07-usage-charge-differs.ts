import type { UsageLine } from '../domain/charges/charge-line.ts';
import type { Detection, Unchecked } from '../domain/findings/finding.ts';
import { isoDay } from '../domain/calendar/days.ts';
import { Decimal, formatMoney } from '../domain/numbers/money.ts';
import type { AuditedUsageLine, UsageSubject } from '../domain/charges/subjects.ts';
import { dailyFigures, dailyReading, legacyUsageCharge, overageOf, usageRate } from '../domain/charges/usage-charge.ts';
import { money, periodText } from '../domain/proration/working.ts';
import { cite } from '../policy/citations.ts';
import { defineRule } from './rule.ts';

type Message = 'overage-differs' | 'charge-differs' | 'total-differs' | 'daily-total-differs' | 'below-quantity' | 'credit-not-in-total';
type Result = Detection<Message> | Unchecked;

const ONE = new Decimal(1);
/** How far a printed price may depart from price × (1 − credit): fifteen digits are printed. */
const PRINTED_DIGITS = new Decimal(10).pow(-12);

const LEGACY_FORMULAS = cite(
  'usage-recon-file',
  'OverageQuantity is ConsumedQuantity less IncludedQuantity; PretaxCharges is ListPrice × OverageQuantity rounded to the cent; PostTaxTotal is PretaxCharges + TaxAmount.',
);
const LEGACY_EXAMPLE = cite(
  'invoice-line-items',
  'Legacy usage of 745 hours at 0.085 is 63.33, half-up; DetailLineItemId separates the price tiers of one meter.',
);
const DAILY_READINGS = [
  cite('daily-usage-file-2021', 'BillingPreTaxTotal is FLOOR(EffectiveUnitPrice × Quantity × PCToBCExchangeRate, 2).'),
  cite('daily-usage-file-2023', 'BillingPreTaxTotal is printed with up to ten decimals.'),
  cite('consumption-line-items', 'Sample rows whose total is UnitPrice × Quantity with fifteen digits, the effective price 0 or another.'),
];

/** The arithmetic of a usage row. Rows of licences, and usage in the new-commerce invoice file, are AR01's. */
export const usageChargeDiffers = defineRule({
  code: 'AR07',
  name: 'usage-charge-differs',
  title: 'A usage charge is not quantity times price',
  scope: 'usage-line',
  severity: 'error',
  citations: [],
  caseCitations: [LEGACY_FORMULAS, LEGACY_EXAMPLE, ...DAILY_READINGS],
  docs: {
    checks:
      'Legacy usage: OverageQuantity must be Consumed − Included (price tiers of one meter together), PretaxCharges the list price times it rounded half-up, PostTaxTotal the sum with tax. Daily usage: BillingPreTaxTotal must follow one of the published readings: effective price × quantity × exchange rate, cut to two decimals or printed with up to ten, or unit price × quantity with fifteen digits. Between equal currencies the rate is 1.',
    why: 'Usage is billed by the million of small rows that nobody adds up by hand. A row billed for less than quantity × price is a notice only: units included in a subscription may have been taken off.',
    example: '745 hours at a list price of 0.085 are 63.33 (63.325 half-up); a row that charges 63.70 is reported with 0.37 too much.',
    remedy: 'Ask for the quantity and the rate behind the row in a billing ticket; name the resource and the usage day.',
  },
  messages: {
    'overage-differs':
      'usage of {period} is billed for {overage} units; consumed {consumed} less included {included} are {right}, which at the list price is {expected}',
    'charge-differs': 'usage of {period} is charged {billed}; list price {price} × {overage} units, half-up, is {expected}',
    'total-differs': 'PostTaxTotal {billed} of {period} is not PretaxCharges {charge} + tax {tax} = {expected}',
    'daily-total-differs':
      'usage of {day} is billed {billed}; {price} × {quantity} × rate {rate} is {expected} and no published reading yields the billed total',
    'below-quantity':
      'usage of {day} is billed {billed}, less than {price} × {quantity} × rate {rate} = {expected}: included units may have been taken off',
    'credit-not-in-total':
      'usage of {day} is billed {billed}, which is unit price × quantity; the effective price {price} carries an earned credit, and with it the total is {expected}',
  },
  *check(subject) {
    const { line } = subject.one;
    if (line.heading.layout === 'daily-usage') yield* checkDaily(subject.one);
    else yield* checkLegacy(subject);
  },
});

function* checkLegacy(subject: UsageSubject): Generator<Result> {
  const { one } = subject;
  const { line } = one;
  if (!line.hasCharge) {
    yield { unchecked: 'usage-without-charge', line: one };
    return;
  }
  yield* checkCharge(subject);
  const { tax, total: billed } = line;
  if (tax === null || billed === null) {
    yield { unchecked: 'column-absent', line: one };
    return;
  }
  const total = line.amount.plus(tax);
  if (billed.eq(total)) return;
  yield {
    ...common(one),
    citations: [LEGACY_FORMULAS],
    message: 'total-differs',
    values: {
      period: periodText(line),
      billed: money(one, billed),
      charge: line.amount.toString(),
      tax: tax.toString(),
      expected: money(one, total),
    },
    amounts: { billed, expected: total },
    working: [`PretaxCharges ${line.amount.toString()} + TaxAmount ${tax.toString()} = ${total.toString()}`],
  };
}

function* checkCharge(subject: UsageSubject): Generator<Result> {
  const { one } = subject;
  const { line } = one;
  const { kind, unitPrice, consumed, included, quantity, heading } = line;
  if (kind === 'adjustment' || (kind === 'other' && line.chargeType !== '')) {
    yield { unchecked: kind === 'adjustment' ? 'adjustment-line' : 'charge-type-unknown', line: one };
    return;
  }
  if (unitPrice === null || consumed === null || included === null) {
    yield { unchecked: unitPrice === null ? 'unit-price-missing' : 'quantity-unknown', line: one };
    return;
  }
  const right = overageOf(consumed.abs(), included.abs());
  const isOverage = quantity.abs().eq(right) || isTierOf(subject, right);
  const units = isOverage ? quantity.abs() : right;
  const magnitude = legacyUsageCharge(unitPrice.abs(), units, heading.currency);
  const expected = line.amount.isNegative() ? magnitude.negated() : magnitude;
  if (isOverage && line.amount.eq(expected)) return;
  yield {
    ...common(one),
    citations: [LEGACY_FORMULAS, LEGACY_EXAMPLE],
    message: isOverage ? 'charge-differs' : 'overage-differs',
    values: {
      period: periodText(line),
      billed: money(one, line.amount),
      overage: quantity.toString(),
      consumed: consumed.toString(),
      included: included.toString(),
      right: right.toString(),
      price: unitPrice.toString(),
      expected: money(one, expected),
    },
    amounts: { billed: line.amount, expected },
    working: [
      `OverageQuantity printed ${quantity.toString()}; consumed ${consumed.toString()} − included ${included.toString()} = ${right.toString()}`,
      `list price ${unitPrice.toString()} × ${units.toString()} = ${unitPrice.abs().times(units).toString()}, half-up ${formatMoney(magnitude, heading.currency)}`,
    ],
  };
}

/** Price tiers of one meter share its consumption: together they bill what is consumed beyond what is included. */
function isTierOf({ tiers }: UsageSubject, right: Decimal): boolean {
  const all = tiers();
  if (all.length < 2) return false;
  const billed = all.reduce((sum, tier) => sum.plus(tier.quantity.abs()), new Decimal(0));
  return billed.eq(right);
}

function* checkDaily(one: AuditedUsageLine): Generator<Result> {
  const { line } = one;
  const effective = line.effectiveUnitPrice;
  const rate = usageRate(line);
  if (effective === null || rate === null) {
    yield { unchecked: effective === null ? 'effective-price-missing' : 'exchange-rate-missing', line: one };
    return;
  }
  if (effective.isZero()) {
    if (!line.amount.isZero()) yield { unchecked: 'effective-price-zero', line: one };
    return;
  }
  const reading = dailyReading(line, effective, rate);
  if (reading === 'unit-price' ? !isCreditLost(line, effective) : reading !== null) return;
  if (line.standing === 'credited') {
    yield { unchecked: 'adjustment-line', line: one };
    return;
  }
  yield departure(one, effective, rate, reading === 'unit-price');
}

/** The effective price is the unit price less the earned credit that the row states, so the total must not be worked out from the unit price. */
function isCreditLost(line: UsageLine, effective: Decimal): boolean {
  const { unitPrice, earnedCredit } = line;
  if (unitPrice === null || earnedCredit === null || earnedCredit.isZero()) return false;
  const credited = unitPrice.times(ONE.minus(earnedCredit.div(100)));
  return credited.minus(effective).abs().lte(PRINTED_DIGITS);
}

function departure(one: AuditedUsageLine, effective: Decimal, rate: Decimal, isListed: boolean): Detection<Message> {
  const { line } = one;
  const { expected, exact, lowest, highest } = dailyFigures(line, effective, rate);
  const isRefund = line.amount.isNegative();
  const signed = (amount: Decimal): Decimal => (isRefund ? amount.negated() : amount);
  const isBelow = !isListed && !isRefund && line.amount.lt(expected);
  return {
    ...common(one),
    citations: DAILY_READINGS,
    message: isListed ? 'credit-not-in-total' : isBelow ? 'below-quantity' : 'daily-total-differs',
    ...(isListed ? { severity: 'warning', confidence: 'possible' } : isBelow ? { severity: 'info', confidence: 'possible' } : {}),
    values: {
      day: line.usageDay === null ? periodText(line) : isoDay(line.usageDay),
      billed: money(one, line.amount),
      price: effective.toString(),
      quantity: line.quantity.toString(),
      rate: rate.toString(),
      expected: money(one, signed(expected)),
    },
    amounts: {
      billed: line.amount,
      expected: signed(expected),
      ...(isRefund ? { lowest: highest.negated(), highest: lowest.negated() } : { lowest, highest }),
    },
    working: [
      `EffectiveUnitPrice ${effective.toString()} × Quantity ${line.quantity.toString()} × rate ${rate.toString()} = ${exact.toString()}`,
      `cut to the minor unit ${formatMoney(lowest, line.heading.currency)}; with the file’s decimals ${expected.toString()}`,
      `UnitPrice ${line.unitPrice?.toString() ?? '?'} × Quantity gives ${line.unitPrice?.times(line.quantity).times(rate).toString() ?? '?'}`,
    ],
  };
}

function common(one: AuditedUsageLine): Pick<Detection, 'evidence' | 'confidence' | 'nextAction'> {
  return {
    evidence: [{ line: one, label: 'usage row' }],
    confidence: 'certain',
    nextAction:
      'Open a billing ticket; name the resource, the period and the row, and ask for the quantity and price it was computed from.',
  };
}
