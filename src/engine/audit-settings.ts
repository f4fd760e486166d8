import type { Convention } from '../domain/proration/conventions.ts';
import type { Day } from '../domain/calendar/days.ts';
import type { SideInput } from '../domain/proration/expected-charge.ts';
import type { InvoiceHeader } from '../domain/invoices/invoice-header.ts';
import type { OwnTerm } from '../domain/partner/own-term.ts';
import type { PartnerEvent } from '../domain/partner/partner-event.ts';
import type { ClaimantSettings, ServiceIncident } from '../domain/partner/service-incident.ts';

export interface AuditSettings {
  readonly asOf: Day;
  /** The convention that judges its own layout, or null to infer it from the files. */
  readonly rounding: Convention | null;
  /** The partner's own record of purchases, seat changes and cancellations; null where none was given. */
  readonly events: readonly PartnerEvent[] | null;
  /** What the partner agreed with Microsoft in place of published policy figures. */
  readonly ownTerms: readonly OwnTerm[];
  /** The partner's list of invoice headers; null where none was given. */
  readonly invoices: readonly InvoiceHeader[] | null;
  /** The partner's list of service incidents; null where none was given. */
  readonly incidents: readonly ServiceIncident[] | null;
  /** The country of the partner's own location, two letters; null where it is not told. */
  readonly partnerCountry: string | null;
  /** Who files outage claims, where the list does not say. */
  readonly claimant: ClaimantSettings;
}

/** The side inputs among them; price lists are read later, once all charges are there. */
export function givenInputs({ invoices, incidents }: AuditSettings): Set<SideInput> {
  const given = new Set<SideInput>();
  if (invoices !== null) given.add('invoices');
  if (incidents !== null) given.add('incidents');
  return given;
}
