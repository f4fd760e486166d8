import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

const UNREAD = 'It says how to ask, not what is owed: the text of every claim prints it as it stands on the day of the report.';
const show = (value: string): string => value;

export const creditRequestClaimants: Parameter<string> = {
  id: 'credit-request.claimants',
  title: 'Who may request a credit',
  datedBy: 'request',
  values: [
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value: 'direct-bill partners and indirect providers; an indirect reseller asks its provider',
      citation: cite(
        'request-credit-2021',
        'Requests are accepted from direct-bill partners and indirect providers, and from no indirect reseller. For Azure customers there is a process of its own.',
      ),
    },
  ],
  show,
  unread: UNREAD,
};

export const creditRequestRoles: Parameter<string> = {
  id: 'credit-request.roles',
  title: 'Which roles in Partner Center may request a credit',
  datedBy: 'request',
  values: [
    {
      since: '2021-03-31',
      basis: 'first-seen',
      value: 'Admin agent or Global admin',
      citation: cite('sla-credit-2021', 'Appropriate roles: Admin agent and Global admin.'),
    },
    {
      since: '2026-11-21',
      basis: 'first-seen',
      value: 'Admin agent',
      citation: cite('request-credit-current', 'Admin agent is the only role named. The page has no date; it is later than May 2023.'),
    },
  ],
  show,
  unread: UNREAD,
};

export const creditRequestReasons: Parameter<string> = {
  id: 'credit-request.reasons',
  title: 'For which reasons a credit can be requested',
  datedBy: 'request',
  values: [
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value:
        'accidental purchases, duplicate orders and outages; technical issues and wrong information from Microsoft at its discretion, with the story and the correspondence',
      citation: cite(
        'request-credit-2021',
        'Five reasons are named; technical issues and incorrect information from Microsoft have neither a window nor an amount.',
      ),
    },
  ],
  show,
  unread: UNREAD,
};

export const creditRequestProcedure: Parameter<string> = {
  id: 'credit-request.procedure',
  title: 'How a credit is requested',
  datedBy: 'request',
  values: [
    {
      since: '2021-09-09',
      basis: 'first-seen',
      value:
        'fill in the credit or refund request form (RE3eWCb); Partner Center, Help + support, New request, Browse topics: category CSP, topic billing and invoicing, subtopic credit requests and refunds; need more help: yes; put the details of the form into Issue details; Submit',
      citation: cite('request-credit-2021', 'The form and the way to the topic of the service request.'),
    },
    {
      since: '2023-05-04',
      basis: 'first-seen',
      value: 'fill in the credit or refund request form (RWN4vE), open a ticket on the topic that the page links to, and attach the form',
      citation: cite('request-credit-2023', 'A new form, attached to a ticket of one topic.'),
    },
  ],
  show,
  unread: UNREAD,
};

export const outageRequestProcedure: Parameter<string> = {
  id: 'credit-request.outage-procedure',
  title: 'How a credit for an outage is requested',
  datedBy: 'request',
  values: [
    {
      since: '2021-03-31',
      basis: 'first-seen',
      value:
        'Partner Center, Service requests, Partner support requests, New request: CSP customers, orders and subscriptions, Customer services credit requests; put all of the required information into Issue details',
      citation: cite('sla-credit-2021', 'The way to the topic of the service request, and what goes into its details.'),
    },
    {
      since: '2023-05-04',
      basis: 'first-seen',
      value: 'fill in the credit or refund request form (RWN4vE), open a ticket on the topic that the page links to, and attach the form',
      citation: cite('request-credit-2023', 'One page and one form for all credits, outages among them.'),
    },
  ],
  show,
  unread: UNREAD,
};
