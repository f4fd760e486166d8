import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export const creditsInArrears: Parameter<number> = {
  id: 'billing.credits-in-arrears',
  title: 'Which invoice after a cancellation carries its credit',
  datedBy: 'cancellation',
  values: [
    {
      since: '2018-01-13',
      basis: 'first-seen',
      value: 1,
      citation: cite('scenarios-annual', 'Worked example: suspended 1 February, the credit stands in the file of 15 February.'),
      later: 'a page of 2022 that works out examples of January and February 2018',
    },
    {
      since: '2021-01-28',
      basis: 'stated',
      value: 1,
      citation: cite('billing-overview-2021', 'Adjustments and credits show in arrears on the next invoice after they are applied.'),
    },
  ],
  show: (value) => (value === 1 ? 'the next one' : `number ${value} after it`),
};
