import { FORMULA_TEXT, stepsOf, type ProrationFacts } from './conventions.ts';
import type { JudgedFigure } from './judged-figure.ts';
import { cycleDays, type Cycle } from '../calendar/cycles.ts';
import { isoDay } from '../calendar/days.ts';
import type { BoundedCharge, ExpectedCharge, PriceSource } from './expected-charge.ts';
import { formatMoney, type Decimal } from '../numbers/money.ts';
import { truncate } from '../numbers/rounding.ts';
import type { AuditedLine } from '../charges/subjects.ts';

const SOURCE_TEXT: Readonly<Record<PriceSource, string>> = {
  'unit-price': 'UnitPrice',
  'unit-price-after-adjustments': 'UnitPrice less the percentages of PriceAdjustmentDescription',
  'effective-unit-price': 'EffectiveUnitPrice × cycle days / billed days, for the adjustment states no percentage',
  'earlier-line-of-the-term':
    'an earlier line of the term, whose price EffectiveUnitPrice still follows; UnitPrice shows a newer list price',
  'full-period-line': 'a full-period line of the same subscription and term, for prorated rows print a cut unit price',
  'price-list': 'the price list of the day of purchase or renewal',
  'amount-before-discount': 'Amount / Quantity, for the printed unit price is the one after discount',
  'printed-effective-price': 'the printed EffectiveUnitPrice',
};

/** A figure with the sign of its line: refunds mirror charges. */
export function signed(one: AuditedLine, magnitude: Decimal): Decimal {
  return one.line.sign < 0 ? magnitude.negated() : magnitude;
}

/** A figure of a line's own convention, from other days, seats or another price than the line prints. */
export function figureBy(one: AuditedLine, facts: ProrationFacts): JudgedFigure {
  return { convention: one.judgedBy, facts, sign: one.line.sign < 0 ? -1 : 1 };
}

/** The band of a line with its sign, the smaller number first. */
export function bandOf(
  one: AuditedLine,
  charge: { readonly lowest: Decimal; readonly highest: Decimal },
): { lowest: Decimal; highest: Decimal } {
  const low = signed(one, charge.lowest);
  const high = signed(one, charge.highest);
  return low.lte(high) ? { lowest: low, highest: high } : { lowest: high, highest: low };
}

/** A figure cut to ten decimals for print where its quotient does not end; the arithmetic never uses this. */
export function shown(value: Decimal): string {
  return value.decimalPlaces() > 10 ? `${truncate(value, 10).toString()}…` : value.toString();
}

export function money(one: AuditedLine, amount: Decimal): string {
  return `${formatMoney(amount, one.line.heading.currency)} ${one.line.heading.currency}`;
}

/** `2026-02-14 to 2026-02-28`. */
export function periodText(period: { readonly firstDay: number | null; readonly lastDay: number | null }): string {
  const day = (value: number | null): string => (value === null ? '?' : isoDay(value as Cycle['firstDay']));
  return `${day(period.firstDay)} to ${day(period.lastDay)}`;
}

export function cycleText(cycle: Cycle): string {
  return `charge cycle ${periodText(cycle)}, ${cycleDays(cycle)} days, both ends included, UTC`;
}

/** The judged figure of a recalculated line, a magnitude. */
export function judgedFigure(one: AuditedLine, charge: ExpectedCharge): Decimal {
  return charge.figures.get(one.judgedBy) ?? charge.lowest;
}

/** `full price P = 31 EUR from UnitPrice`. */
export function priceText(one: AuditedLine, { facts, price }: ExpectedCharge): string {
  return `full price P = ${shown(facts.price)} ${one.line.heading.pricingCurrency} from ${SOURCE_TEXT[price.source]}`;
}

/** Every step from the price to the figure, and every other convention's figure: what an auditor needs to recompute the line. */
export function workingOf(one: AuditedLine, charge: ExpectedCharge): readonly string[] {
  const { facts } = charge;
  const steps = [priceText(one, charge)];
  if (charge.cycle !== null)
    steps.push(cycleText(charge.cycle), `days billed ${periodText(one.line)}: d = ${charge.daysBilled} of D = ${cycleDays(charge.cycle)}`);
  steps.push(
    `quantity Q = ${facts.quantity.toString()}${one.line.heading.layout === 'new-commerce' ? `, exchange rate X = ${facts.rate.toString()}` : ''}`,
  );
  if (charge.isWhole && one.line.heading.layout === 'legacy-licence') {
    steps.push(`a full period is P·Q = ${shown(facts.price)} × ${facts.quantity.toString()} = ${money(one, charge.lowest)}`);
  } else {
    // A changed billing plan counts months where all else counts days.
    const counted = one.judgedBy === 'by-months' ? { ...facts, ...charge.priceShare } : facts;
    steps.push(`judged by ${one.judgedBy}, ${FORMULA_TEXT[one.judgedBy]}: ${stepsOf(one.judgedBy, counted)}`);
    for (const [convention, figure] of charge.figures) {
      if (convention !== one.judgedBy)
        steps.push(`${convention}, ${FORMULA_TEXT[convention]}: ${formatMoney(figure, one.line.heading.currency)}`);
    }
  }
  steps.push(charge.fits.length === 0 ? 'the billed amount fits none of them' : `the billed amount fits ${charge.fits.join(', ')}`);
  return steps;
}

/** The working of a line that can only be held between bounds. */
export function boundedWorking(one: AuditedLine, charge: BoundedCharge): readonly string[] {
  const { facts } = charge;
  const printed = one.line.unitPrice?.toString() ?? '?';
  return [
    `no given file holds a full-period line of this subscription and term, so the full price is only known from the printed unit price ${printed}, which is prorated and cut`,
    cycleText(charge.cycle),
    `days billed ${periodText(one.line)}: d = ${charge.daysBilled} of D = ${cycleDays(charge.cycle)}`,
    `half a unit below and one unit above its last digit, every convention gives between ${money(one, charge.lowest)} and ${money(one, charge.highest)}`,
    `judged by ${one.judgedBy} at P = ${printed} × ${facts.whole}/${facts.billed} = ${shown(facts.price)}: ${stepsOf(one.judgedBy, facts)}`,
  ];
}
