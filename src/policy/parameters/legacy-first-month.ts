import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/**
 * Texts that speak of the first month instead of 30 days. The days are taken; where the month has 31, its last two are the boundary, and a
 * shorter month takes nothing away.
 */
export const legacyFirstMonth: Parameter<'first-month'> = {
  id: 'legacy.first-month',
  title: 'Which month some texts mean by the days in which a legacy licence subscription is refunded in full',
  datedBy: 'purchase',
  values: [
    {
      since: '2020-05-18',
      basis: 'first-seen',
      value: 'first-month',
      citation: cite('licence-billing-2020', 'Suspended in month 1, 100 % is credited; in months 2 to 12 the unused days.'),
    },
    {
      since: '2023-01-11',
      basis: 'first-seen',
      value: 'first-month',
      citation: cite('billing-basics-2023', 'Cancelled in the first month of purchase or renewal, a legacy licence is refunded in full.'),
    },
  ],
  show: () => 'the first month, which may have 31 days',
};
