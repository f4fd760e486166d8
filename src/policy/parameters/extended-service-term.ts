import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** Announced first for 2026-04-01; the date that took effect is the later one. */
export const extendedServiceTermCancellation: Parameter<'any-day'> = {
  id: 'extended-service-term.cancellation',
  title: 'When an extended service term can be cancelled',
  datedBy: 'charge',
  values: [
    {
      since: '2026-05-04',
      basis: 'stated',
      value: 'any-day',
      citation: cite('extended-service-terms-2026', 'Can be cancelled at any time; the days left of the month that runs are credited.'),
    },
  ],
  show: () => 'on any day, the days left credited',
};

/** Percent over the monthly rate, and over the rate of products that have no monthly plan. */
export const extendedServiceTermUplift: Parameter<string> = {
  id: 'extended-service-term.uplift',
  title: 'What an extended service term costs more, in percent: where a monthly plan exists',
  datedBy: 'charge',
  values: [
    {
      since: '2026-05-04',
      basis: 'stated',
      value: '3',
      citation: cite('extended-service-terms-2026', 'Three percent over the monthly rate.'),
    },
  ],
  show: (value) => `${value} % over the monthly rate`,
};

export const extendedServiceTermUpliftWithoutMonthly: Parameter<string> = {
  id: 'extended-service-term.uplift-without-monthly-plan',
  title: 'What an extended service term costs more, in percent: where no monthly plan exists',
  datedBy: 'charge',
  values: [
    {
      since: '2026-05-04',
      basis: 'stated',
      value: '23',
      citation: cite('extended-service-terms-2026', '23 percent where the product has no monthly plan.'),
    },
  ],
  show: (value) => `${value} % over the yearly rate`,
};
