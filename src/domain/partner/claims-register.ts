/** What the user says of a claim. `open` until somebody asked for the credit. */
export const CLAIM_STATUSES = ['open', 'submitted', 'granted', 'refused', 'waived'] as const;
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];

/**
 * One row of the claims register: our columns, worked out anew at each run, and the user's, which are kept whatever else changes.
 * Money is a decimal string with the currency's digits, days are `YYYY-MM-DD`.
 */
export interface RegisterEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly subscriptionId: string;
  readonly product: string;
  readonly invoiceNumber: string;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly claim: string;
  readonly amount: string | null;
  /** Credits that came so far, a positive amount; null before any came. */
  readonly received: string | null;
  readonly currency: string;
  readonly deadline: string | null;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Rows of credits that were matched to the claim, as `file:row`. */
  readonly evidence: string;
  readonly status: ClaimStatus;
  readonly ticket: string;
  readonly submittedOn: string | null;
  readonly note: string;
  /** Columns the user added, by their header. */
  readonly added: Readonly<Record<string, string>>;
}
