import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export const microsoft365A1Request: Parameter<Window> = {
  id: 'microsoft-365-a1.refund-request',
  title: 'How long after purchase Microsoft 365 A1 is refunded, in full and only while no user is assigned; nothing afterwards',
  datedBy: 'purchase',
  values: [
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value: { length: 30, unit: 'calendar-days' },
      citation: cite(
        'request-credit-2021',
        'Full credit only where requested within 30 days of purchase with no users assigned; no refunds after 30 days.',
      ),
    },
  ],
  show: showWindow,
};
