import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { DatedValue, Parameter } from '../parameter.ts';

const SIXTY_DAYS = { length: 60, unit: 'calendar-days' } as const;

const OF_2020: DatedValue<Window> = {
  since: '2020-05-05',
  basis: 'first-seen',
  value: SIXTY_DAYS,
  citation: cite('software-returns-2020', 'Software can be returned within 60 days of the order, as a whole.'),
};

export const perpetualSoftwareReturn: Parameter<Window> = {
  id: 'software.perpetual-return',
  title: 'How long after the order perpetual software can be returned, in full',
  datedBy: 'purchase',
  values: [
    OF_2020,
    {
      since: '2021-06-01',
      basis: 'stated',
      value: { length: 30, unit: 'calendar-days', otherReading: SIXTY_DAYS },
      citation: cite(
        'software-returns-2021',
        'From 1 June 2021 within 30 calendar days, in full; a page of 2023-01-11 still prints 60 days.',
      ),
    },
    {
      since: '2023-06-30',
      basis: 'first-seen',
      value: { length: 30, unit: 'calendar-days' },
      citation: cite('software-subscriptions-2023', 'Perpetual software: within 30 days, in full.'),
    },
  ],
  show: showWindow,
};

/**
 * The date of the change to seven days is known from a distributor (2022-07-11); another vendor tells 2022-10-14, and Microsoft’s own page
 * shows it on 2023-06-30 while a page of 2023-01-11 still prints 60 days: until then what lies between is the boundary.
 */
export const softwareSubscriptionReturn: Parameter<Window> = {
  id: 'software.subscription-return',
  title: 'How long after the order a software subscription can be cancelled for a credit',
  datedBy: 'purchase',
  values: [
    OF_2020,
    {
      since: '2021-06-01',
      basis: 'stated',
      value: { length: 30, unit: 'calendar-days', otherReading: SIXTY_DAYS },
      citation: cite('software-returns-2021', 'From 1 June 2021 within 30 days, prorated; a page of 2023-01-11 still prints 60 days.'),
    },
    {
      since: '2022-07-11',
      basis: 'secondary',
      value: { length: 168, unit: 'hours', otherReading: SIXTY_DAYS },
      citation: cite(
        'software-returns-2022',
        'From 11 July 2022 within seven days, prorated (date known from a distributor only; a page of 2023-01-11 still prints 60 days).',
      ),
    },
    {
      since: '2023-06-30',
      basis: 'first-seen',
      value: { length: 168, unit: 'hours' },
      citation: cite('software-subscriptions-2023', 'Software subscriptions: within seven days.'),
    },
  ],
  show: showWindow,
};

export type SoftwareRefund = 'in-full' | 'prorated';

/** The introduction of the page of 2023 speaks of the whole price, its body of the days left: the days left are taken, the other is said. */
export const softwareSubscriptionRefund: Parameter<SoftwareRefund> = {
  id: 'software.subscription-refund',
  title: 'What a software subscription cancelled inside its window gets back',
  datedBy: 'purchase',
  values: [
    {
      since: '2020-05-05',
      basis: 'first-seen',
      value: 'in-full',
      citation: cite('software-returns-2020', 'Returned as a whole, all of the price comes back.'),
    },
    {
      since: '2021-06-01',
      basis: 'stated',
      value: 'prorated',
      citation: cite('software-returns-2021', 'From 1 June 2021 software subscriptions are credited by the days left.'),
    },
    {
      since: '2023-06-30',
      basis: 'first-seen',
      value: 'prorated',
      citation: cite(
        'software-subscriptions-2023',
        'The body of the page credits by the days left and keeps three days of a cancellation on the third; its introduction speaks of 100 %.',
      ),
    },
  ],
  show: (value) => (value === 'in-full' ? 'the whole charge' : 'the days left; the whole charge on the day of purchase'),
};

export const linuxPlanReturn: Parameter<'final'> = {
  id: 'software.linux-plan-return',
  title: 'Whether Red Hat and SUSE plans can be returned',
  datedBy: 'purchase',
  values: [
    {
      since: '2023-06-30',
      basis: 'first-seen',
      value: 'final',
      citation: cite('software-subscriptions-2023', 'Red Hat and SUSE plans cannot be returned.'),
    },
  ],
  show: () => 'never: purchases are final',
};
