import { usableRate, type ChargeLine } from '../../domain/charges/charge-line.ts';
import { conventionsOf, figureOf, type Convention, type ProrationFacts } from '../../domain/proration/conventions.ts';
import { wholeMonths, type Cycle } from '../../domain/calendar/cycles.ts';
import type { Day } from '../../domain/calendar/days.ts';
import type {
  BoundedCharge,
  ExpectedCharge,
  FullPrice,
  Recalculation,
  UncheckedCharge,
  UncheckedReason,
} from '../../domain/proration/expected-charge.ts';
import { Decimal, minorDigits, ZERO } from '../../domain/numbers/money.ts';
import { roundHalfUp } from '../../domain/numbers/rounding.ts';
import type { LinePrice } from '../../domain/prices/price-list.ts';
import { findCycles, isDated } from '../chains/find-cycles.ts';
import {
  boundedPrices,
  knownPriceFor,
  legacyWholePrice,
  listedLegacyPrice,
  monthsOf,
  newCommercePrice,
  shareByDays,
  termStart,
  type KnownPrice,
  type Share,
} from '../prices/full-price.ts';
import type { LinePrices } from '../prices/line-prices.ts';

const ONE = new Decimal(1);
const NO_PRICES: readonly Decimal[] = [];

/** One line with the figures that its subscription's other lines make possible. */
export interface RecalculatedLine {
  readonly line: ChargeLine;
  readonly recalculation: Recalculation;
  /** New commerce: the price that UnitPrice and its adjustments give, for AR06; null where they do not. */
  readonly listedPrice: Decimal | null;
  /** What the price lists say; null where none were given, and for lines that have no price of a licence. */
  readonly listPrice: LinePrice | null;
}

/**
 * Works out every line of one subscription and product. The lines come in the order of their days; they may be of several files.
 * @param prices the price lists; null where none were given.
 */
export function recalculate(lines: readonly ChargeLine[], prices: LinePrices | null): readonly RecalculatedLine[] {
  const cycles = findCycles(lines);
  const openings = openingDays(lines);
  const isLegacy = lines[0]?.heading.layout === 'legacy-licence';
  const isProrated = lines.map((line, position) => isPartOf(line, cycles[position] ?? null));
  const known = isLegacy && isProrated.includes(true) ? knownPrices(lines, cycles, openings) : [];
  /** By the day on which the term began. */
  const earlier = new Map<Day | null, Decimal[]>();
  const agreements = prices?.agreementsIn(lines) ?? [];
  return lines.map((line, position) => {
    const cycle = cycles[position] ?? null;
    const start = termStart(line, openings);
    const listPrice = prices?.of(line, cycle, agreements) ?? null;
    if (isLegacy) {
      const price = isProrated[position] === true ? knownPriceFor(line, cycle, start, known) : null;
      return { line, recalculation: recalculateLegacy(line, cycle, price, listPrice), listedPrice: null, listPrice };
    }
    const result = recalculateNewCommerce(line, cycle, earlier.get(start) ?? NO_PRICES, listPrice);
    if (result.recalculation.status === 'recalculated' && line.heading.productKind === 'licence') {
      const prices = earlier.get(start);
      if (prices === undefined) earlier.set(start, [result.recalculation.price.amount]);
      else prices.push(result.recalculation.price.amount);
    }
    return result;
  });
}

/** A renewal opens a term. So does a purchase where no start is printed; where one is, a purchase fee in mid-term is a reactivation. */
function openingDays(lines: readonly ChargeLine[]): readonly Day[] {
  return lines
    .filter((line) => line.kind === 'renewal' || (line.kind === 'purchase' && line.termFirstDay === null))
    .filter((line) => line.amount.isPositive())
    .map((line) => line.firstDay)
    .filter((day): day is Day => day !== null);
}

function isWhole(line: ChargeLine, cycle: Cycle): boolean {
  return line.firstDay === cycle.firstDay && line.lastDay === cycle.lastDay;
}

function isPartOf(line: ChargeLine, cycle: Cycle | null): boolean {
  return cycle !== null && !isWhole(line, cycle);
}

function knownPrices(lines: readonly ChargeLine[], cycles: readonly (Cycle | null)[], openings: readonly Day[]): readonly KnownPrice[] {
  const known: KnownPrice[] = [];
  lines.forEach((line, position) => {
    const cycle = cycles[position];
    if (line.heading.layout !== 'legacy-licence' || cycle == null || !isDated(line) || !isWhole(line, cycle)) return;
    const price = legacyWholePrice(line);
    if (price !== null && !price.amount.isZero()) {
      known.push({ termFirstDay: termStart(line, openings), firstDay: line.firstDay, months: monthsOf(cycle), price: price.amount });
    }
  });
  return known;
}

function unchecked(reason: UncheckedReason, cycle: Cycle | null): UncheckedCharge {
  return { status: 'unchecked', reason, cycle };
}

