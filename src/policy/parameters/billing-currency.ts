import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** In whose currency an invoice bills, by region. The files do not say where the partner is: the partner does (`--partner-country`). */
export type BillingCurrency = 'partner' | 'customer-in-europe' | 'partner-for-newcomers';

const TEXTS: Readonly<Record<BillingCurrency, string>> = {
  partner: 'currency of the partner’s location',
  'customer-in-europe':
    'EU, EFTA and UK: currency of each customer, an invoice and a reconciliation file a currency; elsewhere: of the partner’s location',
  'partner-for-newcomers':
    'EU, EFTA and UK: of the partner’s location for new customers and first purchases, else of each customer, an invoice a currency; elsewhere: of the partner’s location',
};

const show = (value: BillingCurrency): string => TEXTS[value];

export const legacyBillingCurrency: Parameter<BillingCurrency> = {
  id: 'legacy.billing-currency',
  title: 'In whose currency legacy licences and usage are billed',
  datedBy: 'invoice',
  values: [
    {
      since: '2021-01-28',
      basis: 'stated',
      value: 'partner',
      citation: cite(
        'billing-overview-2021',
        'Licence-based and usage-based billing is in the currency of the partner’s country or region, wherever the customer is.',
      ),
    },
  ],
  show,
  unread: 'Legacy licence files carry no invoice number, and no file tells where the partner is.',
};

export const newCommerceBillingCurrency: Parameter<BillingCurrency> = {
  id: 'new-commerce.billing-currency',
  title: 'In whose currency new-commerce purchases are billed',
  datedBy: 'invoice',
  values: [
    {
      since: '2020-05-11',
      basis: 'assumed',
      value: 'customer-in-europe',
      citation: cite(
        'read-invoice-2023',
        'Before the change partners in the EU, EFTA and UK had an invoice and a file for every customer currency; since when is not said. 11 May 2020 is the oldest date that the billing overview of 2021 names.',
      ),
      later: 'a page of 2023 that tells how it was before',
    },
    {
      since: '2021-01-28',
      basis: 'stated',
      value: 'partner-for-newcomers',
      citation: cite(
        'billing-overview-2021',
        'From 28 January 2021 partners in the EU, EFTA and UK are billed in the currency of their own location for new customers, and for first purchases of customers whose tenants are older than 11 May 2020; elsewhere nothing changes.',
      ),
    },
    {
      since: '2021-08-01',
      basis: 'stated',
      value: 'partner',
      citation: cite('read-invoice-2023', 'Since August 2021 all new-commerce billing is in the currency of the partner’s location.'),
      later: 'a page of 2023 that names the month of the change',
    },
  ],
  show,
};

const EURO = 'AT BE BG CY CZ DE EE ES FI FR GR HR HU IE IS IT LT LU LV MT NL PL PT RO SI SK'.split(' ');

/** By country, two letters. */
export const europeanCurrencies: Parameter<Readonly<Record<string, string>>> = {
  id: 'new-commerce.european-currencies',
  title: 'Currencies in which countries of the EU, EFTA and the UK are billed',
  datedBy: 'invoice',
  values: [
    {
      since: '2020-05-11',
      basis: 'assumed',
      value: {
        ...Object.fromEntries(EURO.map((country) => [country, 'EUR'])),
        CH: 'CHF',
        DK: 'DKK',
        GB: 'GBP',
        LI: 'CHF',
        NO: 'NOK',
        SE: 'SEK',
      },
      citation: cite(
        'price-sheet',
        'Price sheets of the EU, EFTA and UK have prices in six currencies, EUR, CHF, DKK, GBP, NOK and SEK. Which of them is a country’s is taken from its own money; where that is none of the six, EUR.',
      ),
      later: 'an undated page, seen in October 2023, that names the same currencies',
    },
  ],
  show: (value) =>
    `${Object.entries(value)
      .filter(([, currency]) => currency !== 'EUR')
      .map(([country, currency]) => `${country} ${currency}`)
      .join(', ')}; the other countries of the EU and EFTA EUR`,
};
