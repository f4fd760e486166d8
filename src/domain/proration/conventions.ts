import type { LayoutName } from '../charges/charge-line.ts';
import { Decimal, ZERO } from '../numbers/money.ts';
import { roundHalfUp, truncate } from '../numbers/rounding.ts';

/**
 * The published ways to work out a prorated amount, in the order of the rule catalogue: the first that fits most lines of a file
 * judges it. Sources: `published-legacy` is the formula of the billing overview for CSP partners (2021-01-28); the others of legacy are
 * what the published worked examples follow (common billing scenarios, monthly and annual, 2022-11-08; AppXite's real lines);
 * `published-seat` and `published-usage` are the Subtotal formulas of the new-commerce reconciliation file page (2023).
 */
export const LEGACY_CONVENTIONS = ['published-legacy', 'exact-once', 'shown-unit', 'unit-rounded', 'daily-cut', 'daily-three'] as const;
export const NEW_COMMERCE_CONVENTIONS = ['published-seat', 'published-usage'] as const;
export type Convention = (typeof LEGACY_CONVENTIONS)[number] | (typeof NEW_COMMERCE_CONVENTIONS)[number] | 'by-months';

/** The conventions of a layout that a file is scored by; `by-months` belongs to billing-plan changes alone and is not among them. */
export function conventionsOf(layout: LayoutName): readonly Convention[] {
  return layout === 'legacy-licence' ? LEGACY_CONVENTIONS : NEW_COMMERCE_CONVENTIONS;
}

/** The convention that a layout's own page publishes, and that judges unless another fits strictly more lines. */
export function publishedConvention(layout: LayoutName): Convention {
  return layout === 'legacy-licence' ? 'published-legacy' : 'published-seat';
}

/** The layout a convention belongs to, by its name on the command line; null for a name that is none. */
export function layoutOfConvention(name: string): LayoutName | null {
  if ((LEGACY_CONVENTIONS as readonly string[]).includes(name)) return 'legacy-licence';
  return (NEW_COMMERCE_CONVENTIONS as readonly string[]).includes(name) ? 'new-commerce' : null;
}

/** What a convention works from. All magnitudes: refunds mirror charges. */
export interface ProrationFacts {
  /** Full price of one licence for one whole cycle, in the pricing currency. */
  readonly price: Decimal;
  readonly quantity: Decimal;
  /** Numerator and denominator of the share billed: days of days, or months of months for `by-months`. */
  readonly billed: number;
  readonly whole: number;
  /** Pricing to billing currency; 1 where both are the same. */
  readonly rate: Decimal;
  /** Decimals of the billing and of the pricing currency's minor unit. */
  readonly digits: number;
  readonly pricingDigits: number;
}

type Formula = (facts: ProrationFacts) => Decimal;

/** price × billed ÷ whole, multiplied out before the one division. */
function share(facts: ProrationFacts, factor: Decimal): Decimal {
  return facts.price.times(facts.billed).times(factor).div(facts.whole);
}

const ONE = new Decimal(1);

const publishedSeat: Formula = (f) => truncate(share(f, f.rate), f.digits).times(f.quantity);

const FORMULAS: Readonly<Record<Convention, Formula>> = {
  'published-legacy': (f) => {
    if (f.quantity.isZero()) return ZERO;
    const daily = roundHalfUp(f.price.times(f.quantity).div(f.whole), f.digits);
    return roundHalfUp(daily.times(f.billed).div(f.quantity), f.digits).times(f.quantity);
  },
  'exact-once': (f) => roundHalfUp(share(f, f.quantity), f.digits),
  'shown-unit': (f) => truncate(share(f, ONE), f.digits).times(f.quantity),
  'unit-rounded': (f) => roundHalfUp(share(f, ONE), f.digits).times(f.quantity),
  'daily-cut': (f) => roundHalfUp(truncate(f.price.div(f.whole), f.digits).times(f.billed).times(f.quantity), f.digits),
  'daily-three': (f) => roundHalfUp(roundHalfUp(f.price.div(f.whole), 3).times(f.billed).times(f.quantity), f.digits),
  'published-seat': publishedSeat,
  'published-usage': (f) => truncate(truncate(share(f, f.quantity), f.pricingDigits).times(f.rate), f.digits),
  'by-months': publishedSeat,
};

