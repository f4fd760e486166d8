import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/**
 * One page of 2023 speaks of the first month of purchase or renewal, all others of the purchase alone: what lies inside is the boundary, never
 * certain.
 */
export const legacyRenewalFullRefund: Parameter<Window> = {
  id: 'legacy.renewal-full-refund',
  title: 'How long after its renewal a legacy licence subscription is refunded in full, by the one text that names renewals',
  datedBy: 'renewal',
  values: [
    {
      since: '2023-01-11',
      basis: 'first-seen',
      value: { length: 30, unit: 'calendar-days' },
      citation: cite('billing-basics-2023', 'Legacy licences cancelled in the first month of purchase or renewal are refunded in full.'),
    },
  ],
  show: showWindow,
};
