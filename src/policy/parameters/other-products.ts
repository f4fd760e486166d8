import { showWindow, type Window } from '../../domain/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export const perpetualSoftwareReturn: Parameter<Window> = {
  id: 'software.perpetual-return',
  title: 'How long after the order perpetual software can be returned, in full',
  datedBy: 'purchase',
  values: [
    {
      since: '2020-05-05',
      basis: 'first-seen',
      value: { length: 60, unit: 'calendar-days' },
      citation: cite('software-returns-2020', 'Software can be returned within 60 days of the order, as a whole.'),
    },
    {
      since: '2021-06-01',
      basis: 'stated',
      value: { length: 30, unit: 'calendar-days' },
      citation: cite('software-returns-2021', 'From 1 June 2021 within 30 calendar days, in full.'),
    },
  ],
  show: showWindow,
};

export const softwareSubscriptionReturn: Parameter<Window> = {
  id: 'software.subscription-return',
  title: 'How long after the order a software subscription can be cancelled for a credit',
  datedBy: 'purchase',
  values: [
    {
      since: '2020-05-05',
      basis: 'first-seen',
      value: { length: 60, unit: 'calendar-days' },
      citation: cite('software-returns-2020', 'Software can be returned within 60 days of the order, as a whole.'),
    },
    {
      since: '2021-06-01',
      basis: 'stated',
      value: { length: 30, unit: 'calendar-days' },
      citation: cite('software-returns-2021', 'From 1 June 2021 within 30 days, prorated.'),
    },
    {
      since: '2022-07-11',
      basis: 'secondary',
      value: { length: 168, unit: 'hours' },
      citation: cite('software-returns-2022', 'From 11 July 2022 within seven days, prorated (date known from a distributor only).'),
    },
  ],
  show: showWindow,
};

export const marketplaceCancellation: Parameter<Window> = {
  id: 'marketplace.cancellation-window',
  title: 'How long after purchase a marketplace SaaS subscription can be cancelled for a refund',
  datedBy: 'purchase',
  values: [
    {
      since: '2020-06-11',
      basis: 'first-seen',
      value: { length: 24, unit: 'hours' },
      citation: cite('marketplace-2020', 'Monthly subscriptions within 24 hours, yearly ones within 14 days; the shorter is used here.'),
    },
    {
      since: '2023-01-01',
      basis: 'first-seen',
      value: { length: 72, unit: 'hours' },
      citation: cite('marketplace-2023', 'Within 72 hours, in full, metered charges excluded.'),
    },
  ],
  show: showWindow,
};

export const savingsPlanCancellation: Parameter<'final'> = {
  id: 'savings-plan.cancellation',
  title: 'Whether an Azure savings plan can be cancelled',
  datedBy: 'purchase',
  values: [
    {
      since: '2022-10-01',
      basis: 'stated',
      value: 'final',
      citation: cite('savings-plan-2023', 'All purchases of savings plans are final: no cancellation, no exchange.'),
    },
  ],
  show: () => 'never: purchases are final',
};
