import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

const SEVENTY_TWO_HOURS = { length: 72, unit: 'hours' } as const;
const FOURTEEN_DAYS = { length: 336, unit: 'hours' } as const;
const ONE_DAY = { length: 24, unit: 'hours' } as const;

const OF_2023 = cite(
  'marketplace-2023',
  'Within 72 hours whatever the plan, in full, metered charges excluded; Partner Center still printed 24 hours and 14 days until 2023-07-27.',
);
const SINCE_JULY = cite(
  'cancellation-policy-current',
  'Marketplace subscriptions within 72 hours, in full, metered charges excluded; no other text of the time.',
);

/**
 * Files tell no kind of offer: the general window stands for all. By the current page professional services, virtual machine software, containers
 * and managed applications have the same 72 hours, office add-ins one day, and developer services none. Metered charges are usage, which no window gives back.
 * From January to July 2023 two pages of Microsoft disagree: what only one of them allows is the boundary.
 */
export const marketplaceMonthlyCancellation: Parameter<Window> = {
  id: 'marketplace.cancellation-window',
  title: 'How long after purchase a marketplace subscription billed by the month can be cancelled for a full refund',
  datedBy: 'purchase',
  values: [
    {
      since: '2020-06-11',
      basis: 'first-seen',
      value: ONE_DAY,
      citation: cite('marketplace-2020', 'Monthly subscriptions within 24 hours, in full; later they end at their renewal.'),
    },
    { since: '2023-01-01', basis: 'first-seen', value: { ...SEVENTY_TWO_HOURS, otherReading: ONE_DAY }, citation: OF_2023 },
    { since: '2023-07-28', basis: 'first-seen', value: SEVENTY_TWO_HOURS, citation: SINCE_JULY },
  ],
  show: showWindow,
};

export const marketplaceYearlyCancellation: Parameter<Window> = {
  id: 'marketplace.yearly-cancellation-window',
  title: 'How long after purchase a marketplace subscription of a year or more can be cancelled for a full refund',
  datedBy: 'purchase',
  values: [
    {
      since: '2020-06-11',
      basis: 'first-seen',
      value: FOURTEEN_DAYS,
      citation: cite('marketplace-2020', 'Yearly subscriptions within 14 days, in full; later they end at their renewal.'),
    },
    { since: '2023-01-01', basis: 'first-seen', value: { ...SEVENTY_TWO_HOURS, otherReading: FOURTEEN_DAYS }, citation: OF_2023 },
    { since: '2023-07-28', basis: 'first-seen', value: SEVENTY_TWO_HOURS, citation: SINCE_JULY },
  ],
  show: showWindow,
};

/** Two and three years that are paid month by month or year by year: the payments to come are owed once the window has closed. */
export const marketplaceInstalments: Parameter<'owed-after-window'> = {
  id: 'marketplace.instalments',
  title: 'Whether a marketplace subscription of several years with payments to come can be cancelled after its window',
  datedBy: 'purchase',
  values: [
    {
      since: '2023-01-01',
      basis: 'first-seen',
      value: 'owed-after-window',
      citation: cite(
        'marketplace-2023',
        'Subscriptions of two or three years with pending instalments cannot be cancelled after 72 hours.',
      ),
    },
  ],
  show: () => 'no: every payment to come is owed',
};

export const businessCentralCancellation: Parameter<Window> = {
  id: 'marketplace.business-central-window',
  title: 'How long after purchase or renewal Business Central can be cancelled',
  datedBy: 'purchase',
  values: [
    {
      since: '2023-07-28',
      basis: 'first-seen',
      value: { length: 168, unit: 'hours' },
      citation: cite('cancellation-policy-current', 'Business Central: within seven days of purchase or renewal.'),
    },
  ],
  show: showWindow,
};
