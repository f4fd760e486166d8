import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** From which purchases on a reservation of a service that a savings plan covers can no longer be exchanged; null: from none. */
export interface ExchangeRestriction {
  readonly purchasesFrom: string | null;
}

export const reservationExchangeRestriction: Parameter<ExchangeRestriction> = {
  id: 'reservation.exchange-restriction',
  title: 'Purchases from which on reservations of services that a savings plan covers cannot be exchanged, as announced',
  datedBy: 'request',
  values: [
    {
      since: '2020-08-06',
      basis: 'stated',
      value: { purchasesFrom: null },
      citation: cite('reservations-manage-2020', 'A reservation can be exchanged for another one; no purchases are left out.'),
    },
    {
      since: '2022-10-10',
      basis: 'first-seen',
      value: { purchasesFrom: '2024-01-01' },
      citation: cite('reservations-refund-2022', 'Exchanges of compute reservations are announced to end on 1 January 2024.'),
    },
    {
      since: '2023-10-16',
      basis: 'stated',
      value: { purchasesFrom: '2024-07-01' },
      citation: cite('reservations-refund-2023', 'The grace period is extended until at least 1 July 2024.'),
    },
    {
      since: '2024-01-01',
      basis: 'assumed',
      value: { purchasesFrom: null },
      citation: cite(
        'reservation-exchange-2026',
        'In 2024 the grace period was extended until further notice, of at least six months; the day is not known.',
      ),
      later: 'a page of 2026 that tells what happened in 2024',
    },
    {
      since: '2026-08-27',
      basis: 'stated',
      value: { purchasesFrom: '2027-02-01' },
      citation: cite(
        'reservation-exchange-2026',
        'Bought after 1 February 2027: no exchange where a savings plan covers the service (virtual machines, App Service, SQL Database and others). Bought before: one last exchange. A renewal after that day is a new purchase. Whether the day itself counts is left open; it is taken as restricted. Unit by unit: 2 of 10 exchanged leave 8 with a right each. Not restricted: Azure VMware Solution, services at their end of life, clouds without savings plans.',
      ),
    },
  ],
  show: ({ purchasesFrom }) => (purchasesFrom === null ? 'no purchases' : `purchases from ${purchasesFrom} on`),
};

export const reservationExchangeMinimum: Parameter<'remaining-commitment'> = {
  id: 'reservation.exchange-minimum',
  title: 'What a new reservation must at least commit to when another one is exchanged for it',
  datedBy: 'request',
  values: [
    {
      since: '2021-04-14',
      basis: 'first-seen',
      value: 'remaining-commitment',
      citation: cite(
        'reservations-refund-2021',
        'Only of the same type, and at least the remaining commitment: 36 payments of 100, after the 18th: 1,800 or more. An exchange of USD 300,000 meets no limit.',
      ),
    },
  ],
  show: () => 'the commitment that remains of the one returned, in a reservation of the same type',
};