/** Why a line is left before any figure is tried; null where it can be tried. */
function reasonToLeave(line: ChargeLine, cycle: Cycle | null): UncheckedReason | null {
  if (line.kind === 'adjustment') return 'adjustment-line';
  if (line.kind === 'other') return 'charge-type-unknown';
  if (!isDated(line)) return 'dates-missing';
  return cycle === null ? 'cycle-unknown' : null;
}

function recalculateLegacy(line: ChargeLine, cycle: Cycle | null, known: Decimal | null, list: LinePrice | null): Recalculation {
  const reason = reasonToLeave(line, cycle);
  if (reason !== null || cycle === null) return unchecked(reason ?? 'cycle-unknown', cycle);
  const share = shareByDays(line, cycle);
  if (isWhole(line, cycle)) {
    const price = legacyWholePrice(line);
    return price === null ? unchecked('unit-price-missing', cycle) : charge(line, cycle, share, price, ONE, null);
  }
  if (known !== null) return charge(line, cycle, share, { amount: known, source: 'full-period-line' }, ONE, null);
  const listed = listedLegacyPrice(line, share, list);
  return listed === null ? bounded(line, cycle, share) : charge(line, cycle, share, listed, ONE, null);
}

function factsOf(line: ChargeLine, share: Share, price: Decimal, rate: Decimal): ProrationFacts {
  return {
    price,
    quantity: line.quantity.abs(),
    billed: share.billed,
    whole: share.whole,
    rate,
    digits: minorDigits(line.heading.currency),
    pricingDigits: minorDigits(line.heading.pricingCurrency),
  };
}

function charge(line: ChargeLine, cycle: Cycle, share: Share, price: FullPrice, rate: Decimal, byMonths: Share | null): ExpectedCharge {
  const facts = factsOf(line, share, price.amount, rate);
  const whole = isWhole(line, cycle);
  const conventions = conventionsOf(line.heading.layout);
  const known = { cycle, isWhole: whole, daysBilled: share.billed, price, facts, priceShare: byMonths ?? share };
  if (whole && byMonths === null && isOneFigure(line, facts)) {
    // A full period has one figure, price times quantity: no convention can tell it from another.
    return new WorkedOutCharge(line, conventions, [roundHalfUp(price.amount.times(facts.quantity), facts.digits)], known, null);
  }
  const figures = conventions.map((convention) => figureOf(convention, facts));
  if (byMonths === null) return new WorkedOutCharge(line, conventions, figures, known, null);
  figures.push(figureOf('by-months', factsOf(line, byMonths, price.amount, rate)));
  return new WorkedOutCharge(line, [...conventions, 'by-months'], figures, known, 'by-months');
}

/** New-commerce conventions differ on a whole cycle too where the price has more digits than the currency, or a rate is applied. */
function isOneFigure(line: ChargeLine, facts: ProrationFacts): boolean {
  if (line.heading.layout === 'legacy-licence') return true;
  return facts.rate.eq(ONE) && facts.price.decimalPlaces() <= facts.digits && facts.quantity.isInteger();
}

type Known = Pick<ExpectedCharge, 'cycle' | 'isWhole' | 'daysBilled' | 'price' | 'facts' | 'priceShare'>;

const NO_FITS: readonly Convention[] = [];

/** Most lines fit what they are meant to: their figures are spelled out by convention only where somebody asks. */
class WorkedOutCharge implements ExpectedCharge {
  readonly status = 'recalculated';
  readonly fixedConvention: Convention | null;
  readonly isWhole: boolean;
  readonly cycle: Cycle | null;
  readonly daysBilled: number;
  readonly price: FullPrice;
  readonly facts: ProrationFacts;
  readonly priceShare: Share;
  readonly lowest: Decimal;
  readonly highest: Decimal;
  readonly fits: readonly Convention[];
  readonly #conventions: readonly Convention[];
  readonly #figures: readonly Decimal[];

  /** @param figures in the order of the conventions, or the one figure of them all. */
  constructor(line: ChargeLine, conventions: readonly Convention[], figures: readonly Decimal[], known: Known, fixed: Convention | null) {
    this.fixedConvention = fixed;
    this.isWhole = known.isWhole;
    this.cycle = known.cycle;
    this.daysBilled = known.daysBilled;
    this.price = known.price;
    this.facts = known.facts;
    this.priceShare = known.priceShare;
    this.lowest = Decimal.min(...figures);
    this.highest = Decimal.max(...figures);
    this.#conventions = conventions;
    this.#figures = figures;
    const billed = line.amount.abs();
    if (this.lowest.eq(billed) && this.highest.eq(billed)) this.fits = conventions;
    else if (figures.length === 1) this.fits = NO_FITS;
    else this.fits = conventions.filter((_, place) => figures[place]?.eq(billed) === true);
  }

