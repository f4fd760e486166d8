import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export const legacyFullRefundRequest: Parameter<Window> = {
  id: 'legacy.full-refund-request',
  title: 'How long after purchase a full refund of a legacy subscription can be requested',
  datedBy: 'purchase',
  values: [
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value: { length: 90, unit: 'calendar-days' },
      citation: cite(
        'request-credit-2021',
        'Accidental purchase: a full refund from the start of the subscription must be requested within 90 days of purchase.',
      ),
    },
    {
      since: '2023-05-04',
      basis: 'first-seen',
      value: { length: 90, unit: 'calendar-days' },
      citation: cite('request-credit-2023', 'Accidental purchase, legacy offers only: request within 90 days of purchase.'),
    },
  ],
  show: showWindow,
};
