import type { Citation } from '../domain/findings/finding.ts';

/**
 * The sources that figures and formulas rest on. Clauses are paraphrased. Dates are those the document prints for itself,
 * or the day its text was first seen.
 */
const SOURCES = {
  'billing-overview-2021': 'Billing overview for partners in the CSP program, Partner Center documentation, 2021-01-28',
  'billing-basics-2018': 'Billing basics, Partner Center documentation, first seen 2018-02-08',
  'billing-basics-2023': 'Billing basics, Partner Center documentation, 2023-01-11',
  'licence-billing-2020': 'License-based billing, Partner Center documentation, 2020-05-18',
  'request-credit-2021': 'How and when to request a credit from Microsoft, Partner Center documentation, first seen 2021-09-09',
  'request-credit-2023': 'How and when to request a credit from Microsoft, Partner Center documentation, 2023-05-04',
  'licence-recon-file': 'License-based reconciliation files, Partner Center documentation, October 2023',
  'new-commerce-recon-file': 'Invoice reconciliation file for new commerce, Partner Center documentation, 2023',
  'charge-types': 'Charge types in the reconciliation file, Partner Center documentation, October 2023',
  'scenarios-monthly': 'Common billing scenarios for monthly subscriptions, Partner Center documentation, 2022-11-08',
  'scenarios-annual': 'Common billing scenarios for annual subscriptions, Partner Center documentation, 2022-11-08',
  'scenarios-recurring': 'Common billing scenarios for one-time and recurring charges, Partner Center documentation, 2022-11-08',
  'use-recon-files': 'Use the reconciliation files, Partner Center documentation, October 2023',
  'price-sheet': 'Get a price sheet, Partner Center developer documentation, October 2023',
  'pricing-and-offers': 'Pricing and offers, Partner Center documentation, October 2023',
  'software-pricing': 'Software subscription and perpetual software pricing, Partner Center documentation, October 2023',
  'cancellation-policy-2023': 'New commerce cancellation policy, Partner Center documentation, 2023-10-19',
  'create-subscription-2023': 'Create a new subscription, Partner Center documentation, 2023-10-19',
  'trials-2022': 'Trials of new commerce, Partner Center documentation, 2022-09-09',
  'add-ons-2022': 'Add-ons of new commerce, Partner Center documentation, 2022-02-28',
  'seat-services-transfer-2023': 'Transition seat-based services, Partner Center documentation, October 2023',
  'fraud-misuse-2023': 'Non-payment, fraud, or misuse, Partner Center documentation, October 2023',
  'fraud-misuse-current': 'Non-payment, fraud, or misuse, Partner Center documentation, undated',
  'membership-refund-2023': 'Refunds of partner programme memberships, Partner Center documentation, October 2023',
  'public-sector-2024': 'New commerce for public sector, Partner Center documentation, 2024',
  'migrate-subscriptions-2021': 'Migrate subscriptions to new commerce, Partner Center documentation, September 2021',
  'create-subscription-2021': 'Create a new subscription, Partner Center documentation, October 2021',
  'compare-offers-2020': 'Compare Azure offers, Partner Center documentation, first seen 2020-05-05',
  'compare-offers-2023': 'Compare Azure offers, Partner Center documentation, 2023-01-11',
  'appxite-lines': 'AppXite help centre, articles with real Microsoft licence lines (4402361801746, 4402355113362)',
  'window-extension-2022': 'Announcement of the longer new-commerce cancellation window, 2022-03-17, as quoted by CRN and Channelweb',
  'software-returns-2020': 'Software subscriptions and perpetual software in CSP, Partner Center documentation, first seen 2020-05-05',
  'software-returns-2021':
    'Announcement of April 2021 on software returns; software subscriptions, Partner Center documentation, 2023-06-30',
  'software-returns-2022':
    'Distributor knowledge base (Ingram, article 66000498726); software subscriptions, Partner Center documentation, 2023-06-30',
  'marketplace-2020': 'Create a new subscription, Partner Center documentation, first seen 2020-06-11',
  'marketplace-2023': 'Plan a SaaS offer, commercial marketplace documentation, first seen January 2023',
  'cancellation-policy-current': 'New commerce cancellation policy, Partner Center documentation, first seen after 2023-07-27',
  'software-subscriptions-2023': 'Software subscriptions and perpetual software in CSP, Partner Center documentation, 2023-06-30',
  'extended-service-terms-2026': 'Extended service terms, Partner Center documentation, 2026',
  'savings-plan-2023': 'Azure savings plan cancellation policies, Azure documentation, 2023-11-17',
  'reservations-manage-2018': 'Manage Azure reservations for customers, Partner Center documentation, texts of 2018-10-12 to 2018-11-16',
  'reservations-manage-2020':
    'Manage, cancel, exchange, or refund Azure reservations for customers, Partner Center documentation, 2020-08-06',
  'reservations-manage-2023': 'Azure reservations for customers, Partner Center documentation, 2023-07-31',
  'reservations-refund-2018': 'Azure reservations in CSP, Partner Center documentation, first seen May 2018',
  'reservations-refund-2019': 'Self-service exchanges and refunds for Azure Reservations, Azure documentation, 2019-04-13',
  'reservations-refund-2021': 'Self-service exchanges and refunds for Azure Reservations, Azure documentation, 2021-04-14',
  'reservations-refund-2022': 'Self-service exchanges and refunds for Azure Reservations, Azure documentation, 2022-10-10',
  'reservations-refund-2023': 'Self-service exchanges and refunds for Azure Reservations, Azure documentation, 2023-10-16',
  'reservations-refund-2025':
    'Self-service exchanges and refunds for Azure Reservations, Azure documentation, text with the example of July 2025',
  'reservation-trade-in-2026': 'Trade in Azure reservations for savings plans, Azure documentation, 2026-07-22',
  'reservation-exchange-2026': 'Changes to the exchange policy of Azure reservations, Azure documentation, 2026-08-27',
  'billing-basics-reservations-2023': 'Billing basics, Partner Center documentation, 2023-01-11: reservations are priced in US dollars',
  'subscription-lifecycle-2023': 'Subscription lifecycle states, Partner Center documentation, 2023-08-04',
  'request-credit-2019': 'How and when to request a credit from Microsoft, Partner Center documentation, first seen 2019-06-21',
  'request-credit-current': 'How and when to request a credit from Microsoft, Partner Center documentation, undated, seen 2026-11-21',
  'sla-credit-2021': 'How and when to request a service-level agreement credit from Microsoft, Partner Center documentation, 2021-03-31',
  'request-credit-2021-07': 'How and when to request a credit from Microsoft, Partner Center documentation, first seen 2021-07-09',
  'sla-general-terms': 'Service Level Agreement for Microsoft Online Services, general terms, undated copy',
  'sla-training': 'Explain service level agreements, Microsoft Learn training module, undated',
  'azure-sla-credit': 'Post-incident reviews and SLA credits, Azure documentation, undated',
  'westcoast-credit': 'Westcoast Cloud credit criteria, distributor knowledge base, undated',
  'own-assumption': 'csp-recon, an assumption of its own',
  'usage-recon-file': 'Usage-based reconciliation files, Partner Center documentation, October 2023',
  'daily-usage-file-2021': 'Daily rated usage reconciliation files, Partner Center documentation, August 2021',
  'daily-usage-file-2023': 'Daily rated usage reconciliation files, Partner Center documentation, October 2023',
  'consumption-line-items': 'Get invoice billed commercial consumption line items, Partner Center API documentation, October 2023',
  'invoice-line-items': 'Get invoice line items, Partner Center API documentation, October 2023',
  'api-export-2023': 'Get invoice billed and unbilled consumption, Partner Center API documentation, October 2023',
  'earned-credit-explanation': 'Partner earned credit explanation, Partner Center documentation, October 2023',
  'earned-credit-troubleshooting': 'Troubleshoot partner earned credit, Partner Center documentation, October 2023',
  'read-your-bill': 'Read your bill, Partner Center documentation, October 2023',
  'read-invoice-2023': 'Understand your invoice, Partner Center documentation, 2023-09-11',
  'recon-charge-types-2023': 'Charge types of the reconciliation files against the invoice, Partner Center documentation, October 2023',
  'iso-4217': 'ISO 4217, currency codes and minor units',
} as const;

export type SourceId = keyof typeof SOURCES;

/** A citation of one clause of a source. */
export function cite(id: SourceId, clause: string): Citation {
  return { id, title: SOURCES[id], clause };
}

/** Each clause of a source once, the first where it stands. */
export function distinctCitations(citations: readonly Citation[]): readonly Citation[] {
  return [...new Map(citations.map((one) => [`${one.id}\u0000${one.clause}`, one])).values()];
}
