import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** The sandbox and the technical preview of 2021 had 30 days, which ended with general availability: no invoice knows them. */
export const newCommerceCancellationWindow: Parameter<Window> = {
  id: 'new-commerce.cancellation-window',
  title: 'How long after purchase, renewal or seat increase a new-commerce licence may be cancelled or reduced for a credit',
  datedBy: 'purchase',
  values: [
    {
      since: '2021-06-18',
      basis: 'assumed',
      value: { length: 72, unit: 'hours' },
      citation: cite(
        'scenarios-recurring',
        'Worked examples of 2021: cancelled on the third day and credited; the length of the window is not stated there.',
      ),
      later: 'a page of 2022 that works out examples of 2021',
    },
    {
      since: '2021-09-27',
      basis: 'first-seen',
      value: { length: 72, unit: 'hours' },
      citation: cite('migrate-subscriptions-2021', 'Cancellation within 72 hours of purchase, prorated after the first 24.'),
    },
    {
      since: '2022-03-12',
      basis: 'stated',
      value: { length: 168, unit: 'hours' },
      citation: cite(
        'window-extension-2022',
        'The window grows from 72 to 168 hours on 2022-03-19, for purchases from 2022-03-12; bought 15 March 11:00, open until 22 March 11:00.',
      ),
      later: 'announced on 2022-03-17, by its own words for purchases from 2022-03-12 on',
    },
    {
      since: '2023-10-19',
      basis: 'first-seen',
      value: { length: 168, unit: 'hours' },
      citation: cite(
        'cancellation-policy-2023',
        'Seven days from purchase, from renewal, and from each addition of seats for those seats.',
      ),
    },
  ],
  show: showWindow,
};
