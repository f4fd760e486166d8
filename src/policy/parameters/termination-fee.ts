import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export const terminationFee: Parameter<string> = {
  id: 'licence.termination-fee',
  title: 'Fee for cancelling a licence-based subscription early',
  datedBy: 'cancellation',
  values: [
    {
      since: '2018-01-13',
      basis: 'assumed',
      value: '0',
      citation: cite('scenarios-annual', 'Worked examples of 2018: cancellations carry a credit and no fee.'),
      later: 'a page of 2022 that works out examples of January and March 2018',
    },
    {
      since: '2021-01-28',
      basis: 'stated',
      value: '0',
      citation: cite(
        'billing-overview-2021',
        'Adjustments, credits, cancellations: no early termination fee is charged for licence-based services.',
      ),
    },
  ],
  show: (value) => value,
};
