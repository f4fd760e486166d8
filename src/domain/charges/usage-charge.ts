import type { UsageLine } from './charge-line.ts';
import { Decimal, minorDigits, ZERO } from '../numbers/money.ts';
import { roundHalfUp, truncate } from '../numbers/rounding.ts';

const ONE = new Decimal(1);
/** A price or quantity of so many decimals was itself rounded for print. */
const QUOTIENT_DIGITS = 10;
/** The daily file of 2023 prints totals of up to so many decimals. */
const TOTAL_DIGITS = 10;
/** The published floor cuts to so many decimals, whatever the currency. */
const FLOOR_DIGITS = 2;

/** The published ways to print a daily row's total. */
export type UsageReading = 'floor' | 'decimals' | 'unit-price' | 'customer-credit' | 'covered';

/** What a daily row's total should be, where it follows no reading. Magnitudes: a refund mirrors a charge. */
export interface DailyFigures {
  /** EffectiveUnitPrice × Quantity × exchange rate, exactly. */
  readonly exact: Decimal;
  /** The total by the reading that the printed decimals tell of. */
  readonly expected: Decimal;
  readonly lowest: Decimal;
  readonly highest: Decimal;
}

/** The rate that an amount is worked out with: 1 between equal currencies, whatever is printed; null where none is. */
export function usageRate(line: UsageLine): Decimal | null {
  const { currency, pricingCurrency } = line.heading;
  return currency === pricingCurrency ? ONE : line.rate;
}

/**
 * Which published reading a daily row's BillingPreTaxTotal follows: FLOOR(EffectiveUnitPrice × Quantity × rate, 2) (2021), the same with up to ten
 * decimals (2023), or the API's UnitPrice × Quantity with fifteen digits. A customer's credit may have been taken off, a reservation or savings
 * plan may cover the row. Null where it follows none.
 *
 * @param rate of the pricing currency to the billing currency
 */
export function dailyReading(line: UsageLine, effective: Decimal, rate: Decimal): UsageReading | null {
  const quantity = line.quantity.abs();
  const billed = line.amount.abs();
  const exact = effective.abs().times(quantity).times(rate);
  if (isClose(line, billed, exact, exact)) return 'decimals';
  const digits = minorDigits(line.heading.currency);
  if (truncate(exact, digits).eq(billed)) return 'floor';
  const give = allowance(line, effective, quantity, rate);
  const low = Decimal.max(ZERO, exact.minus(give));
  const high = exact.plus(give);
  if (isClose(line, billed, low, high)) return 'decimals';
  if ([digits, FLOOR_DIGITS].some((each) => isFloor(billed, low, high, each, line.amount.isNegative()))) return 'floor';
  const list = line.unitPrice?.abs().times(quantity).times(rate);
  if (list !== undefined && isClose(line, billed, list, list)) return 'unit-price';
  if (line.standing === 'benefit' && billed.isZero()) return 'covered';
  if (line.standing !== 'credited') return null;
  const share = ONE.minus((line.customerCredit ?? new Decimal(100)).div(100));
  return isClose(line, billed, low.times(share), high.times(share)) ? 'customer-credit' : null;
}

/** The figures of a row whose total follows no reading. */
export function dailyFigures(line: UsageLine, effective: Decimal, rate: Decimal): DailyFigures {
  const quantity = line.quantity.abs();
  const exact = effective.abs().times(quantity).times(rate);
  const give = allowance(line, effective, quantity, rate);
  const digits = minorDigits(line.heading.currency);
  return {
    exact,
    expected: asPrinted(line, exact, digits),
    lowest: truncate(Decimal.max(ZERO, exact.minus(give)), digits),
    highest: roundHalfUp(exact.plus(give), Math.max(line.amountDigits, TOTAL_DIGITS)),
  };
}

/**
 * What a daily row would bill at another exchange rate, by the reading that it follows at its own; where it follows none, by the one that its decimals tell of.
 * Null where the effective price is not known or a customer's credit was taken off.
 *
 * @param rate of the pricing currency to the billing currency
 */
export function dailyChargeAt(line: UsageLine, rate: Decimal): Decimal | null {
  const { effectiveUnitPrice: effective, unitPrice, amount } = line;
  if (effective === null || effective.isZero() || line.rate === null || line.standing === 'credited') return null;
  // A wrong rate may be printed beside a total that was worked out with the right one.
  if (dailyReading(line, effective, rate) !== null) return amount;
  const reading = dailyReading(line, effective, line.rate);
  const price = reading === 'unit-price' && unitPrice !== null ? unitPrice : effective;
  const { expected } = dailyFigures(line, price, rate);
  return amount.isNegative() ? expected.negated() : expected;
}

/** Half a unit of the last printed digit of a price or quantity that was rounded for print. */
function allowance(line: UsageLine, effective: Decimal, quantity: Decimal, rate: Decimal): Decimal {
  const half = (digits: number): Decimal => (digits < QUOTIENT_DIGITS ? ZERO : new Decimal(10).pow(-digits).div(2));
  return half(line.effectiveDigits).times(quantity).plus(half(line.quantityDigits).times(effective.abs())).times(rate);
}

/** A total of more digits than money has is as exact as it is printed; a short one may have lost zeros at its end. */
function isClose(line: UsageLine, billed: Decimal, low: Decimal, high: Decimal): boolean {
  const unit = new Decimal(10).pow(-(line.amountDigits > FLOOR_DIGITS ? line.amountDigits : TOTAL_DIGITS));
  return billed.gte(low.minus(unit)) && billed.lte(high.plus(unit));
}

/** A refund may be cut away from zero, for FLOOR is not ROUNDDOWN. */
function isFloor(billed: Decimal, low: Decimal, high: Decimal, digits: number, isRefund: boolean): boolean {
  if (billed.gte(truncate(low, digits)) && billed.lte(truncate(high, digits))) return true;
  return isRefund && billed.gte(upwards(low, digits)) && billed.lte(upwards(high, digits));
}

function upwards(value: Decimal, digits: number): Decimal {
  const cut = truncate(value, digits);
  return cut.eq(value) ? cut : cut.plus(new Decimal(10).pow(-digits));
}

/** The total as a file of so many decimals would print it. */
function asPrinted(line: UsageLine, exact: Decimal, digits: number): Decimal {
  if (line.amountDigits <= Math.max(digits, FLOOR_DIGITS)) return truncate(exact, digits);
  return roundHalfUp(exact, Math.max(line.amountDigits, TOTAL_DIGITS));
}

/** PretaxCharges of a legacy row: ListPrice × OverageQuantity, half-up to the minor unit. */
export function legacyUsageCharge(listPrice: Decimal, overage: Decimal, currency: string): Decimal {
  return roundHalfUp(listPrice.times(overage), minorDigits(currency));
}

/** ConsumedQuantity − IncludedQuantity; what is included and not consumed is no credit. */
export function overageOf(consumed: Decimal, included: Decimal): Decimal {
  return Decimal.max(ZERO, consumed.minus(included));
}
