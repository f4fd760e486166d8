import { z } from 'zod';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** Uptime strictly below `below` percent earns `credit` percent of the month's fees. Percentages are decimal texts. */
export interface CreditTier {
  readonly below: string;
  readonly credit: string;
}

/** The services that share Microsoft 365's tiers, as the table of tiers names them. */
export const MICROSOFT_365 = 'Microsoft 365';

const percent = z.string().regex(/^\d{1,3}(\.\d+)?$/);
const tiers = z.record(z.string().min(1), z.array(z.strictObject({ below: percent, credit: percent })).min(1));
const share = z.string().regex(/^(0|1|0?\.\d+|[1-9]\d*\/[1-9]\d*)$/);
const shares = z.record(z.string().min(1), z.record(z.string().min(1), share));

/** By service, or by family: tiers differ between services, so one that is not named has none. */
export const outageCreditTiers: Parameter<Readonly<Record<string, readonly CreditTier[]>>> = {
  id: 'outage.credit-tiers',
  title: 'What share of the month’s fees an uptime below a threshold earns, by service',
  datedBy: 'incident',
  values: [
    {
      since: '2019-06-21',
      basis: 'secondary',
      value: {
        [MICROSOFT_365]: [
          { below: '99.9', credit: '25' },
          { below: '99', credit: '50' },
          { below: '95', credit: '100' },
        ],
      },
      citation: cite(
        'sla-training',
        'Monthly uptime below 99.9 %: 25 %; below 99 %: 50 %; below 95 %: 100 %. The text has no date; it is taken for every incident since claims have a known deadline. Azure services have tables of their own, which the texts at hand do not give.',
      ),
    },
  ],
  show: (value) =>
    Object.entries(value)
      .map(([service, steps]) => `${service}: ${steps.map(({ below, credit }) => `below ${below} % uptime ${credit} %`).join(', ')}`)
      .join('; '),
  accepts: (value) => tiers.safeParse(value).success,
};

const CORE = ['Exchange Online', 'SharePoint Online', 'OneDrive for Business', 'Microsoft Teams', 'Yammer Enterprise'];
const WITH_APPS = [...CORE, 'Office Subscription'];
const MANAGED = [...WITH_APPS, 'Microsoft Intune'];

const SUITES: Readonly<Record<string, readonly string[]>> = {
  'Microsoft 365 Business Basic': CORE,
  'Office 365 Business Essentials': CORE,
  'Microsoft 365 Business Standard': WITH_APPS,
  'Office 365 Business Premium': WITH_APPS,
  'Microsoft 365 Business Premium': MANAGED,
  'Microsoft 365 Business': MANAGED,
  'Office 365 Business': ['Office Subscription', 'OneDrive for Business'],
  'Microsoft 365 Apps for business': ['Office Subscription', 'OneDrive for Business'],
  'Microsoft 365 Apps for enterprise': ['Office Subscription', 'OneDrive for Business'],
  'Office 365 ProPlus': ['Office Subscription', 'OneDrive for Business'],
  'Office 365 A1': CORE,
  'Office 365 A3': WITH_APPS,
  'Office 365 A5': [...WITH_APPS, 'Power BI for Office 365'],
  'Office 365 E1': CORE,
  'Office 365 E3': WITH_APPS,
  'Office 365 E4': WITH_APPS,
  'Office 365 E5': [...WITH_APPS, 'Power BI for Office 365'],
  'Office 365 F1': CORE,
  'Office 365 F3': CORE,
  'Microsoft 365 A3': MANAGED,
  'Microsoft 365 A5': [...MANAGED, 'Power BI for Office 365'],
  'Microsoft 365 E3': MANAGED,
  'Microsoft 365 E5': [...MANAGED, 'Power BI for Office 365'],
  'Microsoft 365 F1': ['SharePoint Online', 'OneDrive for Business', 'Microsoft Teams', 'Yammer Enterprise', 'Microsoft Intune'],
  'Microsoft 365 F3': [...CORE, 'Microsoft Intune'],
};

export type SuiteShares = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Which services a product holds, and which share of its price is each one's: a fraction or a decimal up to 1. */
export const outageSuiteShares: Parameter<SuiteShares> = {
  id: 'outage.suite-shares',
  title: 'Which share of a suite’s fees is a service’s, for its credit',
  datedBy: 'incident',
  values: [
    {
      since: '2019-06-21',
      basis: 'assumed',
      value: Object.fromEntries(
        Object.entries(SUITES).map(([suite, services]) => [
          suite,
          Object.fromEntries(services.map((service) => [service, `1/${services.length}`])),
        ]),
      ),
      citation: cite(
        'own-assumption',
        'A credit is for the affected service of a suite only (documentation of 2021-03-31), but no source prices the services of a suite: each counts the same until --policy says otherwise.',
      ),
    },
  ],
  show: (value) =>
    Object.keys(value).length > 5
      ? `the services of a suite in equal parts, for ${Object.keys(value).length} suites`
      : Object.entries(value)
          .map(
            ([suite, parts]) =>
              `${suite}: ${Object.entries(parts)
                .map(([service, part]) => `${service} ${part}`)
                .join(', ')}`,
          )
          .join('; '),
  accepts: (value) => shares.safeParse(value).success,
};

/** How the credit of a month is measured; its figures are the tiers. */
export const outageCreditMeasure: Parameter<string> = {
  id: 'outage.credit-measure',
  title: 'What uptime is measured by, and which fees a credit is a share of',
  datedBy: 'incident',
  values: [
    {
      since: '2019-06-21',
      basis: 'secondary',
      value:
        'user minutes less downtime of a tenant and calendar month; a share of the month’s fees of the affected service, once and never above them',
      citation: cite(
        'sla-general-terms',
        'Uptime: user minutes less downtime, over user minutes, of a tenant and calendar month. A credit is a share of the affected service’s fees of the month, in a suite of that service’s part, once a service and month and never above those fees; a reseller’s is on the estimated retail price. The text has no date; it is taken for every incident since claims have a known deadline.',
      ),
    },
  ],
  show: (value) => value,
};

/** The other published measure. It stands beside the tiers and decides nothing but that a credit of its amount is right by it. */
export const outageCreditByDuration: Parameter<string> = {
  id: 'outage.credit-by-duration',
  title: 'Whether a text prorates outage credits by how long the outage lasted',
  datedBy: 'incident',
  values: [
    {
      since: '2021-03-31',
      basis: 'first-seen',
      value: 'by the affected service and the duration of the outage',
      citation: cite('sla-credit-2021', 'Credits are prorated by the affected service and the duration of the outage.'),
    },
  ],
  show: (value) => value,
};
