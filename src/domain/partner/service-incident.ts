import type { SourceRef } from '../charges/charge-line.ts';
import type { Day } from '../calendar/days.ts';
import type { Decimal } from '../numbers/money.ts';
import type { Moment } from '../calendar/window.ts';

/** Who files a claim: only direct-bill partners and indirect providers may. */
export const CLAIMANT_ROLES = ['direct-bill-partner', 'indirect-provider', 'indirect-reseller', 'end-customer'] as const;
export type ClaimantRole = (typeof CLAIMANT_ROLES)[number];

/** Who files the claims where a row does not say, and how long before a deadline a reseller asks the provider who files for it. */
export interface ClaimantSettings {
  readonly role: ClaimantRole | null;
  readonly providerLeadDays: number;
}

/**
 * One service of an incident of the partner's list (`--incidents`), with the evidence that its claim needs: an incident that hit several services
 * is a row for each, for each is a claim of its own. Texts are '' where empty; days are UTC.
 */
export interface ServiceIncident {
  readonly source: SourceRef;
  readonly customerId: string;
  readonly incidentId: string;
  readonly service: string;
  readonly startedAt: Moment;
  readonly endedAt: Moment;
  /** null where the cell is empty: an incident is assumed, and said. */
  readonly classification: 'incident' | 'advisory' | null;
  /** null where the cell is empty: a claim has to state it. */
  readonly isBoughtThroughCsp: boolean | null;
  readonly affectedUsers: number | null;
  readonly totalUsers: number | null;
  readonly userLocations: string;
  readonly resolutionAttempts: string;
  readonly customerEmail: string;
  readonly tenantDomains: readonly string[];
  readonly creditRequestedOn: Day | null;
  readonly supportTicket: string;
  readonly contactDetails: string;
  /** null where the cell is empty: the configuration may state it. */
  readonly claimantRole: ClaimantRole | null;
  readonly claimedOn: Day | null;
  /** A positive amount in the customer's billing currency; null where the cell is empty. */
  readonly creditReceived: Decimal | null;
}
