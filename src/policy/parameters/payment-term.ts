import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** Calendar days after the invoice's date; a payment on the last of them is on time. */
export const paymentTerm: Parameter<Window> = {
  id: 'billing.payment-term',
  title: 'How long after its date an invoice must be paid',
  datedBy: 'invoice',
  values: [
    {
      since: '2021-01-28',
      basis: 'stated',
      value: { length: 60, unit: 'calendar-days' },
      citation: cite('billing-overview-2021', 'Payment terms are net 60 days: an invoice is due 60 days after its billing date.'),
    },
    {
      since: '2023-01-11',
      basis: 'stated',
      value: { length: 60, unit: 'calendar-days' },
      citation: cite('billing-basics-2023', 'Net 60 days from the invoice date; later the account is delinquent.'),
    },
  ],
  show: showWindow,
};
