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

/** Which terms run on as an extended service term where nobody renews, converts or ends them. */
export interface ExtendedServiceTermScope {
  /** First day of the purchase or last renewal, inclusive. */
  readonly boughtFrom: string;
  /** First day of the end of the term, inclusive. */
  readonly endingFrom: string;
}

export const extendedServiceTermScope: Parameter<ExtendedServiceTermScope> = {
  id: 'extended-service-term.scope',
  title: 'Which subscriptions an extended service term covers',
  datedBy: 'charge',
  values: [
    {
      since: '2026-05-04',
      basis: 'stated',
      value: { boughtFrom: '2025-04-01', endingFrom: '2026-05-04' },
      citation: cite(
        'extended-service-terms-2026',
        'Bought or renewed from 1 April 2025 and ending from 4 May 2026, not renewed and not set to end; perpetual software, software subscriptions, Azure and reservations are left out.',
      ),
    },
  ],
  show: ({ boughtFrom, endingFrom }) => `terms bought or renewed from ${boughtFrom} on that end from ${endingFrom} on`,
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
