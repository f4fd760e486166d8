import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** Calendar days after the billing date, UTC; the last of them is on time. */
export const legacyInvoicePublication: Parameter<Window> = {
  id: 'legacy.invoice-publication',
  title: 'How long after the billing date a legacy invoice is available at the latest',
  datedBy: 'invoice',
  values: [
    {
      since: '2021-01-28',
      basis: 'stated',
      value: { length: 2, unit: 'calendar-days' },
      citation: cite(
        'billing-overview-2021',
        'Available within two days of the billing date, UTC: for 12 September the run begins on the 13th and is complete at 00:00 of the 14th.',
      ),
    },
    {
      since: '2023-01-11',
      basis: 'stated',
      value: { length: 2, unit: 'calendar-days' },
      citation: cite(
        'billing-basics-2023',
        'Invoices of licence-based and usage-based billing are available two days after the anniversary.',
      ),
    },
  ],
  show: showWindow,
};

/** A day of the month after the one billed, itself on time. */
export const newCommerceInvoicePublication: Parameter<number> = {
  id: 'new-commerce.invoice-publication',
  title: 'On which day of the month after it a new-commerce month is invoiced at the latest',
  datedBy: 'invoice',
  values: [
    {
      since: '2021-01-28',
      basis: 'stated',
      value: 8,
      citation: cite(
        'billing-overview-2021',
        'The billing period is the calendar month; invoice and reconciliation files are there no later than the 8th of every month.',
      ),
    },
    {
      since: '2023-01-11',
      basis: 'stated',
      value: 8,
      citation: cite('billing-basics-2023', 'Invoice and reconciliation files are available from the 6th to the 8th.'),
    },
  ],
  show: (value) => `day ${value} of the month after`,
};
