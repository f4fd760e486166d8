import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

export const savingsPlanCancellation: Parameter<'final'> = {
  id: 'savings-plan.cancellation',
  title: 'Whether an Azure savings plan can be cancelled',
  datedBy: 'purchase',
  values: [
    {
      since: '2022-10-01',
      basis: 'stated',
      value: 'final',
      citation: cite('savings-plan-2023', 'All purchases of savings plans are final: no cancellation, no exchange.'),
      later: 'the page of 2023 speaks of all purchases; savings plans are sold since October 2022',
    },
  ],
  show: () => 'never: purchases are final',
};