/** The legacy formulas speak of prorated lines: worked out for a full period some of them miss the price (4.00 × 31/31 gives 4.03). */
function isFullLegacyPeriod(convention: Convention, facts: ProrationFacts): boolean {
  return facts.billed === facts.whole && layoutOfConvention(convention) === 'legacy-licence';
}

/**
 * A convention's figure, a magnitude in the billing currency. Nothing is rounded before the formula says so; a full legacy period is price ×
 * quantity by every convention.
 */
export function figureOf(convention: Convention, facts: ProrationFacts): Decimal {
  if (isFullLegacyPeriod(convention, facts)) return roundHalfUp(facts.price.times(facts.quantity), facts.digits);
  return FORMULAS[convention](facts);
}

/**
 * The formula of the billing overview taken at its word, on a full period too, where it misses the price: 4.00 for 31 of 31 days comes to 4.03.
 * `figureOf` never gives that figure.
 */
export function overviewFigure(facts: ProrationFacts): Decimal {
  return FORMULAS['published-legacy'](facts);
}

/** The formula in words, as the report and `explain` print it. */
export const FORMULA_TEXT: Readonly<Record<Convention, string>> = {
  'published-legacy': 'R( R(P·Q/D) · d / Q ) · Q',
  'exact-once': 'R(P·Q·d/D)',
  'shown-unit': 'T(P·d/D) · Q',
  'unit-rounded': 'R(P·d/D) · Q',
  'daily-cut': 'R( T(P/D) · d · Q )',
  'daily-three': 'R( r3(P/D) · d · Q )',
  'published-seat': 'T(E·X) · Q, E = P·d/D',
  'published-usage': 'T( T(E·Q) · X ), E = P·d/D',
  'by-months': 'T(E·X) · Q, E = P · months billed / months of the cycle',
};

/** With the minor unit's digits, and more only where the figure itself has more. */
function printed(figure: Decimal, digits: number): string {
  return figure.toFixed(Math.max(digits, figure.decimalPlaces()));
}

/** The same formula with its numbers, step by step: what an auditor types into a calculator. */
export function stepsOf(convention: Convention, f: ProrationFacts): string {
  const p = f.price.toString();
  const q = f.quantity.toString();
  const result = printed(figureOf(convention, f), f.digits);
  const unit = `${p} × ${f.billed}/${f.whole}`;
  if (isFullLegacyPeriod(convention, f)) return `a full period is ${p} × ${q} = ${result}`;
  switch (convention) {
    case 'published-legacy': {
      const daily = printed(roundHalfUp(f.price.times(f.quantity).div(f.whole), f.digits), f.digits);
      return `R(${p} × ${q} / ${f.whole}) = ${daily}; R(${daily} × ${f.billed} / ${q}) × ${q} = ${result}`;
    }
    case 'exact-once':
      return `R(${p} × ${q} × ${f.billed}/${f.whole}) = ${result}`;
    case 'shown-unit':
      return `T(${unit}) × ${q} = ${printed(truncate(share(f, ONE), f.digits), f.digits)} × ${q} = ${result}`;
    case 'unit-rounded':
      return `R(${unit}) × ${q} = ${printed(roundHalfUp(share(f, ONE), f.digits), f.digits)} × ${q} = ${result}`;
    case 'daily-cut': {
      const daily = printed(truncate(f.price.div(f.whole), f.digits), f.digits);
      return `R(T(${p} / ${f.whole}) × ${f.billed} × ${q}) = R(${daily} × ${f.billed} × ${q}) = ${result}`;
    }
    case 'daily-three': {
      const daily = printed(roundHalfUp(f.price.div(f.whole), 3), 3);
      return `R(r3(${p} / ${f.whole}) × ${f.billed} × ${q}) = R(${daily} × ${f.billed} × ${q}) = ${result}`;
    }
    case 'published-seat':
    case 'by-months':
      return `T(${unit} × ${f.rate.toString()}) × ${q} = ${printed(truncate(share(f, f.rate), f.digits), f.digits)} × ${q} = ${result}`;
    case 'published-usage': {
      const inner = printed(truncate(share(f, f.quantity), f.pricingDigits), f.pricingDigits);
      return `T(T(${unit} × ${q}) × ${f.rate.toString()}) = T(${inner} × ${f.rate.toString()}) = ${result}`;
    }
  }
}
