import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export const priceGuarantee: Parameter<'term'> = {
  id: 'licence.price-guarantee',
  title: 'How long the price of a licence is guaranteed',
  datedBy: 'purchase',
  values: [
    {
      since: '2021-01-28',
      basis: 'stated',
      value: 'term',
      citation: cite(
        'billing-overview-2021',
        'License-based prices are guaranteed for the term of the subscription, usually 12 months from purchase.',
      ),
    },
  ],
  show: () => 'the term of the subscription',
};
