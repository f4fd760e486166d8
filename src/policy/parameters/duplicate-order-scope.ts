import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** Whether a new-commerce subscription beside a legacy one counts as a duplicate order. */
export const duplicateOrderScope: Parameter<'every-order' | 'legacy-only'> = {
  id: 'duplicate-order.scope',
  title: 'Which orders can be credited as duplicates on request',
  datedBy: 'purchase',
  values: [
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value: 'every-order',
      citation: cite('request-credit-2021', 'Duplicate orders are credited on request; legacy and new commerce are not told apart.'),
    },
    {
      since: '2023-05-04',
      basis: 'first-seen',
      value: 'legacy-only',
      citation: cite('request-credit-2023', 'Duplicate orders are credited on request for legacy offers only.'),
    },
  ],
  show: (value) => (value === 'legacy-only' ? 'orders of legacy offers only' : 'orders of every kind'),
};
