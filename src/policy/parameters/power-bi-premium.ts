import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** Which Power BI Premium subscriptions the exception covers. */
export const powerBiPremiumScope: Parameter<'P1' | 'all'> = {
  id: 'power-bi-premium.scope',
  title: 'Power BI Premium subscriptions with a refund rule of their own',
  datedBy: 'purchase',
  values: [
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value: 'P1',
      citation: cite('request-credit-2021', 'The exception names Microsoft Power BI Premium P1.'),
    },
    {
      since: '2023-05-04',
      basis: 'first-seen',
      value: 'all',
      citation: cite('request-credit-2023', 'The exception names all Power BI Premium SKUs.'),
    },
  ],
  show: (value) => (value === 'P1' ? 'Power BI Premium P1 only' : 'all Power BI Premium SKUs'),
};

export const powerBiPremiumRequest: Parameter<Window> = {
  id: 'power-bi-premium.full-refund-request',
  title: 'How long after purchase a full refund of Power BI Premium can be requested',
  datedBy: 'purchase',
  values: [
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value: { length: 7, unit: 'calendar-days' },
      citation: cite(
        'request-credit-2021',
        'A request within seven days is refunded 100 %; after that fixed costs are deducted from the credit.',
      ),
    },
  ],
  show: showWindow,
};

/** US dollars for each day, whatever the number of licences; null while the text names no figure. */
export const powerBiPremiumFixedCost: Parameter<string> = {
  id: 'power-bi-premium.fixed-cost-per-day',
  title: 'Fixed cost deducted for each day from purchase to cancellation after the seven days, in US dollars',
  datedBy: 'purchase',
  values: [
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value: null,
      citation: cite('request-credit-2021', 'Fixed costs are deducted; no figure is given.'),
    },
    {
      since: '2023-05-04',
      basis: 'first-seen',
      value: '33',
      citation: cite('request-credit-2023', 'USD 33 a day is deducted, whatever the number of licences.'),
    },
  ],
  show: (value) => `USD ${value} a day`,
};
