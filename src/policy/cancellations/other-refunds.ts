import { addDays, isoDay, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { Decimal } from '../../domain/numbers/money.ts';
import type { AuditedLine } from '../../domain/charges/subjects.ts';
import type { OtherProduct, OtherPurchase } from '../../domain/charges/other-purchases.ts';
import { showWindow, verdictAt, type Moment, type Verdict, type Window } from '../../domain/calendar/window.ts';
import { money } from '../../domain/proration/working.ts';
import { prorationBasis, type FormulaBasis } from '../formula-basis.ts';
import { daysLeft } from './days-left.ts';
import { useOf, valueOn, type Dated, type Parameter } from '../parameter.ts';
import {
  businessCentralCancellation,
  marketplaceInstalments,
  marketplaceMonthlyCancellation,
  marketplaceYearlyCancellation,
} from '../parameters/marketplace.ts';
import { savingsPlanCancellation } from '../parameters/savings-plan.ts';
import {
  linuxPlanReturn,
  perpetualSoftwareReturn,
  softwareSubscriptionRefund,
  softwareSubscriptionReturn,
} from '../parameters/software.ts';

/** The figures that the other products’ windows and refunds rest on; a rule that judges them declares these. */
export const OTHER_WINDOWS: readonly Parameter<Window>[] = [
  perpetualSoftwareReturn,
  softwareSubscriptionReturn,
  marketplaceMonthlyCancellation,
  marketplaceYearlyCancellation,
  businessCentralCancellation,
];

/** The windows inside which the whole price comes back, or did at some time. */
export const OTHER_FULL_REFUNDS: readonly Parameter<Window>[] = [
  perpetualSoftwareReturn,
  softwareSubscriptionReturn,
  marketplaceMonthlyCancellation,
  marketplaceYearlyCancellation,
];

const WINDOWS: Readonly<Record<Exclude<OtherProduct, 'savings-plan' | 'linux-plan'>, Parameter<Window>>> = {
  'perpetual-software': perpetualSoftwareReturn,
  'software-subscription': softwareSubscriptionReturn,
  'marketplace-monthly': marketplaceMonthlyCancellation,
  'marketplace-yearly': marketplaceYearlyCancellation,
  'business-central': businessCentralCancellation,
};

const NAMES: Readonly<Record<OtherProduct, string>> = {
  'perpetual-software': 'perpetual software',
  'software-subscription': 'software subscriptions',
  'linux-plan': 'Red Hat and SUSE plans',
  'marketplace-monthly': 'marketplace subscriptions billed by the month',
  'marketplace-yearly': 'marketplace subscriptions of a year or more',
  'business-central': 'Business Central',
  'savings-plan': 'savings plans',
};

/** The policy under which a purchase can be given back. */
export type OtherTerms =
  | { readonly isFinal: true; readonly name: string; readonly parametersUsed: readonly ParameterUse[] }
  | {
      readonly isFinal: false;
      readonly name: string;
      readonly parameter: Parameter<Window>;
      readonly dated: Dated<Window>;
      readonly refund: 'in-full' | 'prorated';
      /** A renewal of which no source says that it opens a window anew. */
      readonly isReopeningUnknown: boolean;
      /** That the payments to come are owed once the window has closed; empty where there are none, or no text of the day tells. */
      readonly instalments: readonly ParameterUse[];
      readonly parametersUsed: readonly ParameterUse[];
    };

/** Null where no dated text tells the policy of the purchase’s day. */
export function otherTerms({ product, start, isRenewal, charge }: OtherPurchase): OtherTerms | null {
  const { ownTerms } = charge;
  const name = NAMES[product];
  const plain = product === 'linux-plan' ? 'software-subscription' : product;
  const final = product === 'savings-plan' ? savingsPlanCancellation : product === 'linux-plan' ? linuxPlanReturn : null;
  const known = final === null ? null : valueOn(final, start.day, ownTerms);
  if (final !== null && known !== null) return { isFinal: true, name, parametersUsed: [useOf(final, known)] };
  // Before the first text about an exception the general rule of its kind holds.
  if (plain === 'savings-plan') return null;
  const special = valueOn(WINDOWS[plain], start.day, ownTerms);
  const general = charge.line.heading.cycleMonths === 1 ? marketplaceMonthlyCancellation : marketplaceYearlyCancellation;
  const parameter = special === null && plain === 'business-central' ? general : WINDOWS[plain];
  const dated = special ?? valueOn(parameter, start.day, ownTerms);
  if (dated === null) return null;
  const refund = plain === 'software-subscription' ? valueOn(softwareSubscriptionRefund, start.day, ownTerms) : null;
  return {
    isFinal: false,
    name,
    parameter,
    dated,
    refund: refund === null ? (parameter === businessCentralCancellation ? 'prorated' : 'in-full') : refund.value,
    isReopeningUnknown: isRenewal && parameter !== businessCentralCancellation,
    instalments: instalmentsOf(product, charge, start.day),
    parametersUsed: [useOf(parameter, dated), ...(refund === null ? [] : [useOf(softwareSubscriptionRefund, refund)])],
  };
}

/** A term of two years or three that is paid in parts. */
function instalmentsOf(product: OtherProduct, { line, ownTerms }: AuditedLine, day: Day): readonly ParameterUse[] {
  const { termText, cycleMonths } = line.heading;
  const isOfYears = /\bP[23]Y\b|\b(?:two|three|[23])[ -](?:3 )?years?\b|trienn/i.test(termText);
  if (product !== 'marketplace-yearly' || !isOfYears || cycleMonths === null || cycleMonths > 12) return [];
  const dated = valueOn(marketplaceInstalments, day, ownTerms);
  return dated === null ? [] : [useOf(marketplaceInstalments, dated)];
}

/** Inside a window that nobody says a renewal opens is the boundary. */
export function otherVerdict(terms: OtherTerms, { start }: OtherPurchase, at: Moment): Verdict {
  if (terms.isFinal) return 'outside';
  const verdict = verdictAt(start, at, terms.dated.value);
  return terms.isReopeningUnknown && verdict === 'inside' ? 'boundary' : verdict;
}

/** The readings that make a verdict a boundary, for the working. */
export function otherReadings(terms: OtherTerms & { readonly isFinal: false }): readonly string[] {
  const { otherReading } = terms.dated.value;
  return [
    ...(otherReading === undefined ? [] : [`two texts of that time disagree: ${showWindow(terms.dated.value)}`]),
    ...(terms.isReopeningUnknown ? [`whether a renewal of ${terms.name} opens a window anew is left open by the sources`] : []),
  ];
}

export interface OtherCredit extends FormulaBasis {
  /** A magnitude; null where the days of the charge are not printed. */
  readonly amount: Decimal | null;
  /** Between these lies every formula and reading. */
  readonly lowest: Decimal | null;
  readonly highest: Decimal | null;
  /** What the credit is by each formula and each reading that the sources leave open. */
  readonly readings: readonly { readonly name: string; readonly amounts: readonly Decimal[] }[];
  readonly working: readonly string[];
}

/**
 * What a purchase cancelled on a day gives back: all of it, or the days left, the day of the cancellation credited as for licences. A text
 * of 2023 keeps that day too for software, and another speaks of the whole price: their figures are other readings.
 */
export function otherCredit(
  purchase: OtherPurchase,
  terms: OtherTerms & { readonly isFinal: false },
  day: Day,
  rate: Decimal | null = purchase.charge.line.rate,
): OtherCredit {
  const { charge, start } = purchase;
  const { amount } = charge.line;
  const whole = { amount, lowest: amount, highest: amount, citations: [], parametersUsed: [] };
  if (terms.refund === 'in-full') {
    return {
      ...whole,
      readings: [{ name: 'in full', amounts: [amount] }],
      working: [`${terms.name} are credited in full: ${money(charge, amount)}`],
    };
  }
  if (day === start.day) {
    const working = [`cancelled on ${isoDay(day)}, the day of purchase: all of ${money(charge, amount)}`];
    return { ...whole, readings: [{ name: 'in full on the day of purchase', amounts: [amount] }], working };
  }
  const left = daysLeft(charge, day, rate);
  if (left === null) return { ...whole, amount: null, lowest: null, highest: null, readings: [], working: [] };
  const kept = daysLeft(charge, addDays(day, 1), rate) ?? left;
  return {
    amount: left.amount,
    lowest: Decimal.min(...left.figures.values(), ...kept.figures.values()),
    highest: Decimal.max(amount, ...left.figures.values()),
    readings: [
      { name: 'by the days left', amounts: [...left.figures.values()] },
      { name: 'by the days left, the day of the cancellation kept', amounts: [...kept.figures.values()] },
      { name: 'the whole price', amounts: [amount] },
    ],
    working: [
      `credited by the days left, ${isoDay(day)} included: ${money(charge, left.amount)}`,
      ...left.steps,
      `other readings: the day of the cancellation kept as well, ${money(charge, kept.amount)}; the whole price, ${money(charge, amount)}`,
    ],
    ...prorationBasis(charge),
  };
}
