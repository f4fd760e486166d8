import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** Calendar days from the day of the first fraudulent usage (day 0), whatever the day of its discovery; one request a tenant, ever. */
export const azureFraudClaim: Parameter<Window> = {
  id: 'azure.fraud-claim',
  title: 'How long after the first fraudulent usage the one-time credit for a compromised Azure tenant can be requested',
  datedBy: 'incident',
  values: [
    {
      since: '2023-04-01',
      basis: 'stated',
      value: { length: 60, unit: 'calendar-days' },
      citation: cite(
        'fraud-misuse-2023',
        'For compromises from 1 April 2023 on: one request a tenant, within 60 calendar days of the first fraudulent usage; at discretion.',
      ),
      later: 'the page of October 2023 names 1 April 2023 as the first day',
    },
  ],
  show: showWindow,
  unread: 'No file tells usage of a compromised tenant from other usage; open the ticket in the Azure portal.',
};

/** Calendar days of charges from the first day of the compromise on. */
export const azureFraudCover: Parameter<Window> = {
  id: 'azure.fraud-cover',
  title: 'How many days of charges of a compromised Azure tenant the one-time credit covers',
  datedBy: 'incident',
  values: [
    {
      since: '2026-11-21',
      basis: 'first-seen',
      value: { length: 30, unit: 'calendar-days' },
      citation: cite('fraud-misuse-current', 'The credit covers the charges of the first 30 days of the compromise.'),
    },
  ],
  show: showWindow,
  unread: 'No file tells usage of a compromised tenant from other usage.',
};

export const membershipRefund: Parameter<Window> = {
  id: 'membership.refund',
  title: 'How long after payment a programme membership is refunded, if nothing is activated and no key was viewed',
  datedBy: 'purchase',
  values: [
    {
      since: '2023-10-01',
      basis: 'first-seen',
      value: { length: 30, unit: 'calendar-days' },
      citation: cite(
        'membership-refund-2023',
        'Within 30 days, with nothing activated and no keys viewed; exempt partners get tax back for a year.',
      ),
    },
  ],
  show: showWindow,
  unread: 'Memberships are the partner’s own and stand on no reconciliation file.',
};

type PublicSector = 'first-waves' | 'second-wave' | 'all-waves' | 'new-commerce-only' | 'migration';

const PUBLIC_SECTOR: Readonly<Record<PublicSector, string>> = {
  'first-waves': 'offers of the first two waves',
  'second-wave': 'and those of 1 April',
  'all-waves': 'and those of 1 May',
  'new-commerce-only': 'new purchases in new commerce alone',
  migration: 'subscriptions are migrated at their renewal',
};

export const publicSectorStart: Parameter<PublicSector> = {
  id: 'new-commerce.public-sector',
  title: 'Since when education, non-profit and government customers buy in new commerce',
  datedBy: 'purchase',
  values: [
    ['2024-03-01', 'first-waves', 'Offers of waves 1 and 2 from 1 March 2024.'] as const,
    ['2024-04-01', 'second-wave', 'Further offers from 1 April 2024.'] as const,
    ['2024-05-01', 'all-waves', 'Further offers from 1 May 2024.'] as const,
    ['2024-08-01', 'new-commerce-only', 'From 1 August 2024 new purchases are made in new commerce alone.'] as const,
    ['2024-09-01', 'migration', 'Microsoft migrates legacy subscriptions no earlier than 1 September 2024.'] as const,
  ].map(([since, value, clause]) => ({ since, basis: 'stated', value, citation: cite('public-sector-2024', clause) })),
  show: (value) => PUBLIC_SECTOR[value],
  unread: 'Every row tells by its layout in which commerce it was sold, and new commerce has the same windows for all segments.',
};

export const partnerInsolvency: Parameter<'owed'> = {
  id: 'new-commerce.insolvency',
  title: 'Whether the insolvency of a customer ends what a partner owes',
  datedBy: 'cancellation',
  values: [
    {
      since: '2023-07-28',
      basis: 'first-seen',
      value: 'owed',
      citation: cite('cancellation-policy-current', 'Insolvency: the partner stays liable for the amounts outstanding.'),
    },
  ],
  show: () => 'no: the partner stays liable',
  unread: 'No credit is due for it, and no file tells of it; open a ticket.',
};

/** What happens to a subscription that was not renewed, before it is disabled. */
export const expiredState: Parameter<'free-days' | 'or-extended-term'> = {
  id: 'new-commerce.expired-state',
  title: 'What follows the end of a new-commerce term that is not renewed',
  datedBy: 'renewal',
  values: [
    {
      since: '2023-10-01',
      basis: 'first-seen',
      value: 'free-days',
      citation: cite(
        'seat-services-transfer-2023',
        'An expired subscription stays usable for 30 days without a charge; a new partner sells it anew meanwhile.',
      ),
    },
    {
      since: '2026-05-04',
      basis: 'stated',
      value: 'or-extended-term',
      citation: cite('extended-service-terms-2026', 'Subscriptions that an extended service term covers have no free days any more.'),
    },
  ],
  show: (value) => (value === 'free-days' ? '30 days without a charge' : '30 days without a charge, or an extended service term'),
  unread: 'In these days nothing is billed, and an extended service term has figures of its own.',
};

export const addOns: Parameter<'own-subscription'> = {
  id: 'new-commerce.add-ons',
  title: 'Whether an add-on has a term and a window of its own',
  datedBy: 'purchase',
  values: [
    {
      since: '2022-02-28',
      basis: 'first-seen',
      value: 'own-subscription',
      citation: cite(
        'add-ons-2022',
        'Add-ons are subscriptions with a term and a window of their own; an upgrade to a suite that holds one does not end it.',
      ),
    },
  ],
  show: () => 'yes: it is a subscription like others',
  unread: 'Every rule judges a subscription by itself, and an add-on has an id of its own.',
};
