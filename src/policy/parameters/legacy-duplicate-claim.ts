import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export const legacyDuplicateClaim: Parameter<Window> = {
  id: 'legacy.duplicate-order-claim',
  title: 'How long after the newer purchase a credit for a duplicate order can be requested',
  datedBy: 'purchase',
  values: [
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value: { length: 120, unit: 'calendar-days' },
      citation: cite(
        'request-credit-2021',
        'Duplicate orders: the request must be submitted within 120 days of the purchase of the new subscription.',
      ),
    },
    {
      since: '2023-05-04',
      basis: 'first-seen',
      value: { length: 120, unit: 'calendar-days' },
      citation: cite(
        'request-credit-2023',
        'Duplicate orders, legacy offers only: within 120 days of the purchase of the new subscription.',
      ),
    },
  ],
  show: showWindow,
};
