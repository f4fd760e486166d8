import type { CaseLayout } from '../support/case-rows.ts';
import type { UserEntry } from '../support/partner-year-runs.ts';

/** Billed and expected, as the report prints them; null where the rule has no amounts. */
export type Figures = readonly [billed: string, expected: string] | null;
type Kind = 'discrepancy' | 'claim' | 'notice';

/** What the year tells of one cause: month by month, and in one go. */
export interface Story {
  readonly rule: string;
  readonly customer: string;
  readonly kind: Kind;
  /** By the month in whose run it is raised. */
  readonly monthly: Readonly<Record<number, Figures>>;
  /** In one go, where that is not the same finding with the same figures; null where nothing is left to say. */
  readonly whole?: { readonly rule?: string; readonly kind?: Kind; readonly figures: Figures } | null;
  /** Why it is another story in one go. */
  readonly why?: string;
  /** The months add up to the whole. */
  readonly isInParts?: boolean;
}

const EXPIRED = 'on the last day of the year its deadline has passed';
const RENEWAL_PAST = 'on the last day of the year the month after the renewal has passed';

/** R and T as in the rule catalogue: half up and toward zero, to the cent. */
export const STORIES: readonly Story[] = [
  // R(R(120.00 × 5 / 366) × 360 / 5) × 5 = R(1.64 × 72) × 5 = 590.40 of 600.00; 5.00 more in April.
  {
    rule: 'CR03',
    customer: 'Bellows',
    kind: 'discrepancy',
    monthly: { 2: ['-590.40', '-600.00'] },
    whole: { figures: ['-595.40', '-600.00'] },
    why: 'the part that came in April is known',
  },
  // R(R(600.00 / 365) × 336 / 5) × 5 = R(1.64 × 67.2) × 5 = 551.05, on day 30.
  { rule: 'CR03', customer: 'Datum', kind: 'discrepancy', monthly: { 5: ['-551.05', '-600.00'] } },
  { rule: 'PO01', customer: 'Datum', kind: 'notice', monthly: { 5: null } },
  // R(1.64 × 335 / 5) × 5 = 549.40 of 600.00 came back, on day 31 of a first month of 31 days.
  { rule: 'CR03', customer: 'Fourth Coffee', kind: 'discrepancy', monthly: { 6: ['-549.40', '-600.00'] } },
  { rule: 'PO01', customer: 'Fourth Coffee', kind: 'notice', monthly: { 6: null } },
  // R(R(480.00 / 365) × 330 / 2) × 2 = R(1.32 × 165) × 2 = 435.60 of 480.00, and the other 44.40 in October.
  {
    rule: 'CR04',
    customer: 'Graphic Design',
    kind: 'claim',
    monthly: { 9: ['44.40', '0.00'] },
    whole: null,
    why: 'it was asked for, and came',
  },
  { rule: 'CR07', customer: 'Liberty', kind: 'notice', monthly: { 8: ['600.00', '0.00'] }, whole: null, why: 'it was cancelled since' },
  // Nothing at all at first; then R(R(600.00 / 365) × 327 / 5) × 5 = R(1.64 × 65.4) × 5 = 536.30.
  {
    rule: 'CR04',
    customer: 'Liberty',
    kind: 'claim',
    monthly: { 9: ['600.00', '0.00'], 10: ['63.70', '0.00'] },
    whole: { rule: 'CR09', kind: 'notice', figures: ['63.70', '0.00'] },
    why: EXPIRED,
  },
  // 346 of 365 days of 365.00, and one more in November.
  {
    rule: 'CR03',
    customer: 'Fincher',
    kind: 'discrepancy',
    monthly: { 10: ['-346.00', '-365.00'], 11: ['-347.00', '-365.00'] },
    whole: { figures: ['-347.00', '-365.00'] },
    why: 'the day that came in November is known',
  },
  // Three months of 60.00 less R(R(60.00 / 31) × 3 / 6) × 6 = 5.82; cancelled on the day the claim ended.
  { rule: 'CR09', customer: 'Humongous', kind: 'notice', monthly: { 9: ['174.18', '0.00'] } },
  // Two days of 30: R(R(90.00 / 30) × 2 / 10) × 10; one was credited.
  { rule: 'CR02', customer: 'Lamna', kind: 'discrepancy', monthly: { 10: ['-3.00', '-6.00'] } },
  // R(R(49.60 / 31) × 23 / 4) × 4. Of 20 May: June's file charges from 27 June on, more than 31 days later, so it is the one that should carry it.
  { rule: 'CR01', customer: 'Coho', kind: 'discrepancy', monthly: { 6: ['0.00', '-36.80'] } },
  { rule: 'CR07', customer: 'Nod', kind: 'notice', monthly: { 12: ['560.00', '0.00'] } },
  // Legacy renewals, which one text refunds in full for a month.
  { rule: 'CR07', customer: 'Alpine Ski House', kind: 'notice', monthly: { 3: ['102.00', '0.00'] }, whole: null, why: RENEWAL_PAST },
  { rule: 'CR07', customer: 'Wingtip', kind: 'notice', monthly: { 9: ['81.90', '0.00'] }, whole: null, why: RENEWAL_PAST },
  { rule: 'DU01', customer: 'Wingtip', kind: 'discrepancy', monthly: { 4: ['81.90', '0.00'] } },
  // 20 × 8.00 in each of two months.
  {
    rule: 'DU03',
    customer: 'Fabrikam Group',
    kind: 'claim',
    monthly: { 3: ['160.00', '0.00'], 4: ['160.00', '0.00'] },
    whole: { kind: 'notice', figures: ['320.00', '0.00'] },
    why: EXPIRED,
    isInParts: true,
  },
  // 12 × 20.10, then five of 31 days: T(20.10 × 5 / 31) × 12 = 38.88.
  {
    rule: 'DU04',
    customer: 'Adventure Works',
    kind: 'claim',
    monthly: { 6: ['241.20', '0.00'], 7: ['38.88', '0.00'] },
    whole: { figures: ['280.08', '0.00'] },
    isInParts: true,
  },
  // T(21.00 × 25 / 30) × 10 until 19 July; then T(21.00 × 5 / 30) × 10 until 24 July, and T(21.00 × 26 / 31) × 10.
  {
    rule: 'DU04',
    customer: 'Coho Winery',
    kind: 'claim',
    monthly: { 6: ['175.00', '0.00'], 7: ['211.10', '0.00'] },
    whole: { figures: ['386.10', '0.00'] },
    isInParts: true,
  },
  // T(18.70 × 30 / 31) × 10.
  { rule: 'CR03', customer: 'Blue Yonder', kind: 'discrepancy', monthly: { 3: ['-180.90', '-187.00'] } },
  { rule: 'PO01', customer: 'Blue Yonder', kind: 'notice', monthly: { 3: null } },
  // T(18.70 × 24 / 31) × 10.
  { rule: 'CR05', customer: 'Southridge', kind: 'notice', monthly: { 5: ['-144.70', '0.00'] } },
  { rule: 'PO01', customer: 'Southridge', kind: 'notice', monthly: { 5: null } },
  // T(18.70 × 22 / 30) × 10.
  { rule: 'CR05', customer: 'Spiced Tea', kind: 'notice', monthly: { 6: ['-137.10', '0.00'] } },
  // T(18.70 × 27 / 31) × 10.
  {
    rule: 'CR01',
    customer: 'Treyway',
    kind: 'discrepancy',
    monthly: { 3: ['0.00', '-162.80'] },
    whole: null,
    why: 'the credit came in April; that it was late is CR08',
  },
  { rule: 'CR08', customer: 'Treyway', kind: 'notice', monthly: { 4: null } },
  // T(18.70 × 26 / 30) × 10.
  { rule: 'CR01', customer: 'Victory', kind: 'discrepancy', monthly: { 4: ['0.00', '-162.00'] } },
  { rule: 'LC07', customer: 'Proseware', kind: 'discrepancy', monthly: { 4: ['187.00', '0.00'] } },
  // 23 days × 10 and 8 × 12 licences are 326 seat-days: 326 × 18.70 / 31, against 187.00 + 2 × T(18.70 × 15 / 31).
  { rule: 'LC03', customer: 'City Power', kind: 'discrepancy', monthly: { 4: ['205.08', '196.65'] } },
  {
    rule: 'DU01',
    customer: 'Wide World',
    kind: 'discrepancy',
    monthly: { 7: ['89.60', '0.00'] },
    whole: null,
    why: 'August takes it back',
  },
  // 187.00 charged; T(18.70 × 27 / 31) × 10 = 162.80 credited in May and 187.00 in June, which was a month late too.
  { rule: 'CR06', customer: 'Wolf', kind: 'discrepancy', monthly: { 6: ['-349.80', '-187.00'] } },
  { rule: 'CR08', customer: 'Wolf', kind: 'notice', monthly: { 6: null } },
  // Of the 31 days of May 14 were paid: T(12.00 × 17 / 31) × 5 is left.
  { rule: 'LC04', customer: 'Lakeshore', kind: 'discrepancy', monthly: { 6: ['60.00', '32.90'] } },
  { rule: 'LC02', customer: 'Litware', kind: 'notice', monthly: { 8: ['56.00', '56.00'] } },
  { rule: 'LC05', customer: 'Lucerne', kind: 'notice', monthly: { 6: ['0.00', '61.60'] } },
  // 5 × 20.60 against 5 × 18.70, until the renewal in November.
  {
    rule: 'LC06',
    customer: 'Fabrikam Residences',
    kind: 'discrepancy',
    monthly: { 8: ['103.00', '93.50'], 9: ['103.00', '93.50'], 10: ['103.00', '93.50'] },
    whole: { figures: ['309.00', '280.50'] },
    isInParts: true,
  },
  {
    rule: 'LC07',
    customer: 'Woodgrove',
    kind: 'notice',
    monthly: { 6: ['78.40', '78.40'], 7: ['78.40', '78.40'], 8: ['78.40', '78.40'] },
    whole: { figures: ['235.20', '235.20'] },
    isInParts: true,
  },
];

