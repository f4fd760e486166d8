import type { RegisterEntry } from './claims-register.ts';

/** A column of the claims register, but for those that the user added. */
export type RegisterField = Exclude<keyof RegisterEntry, 'added'>;

/** The headers by which register.xlsx is written and read back. Ours come first, then the user's. */
export const REGISTER_HEADERS: Readonly<Record<RegisterField, string>> = {
  deadline: 'Deadline',
  customerName: 'Customer',
  product: 'Product',
  claim: 'Claim',
  amount: 'Amount',
  received: 'Received',
  currency: 'Currency',
  rule: 'Rule',
  firstDay: 'First day',
  lastDay: 'Last day',
  invoiceNumber: 'Invoice',
  subscriptionId: 'Subscription ID',
  customerId: 'Customer ID',
  firstSeen: 'First seen',
  lastSeen: 'Last seen',
  evidence: 'Evidence of credit',
  fingerprint: 'Fingerprint',
  status: 'Status',
  ticket: 'Ticket',
  submittedOn: 'Submitted on',
  note: 'Note',
};

/** What the user says of a claim; every other column is ours. */
export const USER_FIELDS = ['status', 'ticket', 'submittedOn', 'note'] as const satisfies readonly RegisterField[];

/** A start that a spreadsheet may run as a formula, as in the other reports, behind any number of apostrophes. */
const MUST_BE_GUARDED = /^'*(?:[\t\r\n]|[\s\p{Z}\p{Cf}]*[=+\-@＝＋－＠])/u;

/**
 * Our texts come from files of others, so one that a spreadsheet could run carries an apostrophe, as in every other report. A text that
 * has apostrophes before such a start gets one more: `unguardedText` then gives back every text as it was.
 */
export function guardedText(text: string): string {
  return MUST_BE_GUARDED.test(text) ? `'${text}` : text;
}

/** The text that `guardedText` was given. */
export function unguardedText(cell: string): string {
  return cell.startsWith("'") && MUST_BE_GUARDED.test(cell.slice(1)) ? cell.slice(1) : cell;
}
