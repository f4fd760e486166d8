import { isoDay } from '../../domain/calendar/days.ts';
import { CLAIMANT_ROLES, type ClaimantRole, type ServiceIncident } from '../../domain/partner/service-incident.ts';
import { columnKey } from '../layouts/layout.ts';
import type { SideWatch } from './side-reading.ts';
import { readSideTable, type SideColumns, type SideRecord } from './side-table.ts';

type IncidentField =
  | 'customerId'
  | 'incidentId'
  | 'service'
  | 'startedAt'
  | 'endedAt'
  | 'classification'
  | 'boughtThroughCsp'
  | 'affectedUsers'
  | 'totalUsers'
  | 'userLocations'
  | 'resolutionAttempts'
  | 'customerEmail'
  | 'tenantDomains'
  | 'creditRequestedOn'
  | 'supportTicket'
  | 'contactDetails'
  | 'claimantRole'
  | 'claimedOn'
  | 'creditReceived';

/** What a claim needs must have its column, though a cell of it may be empty: that is a finding, no error. */
const COLUMNS: SideColumns<IncidentField> = {
  customerId: { names: ['customerId', 'customer', 'tenantId'], isRequired: true },
  incidentId: { names: ['incidentId', 'incident', 'trackingId'], isRequired: true },
  service: { names: ['service', 'serviceName'], isRequired: true },
  startedAt: { names: ['startedAt', 'start', 'startTime'], isRequired: true },
  endedAt: { names: ['endedAt', 'endTime'], isRequired: true },
  classification: { names: ['classification'], isRequired: false },
  boughtThroughCsp: { names: ['boughtThroughCsp', 'throughCsp'], isRequired: true },
  affectedUsers: { names: ['affectedUsers', 'usersAffected'], isRequired: false },
  totalUsers: { names: ['totalUsers', 'users'], isRequired: false },
  userLocations: { names: ['userLocations', 'locations'], isRequired: false },
  resolutionAttempts: { names: ['resolutionAttempts', 'attempts'], isRequired: false },
  customerEmail: { names: ['customerEmail', 'email'], isRequired: true },
  tenantDomains: { names: ['tenantDomains', 'domains'], isRequired: true },
  creditRequestedOn: { names: ['creditRequestedOn', 'requestedOn'], isRequired: true },
  supportTicket: { names: ['supportTicket', 'ticket'], isRequired: true },
  contactDetails: { names: ['contactDetails', 'contact'], isRequired: true },
  claimantRole: { names: ['claimantRole', 'role'], isRequired: false },
  claimedOn: { names: ['claimedOn'], isRequired: false },
  creditReceived: { names: ['creditReceived'], isRequired: false },
};

const YES_OR_NO = ['yes', 'no', 'true', 'false'] as const;
/** Newer texts call indirect providers distributors. */
const ROLE_WORDS = [...CLAIMANT_ROLES, 'distributor'] as const;

/** A row that was read, as later rows with its id are held against it. */
interface EarlierRow {
  readonly row: number;
  readonly service: string;
}

/**
 * The partner's list of service incidents (`--incidents`), in the order of the file. One incident stands once for a customer and service; one
 * that hit several services is a row for each.
 */
export async function readIncidents(path: string, name: string, watch?: SideWatch): Promise<readonly ServiceIncident[]> {
  const earlier = new Map<string, EarlierRow[]>();
  const read = (record: SideRecord<IncidentField>): ServiceIncident | null => {
    refuseSecond(record, earlier);
    return readIncident(record, name);
  };
  return readSideTable(path, name, COLUMNS, read, watch);
}

