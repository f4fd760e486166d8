import { dayFromIso, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import { Decimal, ZERO } from '../../domain/numbers/money.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import { useOf, valueOn, type Dated, type DatedValue, type Parameter } from '../parameter.ts';
import {
  reservationChargedFee,
  reservationFullRefundDays,
  reservationNeverRefundable,
  reservationProration,
  reservationRefundPrice,
  reservationStatedFee,
  type FirstDays,
} from '../parameters/reservation-refund.ts';

/**
 * Where a return stands in the published table. `first-days`: in full if unused, prorated if used, no fee. `boundary`: day 5, which one of
 * the texts counts in, one out, and one leaves open. `later`: prorated, less a fee. `no-table`: in the first days, but the table is no longer published.
 */
export type TablePlace = 'first-days' | 'boundary' | 'later' | 'no-table';

/** What the policy of the day of return says of a reservation given back. */
export interface RefundTerms {
  readonly daysSince: number;
  readonly place: TablePlace;
  /** As a share of the prorated credit; null where no text of that day states one. */
  readonly statedFee: Decimal | null;
  /** Null where no source tells whether the stated fee was charged. */
  readonly chargedFee: Decimal | null;
  readonly isLowerPriceUsed: boolean;
  /** The last day after the purchase that the table counts among the first ones; null where no table is in force. */
  readonly lastCertainDay: number | null;
  /** The figures by which a refund is judged, and the one for the fee beside them. */
  readonly parametersUsed: readonly ParameterUse[];
  readonly statedFeeUsed: readonly ParameterUse[];
  /** The reading in words. */
  readonly working: readonly string[];
}

/** Null before the first day for which any text of the policy is known, and for a return before the purchase. */
export function refundTermsOn(purchaseDay: Day, returnDay: Day, ownTerms: readonly OwnTerm[]): RefundTerms | null {
  const on = <T>(parameter: Parameter<T>): (DatedValue<T> & { readonly value: T }) | null => valueOn(parameter, returnDay, ownTerms);
  const proration = on(reservationProration);
  const price = on(reservationRefundPrice);
  if (proration === null || price === null || returnDay < purchaseDay) return null;
  const firstDays = on(reservationFullRefundDays);
  const stated = on(reservationStatedFee);
  const charged = on(reservationChargedFee);
  const daysSince = returnDay - purchaseDay;
  const place = placeOf(daysSince, firstDays?.value.days ?? null);
  const used = <T>(parameter: Parameter<T>, dated: (DatedValue<T> & { readonly value: T }) | null): readonly ParameterUse[] =>
    dated === null ? [] : [useOf(parameter, dated)];
  return {
    daysSince,
    place,
    statedFee: stated === null ? null : new Decimal(stated.value),
    chargedFee: charged === null ? null : new Decimal(charged.value),
    isLowerPriceUsed: price.value === 'lower',
    lastCertainDay: firstDays === null ? null : firstDays.value.days - (firstDays.value.isLastDayIncluded ? 0 : 1),
    parametersUsed: [
      ...used(reservationFullRefundDays, firstDays),
      ...used(reservationChargedFee, charged),
      ...used(reservationProration, proration),
      ...used(reservationRefundPrice, price),
    ],
    statedFeeUsed: used(reservationStatedFee, stated),
    working: [tableText(daysSince, place, firstDays), feeText(place, stated, charged)],
  };
}

/** Days that the table speaks of where it is no longer printed. */
const LAST_KNOWN_DAYS = reservationFullRefundDays.values.findLast((one) => one.value !== null)?.value?.days ?? 0;

function placeOf(daysSince: number, days: number | null): TablePlace {
  if (days === null) return daysSince <= LAST_KNOWN_DAYS ? 'no-table' : 'later';
  if (daysSince === days) return 'boundary';
  return daysSince < days ? 'first-days' : 'later';
}

function tableText(daysSince: number, place: TablePlace, firstDays: Dated<FirstDays> | null): string {
  const shown = firstDays === null ? '' : `${reservationFullRefundDays.show(firstDays.value)}, since ${firstDays.since}`;
  const since = `returned ${daysSince} days after the purchase`;
  switch (place) {
    case 'first-days':
      return `${since} (${shown}): in full if unused, prorated if used; the files do not tell whether it was used, so either is right`;
    case 'boundary':
      return `${since}, which is the boundary (${shown}; ${otherText(firstDays)}): by the lenient reading in full if unused, prorated if used; by the strict reading prorated`;
    case 'later':
      return `${since}: prorated, used or not`;
    case 'no-table':
      return `${since}: the table with a full refund in the first days has not been published since ${removedOn()}; the Azure documentation knows a prorated refund only`;
  }
}

/** What another text says of the last of the first days than the one in force. */
function otherText(firstDays: Dated<FirstDays> | null): string {
  if (firstDays?.value.isLastDayIncluded !== false)
    return 'a page of 2023-01-11 names fewer and more than that many days and leaves the day itself open';
  const later = reservationFullRefundDays.values.find(({ value }) => value?.isLastDayIncluded === true);
  return `the text of ${later?.since ?? ''} counts that day in`;
}

function removedOn(): string {
  return reservationFullRefundDays.values.findLast((one) => one.value === null)?.since ?? '';
}

function feeText(place: TablePlace, stated: DatedValue<string> | null, charged: DatedValue<string> | null): string {
  if (place === 'first-days') return 'no fee in the first days';
  const text =
    stated === null ? 'no fee is stated' : `fee stated: ${reservationStatedFee.show(stated.value ?? '0')} (since ${stated.since})`;
  if (charged === null)
    return `${text}; whether it was charged at that time no source tells, so a refund with and one without it are right`;
  return `${text}; actually charged: ${reservationChargedFee.show(charged.value ?? '0')} (since ${charged.since}, ${charged.basis})`;
}

/** The entry of the list that a product's name matches. */
export interface NeverRefundable {
  readonly entry: string;
  readonly used: ParameterUse;
}

/** null where it can be refunded, or no list is known for the day. */
export function neverRefundable(productName: string, day: Day, ownTerms: readonly OwnTerm[]): NeverRefundable | null {
  const dated = valueOn(reservationNeverRefundable, day, ownTerms);
  const name = productName.toLowerCase();
  const entry = dated?.value.find((words) => name.includes(words.toLowerCase()));
  return dated === null || entry === undefined ? null : { entry, used: useOf(reservationNeverRefundable, dated) };
}

/** The fee that judges a refund: what is charged, or nothing where the sources do not tell. */
export function judgedFee(terms: RefundTerms): Decimal {
  return terms.place === 'first-days' || terms.place === 'boundary' ? ZERO : (terms.chargedFee ?? ZERO);
}

/** Whether a restriction on exchanges announced for purchases from a day on holds for a purchase. On that very day the texts are open. */
export function isRestricted(purchaseDay: Day, purchasesFrom: string): 'no' | 'boundary' | 'yes' {
  const from = dayFromIso(purchasesFrom);
  if (from === null || purchaseDay < from) return 'no';
  return purchaseDay === from ? 'boundary' : 'yes';
}
