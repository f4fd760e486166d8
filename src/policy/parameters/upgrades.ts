import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export const upgradeCancellation: Parameter<'final'> = {
  id: 'new-commerce.upgrade-cancellation',
  title: 'Whether an upgrade opens a cancellation window',
  datedBy: 'purchase',
  values: [
    {
      since: '2023-10-19',
      basis: 'first-seen',
      value: 'final',
      citation: cite('cancellation-policy-2023', 'Upgrades have no cancellation window and cannot be undone.'),
    },
  ],
  show: () => 'no window until the subscription renews',
};

/** Before the first dated text upgrades are only known to have no window: what the parent’s window allows is the boundary then. */
export const partialUpgradeWindow: Parameter<'inherited'> = {
  id: 'new-commerce.partial-upgrade-window',
  title: 'Which window a subscription born of a partial upgrade has until it renews',
  datedBy: 'purchase',
  values: [
    {
      since: '2023-07-28',
      basis: 'first-seen',
      value: 'inherited',
      citation: cite(
        'cancellation-policy-current',
        'A subscription made by a partial upgrade inherits the window of the one it came from, which does not reopen until it renews.',
      ),
    },
  ],
  show: () => 'that of the subscription it came from',
};

/** `by-ticket`: seats added in mid-term go back by a support ticket alone, and nothing is judged as granted or not. */
export type SeatReduction = 'by-ticket' | 'own-window';

export const seatReduction: Parameter<SeatReduction> = {
  id: 'new-commerce.seat-reduction',
  title: 'Whether seats have a window of their own in which they can be given back',
  datedBy: 'purchase',
  values: [
    {
      since: '2021-10-04',
      basis: 'first-seen',
      value: 'by-ticket',
      citation: cite('create-subscription-2021', 'Seats added in the course of a term can be given back by a support ticket alone.'),
    },
    {
      since: '2022-03-12',
      basis: 'assumed',
      value: 'own-window',
      citation: cite(
        'window-extension-2022',
        'The longer window holds for purchases from 2022-03-12; that seats added later have one of their own is first written in 2023.',
      ),
      later: 'announced on 2022-03-17, by its own words for purchases from 2022-03-12 on',
    },
    {
      since: '2023-10-19',
      basis: 'first-seen',
      value: 'own-window',
      citation: cite(
        'cancellation-policy-2023',
        'Seats can be given back within seven days of when they were added, each addition by itself.',
      ),
    },
  ],
  show: (value) => (value === 'by-ticket' ? 'seats added in mid-term by support ticket alone' : 'inside the window of each addition'),
};
