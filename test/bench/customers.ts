import { guidOf, hash32 } from './random.ts';

/** Both commerces sell these under the same names. */
const PRODUCT_NAMES = [
  'Microsoft 365 Business Standard',
  'Microsoft 365 Business Premium',
  'Office 365 E1',
  'Office 365 E3',
  'Exchange Online (Plan 1)',
  'Exchange Online (Plan 2)',
  'Microsoft 365 E3',
  'Azure Active Directory Premium P1',
  'Visio Plan 2',
  'Project Plan 3',
  'Power BI Pro',
  'Dynamics 365 Sales, Enterprise Edition',
  'Enterprise Mobility + Security E3',
  'Microsoft Defender for Office 365 (Plan 1)',
  'Teams Phone Standard',
  'Windows 10/11 Enterprise E3',
  'OneDrive for business (Plan 1)',
  'Microsoft 365 F3',
  'Microsoft 365 Apps, "enterprise"',
  'Exchange Online Archiving',
] as const;

const WORDS = [
  'Contoso',
  'Fabrikam',
  'Northwind',
  'Adventure Works',
  'Tailspin',
  'Wingtip',
  'Litware',
  'Proseware',
  'Müller & Söhne',
  'Café Zürich',
  "O'Brien",
  'Škoda',
];
const SUFFIXES = ['Ltd', 'GmbH', 'S.A.', 'Inc.', 'LLC', 'AB', 'K.K.'];

export const PARTNER_ID = guidOf(1, 0);

const SUBSCRIPTIONS_A_CUSTOMER = 5;

export interface Holder {
  readonly customerId: string;
  readonly customerName: string;
  readonly domain: string;
  readonly country: string;
  readonly mpnId: string;
  /** 0 where the customer buys from the provider directly. */
  readonly resellerMpnId: string;
  readonly productIndex: number;
  readonly productName: string;
}

/** Who holds a subscription, and of what. A customer's subscriptions are all of different products: a second one of the same would be a finding. */
export function holderOf(stream: number, subscription: number): Holder {
  const customer = Math.floor(subscription / SUBSCRIPTIONS_A_CUSTOMER);
  const roll = hash32(stream + 1, customer);
  const word = WORDS[roll % WORDS.length]!;
  const number = (roll >>> 8) % 100_000;
  const productIndex = (customer * 7 + (subscription % SUBSCRIPTIONS_A_CUSTOMER) * 4) % PRODUCT_NAMES.length;
  return {
    customerId: guidOf(stream + 2, customer),
    customerName: nameOf(word, number, SUFFIXES[(roll >>> 4) % SUFFIXES.length]!),
    domain: `tenant${stream}x${customer}.onmicrosoft.com`,
    country: ['NL', 'SE', 'DE', 'FR'][roll % 4]!,
    mpnId: '4390934',
    resellerMpnId: roll % 3 === 0 ? '0' : `${1_000_000 + (roll % 8_999_999)}`,
    productIndex,
    productName: PRODUCT_NAMES[productIndex]!,
  };
}

/** A third of the names with a comma, some with quotes: what a reader that splits at commas breaks on. */
function nameOf(word: string, number: number, suffix: string): string {
  if (number % 3 === 0) return `${word} ${number}, ${suffix}`;
  return number % 10 === 1 ? `${word} "${number}" ${suffix}` : `${word} ${number} ${suffix}`;
}
