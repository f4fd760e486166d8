import type { LayoutName } from '../charges/charge-line.ts';
import {
  conventionsOf,
  FORMULA_TEXT,
  figureOf,
  overviewFigure,
  publishedConvention,
  stepsOf,
  type Convention,
  type ProrationFacts,
} from './conventions.ts';
import { cycleDays, wholeMonths, type Cycle } from '../calendar/cycles.ts';
import { daysInclusive, daysInMonth, type Day } from '../calendar/days.ts';
import { Decimal, minorDigits } from '../numbers/money.ts';

/** `charge`: so many days are billed · `credit`, `cancel`: they are given back · `plan-change`: billed by months. */
export const PRORATION_KINDS = ['charge', 'credit', 'cancel', 'plan-change'] as const;
export type ProrationKind = (typeof PRORATION_KINDS)[number];

/** One charge or credit to work out. Days are UTC, first and last included. */
export interface ProrationQuestion {
  readonly kind: ProrationKind;
  readonly layout: LayoutName;
  /** Price of one licence for one whole cycle, in the pricing currency. */
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly cycle: Cycle;
  /** The days billed or given back. */
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly currency: string;
  readonly pricingCurrency: string;
  readonly rate: Decimal;
}

export interface ProrationFigure {
  readonly convention: Convention;
  readonly formula: string;
  /** With its sign: below 0 for a credit. */
  readonly amount: Decimal;
  readonly steps: string;
  /** The one that the layout's own page publishes for such a line. */
  readonly isPublished: boolean;
}

export interface ProrationAnswer {
  readonly facts: ProrationFacts;
  readonly isWhole: boolean;
  readonly figures: readonly ProrationFigure[];
  /** The exact share, before any rounding. */
  readonly exact: Decimal;
  /** The billing overview's formula at its word, with the days of the cycle, and where they differ with those of the calendar month. */
  readonly overview: Decimal;
  /** Whether no convention, at an exchange rate of 1, gives the figure that the overview's formula gives with the days of the cycle. */
  readonly overviewDeparts: boolean;
  readonly overviewByMonth: { readonly days: number; readonly amount: Decimal } | null;
}

/** Works a charge or credit out under every published convention; null where a plan change is no whole number of months. */
export function prorate(question: ProrationQuestion): ProrationAnswer | null {
  const facts = factsOf(question);
  if (facts === null) return null;
  const sign = question.kind === 'credit' || question.kind === 'cancel' ? -1 : 1;
  const published = question.kind === 'plan-change' ? 'by-months' : publishedConvention(question.layout);
  const names: readonly Convention[] = question.kind === 'plan-change' ? ['by-months'] : conventionsOf(question.layout);
  const month = daysInMonth(question.firstDay);
  const overviewFacts = { ...facts, rate: new Decimal(1) };
  const overview = overviewFigure(overviewFacts);
  return {
    facts,
    isWhole: facts.billed === facts.whole,
    figures: names.map((convention) => ({
      convention,
      formula: FORMULA_TEXT[convention],
      amount: figureOf(convention, facts).times(sign),
      steps: stepsOf(convention, facts),
      isPublished: convention === published,
    })),
    exact: facts.price.times(facts.quantity).times(facts.rate).times(facts.billed).div(facts.whole).times(sign),
    overview: overview.times(sign),
    overviewDeparts: names.every((convention) => !figureOf(convention, overviewFacts).eq(overview)),
    overviewByMonth:
      question.kind === 'plan-change' || month === facts.whole || facts.whole > MONTH_DAYS
        ? null
        : { days: month, amount: overviewFigure({ ...overviewFacts, whole: month }).times(sign) },
  };
}

const MONTH_DAYS = 31;

function factsOf(question: ProrationQuestion): ProrationFacts | null {
  const { price, quantity, rate, currency, pricingCurrency, cycle, firstDay, lastDay } = question;
  const days = { billed: daysInclusive(firstDay, lastDay), whole: cycleDays(cycle) };
  const share = question.kind === 'plan-change' ? monthsOf(question) : days;
  if (share === null) return null;
  return { price, quantity, rate, ...share, digits: minorDigits(currency), pricingDigits: minorDigits(pricingCurrency) };
}

function monthsOf({ cycle, firstDay, lastDay }: ProrationQuestion): { readonly billed: number; readonly whole: number } | null {
  const billed = wholeMonths(firstDay, lastDay);
  const whole = wholeMonths(cycle.firstDay, cycle.lastDay);
  return billed === null || whole === null ? null : { billed, whole };
}
