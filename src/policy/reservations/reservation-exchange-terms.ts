import { addDays, isoDay, type Day } from '../../domain/calendar/days.ts';
import type { ParameterUse } from '../../domain/findings/finding.ts';
import type { OwnTerm } from '../../domain/partner/own-term.ts';
import type { ReservationPayment } from '../../domain/reservations/reservation-payment.ts';
import { useOf, valueOn } from '../parameter.ts';
import { reservationExchangeMinimum, reservationExchangeRestriction } from '../parameters/reservation-exchange.ts';
import { isRestricted } from './reservation-terms.ts';

/** Whether and how a reservation can be exchanged, in words. */
export interface ExchangeTerms {
  /** Bought when the restriction held: whether it can be exchanged hangs on its service, which no file tells, so an exchange is not to be advised. */
  readonly isRestricted: boolean;
  readonly working: readonly string[];
  readonly used: readonly ParameterUse[];
}

/** What remains of a reservation paid in parts, in words; the texts have two readings of it. */
export interface RemainingTexts {
  /** The rest of the running payment and the later ones. */
  readonly byWords: string;
  /** The later payments alone. */
  readonly byExample: string;
}

/** The rules of exchange as the texts of a day have them. A renewal is a purchase of its first day, which is the payment's own day of purchase. `remaining` is null where both readings come to one. */
export function exchangeTerms(
  payment: Pick<ReservationPayment, 'purchaseDay' | 'term'>,
  day: Day,
  ownTerms: readonly OwnTerm[],
  remaining: RemainingTexts | null,
): ExchangeTerms {
  const minimum = valueOn(reservationExchangeMinimum, day, ownTerms);
  const restriction = valueOn(reservationExchangeRestriction, day, ownTerms);
  const purchasesFrom = restriction?.value.purchasesFrom ?? null;
  const isBarred = purchasesFrom !== null && isRestricted(payment.purchaseDay, purchasesFrom) !== 'no';
  return {
    isRestricted: isBarred,
    working: [
      ...(minimum === null
        ? []
        : [
            `${isBarred ? 'if it can be exchanged at all, ' : ''}an exchange must commit to ${reservationExchangeMinimum.show(minimum.value)}, begins a new term, costs no fee and counts towards no limit`,
            ...(remaining === null
              ? []
              : [
                  `that is ${remaining.byWords} with the rest of the running payment; by the published example of 2021-04-14 (after the 18th of 36 payments of 100: at least 1,800) the later payments alone, ${remaining.byExample}`,
                ]),
          ]),
      ...(restriction === null ? [] : restrictionTexts(payment, day, restriction.value.purchasesFrom)),
    ],
    used: [
      ...(minimum === null ? [] : [useOf(reservationExchangeMinimum, minimum)]),
      ...(restriction === null ? [] : [useOf(reservationExchangeRestriction, restriction)]),
    ],
  };
}

const COVERED = 'a service that a savings plan covers (virtual machines, App Service, SQL Database and others)';

function restrictionTexts(
  { purchaseDay, term }: Pick<ReservationPayment, 'purchaseDay' | 'term'>,
  day: Day,
  purchasesFrom: string | null,
): readonly string[] {
  if (purchasesFrom === null) return [];
  const bought = isoDay(purchaseDay);
  const renewal = addDays(term.lastDay, 1);
  const renewalText =
    isRestricted(renewal, purchasesFrom) === 'no'
      ? []
      : [`a renewal on ${isoDay(renewal)} is a new purchase: of ${COVERED} it could not be exchanged any more`];
  switch (isRestricted(purchaseDay, purchasesFrom)) {
    case 'yes':
      return [
        `bought on ${bought}, after ${purchasesFrom}: of ${COVERED} it cannot be exchanged; it can be cancelled all the same`,
        ...renewalText,
      ];
    case 'boundary':
      return [
        `bought on ${bought}, the very day from which the restriction holds, which the texts leave open: of ${COVERED} it is taken as not exchangeable; by the lenient reading it is`,
        ...renewalText,
      ];
    case 'no':
      return [
        isoDay(day) < purchasesFrom
          ? `bought before ${purchasesFrom}: exchangeable; after that day of ${COVERED} once more`
          : `bought on ${bought}, before ${purchasesFrom}: of ${COVERED} it can be exchanged one last time`,
        ...renewalText,
      ];
  }
}
