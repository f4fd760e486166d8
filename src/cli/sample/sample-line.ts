import type { Company } from './companies.ts';

/** The files of the sample by what they are; `august` is the month before, given as context. */
export type SampleFile = 'legacy' | 'september' | 'legacyUsage' | 'dailyUsage' | 'august';

/** One subscription of a customer. Days are `YYYY-MM-DD` and, as everywhere in the sample, both ends are included. */
export interface Subscription {
  readonly company: Company;
  readonly product: string;
  /** Price of one licence for one charge cycle. */
  readonly price: string;
  readonly termFrom: string;
  readonly termTo: string;
  readonly term: 'one-month' | 'one-year' | 'trial' | 'usage' | 'reservation';
  readonly billing: 'Monthly' | 'Annual';
  /** Tells subscriptions of one product and customer apart. */
  readonly number?: number;
  /** Usage of the customer's Azure plan, which is one subscription whatever it meters. */
  readonly isAzurePlan?: boolean;
  /** Percentages and texts as PriceAdjustmentDescription prints them. */
  readonly adjustment?: string;
}

/** One row of the sample. What a cell does not say follows from the subscription: a full cycle at price × seats. */
export interface SampleLine {
  readonly file: SampleFile;
  readonly subscription: Subscription;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  /** Usage: the units billed. */
  readonly seats: string;
  /** New commerce: the day of the billing event; the first day charged where it is not said. */
  readonly ordered?: string;
  /** Amount before tax: legacy Amount, new commerce Subtotal. */
  readonly amount?: string;
  /** Unit price, where it is not the subscription's: legacy rows print the prorated one. */
  readonly unit?: string;
  readonly effective?: string;
  readonly discount?: string;
  readonly subtotal?: string;
  readonly total?: string;
  readonly invoice?: string;
  /** Billing currency, where it is not euro. */
  readonly currency?: string;
  readonly meter?: string;
  /** Dollars to euro, where the price is in dollars. */
  readonly rate?: string;
  readonly creditReason?: string;
  /** Usage: the day, the units consumed and included where they are not the units billed, the earned credit in per cent, the Azure subscription. */
  readonly used?: string;
  readonly consumed?: string;
  readonly included?: string;
  readonly earned?: string;
  readonly entitlement?: string;
  readonly benefitOrder?: string;
}

/** Cells of a row of the list of incidents, by their columns. */
export interface SampleIncident {
  readonly incidentId: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly classification?: string;
  readonly supportTicket?: string;
  readonly claimedOn?: string;
  readonly creditReceived?: string;
}

/** Something planted, and what the audit must say of it. */
export interface Plant {
  readonly rule: string;
  /** What is wrong with the rows, and how the right figure comes about. */
  readonly why: string;
  readonly lines: readonly SampleLine[];
  /** Which of the lines the finding is about, counted from 0. */
  readonly about: number;
  /** Amounts as the report prints them; null where the rule has none. */
  readonly billed: string | null;
  readonly expected: string | null;
  readonly difference: string | null;
  /** Found only where the month before is given. */
  readonly needsContext?: boolean;
  /** Found only where the price list is given. */
  readonly needsPrices?: boolean;
  /** Found only where the list of incidents is given: its row there, as far as it says something of its own. */
  readonly incident?: SampleIncident;
  /** Found only around the day the guide names: what the audit says of it on a later day. */
  readonly later?: string;
}

/** Rows that are right; `lookAlike` says what they are easily mistaken for. */
export interface CleanRows {
  readonly lines: readonly SampleLine[];
  readonly lookAlike?: string;
}

type Given = Pick<Subscription, 'company' | 'product' | 'price'> & Partial<Subscription>;

/** A subscription of a year billed by the month, begun long before the sample. */
export function yearly(given: Given): Subscription {
  return { termFrom: '2026-03-01', termTo: '2027-02-28', term: 'one-year', billing: 'Monthly', ...given };
}

/** A subscription of a month, begun in September. */
export function monthly(given: Given & Pick<Subscription, 'termFrom' | 'termTo'>): Subscription {
  return { term: 'one-month', billing: 'Monthly', ...given };
}

/** An Azure reservation of a year, paid at once: the price is that of one unit for the whole term, in dollars. */
export function reserved(given: Given & Pick<Subscription, 'termFrom' | 'termTo'>): Subscription {
  return { term: 'reservation', billing: 'Annual', ...given };
}

/** Rows of one subscription in one file. */
export function linesOf(
  file: SampleLine['file'],
  subscription: Subscription,
  ...rows: readonly Omit<SampleLine, 'file' | 'subscription'>[]
): readonly SampleLine[] {
  return rows.map((row) => ({ file, subscription, ...row }));
}