/** Customers whose rows look wrong and are right. */
export const LOOK_ALIKES: readonly string[] = [
  // Cancelled on day 1 and day 8 with the whole charge back; on day 0, 1 and 6, and on day 7 inside its 168 hours.
  'Adatum',
  'Consolidated',
  'Parnell',
  'Phone Company',
  'School of Fine Art',
  'Tasmanian',
  // Seat changes up and down in both layouts, and within a year charged at once.
  'Contoso',
  'Trey Research',
  // The one-month overlap of a term of three years, month ends, and 29 February.
  'Munson',
  'Month End 31 January',
  'Month End 30 January',
  'Month End 29 February',
  'Leap',
  // A credit note with its replacement, the E5 pair, usage tiers, a promotion that ends, a list price that drifts.
  'Margie',
  'Northwind',
  'Tailspin',
  'Relecloud',
  'Van Arsdel',
  // A migration with its credit, and the old one of two tenants.
  'Best For You',
  'Fabrikam',
];

/** What somebody writes into the register between the runs. */
export const USER_ENTRIES: readonly UserEntry[] = [
  { afterMonth: 3, rule: 'CR01', customer: 'Treyway', status: 'submitted', ticket: '2404150040001234' },
  { afterMonth: 4, rule: 'DU01', customer: 'Wingtip', status: 'granted', ticket: '2405100040001235' },
  { afterMonth: 9, rule: 'CR04', customer: 'Graphic Design', status: 'submitted', ticket: '2410110040001236' },
];