/** A record may be read more than once, so only another row is a second one. Rows without an id are told apart by nothing. */
function refuseSecond(record: SideRecord<IncidentField>, earlier: Map<string, EarlierRow[]>): void {
  const incidentId = record.id('incidentId');
  if (incidentId === '') return;
  const key = `${record.id('customerId')}\u0000${incidentId}`.toLowerCase();
  const service = columnKey(record.text('service'));
  const others = (earlier.get(key) ?? []).filter(({ row }) => row !== record.row);
  earlier.set(key, [...others, { row: record.row, service }]);
  const same = others.find((one) => one.row < record.row && (service === '' || one.service === '' || one.service === service));
  if (same === undefined) return;
  record.fail(
    'incidentId',
    `is the incident of row ${same.row} again, for the same customer; keep one of the two rows, or name another service in each where it hit several`,
  );
}

function readIncident(record: SideRecord<IncidentField>, file: string): ServiceIncident | null {
  record.requireFilled('customerId', 'startedAt', 'endedAt');
  const bought = record.oneOf('boughtThroughCsp', YES_OR_NO);
  const role = record.oneOf('claimantRole', ROLE_WORDS);
  if (/[;\n]/.test(record.text('service'))) {
    record.fail('service', 'names several services; write a row for each, with the same id, start and end, for each is a claim of its own');
  }
  const startedAt = record.moment('startedAt');
  const endedAt = record.moment('endedAt');
  const incident = {
    source: { file, sheet: record.sheet, row: record.row },
    customerId: record.id('customerId'),
    incidentId: record.id('incidentId'),
    service: record.text('service'),
    classification: record.oneOf('classification', ['incident', 'advisory'] as const),
    isBoughtThroughCsp: bought === null ? null : bought === 'yes' || bought === 'true',
    affectedUsers: record.whole('affectedUsers'),
    totalUsers: record.whole('totalUsers'),
    userLocations: record.text('userLocations'),
    resolutionAttempts: record.text('resolutionAttempts'),
    customerEmail: record.text('customerEmail'),
    tenantDomains: record
      .text('tenantDomains')
      .split(/[\s,;|]+/)
      .filter((domain) => domain !== ''),
    creditRequestedOn: record.day('creditRequestedOn'),
    supportTicket: record.id('supportTicket'),
    contactDetails: record.text('contactDetails'),
    claimantRole: roleOf(role),
    claimedOn: record.day('claimedOn'),
    creditReceived: record.decimal('creditReceived'),
  };
  if (startedAt === null || endedAt === null) return null;
  const whole: ServiceIncident = { ...incident, startedAt, endedAt };
  failWhatCannotBe(record, whole);
  return whole;
}

function roleOf(word: (typeof ROLE_WORDS)[number] | null): ClaimantRole | null {
  return word === 'distributor' ? 'indirect-provider' : word;
}

function failWhatCannotBe(record: SideRecord<IncidentField>, incident: ServiceIncident): void {
  const { startedAt, endedAt, affectedUsers, totalUsers, creditRequestedOn, claimedOn, creditReceived } = incident;
  const isBackwards =
    endedAt.day < startedAt.day ||
    (endedAt.day === startedAt.day && startedAt.second !== null && endedAt.second !== null && endedAt.second < startedAt.second);
  if (isBackwards) record.fail('endedAt', `is before the start, ${record.text('startedAt')}; correct one of the two`);
  if (totalUsers === 0) record.fail('totalUsers', 'leaves nobody who could be hit; leave the cell empty where the number is not known');
  else if (affectedUsers !== null && totalUsers !== null && affectedUsers > totalUsers) {
    record.fail('affectedUsers', `is more than all ${totalUsers} users`);
  }
  if (creditRequestedOn !== null && creditRequestedOn < startedAt.day)
    record.fail('creditRequestedOn', `is before the incident of ${isoDay(startedAt.day)}: nobody asks for the credit of an outage to come`);
  if (claimedOn !== null && claimedOn < startedAt.day) record.fail('claimedOn', `is before the incident of ${isoDay(startedAt.day)}`);
  if (creditReceived?.isNegative() === true) record.fail('creditReceived', 'is below zero; write the credit as a positive amount');
}
