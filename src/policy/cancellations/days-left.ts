import {
  conventionsOf,
  FORMULA_TEXT,
  figureOf,
  stepsOf,
  type Convention,
  type ProrationFacts,
} from '../../domain/proration/conventions.ts';
import { daysInclusive, type Day } from '../../domain/calendar/days.ts';
import { Decimal, formatMoney, minorDigits, ZERO } from '../../domain/numbers/money.ts';
import type { AuditedLine } from '../../domain/charges/subjects.ts';
import { money, periodText } from '../../domain/proration/working.ts';

/** What the days left of a software or marketplace charge are worth, by both published formulas of new commerce. Magnitudes. */
export interface DaysLeft {
  /** By the formula of licences: the price of one for the days left, cut to the minor unit, times the quantity. */
  readonly amount: Decimal;
  readonly figures: ReadonlyMap<Convention, Decimal>;
  readonly steps: readonly string[];
}

const JUDGE: Convention = 'published-seat';

/** From a day to the end of the charge, both included; null where the files print no days or no quantity. `rate`: pricing to billing currency. */
export function daysLeft(charge: AuditedLine, from: Day, rate: Decimal | null = charge.line.rate): DaysLeft | null {
  const { firstDay, lastDay, quantity } = charge.line;
  if (firstDay === null || lastDay === null || quantity.isZero()) return null;
  if (from > lastDay) return { amount: ZERO, figures: new Map([[JUDGE, ZERO]]), steps: ['no day is left'] };
  const first = from < firstDay ? firstDay : from;
  const facts: ProrationFacts = {
    ...priceOf(charge, rate ?? new Decimal(1)),
    quantity: quantity.abs(),
    billed: daysInclusive(first, lastDay),
    whole: daysInclusive(firstDay, lastDay),
  };
  const figures = new Map(conventionsOf('new-commerce').map((convention) => [convention, figureOf(convention, facts)]));
  const { currency } = charge.line.heading;
  return {
    amount: figureOf(JUDGE, facts),
    figures,
    steps: [
      `price P = ${facts.price.toString()}, quantity Q = ${facts.quantity.toString()}, exchange rate X = ${facts.rate.toString()}; days left ${periodText({ firstDay: first, lastDay })}: d = ${facts.billed} of D = ${facts.whole}`,
      `judged by ${JUDGE}, ${FORMULA_TEXT[JUDGE]}: ${stepsOf(JUDGE, facts)}, ${money(charge, figureOf(JUDGE, facts))}`,
      ...[...figures]
        .filter(([convention]) => convention !== JUDGE)
        .map(([convention, figure]) => `${convention}, ${FORMULA_TEXT[convention]}: ${formatMoney(figure, currency)}`),
    ],
  };
}

/** The printed unit price where the whole charge follows from it at its own rate; else what one was charged in the billing currency. */
function priceOf({ line }: AuditedLine, rate: Decimal): Pick<ProrationFacts, 'price' | 'rate' | 'digits' | 'pricingDigits'> {
  const { heading, quantity, amount, unitPrice } = line;
  const digits = minorDigits(heading.currency);
  const pricingDigits = minorDigits(heading.pricingCurrency);
  const own = { quantity: quantity.abs(), billed: 1, whole: 1, rate: line.rate ?? new Decimal(1), digits, pricingDigits };
  const isPrinted =
    unitPrice !== null &&
    conventionsOf('new-commerce').some((convention) => figureOf(convention, { ...own, price: unitPrice.abs() }).eq(amount));
  if (isPrinted) return { price: unitPrice.abs(), rate, digits, pricingDigits };
  return { price: amount.div(quantity.abs()), rate: new Decimal(1), digits, pricingDigits: digits };
}
