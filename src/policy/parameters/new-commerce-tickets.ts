import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** Wrong purchases, duplicate orders, moves to another partner or agreement, faults of Microsoft: a discretion, so no amount is ever expected. */
export const newCommerceTicket: Parameter<'no-entitlement'> = {
  id: 'new-commerce.credit-by-ticket',
  title: 'What can be asked for beyond the new-commerce cancellation window',
  datedBy: 'purchase',
  values: [
    {
      since: '2023-10-19',
      basis: 'first-seen',
      value: 'no-entitlement',
      citation: cite(
        'cancellation-policy-2023',
        'Beyond the cancellation window duplicate orders, wrong purchases, moves of partner or agreement and faults of Microsoft go by ticket; there is no entitlement.',
      ),
    },
  ],
  show: () => 'a credit by ticket, without an entitlement and without a deadline',
};

/**
 * Billing cycles from the invoice of the upgraded licence. Whether the second following invoice or two calendar months are meant is left open:
 * two months from the purchase lie before both, for no invoice comes before what it bills.
 */
export const redundantLicencesTicket: Parameter<number> = {
  id: 'new-commerce.redundant-licences-ticket',
  title: 'How many billing cycles there are to report licences made redundant by an upgrade that could not be made as one',
  datedBy: 'purchase',
  values: [
    {
      since: '2023-10-19',
      basis: 'first-seen',
      value: 2,
      citation: cite(
        'create-subscription-2023',
        'Where an upgrade path is not supported and licences are redundant: a ticket within the first two billing cycles from the invoice of the upgraded licence.',
      ),
    },
  ],
  show: (value) => `${value} from the invoice of the upgraded licence`,
};
