import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/**
 * Two readings are published: 24 hours from the instant of purchase, and the UTC calendar day (an API sample lets the full refund
 * expire at midnight). The calendar day is certain under both; the next day inside 24 hours is the boundary.
 */
export const newCommerceFullRefund: Parameter<Window> = {
  id: 'new-commerce.full-refund',
  title: 'How long after purchase or renewal a new-commerce licence is refunded in full',
  datedBy: 'purchase',
  values: [
    {
      since: '2021-06-18',
      basis: 'assumed',
      value: { length: 24, unit: 'hours' },
      citation: cite(
        'scenarios-recurring',
        'Worked examples of 2021: cancelled on the day of purchase, the credit equals the charge; two days later, two days are kept.',
      ),
      later: 'a page of 2022 that works out examples of 2021',
    },
    {
      since: '2021-09-27',
      basis: 'first-seen',
      value: { length: 24, unit: 'hours' },
      citation: cite('migrate-subscriptions-2021', 'After the 24-hour mark one day is kept, after 48 hours two days.'),
    },
    {
      since: '2023-01-11',
      basis: 'first-seen',
      value: { length: 24, unit: 'hours' },
      citation: cite(
        'billing-basics-2023',
        'Licences cancelled within 24 hours are refunded in full, later within seven days by the days left.',
      ),
    },
  ],
  show: showWindow,
};
