import { stringify } from 'csv-stringify/sync';
import { invariant } from '../../domain/invariant.ts';
import { outagePlants } from './outage-plants.ts';
import { customerIdOf } from './sample-cells.ts';
import type { Plant } from './sample-line.ts';

/** The partner's list of incidents, in a folder of its own: it is given with `--incidents`. */
export const SAMPLE_INCIDENTS_PATH = 'partner/incidents.csv';

/** What a row says where its plant does not. */
const WHOLE = {
  service: 'Exchange Online',
  classification: 'incident',
  boughtThroughCsp: 'yes',
  affectedUsers: '50',
  totalUsers: '50',
  userLocations: 'Utrecht',
  resolutionAttempts: 'Outlook on the web and another network were tried',
  supportTicket: '2609100040001234',
  contactDetails: 'service desk',
  claimantRole: 'indirect-provider',
  claimedOn: '',
  creditReceived: '',
};

const COLUMNS = [
  'customerId',
  'incidentId',
  'startedAt',
  'endedAt',
  ...Object.keys(WHOLE),
  'customerEmail',
  'tenantDomains',
  'creditRequestedOn',
];

export function sampleIncidents(): string {
  const rows = outagePlants.map(cellsOf);
  return stringify(rows, { header: true, columns: [...COLUMNS], record_delimiter: 'windows' });
}

export function countIncidents(): number {
  return outagePlants.length;
}

/** The row of a plant in the list, as a spreadsheet shows it; null for one that is no incident. */
export function incidentRowOf(plant: Plant): number | null {
  const place = outagePlants.indexOf(plant);
  return place < 0 ? null : place + 2;
}

function cellsOf({ lines, incident }: Plant): Readonly<Record<string, string>> {
  const company = lines[0]?.subscription.company;
  invariant(company !== undefined && incident !== undefined, 'a plant of an outage has a charge and an incident');
  return {
    customerId: customerIdOf(company),
    ...WHOLE,
    customerEmail: `office@${company.domain}`,
    tenantDomains: company.domain,
    creditRequestedOn: incident.startedAt.slice(0, 10),
    ...incident,
  };
}
