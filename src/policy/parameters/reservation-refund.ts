import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** The first days of a reservation, counted from the day of purchase (day 0) in UTC. */
export interface FirstDays {
  readonly days: number;
  /** Whether the text counts the last of these days in ("5 or fewer") or stops before it ("fewer than 5"). */
  readonly isLastDayIncluded: boolean;
}

export const reservationFullRefundDays: Parameter<FirstDays> = {
  id: 'reservation.full-refund-days',
  title: 'Days after purchase in which an unused reservation is refunded in full and a used one prorated, both without a fee',
  datedBy: 'cancellation',
  values: [
    {
      since: '2018-10-12',
      basis: 'first-seen',
      value: { days: 5, isLastDayIncluded: false },
      citation: cite('reservations-manage-2018', 'Fewer than 5 days, unused: 100 %; used: prorated; no fee.'),
    },
    {
      since: '2018-11-16',
      basis: 'first-seen',
      value: { days: 5, isLastDayIncluded: true },
      citation: cite('reservations-manage-2018', '5 days or fewer, unused: 100 %; used: prorated; no fee.'),
    },
    {
      since: '2020-08-06',
      basis: 'stated',
      value: { days: 5, isLastDayIncluded: true },
      citation: cite('reservations-manage-2020', 'Cancelled after 5 or fewer days: unused 100 %, used prorated, no early termination fee.'),
    },
    {
      since: '2023-07-31',
      basis: 'first-seen',
      value: null,
      citation: cite(
        'reservations-manage-2023',
        'The table is gone; the page refers to the Azure documentation, which knows prorated refunds only.',
      ),
    },
  ],
  show: ({ days, isLastDayIncluded }) => (isLastDayIncluded ? `${days} days or fewer` : `fewer than ${days} days`),
};

/** A share of the prorated credit, as a decimal. */
const showShare = (value: string): string => (value === '0' ? 'no fee' : `${String(Math.round(+value * 100))} % of the prorated credit`);

export const reservationStatedFee: Parameter<string> = {
  id: 'reservation.stated-fee',
  title: 'Early termination fee that the texts state for a reservation returned later',
  datedBy: 'cancellation',
  values: [
    {
      since: '2018-10-12',
      basis: 'first-seen',
      value: '0.12',
      citation: cite('reservations-manage-2018', 'More than 5 days, used or not: prorated, less a fee of 12 %.'),
    },
    {
      since: '2020-08-06',
      basis: 'stated',
      value: '0.12',
      citation: cite('reservations-manage-2020', 'More than 5 days, used or not: prorated, early termination fee 12 %.'),
    },
    {
      since: '2023-01-11',
      basis: 'stated',
      value: '0.12',
      citation: cite('compare-offers-2023', 'The fee is 12 % of the prorated credit.'),
    },
    {
      since: '2023-10-16',
      basis: 'stated',
      value: '0.12',
      citation: cite('reservations-refund-2023', 'A fee of 12 % may be charged in future.'),
    },
  ],
  show: showShare,
};

export const reservationChargedFee: Parameter<string> = {
  id: 'reservation.charged-fee',
  title: 'Early termination fee that is actually charged for a reservation returned later',
  datedBy: 'cancellation',
  values: [
    {
      since: '2018-10-12',
      basis: 'assumed',
      value: null,
      citation: cite('reservations-manage-2018', 'The fee is stated; whether it was charged at that time no source tells.'),
    },
    {
      since: '2019-04-13',
      basis: 'first-seen',
      value: '0',
      citation: cite('reservations-refund-2019', 'The right to an early termination fee is reserved; none is charged at present.'),
    },
    {
      since: '2021-04-14',
      basis: 'stated',
      value: '0',
      citation: cite('reservations-refund-2021', 'No early termination fee is charged at present.'),
    },
    {
      since: '2023-10-16',
      basis: 'stated',
      value: '0',
      citation: cite('reservations-refund-2023', 'No early termination fee is charged at present.'),
    },
    {
      since: '2026-07-22',
      basis: 'stated',
      value: '0',
      citation: cite('reservation-trade-in-2026', 'No early termination fee is charged at present.'),
    },
  ],
  show: showShare,
};

