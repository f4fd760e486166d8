import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** A trial of 25 licences and 30 days costs nothing; what it becomes is a purchase of the day of the conversion. */
export const trialConversion: Parameter<'own-window'> = {
  id: 'new-commerce.trial-conversion',
  title: 'Which window a trial has that became a paid subscription',
  datedBy: 'purchase',
  values: [
    {
      since: '2022-09-09',
      basis: 'first-seen',
      value: 'own-window',
      citation: cite(
        'trials-2022',
        'A trial of 25 licences converts after 30 days into a paid term; from the conversion on the cancellation window of a purchase holds.',
      ),
    },
  ],
  show: () => 'that of a purchase, from the conversion on',
};
