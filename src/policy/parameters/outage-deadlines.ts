import { z } from 'zod';
import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** So many months after the month of an incident, or after the end of its billing month; the last day is inside. */
export interface MonthsAfter {
  readonly months: number;
  readonly after: 'incident-month' | 'billing-month';
}

function showMonths({ months, after }: MonthsAfter): string {
  if (after === 'billing-month') return `within ${months === 1 ? 'one month' : `${months} months`} of the end of the billing month`;
  return months === 1
    ? 'by the end of the calendar month after the incident’s'
    : `by the end of the ${months}. calendar month after the incident’s`;
}

const monthsAfter = z.strictObject({ months: z.int().positive(), after: z.enum(['incident-month', 'billing-month']) });
const isMonthsAfter = (value: unknown): boolean => monthsAfter.safeParse(value).success;

export const outageClaimDeadline: Parameter<MonthsAfter> = {
  id: 'outage.claim-deadline',
  title: 'By when Microsoft must have an outage claim with all its evidence, by calendar months',
  datedBy: 'incident',
  values: [
    {
      since: '2019-06-21',
      basis: 'first-seen',
      value: { months: 1, after: 'incident-month' },
      citation: cite('request-credit-2019', 'Claims must arrive by the end of the calendar month after the month of the incident.'),
    },
    {
      since: '2021-03-31',
      basis: 'first-seen',
      value: { months: 1, after: 'incident-month' },
      citation: cite(
        'sla-credit-2021',
        'The claim and all required information by the end of the calendar month after the incident’s: an incident of 15 February, by 31 March.',
      ),
    },
    {
      since: '2023-05-04',
      basis: 'secondary',
      value: { months: 1, after: 'incident-month' },
      citation: cite('sla-general-terms', 'The contract, other than for Azure: by the end of the calendar month after the incident’s.'),
    },
  ],
  show: showMonths,
  accepts: isMonthsAfter,
};

export const outageClaimBillingMonth: Parameter<MonthsAfter> = {
  id: 'outage.claim-deadline-billing-month',
  title: 'By when an outage claim must have arrived, by billing months, other than for Azure',
  datedBy: 'incident',
  values: [
    {
      since: '2023-05-04',
      basis: 'first-seen',
      value: { months: 1, after: 'billing-month' },
      citation: cite('request-credit-2023', 'All services but Azure: within one month of the end of the billing month of the incident.'),
    },
  ],
  show: showMonths,
  accepts: isMonthsAfter,
};

export const outageClaimAzure: Parameter<MonthsAfter> = {
  id: 'outage.claim-deadline-azure',
  title: 'By when a claim for an outage of an Azure service must have arrived',
  datedBy: 'incident',
  values: [
    {
      since: '2023-05-04',
      basis: 'first-seen',
      value: { months: 2, after: 'billing-month' },
      citation: cite('request-credit-2023', 'Azure: within two months of the end of the billing month of the incident.'),
    },
  ],
  show: showMonths,
  accepts: isMonthsAfter,
};

/** Undated; taken to stand beside Microsoft's own form from its first day. It warns and decides nothing. */
export const outageClaimAzureDistributor: Parameter<Window> = {
  id: 'outage.claim-deadline-azure-distributor',
  title: 'How long after the billing month a distributor takes claims for outages of Azure services',
  datedBy: 'incident',
  values: [
    {
      since: '2023-05-04',
      basis: 'secondary',
      value: { length: 60, unit: 'calendar-days' },
      citation: cite('westcoast-credit', 'A distributor takes Azure claims for 60 days.'),
    },
  ],
  show: showWindow,
};

/** Microsoft's aim, no promise: it decides when to ask again, nothing else. */
export const outageProcessingTime: Parameter<Window> = {
  id: 'outage.processing-time',
  title: 'Within which time of its receipt Microsoft aims to process an outage claim',
  datedBy: 'request',
  values: [
    {
      since: '2019-06-21',
      basis: 'secondary',
      value: { length: 45, unit: 'calendar-days' },
      citation: cite(
        'sla-general-terms',
        'Microsoft makes reasonable efforts to process claims within 45 days of receipt. The text has no date; it is taken for every claim since they have a known deadline.',
      ),
    },
  ],
  show: showWindow,
};