export const reservationProration: Parameter<'daily'> = {
  id: 'reservation.refund-proration',
  title: 'How the refund of a returned reservation is prorated',
  datedBy: 'cancellation',
  values: [
    {
      since: '2018-10-12',
      basis: 'assumed',
      value: 'daily',
      citation: cite('reservations-manage-2018', 'The credit is prorated; by what unit is not said. Days are taken, as later texts do.'),
    },
    {
      since: '2025-07-09',
      basis: 'assumed',
      value: 'daily',
      citation: cite(
        'reservations-refund-2025',
        'By remaining days in UTC: bought on 10 July 2024 and returned on 9 July 2025, one day is refunded. The text is dated by its example.',
      ),
    },
  ],
  show: () => 'by remaining UTC days, the day of return among them',
};

export const reservationRefundPrice: Parameter<'purchase' | 'lower'> = {
  id: 'reservation.refund-price',
  title: 'The price by which a returned reservation is refunded',
  datedBy: 'cancellation',
  values: [
    {
      since: '2018-10-12',
      basis: 'assumed',
      value: 'purchase',
      citation: cite('reservations-manage-2018', 'The rest of what was paid is refunded; no other price is named.'),
    },
    {
      since: '2021-04-14',
      basis: 'first-seen',
      value: 'lower',
      citation: cite('reservations-refund-2021', 'Refunds are worked out on the lower of the price paid and the current price.'),
    },
  ],
  show: (value) => (value === 'lower' ? 'the lower of the purchase price and the current price' : 'the purchase price'),
};

export const reservationNeverRefundable: Parameter<readonly string[]> = {
  id: 'reservation.never-refundable',
  title: 'Reservations that can be neither refunded nor exchanged, by words of their product name',
  datedBy: 'cancellation',
  values: [
    {
      since: '2021-04-14',
      basis: 'first-seen',
      value: ['Databricks', 'CloudSimple', 'Azure Red Hat OpenShift', 'Red Hat', 'SUSE'],
      citation: cite(
        'reservations-refund-2021',
        'Databricks reserved capacity, Azure VMware Solution by CloudSimple, Azure Red Hat OpenShift, Red Hat plans and SUSE Linux plans.',
      ),
    },
    {
      since: '2022-10-10',
      basis: 'first-seen',
      value: ['Databricks', 'CloudSimple', 'Azure Red Hat OpenShift', 'Red Hat', 'SUSE', 'Synapse'],
      citation: cite('reservations-refund-2022', 'Pre-purchase of Synapse Analytics is added to the list.'),
    },
  ],
  show: (value) => value.join(', '),
};

/** Where the money of a return goes: `open` where texts of one time differ. */
export const reservationRefundDestination: Parameter<'later-purchase' | 'open'> = {
  id: 'reservation.refund-destination',
  title: 'Where the refund of a returned reservation goes',
  datedBy: 'cancellation',
  values: [
    {
      since: '2019-04-13',
      basis: 'first-seen',
      value: 'later-purchase',
      citation: cite(
        'reservations-refund-2019',
        'The invoice of the purchase is cancelled and a new one made for the refund; a refund alone is set against a later purchase of reservations.',
      ),
    },
    {
      since: '2020-08-06',
      basis: 'stated',
      value: 'open',
      citation: cite(
        'reservations-manage-2020',
        'The partner’s account is refunded, and the partner settles with the customer; the Azure documentation of the same years sets a refund against a later purchase.',
      ),
    },
    {
      since: '2023-07-31',
      basis: 'first-seen',
      value: 'later-purchase',
      citation: cite(
        'reservations-manage-2023',
        'The page refers to the Azure documentation, which sets a refund alone against a later purchase of reservations.',
      ),
    },
  ],
  show: (value) =>
    value === 'open'
      ? 'to the account of the partner, or against a later purchase: two texts differ'
      : 'against a later purchase of reservations',
};
