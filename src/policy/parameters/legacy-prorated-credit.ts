import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** The rest to those who ask for it: `legacy.full-refund-request`. The day of the suspension is an unused day. */
export const legacyProratedCredit: Parameter<'unused-days'> = {
  id: 'legacy.prorated-credit',
  title: 'What a legacy licence subscription gets back by itself after its first month',
  datedBy: 'purchase',
  values: [
    {
      since: '2018-01-13',
      basis: 'first-seen',
      value: 'unused-days',
      citation: cite('scenarios-annual', 'Worked example: bought 13 January 2018, suspended 1 March, the 318 days left are credited.'),
      later: 'a page of 2022 that works out examples of January and March 2018',
    },
    {
      since: '2020-05-18',
      basis: 'first-seen',
      value: 'unused-days',
      citation: cite('licence-billing-2020', 'Suspended in months 2 to 12, a licence is credited by the unused days.'),
    },
    {
      since: '2021-01-28',
      basis: 'stated',
      value: 'unused-days',
      citation: cite('billing-overview-2021', 'Cancellation credits of licence-based services are prorated for the unused days.'),
    },
  ],
  show: () => 'the unused days of the period that runs',
};
