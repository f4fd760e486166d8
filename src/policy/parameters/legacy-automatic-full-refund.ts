import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export const legacyAutomaticFullRefund: Parameter<Window> = {
  id: 'legacy.automatic-full-refund',
  title: 'How long after purchase a legacy licence subscription is refunded in full, without a request',
  datedBy: 'purchase',
  values: [
    {
      since: '2018-01-01',
      basis: 'first-seen',
      value: { length: 30, unit: 'calendar-days' },
      citation: cite(
        'scenarios-annual',
        'Worked example: bought 13 January 2018, suspended 1 February, the whole charge is credited (less than 30 days).',
      ),
      later: 'a page of 2022 that works out examples of January 2018',
    },
    {
      since: '2020-05-05',
      basis: 'first-seen',
      value: { length: 30, unit: 'calendar-days' },
      citation: cite(
        'compare-offers-2020',
        'Cancelled in less than 30 days a licence is refunded in full, after more than 30 the unused days.',
      ),
    },
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value: { length: 30, unit: 'calendar-days' },
      citation: cite(
        'request-credit-2021',
        'Accidental purchase: a subscription cancelled within 30 days of purchase is refunded 100 %, no service request needed.',
      ),
    },
  ],
  show: showWindow,
};
