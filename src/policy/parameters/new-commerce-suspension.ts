import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** Legacy billing stops on suspension; the habit costs money in new commerce. */
export const newCommerceSuspension: Parameter<'billed-on'> = {
  id: 'new-commerce.suspension',
  title: 'Whether suspending a new-commerce subscription stops its billing',
  datedBy: 'charge',
  values: [
    {
      since: '2023-08-04',
      basis: 'first-seen',
      value: 'billed-on',
      citation: cite(
        'subscription-lifecycle-2023',
        'A suspended new-commerce subscription is billed on; it can be cancelled only while its window is open.',
      ),
    },
  ],
  show: () => 'no: it is billed on to the end of its term',
};
