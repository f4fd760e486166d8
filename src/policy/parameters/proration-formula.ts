import { FORMULA_TEXT, type Convention } from '../../domain/proration/conventions.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

const show = (value: Convention): string => `${value}: ${FORMULA_TEXT[value]}`;

export const legacyProrationFormula: Parameter<Convention> = {
  id: 'legacy.proration-formula',
  title: 'The published formula for legacy licence changes and cancellation credits',
  datedBy: 'charge',
  values: [
    {
      since: '2018-01-13',
      basis: 'first-seen',
      value: 'published-legacy',
      citation: cite('scenarios-annual', 'Worked examples of 2018 by days of the charge cycle, both ends included.'),
      later: 'a page of 2022 that works out examples of January and March 2018',
    },
    {
      since: '2018-02-08',
      basis: 'first-seen',
      value: 'published-legacy',
      citation: cite('billing-basics-2018', 'Cancellation credits and changes in the number of licences are prorated by this formula.'),
    },
    {
      since: '2021-01-28',
      basis: 'stated',
      value: 'published-legacy',
      citation: cite('billing-overview-2021', 'Cancellation credits and changes in the number of licences are prorated by this formula.'),
    },
    {
      since: '2023-01-11',
      basis: 'assumed',
      value: 'published-legacy',
      citation: cite(
        'billing-overview-2021',
        'No longer on the page on 2023-01-11, and no other formula took its place: the last one known is applied.',
      ),
    },
  ],
  show,
};

export const newCommerceProrationFormula: Parameter<Convention> = {
  id: 'new-commerce.proration-formula',
  title: 'The published Subtotal formula of new-commerce licence lines',
  datedBy: 'charge',
  values: [
    {
      since: '2020-10-01',
      basis: 'assumed',
      value: 'published-seat',
      citation: cite(
        'new-commerce-recon-file',
        'Before 2022 the page only says BillableQuantity × EffectiveUnitPrice; the later formula is applied.',
      ),
      later: 'the page of 2023, which keeps what it said before',
    },
    {
      since: '2022-01-01',
      basis: 'first-seen',
      value: 'published-seat',
      citation: cite(
        'new-commerce-recon-file',
        'Subtotal of licences: ROUNDDOWN(EffectiveUnitPrice × PCToBCExchangeRate, 2) × BillableQuantity.',
      ),
      later: 'the page of 2023; the formula came to it in 2022 or 2023',
    },
  ],
  show,
};