/** A credit that the register must have as evidence. */
export interface Evidence {
  readonly month: number;
  readonly layout: CaseLayout;
  readonly amount: string;
}

/** The claims that somebody worked on, or for which money came, as the register has them after the last run. */
export interface Outcome {
  readonly rule: string;
  readonly customer: string;
  readonly amount: string;
  readonly received: string | null;
  readonly status: string;
  readonly ticket: string;
  readonly evidence: readonly Evidence[];
  /** Words of the claim's text. */
  readonly says?: string;
}

export const OUTCOMES: readonly Outcome[] = [
  {
    rule: 'CR01',
    customer: 'Treyway',
    amount: '162.80',
    received: '162.80',
    status: 'granted',
    ticket: '2404150040001234',
    evidence: [{ month: 4, layout: 'new-commerce', amount: '-162.80' }],
  },
  {
    rule: 'CR03',
    customer: 'Bellows',
    amount: '9.60',
    received: '5.00',
    status: 'open',
    ticket: '',
    evidence: [{ month: 4, layout: 'legacy-licence', amount: '-5.00' }],
    says: '(5.00 of 9.60 EUR received, 4.60 still open)',
  },
  {
    rule: 'DU01',
    customer: 'Wingtip',
    amount: '81.90',
    received: null,
    status: 'granted',
    ticket: '2405100040001235',
    evidence: [],
    says: 'granted, credit not received: ',
  },
  {
    rule: 'DU01',
    customer: 'Wide World',
    amount: '89.60',
    received: '89.60',
    status: 'granted',
    ticket: '',
    evidence: [{ month: 8, layout: 'new-commerce', amount: '-89.60' }],
  },
  {
    rule: 'CR04',
    customer: 'Graphic Design',
    amount: '44.40',
    received: '44.40',
    status: 'granted',
    ticket: '2410110040001236',
    evidence: [{ month: 10, layout: 'legacy-licence', amount: '-44.40' }],
  },
];

/** What the year leaves unchecked: said, never passed over. */
export const UNCHECKED = [
  // The two refunds outside the licence arithmetic.
  { rule: 'AR01', reason: 'adjustment-line', lines: 2 },
  // Cancelled the day after purchase, hours unknown.
  { rule: 'CR03', reason: 'hour-unknown', lines: 1 },
  // The legacy cancellations with a credit.
  { rule: 'CR08', reason: 'no-invoice-number', lines: 12 },
  // Legacy lines never carry a number.
  { rule: 'IN03', reason: 'no-invoice-number', lines: 0 },
];