  get figures(): ReadonlyMap<Convention, Decimal> {
    return new Map(this.#conventions.map((convention, place) => [convention, this.#figures[place] ?? this.lowest]));
  }
}

function bounded(line: ChargeLine, cycle: Cycle, share: Share): BoundedCharge | UncheckedCharge {
  const prices = boundedPrices(line, share);
  if (prices === null) return unchecked('unit-price-missing', cycle);
  const figuresAt = (price: Decimal): readonly Decimal[] => {
    const facts = factsOf(line, share, price, ONE);
    return conventionsOf('legacy-licence').map((convention) => figureOf(convention, facts));
  };
  return {
    status: 'bounded',
    cycle,
    daysBilled: share.billed,
    facts: factsOf(line, share, prices.middle, ONE),
    lowest: Decimal.min(...figuresAt(prices.lowest)),
    highest: Decimal.max(...figuresAt(prices.highest)),
  };
}

function recalculateNewCommerce(
  line: ChargeLine,
  cycle: Cycle | null,
  earlier: readonly Decimal[],
  listPrice: LinePrice | null,
): RecalculatedLine {
  const without = (recalculation: Recalculation): RecalculatedLine => ({ line, recalculation, listedPrice: null, listPrice });
  const leave = (reason: UncheckedReason): RecalculatedLine => without(unchecked(reason, cycle));
  const rate = usableRate(line);
  if (line.heading.productKind === 'usage') return without(recalculateUsage(line, rate));
  if (line.heading.productKind !== 'licence') return leave('not-a-licence-line');
  if (line.heading.isTrial && line.amount.isZero()) return without(freeTrial(line, cycle));
  const reason = reasonToLeave(line, cycle);
  if (reason !== null || cycle === null) return leave(reason ?? 'cycle-unknown');
  if (rate === null) return leave('exchange-rate-missing');
  const share = shareByDays(line, cycle);
  const byMonths = line.kind === 'plan-change' && !isWhole(line, cycle) ? shareByMonths(line, cycle) : null;
  if (line.kind === 'plan-change' && !isWhole(line, cycle) && byMonths === null) return leave('cycle-unknown');
  const found = newCommercePrice(line, byMonths ?? share, earlier, listPrice);
  if (typeof found === 'string') return leave(found);
  return { line, recalculation: charge(line, cycle, share, found.price, rate, byMonths), listedPrice: found.listed, listPrice };
}

/** Months billed of the cycle's months, for a changed billing plan (250 × 11/12 = 229.16 in the published example). */
function shareByMonths(line: ChargeLine, cycle: Cycle): Share | null {
  if (!isDated(line)) return null;
  const billed = wholeMonths(line.firstDay, line.lastDay);
  const whole = wholeMonths(cycle.firstDay, cycle.lastDay);
  return billed === null || whole === null ? null : { billed, whole };
}

/** A trial is free: a charge or credit of nothing is never wrong. */
function freeTrial(line: ChargeLine, cycle: Cycle | null): ExpectedCharge {
  const facts = factsOf(line, { billed: 1, whole: 1 }, ZERO, ONE);
  const known: Known = {
    cycle,
    isWhole: true,
    daysBilled: 0,
    price: { amount: ZERO, source: 'unit-price' },
    facts,
    priceShare: { billed: 1, whole: 1 },
  };
  return new WorkedOutCharge(line, ['published-seat'], [ZERO], known, 'published-seat');
}

/** A mixed price with this many decimals was itself a quotient that had to be rounded for print. */
const QUOTIENT_DIGITS = 10;

/**
 * Usage is judged by the published usage formula on the printed effective price. A price with many decimals is a rounded quotient
 * (earned credit is decided day by day), so half a unit of its last digit is allowed either way; a short one is exact.
 */
function recalculateUsage(line: ChargeLine, rate: Decimal | null): Recalculation {
  if (line.kind === 'adjustment') return unchecked('adjustment-line', null);
  const effective = line.effectiveUnitPrice?.abs() ?? null;
  if (effective === null) return unchecked('effective-price-missing', null);
  if (effective.isZero() && !line.amount.isZero()) return unchecked('effective-price-zero', null);
  if (rate === null) return unchecked('exchange-rate-missing', null);
  const share = { billed: 1, whole: 1 };
  const half = line.effectiveDigits >= QUOTIENT_DIGITS ? new Decimal(10).pow(-line.effectiveDigits).div(2) : ZERO;
  const at = (price: Decimal): Decimal => figureOf('published-usage', factsOf(line, share, Decimal.max(ZERO, price), rate));
  const facts = factsOf(line, share, effective, rate);
  const lowest = at(effective.minus(half));
  const highest = at(effective.plus(half));
  const billed = line.amount.abs();
  const isWithin = lowest.lte(billed) && billed.lte(highest);
  const figure = isWithin ? billed : at(effective);
  return {
    status: 'recalculated',
    cycle: null,
    isWhole: true,
    daysBilled: 0,
    price: { amount: effective, source: 'printed-effective-price' },
    facts,
    priceShare: share,
    figures: new Map([['published-usage', figure]]),
    fits: isWithin ? ['published-usage'] : [],
    fixedConvention: 'published-usage',
    lowest,
    highest,
  };
}
