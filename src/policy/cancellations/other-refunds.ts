import { figureOf } from '../../domain/proration/conventions.ts';
import { daysInclusive, isoDay, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { Decimal, minorDigits, ZERO } from '../../domain/numbers/money.ts';
import type { OtherProduct, OtherPurchase } from '../../domain/charges/other-purchases.ts';
import { showWindow, verdictAt, type Moment, type Verdict, type Window } from '../../domain/calendar/window.ts';
import { money } from '../../domain/proration/working.ts';
import { useOf, valueOn, type Dated, type Parameter } from '../parameter.ts';
import { businessCentralCancellation, marketplaceMonthlyCancellation, marketplaceYearlyCancellation } from '../parameters/marketplace.ts';
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
    parametersUsed: [useOf(parameter, dated), ...(refund === null ? [] : [useOf(softwareSubscriptionRefund, refund)])],
  };
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

export interface OtherCredit {
  /** A magnitude; null where the days of the charge are not printed. */
  readonly amount: Decimal | null;
  readonly working: readonly string[];
}

/**
 * What a purchase cancelled on a day gives back: all of it, or the days left, the day of the cancellation credited as for licences. A text
 * of 2023 keeps that day too for software; its figure is the other reading.
 */
export function otherCredit(purchase: OtherPurchase, terms: OtherTerms & { readonly isFinal: false }, day: Day): OtherCredit {
  const { charge, start } = purchase;
  const { amount } = charge.line;
  if (terms.refund === 'in-full') return { amount, working: [`${terms.name} are credited in full: ${money(charge, amount)}`] };
  if (day === start.day) {
    return { amount, working: [`cancelled on ${isoDay(day)}, the day of purchase: all of ${money(charge, amount)}`] };
  }
  const left = (from: Day): Decimal | null => prorated(purchase, from);
  const credit = left(day);
  if (credit === null) return { amount: null, working: [] };
  const kept = left((day + 1) as Day) ?? ZERO;
  return {
    amount: credit,
    working: [
      `credited by the days left, ${isoDay(day)} included: ${money(charge, credit)}`,
      `other readings: the day of the cancellation kept as well, ${money(charge, kept)}; the whole price, ${money(charge, amount)}`,
    ],
  };
}

/** By the published formula of new commerce: the price of one for the days left, cut to the minor unit, times the quantity. */
function prorated({ charge }: OtherPurchase, from: Day): Decimal | null {
  const { firstDay, lastDay, quantity, amount, heading } = charge.line;
  if (firstDay === null || lastDay === null || quantity.isZero()) return null;
  if (from > lastDay) return ZERO;
  const digits = minorDigits(heading.currency);
  return figureOf('published-seat', {
    price: amount.div(quantity.abs()),
    quantity: quantity.abs(),
    billed: daysInclusive(from < firstDay ? firstDay : from, lastDay),
    whole: daysInclusive(firstDay, lastDay),
    rate: new Decimal(1),
    digits,
    pricingDigits: digits,
  });
}
