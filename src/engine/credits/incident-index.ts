import { KnownError } from '../../domain/known-error.ts';
import type { ServiceIncident } from '../../domain/partner/service-incident.ts';
import { serviceOf } from '../../policy/outages/outage-services.ts';
import { compareTexts } from '../chains/gather-chains.ts';

const NONE: readonly ServiceIncident[] = [];

/** The partner's list of incidents by customer, in the order of their beginning, whatever the order of the rows. */
export class IncidentIndex {
  readonly #byCustomer = new Map<string, ServiceIncident[]>();

  /**
   * @param customers the ids of all customers of the files, in lower case.
   * @throws KnownError for a customer that no given file bills: its claim could be neither judged nor paid; and for two rows of one id that
   * are not two services of one incident.
   */
  constructor(incidents: readonly ServiceIncident[], customers: ReadonlySet<string>) {
    for (const incident of incidents) {
      const key = incident.customerId.toLowerCase();
      if (!customers.has(key)) throw unknownCustomer(incident);
      this.#byCustomer.set(key, [...(this.#byCustomer.get(key) ?? []), incident]);
    }
    for (const own of this.#byCustomer.values()) {
      own.sort(inOrder);
      refuseTwice(own);
    }
  }

  of(customerId: string): readonly ServiceIncident[] {
    return this.#byCustomer.get(customerId.toLowerCase()) ?? NONE;
  }
}

function inOrder(a: ServiceIncident, b: ServiceIncident): number {
  return (
    a.startedAt.day - b.startedAt.day ||
    (a.startedAt.second ?? 0) - (b.startedAt.second ?? 0) ||
    a.endedAt.day - b.endedAt.day ||
    (a.endedAt.second ?? 0) - (b.endedAt.second ?? 0) ||
    compareTexts(a.incidentId.toLowerCase(), b.incidentId.toLowerCase()) ||
    compareTexts(a.service, b.service) ||
    a.source.row - b.source.row
  );
}

/** Rows of one id are one incident that hit several services: two of one service, or of other hours, are a slip. */
function refuseTwice(incidents: readonly ServiceIncident[]): void {
  const byId = new Map<string, ServiceIncident[]>();
  for (const incident of [...incidents].sort((a, b) => a.source.row - b.source.row)) {
    if (incident.incidentId === '') continue;
    const key = incident.incidentId.toLowerCase();
    const before = byId.get(key) ?? [];
    for (const one of before) {
      if (serviceKey(one) === serviceKey(incident)) throw givenTwice(incident, one, 'is for the same service by another name');
      if (!isSameTime(one, incident)) throw givenTwice(incident, one, 'has another start or end');
    }
    byId.set(key, [...before, incident]);
  }
}

function serviceKey(incident: ServiceIncident): string {
  return serviceOf(incident, [])?.service.key ?? '';
}

function isSameTime(a: ServiceIncident, b: ServiceIncident): boolean {
  return (
    a.startedAt.day === b.startedAt.day &&
    (a.startedAt.second ?? 0) === (b.startedAt.second ?? 0) &&
    a.endedAt.day === b.endedAt.day &&
    (a.endedAt.second ?? 0) === (b.endedAt.second ?? 0)
  );
}

function givenTwice({ source, incidentId }: ServiceIncident, first: ServiceIncident, what: string): KnownError {
  return new KnownError({
    code: 'incident-twice',
    place: source,
    found: `Incident ${incidentId} stands in row ${first.source.row} too, for the same customer, and that row ${what}.`,
    expected: 'One row for each service that an incident hit, all with its id, start and end.',
    remedy: 'Keep one of the two rows, or correct the id, the service or the hours of one.',
  });
}

function unknownCustomer({ source, customerId, incidentId }: ServiceIncident): KnownError {
  return new KnownError({
    code: 'incident-customer-unknown',
    place: source,
    found: `Incident ${incidentId === '' ? 'without an id' : incidentId} is of customer "${customerId}", whom no given export bills.`,
    expected: 'The CustomerId of a customer in the exports.',
    remedy: 'Correct the id, give the export that bills the customer (with --context where it is another month), or take the row out.',
  });
}
