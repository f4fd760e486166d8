import type { LimitPeriod } from '../../domain/reservations/refund-limit.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export interface RefundLimit {
  readonly dollars: string;
  /** `calendar-year`: the year of the return. `rolling-365-days`: (t − 365, t], so that what is exactly 365 days old no longer counts. */
  readonly period: LimitPeriod;
  /** What counts: the money refunded, or the commitment cancelled, which is the refund and the payments that are no longer due. */
  readonly measure: 'refund' | 'commitment';
  readonly doExchangesCount: boolean;
}

export const reservationRefundLimit: Parameter<RefundLimit> = {
  id: 'reservation.refund-limit',
  title: 'How much may be refunded or cancelled for one customer; what goes beyond it is refused, not cut',
  datedBy: 'cancellation',
  values: [
    {
      since: '2018-05-01',
      basis: 'first-seen',
      value: { dollars: '50000', period: 'calendar-year', measure: 'refund', doExchangesCount: true },
      citation: cite('reservations-refund-2018', 'Refunds up to USD 50,000 a year; the calendar year is a reading of ours.'),
    },
    {
      since: '2019-04-13',
      basis: 'first-seen',
      value: { dollars: '50000', period: 'rolling-365-days', measure: 'refund', doExchangesCount: true },
      citation: cite('reservations-refund-2019', 'USD 50,000 in a rolling window of 12 months; each refund counts for 365 days.'),
    },
    {
      since: '2021-04-14',
      basis: 'first-seen',
      value: { dollars: '50000', period: 'rolling-365-days', measure: 'commitment', doExchangesCount: false },
      citation: cite(
        'reservations-refund-2021',
        'The cancelled commitment counts. Two readings: in words the refund and the payments no longer due; by the example whole payments alone (36 payments of USD 100, returned in month 18: 1,800 count, 48,200 are left), which leaves out the rest of the running month (53.33 with 16 of 30 days left, together 1,853.33). A refund beyond the limit is refused; exchanges do not count.',
      ),
    },
    {
      since: '2022-10-10',
      basis: 'stated',
      value: { dollars: '50000', period: 'rolling-365-days', measure: 'commitment', doExchangesCount: false },
      citation: cite(
        'reservations-refund-2022',
        '36 payments of USD 100, returned in month 12: 2,400 count, 47,600 are left, whole payments alone as in the example before; after 365 days 50,000 again.',
      ),
    },
  ],
  show: ({ dollars, period, measure, doExchangesCount }) =>
    [
      `USD ${dollars.replace(/\B(?=(\d{3})+$)/g, ',')}`,
      period === 'calendar-year' ? 'a calendar year' : 'in 365 days',
      measure === 'refund' ? 'of refunds' : 'of cancelled commitment',
      doExchangesCount ? 'exchanges included' : 'exchanges left out',
    ]
      .join(' ')
      .replace(/ (exchanges)/, ', $1'),
};

export const reservationLimitScope: Parameter<'customer'> = {
  id: 'reservation.refund-limit-scope',
  title: 'Whose returns are added up against the limit on refunds',
  datedBy: 'cancellation',
  values: [
    {
      since: '2018-05-01',
      basis: 'assumed',
      value: 'customer',
      citation: cite(
        'reservations-refund-2018',
        'Whose refunds count is not said; each customer is taken for itself, as the later text does.',
      ),
    },
    {
      since: '2020-05-05',
      basis: 'first-seen',
      value: 'customer',
      citation: cite('compare-offers-2020', 'In the Cloud Solution Provider program the limit is that of a customer.'),
    },
  ],
  show: () => 'those of one customer',
};
